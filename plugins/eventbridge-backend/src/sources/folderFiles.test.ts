import { createMockDirectory } from '@backstage/backend-test-utils';
import { utimesSync } from 'node:fs';
import { listFolder, readText } from './folderFiles';

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

it('says which folder is not there', async () => {
  await expect(listFolder(directory.resolve('nowhere'))).rejects.toThrow(/The folder .*nowhere cannot be read/);
});

it('gives nothing for a file that went away', () => {
  expect(readText(directory.path, 'gone.yaml')).toBeUndefined();
});
