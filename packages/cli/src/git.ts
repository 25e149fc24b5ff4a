import { execFileSync } from 'node:child_process';
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
 * @throws UsageError when git is missing, the folder is in no repository, or the ref is unknown
 */
export function filesAt(folder: string, ref: string): ReadonlyMap<string, string> {
  const commit = resolveCommit(folder, ref);
  // Below a folder git lists what is there, with paths relative to it.
  const listing = git(folder, ['ls-tree', '-r', '-z', commit]);
  const files = new Map<string, string>();
  for (const line of listing.split('\0')) {
    const match = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match) files.set(match[2], match[1]);
  }
  return files;
}

function resolveCommit(folder: string, ref: string): string {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return git(folder, args).trim();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new UsageError('--base needs git, which is not installed');
    throw new UsageError(
      inRepository(folder) ? `--base ${ref}: git knows no such commit` : `--base: ${folder} is in no git repository`,
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
