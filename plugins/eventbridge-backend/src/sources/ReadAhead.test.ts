import { createMockDirectory } from '@backstage/backend-test-utils';
import { ReadAhead } from './ReadAhead';

const directory = createMockDirectory();
const names = (count: number) => Array.from({ length: count }, (_, index) => `file${index}.yaml`);

let ahead: ReadAhead | undefined;
afterEach(() => ahead?.close());

function readAhead(paths: readonly string[]): ReadAhead {
  ahead = new ReadAhead(directory.path, paths);
  return ahead;
}

it('has every text once it arrived, in any number of batches', async () => {
  const paths = names(3000);
  directory.setContent(Object.fromEntries(paths.map(path => [path, `text of ${path}`])));
  const files = readAhead(paths);
  for (const [index, path] of paths.entries()) {
    await files.arrived(index + 1);
    expect(files.take(path)).toBe(`text of ${path}`);
    files.passed(index + 1);
  }
  await files.arrived(paths.length + 100);
});

it('does not go further than a thousand files or so ahead', async () => {
  const paths = names(3000);
  directory.setContent(Object.fromEntries(paths.map(path => [path, path])));
  const files = readAhead(paths);
  await files.arrived(1000);
  expect(files.take('file2000.yaml')).toBeUndefined();
  files.passed(1200);
  await files.arrived(2100);
  expect(files.take('file2000.yaml')).toBe('file2000.yaml');
  // Let go of, though nobody took it.
  expect(files.take('file3.yaml')).toBeUndefined();
});

it('leaves out what is gone, is large, or is no data', async () => {
  directory.setContent({ 'a.yaml': '', 'large.json': 'x'.repeat(300_000), 'photo.png': 'png' });
  const files = readAhead(['a.yaml', 'gone.yaml', 'large.json', 'photo.png']);
  await files.arrived(4);
  expect(['a.yaml', 'gone.yaml', 'large.json', 'photo.png'].map(path => files.take(path))).toEqual([
    '',
    undefined,
    undefined,
    undefined,
  ]);
});

it('keeps nobody waiting once it is closed', async () => {
  const files = readAhead(names(5000));
  const waiting = files.arrived(5000);
  await files.close();
  expect(await waiting).toBeUndefined();
});
