import { hash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { breathe } from '../database/dialect';

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
  const pending = [''];
  for (let listed = 0; pending.length > 0; listed++) {
    if (listed % FOLDERS_AT_ONCE === 0) {
      await breathe();
      signal?.throwIfAborted();
    }
    pending.push(...listOne(root, pending.pop()!, stamps));
    if (stamps.size > MAX_FILES) throw new InputError(`${folder} has more than ${MAX_FILES} files`);
  }
  const sorted = new Map([...stamps.keys()].sort().map(file => [file, stamps.get(file)!]));
  return { stamps: sorted, fingerprint: hash('sha256', JSON.stringify([...sorted]), 'base64url') };
}

function realRoot(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw new InputError(`The folder ${folder} cannot be read: ${(error as Error).message}`);
  }
}

function listOne(root: string, relative: string, stamps: Map<string, string>): string[] {
  const folders: string[] = [];
  for (const entry of readdirSync(path.join(root, relative), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)) continue;
    const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
    if (entry.isDirectory()) {
      folders.push(child);
      continue;
    }
    if (entry.isSymbolicLink() && !leadsInside(root, child)) continue;
    const status = statSync(`${root}/${child}`, { throwIfNoEntry: false });
    if (!status?.isFile()) continue;
    if (status.size > MAX_FILE_BYTES) {
      throw new InputError(`${child} has ${status.size} bytes; a file may have ${MAX_FILE_BYTES}`);
    }
    stamps.set(child, `${status.mtimeMs}-${status.size}-${status.ino}`);
  }
  return folders;
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
