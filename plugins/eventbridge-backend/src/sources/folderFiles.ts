import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';

/** Files of an event repository as read from a folder. */
export interface FolderListing {
  /** Path relative to the folder with `/`, to what changes when the file does. */
  readonly stamps: ReadonlyMap<string, string>;
  /** Changes when any file does. */
  readonly fingerprint: string;
}

/** A file above this is a mistake; a schema of 5 MB is not. */
const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** Event repositories of 10,000 event types with 10 subscriptions each have some 150,000 files. */
const MAX_FILES = 2_000_000;
/** File system calls under way at once. */
const CONCURRENCY = 32;
const SKIPPED_FOLDERS = new Set(['node_modules']);

/**
 * Lists a folder with all that is below, without reading files. Links that lead out of the folder and names that begin
 * with a dot are left out. Throws `InputError` when the folder is not there.
 */
export async function listFolder(folder: string, signal?: AbortSignal): Promise<FolderListing> {
  const root = await realpath(folder).catch(error => {
    throw new InputError(`The folder ${folder} cannot be read: ${error.message}`);
  });
  const stamps = new Map<string, string>();
  let pending = [''];
  while (pending.length > 0) {
    signal?.throwIfAborted();
    const batch = pending.slice(0, CONCURRENCY);
    pending = pending.slice(CONCURRENCY);
    const found = await Promise.all(batch.map(relative => listOne(root, relative, stamps)));
    for (const folders of found) pending.push(...folders);
    if (stamps.size > MAX_FILES) throw new InputError(`${folder} has more than ${MAX_FILES} files`);
  }
  const sorted = [...stamps].sort(([a], [b]) => (a < b ? -1 : 1));
  return { stamps: new Map(sorted), fingerprint: hash('sha256', JSON.stringify(sorted), 'base64url') };
}

async function listOne(root: string, relative: string, stamps: Map<string, string>): Promise<string[]> {
  const folders: string[] = [];
  const entries = await readdir(path.join(root, relative), { withFileTypes: true });
  await Promise.all(
    entries.map(async entry => {
      if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)) return;
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(child);
        return;
      }
      if (entry.isSymbolicLink() && !(await leadsInside(root, child))) return;
      const status = await stat(path.join(root, child)).catch(() => undefined);
      if (!status?.isFile()) return;
      if (status.size > MAX_FILE_BYTES) {
        throw new InputError(`${child} has ${status.size} bytes; a file may have ${MAX_FILE_BYTES}`);
      }
      stamps.set(child, `${status.mtimeMs}-${status.size}-${status.ino}`);
    }),
  );
  return folders;
}

async function leadsInside(root: string, relative: string): Promise<boolean> {
  const target = await realpath(path.join(root, relative)).catch(() => undefined);
  return target !== undefined && target.startsWith(root + path.sep);
}

/**
 * Text of a file, undefined when it went away meanwhile. Reads at once rather than later: the reader of event repositories
 * asks file by file, for those that changed only, and yields in between.
 */
export function readText(folder: string, relative: string): string | undefined {
  try {
    return readFileSync(path.join(folder, relative), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
