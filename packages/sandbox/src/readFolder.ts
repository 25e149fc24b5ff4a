import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readEventRepository, type EventRepository } from '@busline/event-repository';

/**
 * Reads an event repository from a folder.
 * @throws Error when there is no event repository in it; what is wrong inside one is for the portal to show
 */
export async function readFolder(folder: string): Promise<EventRepository> {
  const root = path.resolve(folder);
  const paths = await listFolder(root).catch(error => {
    throw new Error(`The event repository ${root} cannot be read: ${error.message}`);
  });
  if (!paths.includes('busline.yaml')) throw new Error(`${root} is no event repository: it has no busline.yaml`);
  const files = { paths: () => paths, read: (file: string) => readFileSync(path.join(root, file), 'utf8') };
  return readEventRepository(files).repository;
}

/** Paths of all files below a folder, with `/`, in order. */
export async function listFolder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
