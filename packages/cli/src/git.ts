import { execFileSync } from 'node:child_process';
import type { RepositoryFiles } from '@busline/event-repository';
import { UsageError } from './errors';

/** A list of 130,000 files is some 20 MB. */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

function git(folder: string, args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * Blob ids of all files of a folder as of a git ref, by path relative to the folder.
 * @param option - the option that gave the ref, for messages
 * @throws UsageError when git is missing, the folder is in no repository, or the ref is unknown
 */
export function filesAt(folder: string, ref: string, option = '--base'): ReadonlyMap<string, string> {
  const commit = resolveCommit(folder, ref, option);
  // Below a folder git lists what is there, with paths relative to it.
  const listing = git(folder, ['ls-tree', '-r', '-z', commit]);
  const files = new Map<string, string>();
  for (const line of listing.split('\0')) {
    // `<mode> blob <id>\t<path>`
    const tab = line.indexOf('\t');
    const [, type, id] = line.slice(0, tab).split(' ');
    if (tab > 0 && type === 'blob') files.set(line.slice(tab + 1), id);
  }
  return files;
}

/** Files fetched by one `git cat-file`. */
const FILES_A_BATCH = 4_000;

/**
 * The YAML and JSON files of a folder as of a git ref, for `readEventRepository`. Whoever reads one reads those behind it next, so
 * these come along.
 * @param ref - the ref, or what `filesAt` gave for it
 * @param isWanted - which of them; all if left out
 * @throws UsageError like `filesAt`
 */
export function repositoryAt(
  folder: string,
  ref: string | ReadonlyMap<string, string>,
  isWanted: (path: string) => boolean = () => true,
): RepositoryFiles {
  const files = [...(typeof ref === 'string' ? filesAt(folder, ref) : ref)].filter(
    ([path]) => /\.(ya?ml|json)$/.test(path) && !/(^|\/)\./.test(path) && isWanted(path),
  );
  const places = new Map(files.map(([path], index) => [path, index]));
  let batch: ReadonlyMap<string, string> = new Map();
  return {
    paths: () => [...places.keys()],
    read: path => {
      const place = places.get(path);
      if (place === undefined) return undefined;
      const id = files[place][1];
      if (!batch.has(id)) {
        batch = blobs(
          folder,
          files.slice(place, place + FILES_A_BATCH).map(([, each]) => each),
        );
      }
      return batch.get(id);
    },
  };
}

function blobs(folder: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const output = execFileSync('git', ['-C', folder, 'cat-file', '--batch', '--buffer'], {
    input: `${[...new Set(ids)].join('\n')}\n`,
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = new Map<string, string>();
  for (let start = 0; start < output.length; ) {
    const lineEnd = output.indexOf(10, start);
    const [id, type, size] = output.toString('latin1', start, lineEnd).split(' ');
    start = lineEnd + 1;
    if (type !== 'blob') continue;
    texts.set(id, output.toString('utf8', start, start + Number(size)));
    start += Number(size) + 1;
  }
  return texts;
}

/** Path of the folder below the root of its git repository, with `/` at the end; empty where it is the root. */
export function folderInRepository(folder: string): string {
  return git(folder, ['rev-parse', '--show-prefix']).trim();
}

/** Text of a file as of a git ref, by its path from the root of the git repository; undefined where there is none. */
export function textAt(folder: string, ref: string, path: string): string | undefined {
  const commit = resolveCommit(folder, ref);
  if (git(folder, ['ls-tree', '--full-tree', commit, '--', path]) === '') return undefined;
  return git(folder, ['cat-file', 'blob', `${commit}:${path}`]);
}

function resolveCommit(folder: string, ref: string, option = '--base'): string {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return git(folder, args).trim();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new UsageError(`${option} needs git, which is not installed`);
    throw new UsageError(
      inRepository(folder)
        ? `${option} ${ref}: git knows no such commit`
        : `${option}: ${folder} is in no git repository`,
    );
  }
}

function inRepository(folder: string): boolean {
  try {
    git(folder, ['rev-parse', '--git-dir']);
    return true;
  } catch {
    return false;
  }
}
