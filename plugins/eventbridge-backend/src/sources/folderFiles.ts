import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { breathe } from '../database/dialect';
import { MAX_FILE_BYTES, MAX_FILES } from './limits';

/** Files of an event repository as read from a folder. */
export interface FolderListing {
  /** Path relative to the folder with `/`, to what changes when the file does. */
  readonly stamps: ReadonlyMap<string, string>;
  /** Changes when any file does. */
  readonly fingerprint: string;
}

/** Folders listed between two turns of the event loop. Calls at once are ten times cheaper than calls that are waited for. */
const FOLDERS_AT_ONCE = 50;
const SKIPPED_FOLDERS = new Set(['node_modules']);

/**
 * Lists a folder with all that is below, without reading files. Links that lead out of the folder and names that begin
 * with a dot are left out. Throws `InputError` when the folder is not there.
 */
export async function listFolder(folder: string, signal?: AbortSignal): Promise<FolderListing> {
  const root = realRoot(folder);
  const stamps = new Map<string, string>();
  const digest = createHash('sha256');
  const pending: FolderEntry[] = [{ path: '', isFolder: true }];
  for (let listed = 0; pending.length > 0; ) {
    const { path: relative, isFolder } = pending.pop()!;
    if (!isFolder) {
      const stamp = stampOf(root, relative);
      if (stamp === undefined) continue;
      stamps.set(relative, stamp);
      digest.update(`${relative}\0${stamp}\n`);
      if (stamps.size > MAX_FILES) throw new InputError(`${folder} has more than ${MAX_FILES} files`);
      continue;
    }
    if (listed % FOLDERS_AT_ONCE === 0) {
      await breathe();
      signal?.throwIfAborted();
    }
    listed += 1;
    for (const entry of listOne(root, relative)) pending.push(entry);
  }
  return { stamps, fingerprint: digest.digest('base64url') };
}

interface FolderEntry {
  readonly path: string;
  readonly isFolder: boolean;
}

function realRoot(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw new InputError(`The folder ${folder} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * What stands in a folder, last first. A folder counts as if its name ended with `/`: so the paths of all files come in
 * their order, and nothing is left to sort.
 */
function listOne(root: string, relative: string): FolderEntry[] {
  const found: { readonly key: string; readonly entry: FolderEntry }[] = [];
  const prefix = relative === '' ? '' : `${relative}/`;
  for (const entry of readdirSync(`${root}/${relative}`, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)) continue;
    const child = flat(prefix, entry.name);
    const isFolder = entry.isDirectory();
    if (entry.isSymbolicLink() && !leadsInside(root, child)) continue;
    found.push({ key: isFolder ? `${entry.name}/` : entry.name, entry: { path: child, isFolder } });
  }
  if (found.length > 1) found.sort((a, b) => (a.key < b.key ? 1 : -1));
  return found.map(({ entry }) => entry);
}

/** What changes when the file does; undefined for what is no file or went away meanwhile. */
function stampOf(root: string, relative: string): string | undefined {
  const status = statSync(`${root}/${relative}`, { throwIfNoEntry: false });
  if (!status?.isFile()) return undefined;
  if (status.size > MAX_FILE_BYTES) {
    throw new InputError(`${relative} has ${status.size} bytes; a file may have ${MAX_FILE_BYTES}`);
  }
  return [status.mtimeMs, status.size, status.ino].join('-');
}

/** One text and not a pair of two: these are kept by the hundred thousand, and V8 keeps what is put together in its parts. */
function flat(prefix: string, name: string): string {
  return [prefix, name].join('');
}

function leadsInside(root: string, relative: string): boolean {
  try {
    return realpathSync(path.join(root, relative)).startsWith(root + path.sep);
  } catch {
    return false;
  }
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
