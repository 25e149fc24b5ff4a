import { createMockDirectory } from '@backstage/backend-test-utils';
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { listFolder, nothingKnown, readText } from './folderFiles';
import { StatAhead } from './StatAhead';

const directory = createMockDirectory();

it('lists files below a folder, without what is hidden or leads outside', async () => {
  directory.setContent({
    'repository/busline.yaml': 'name: x',
    'repository/.git/config': 'hidden',
    'repository/node_modules/x/package.json': '{}',
    'repository/events/a/event.yaml': 'a',
    'repository/outside.yaml': ctx => ctx.symlink('../secret.yaml'),
    'repository/inside.yaml': ctx => ctx.symlink('./busline.yaml'),
    'repository/nowhere.yaml': ctx => ctx.symlink('./gone.yaml'),
    'secret.yaml': 'secret',
  });
  const { stamps } = await listFolder(directory.resolve('repository'));
  expect([...stamps.keys()]).toEqual(['busline.yaml', 'events/a/event.yaml', 'inside.yaml']);
});

it('lists files in the order of their paths', async () => {
  const files = ['a.yaml', 'a/b.yaml', 'a-b/c.yaml', 'a0.yaml', 'a/b/c.yaml', 'B.yaml', 'z.yaml'];
  directory.setContent(Object.fromEntries(files.map(file => [`repository/${file}`, file])));
  const { stamps } = await listFolder(directory.resolve('repository'));
  expect([...stamps.keys()]).toEqual([...files].sort());
});

it('has another fingerprint when a file changes, and the same when none does', async () => {
  directory.setContent({ 'repository/a.yaml': 'a', 'repository/b.yaml': 'b' });
  const folder = directory.resolve('repository');
  const before = await listFolder(folder);
  expect((await listFolder(folder)).fingerprint).toBe(before.fingerprint);
  utimesSync(directory.resolve('repository/a.yaml'), new Date(0), new Date(0));
  const after = await listFolder(folder);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(after.stamps.get('b.yaml')).toBe(before.stamps.get('b.yaml'));
});

it('lists what came, went, moved or changed since the last time', async () => {
  directory.setContent({ 'a.yaml': 'a', 'old/b.yaml': 'b', 'old/c.yaml': 'c', 'same/d.yaml': 'd' });
  const lastYear = new Date(Date.now() - 365 * 24 * 60 * 60 * 1000);
  // Old enough to be relied on: what changed a moment ago is listed again anyhow.
  for (const folder of ['', 'old', 'same']) utimesSync(directory.resolve(folder), lastYear, lastYear);
  const known = nothingKnown();
  const paths = async () => [...(await listFolder(directory.path, undefined, known)).stamps.keys()];
  expect(await paths()).toEqual(['a.yaml', 'old/b.yaml', 'old/c.yaml', 'same/d.yaml']);
  const before = await listFolder(directory.path, undefined, known);
  writeFileSync(directory.resolve('same/d.yaml'), 'longer');
  expect((await listFolder(directory.path, undefined, known)).fingerprint).not.toBe(before.fingerprint);
  writeFileSync(directory.resolve('old/a.yaml'), 'new');
  rmSync(directory.resolve('old/c.yaml'));
  expect(await paths()).toEqual(['a.yaml', 'old/a.yaml', 'old/b.yaml', 'same/d.yaml']);
  renameSync(directory.resolve('old'), directory.resolve('renamed'));
  expect(await paths()).toEqual(['a.yaml', 'renamed/a.yaml', 'renamed/b.yaml', 'same/d.yaml']);
  expect(await listFolder(directory.path, undefined, known)).toEqual(await listFolder(directory.path));
});

it('looks at files from the other end in a thread, and never gives what it did not find', async () => {
  const files = Array.from({ length: 200 }, (_, index) => `${String(index).padStart(3, '0')}.yaml`);
  directory.setContent(Object.fromEntries(files.map(file => [file, file])));
  rmSync(directory.resolve(files[199]!));
  const ahead = new StatAhead(directory.path, files);
  await ahead.ended;
  expect(ahead.statusOf(files[0]!)).toBeUndefined();
  for (const file of files.slice(1, 199)) {
    const { mtimeMs, size, ino } = statSync(directory.resolve(file));
    expect(ahead.statusOf(file)).toEqual({ mtimeMs, size, ino });
  }
  expect(ahead.statusOf(files[199]!)).toBeUndefined();
  expect(ahead.statusOf('not among them')).toBeUndefined();
});

it('says which folder is not there', async () => {
  await expect(listFolder(directory.resolve('nowhere'))).rejects.toThrow(/The folder .*nowhere cannot be read/);
});

it('gives nothing for a file that went away', () => {
  expect(readText(directory.path, 'gone.yaml')).toBeUndefined();
});
