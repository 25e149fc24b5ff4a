import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { breathe } from '../database/dialect';
import { MAX_FILE_BYTES, MAX_FILES } from './limits';
import { StatAhead, type FileStatus } from './StatAhead';

/** Files of an event repository as read from a folder. */
export interface FolderListing {
  /** Path relative to the folder with `/`, to what changes when the file does. */
  readonly stamps: ReadonlyMap<string, string>;
  /** Changes when any file does. */
  readonly fingerprint: string;
}

/** What stood in a folder and all below when it was last listed. Losing it costs time only. */
export interface KnownListing {
  readonly folders: Map<string, KnownFolder>;
  files: readonly string[];
}

export function nothingKnown(): KnownListing {
  return { folders: new Map(), files: [] };
}

interface KnownFolder {
  /** Changes when something comes into the folder or goes away; undefined where that is not to be relied on. */
  readonly stamp: string | undefined;
  /** Paths, last first; those of folders end with `/`. */
  readonly entries: readonly string[];
}

/** Paths looked at between two turns of the event loop. Calls at once are ten times cheaper than calls that are waited for. */
const PATHS_AT_ONCE = 500;
/** File systems count time in steps: what changed a moment ago may change again within the same one. */
const CLOCK_STEP_MS = 2000;
/** Fewer are looked at before a thread has started. */
const MIN_FILES_AHEAD = 20_000;
const LINES_AT_ONCE = 4000;
const SKIPPED_FOLDERS = new Set(['node_modules']);

/**
 * Lists a folder with all that is below, without reading files. Links that lead out of the folder and names that begin
 * with a dot are left out. Throws `InputError` when the folder is not there.
 *
 * @param known - of the last time, brought up to date: a folder into which nothing came is not listed again
 */
export async function listFolder(
  folder: string,
  signal?: AbortSignal,
  known: KnownListing = nothingKnown(),
): Promise<FolderListing> {
  const root = realRoot(folder);
  const ahead = known.files.length < MIN_FILES_AHEAD ? undefined : new StatAhead(root, known.files);
  try {
    const stamps = await stampsOf(root, known.folders, ahead, signal);
    known.files = [...stamps.keys()];
    return { stamps, fingerprint: fingerprintOf(stamps) };
  } finally {
    await ahead?.close();
  }
}

async function stampsOf(
  root: string,
  known: Map<string, KnownFolder>,
  ahead: StatAhead | undefined,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>();
  const visited = new Set<string>();
  const pending: string[] = ['/'];
  for (let looked = 0; pending.length > 0; looked += 1) {
    if (looked % PATHS_AT_ONCE === 0) {
      await breathe();
      signal?.throwIfAborted();
    }
    const relative = pending.pop()!;
    if (relative.endsWith('/')) {
      visited.add(relative);
      const found = listOne(root, relative, known.get(relative));
      known.set(relative, found);
      for (const entry of found.entries) pending.push(entry);
      continue;
    }
    const stamp = stampOf(root, relative, ahead);
    if (stamp === undefined) continue;
    stamps.set(relative, stamp);
    if (stamps.size > MAX_FILES) throw new InputError(`${root} has more than ${MAX_FILES} files`);
  }
  for (const gone of known.keys()) if (!visited.has(gone)) known.delete(gone);
  return stamps;
}

function fingerprintOf(stamps: ReadonlyMap<string, string>): string {
  const digest = createHash('sha256');
  let lines: string[] = [];
  for (const [file, stamp] of stamps) {
    lines.push(file, '\0', stamp, '\n');
    if (lines.length < LINES_AT_ONCE) continue;
    digest.update(lines.join(''));
    lines = [];
  }
  return digest.update(lines.join('')).digest('base64url');
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
function listOne(root: string, relative: string, known: KnownFolder | undefined): KnownFolder {
  const full = `${root}/${relative}`;
  const stamp = folderStamp(full);
  if (known?.stamp !== undefined && known.stamp === stamp) return known;
  const prefix = relative === '/' ? '' : relative;
  const found: { readonly key: string; readonly path: string }[] = [];
  let hasLinks = false;
  for (const entry of readdirSync(full, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)) continue;
    const key = entry.isDirectory() ? `${entry.name}/` : entry.name;
    if (entry.isSymbolicLink()) {
      hasLinks = true;
      if (!leadsInside(root, prefix + entry.name)) continue;
    }
    found.push({ key, path: flat(prefix, key) });
  }
  if (found.length > 1) found.sort((a, b) => (a.key < b.key ? 1 : -1));
  // Where a link leads may change without the folder.
  return { stamp: hasLinks ? undefined : stamp, entries: found.map(({ path: at }) => at) };
}

function folderStamp(full: string): string | undefined {
  const { mtimeMs, ino } = statSync(full);
  return mtimeMs < Date.now() - CLOCK_STEP_MS ? `${mtimeMs}-${ino}` : undefined;
}

/** What changes when the file does; undefined for what is no file or went away meanwhile. */
function stampOf(root: string, relative: string, ahead: StatAhead | undefined): string | undefined {
  const status = ahead?.statusOf(relative) ?? fileStatus(`${root}/${relative}`);
  if (status === undefined) return undefined;
  if (status.size > MAX_FILE_BYTES) {
    throw new InputError(`${relative} has ${status.size} bytes; a file may have ${MAX_FILE_BYTES}`);
  }
  return flat(`${status.mtimeMs}-${status.size}-`, String(status.ino));
}

function fileStatus(full: string): FileStatus | undefined {
  const status = statSync(full, NO_THROW);
  return status?.isFile() ? status : undefined;
}

const NO_THROW = { throwIfNoEntry: false } as const;

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
