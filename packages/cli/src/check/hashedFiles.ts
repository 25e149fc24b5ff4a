import { createHash } from 'node:crypto';
import type { RepositoryFiles } from '@busline/event-repository';

/** Files that know the git blob id of what was read of them. */
export interface HashedFiles extends RepositoryFiles {
  contentId(path: string): string | undefined;
  contentHash(path: string): string | undefined;
}

/**
 * Works out each file's blob id as it is read, so that a list of git tells what changed without reading anything twice.
 * Asked for the id first, keeps the text until it is read.
 */
export function hashedFiles(files: RepositoryFiles): HashedFiles {
  const ids = new Map<string, string>();
  let paths: readonly string[] | undefined;
  let last: { readonly path: string; readonly text: string } | undefined;
  const idOf = (path: string): string | undefined => {
    const known = ids.get(path);
    if (known !== undefined) return known;
    const text = files.read(path);
    if (text === undefined) return undefined;
    last = { path, text };
    const body = Buffer.from(text);
    const id = createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex');
    ids.set(path, id);
    return id;
  };
  return {
    paths: () => (paths ??= files.paths()),
    read: path => (last?.path === path ? last.text : files.read(path)),
    contentId: idOf,
    contentHash: idOf,
  };
}
