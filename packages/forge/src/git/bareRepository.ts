import { mkdtemp, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { foldersOf, type PreparedChange, type TreeEdit, type TreeEntry } from '../changes';
import { ForgeError } from '../errors';
import type { Signature } from '../forge';
import { isCommitId } from '../names';
import { wait } from '../wait';
import { GitError, type GitCall, type RunGit } from './runGit';

/** What git takes for "there is no such ref yet". */
export const NO_COMMIT = '0'.repeat(40);
/** Paths in one command line; Linux takes 2 MB, and a path has 1 kB at most. */
const PATHS_A_COMMAND = 500;
/** A ref is locked for milliseconds. A lock of this age was left by a process that was killed. */
const STALE_LOCK_MS = 20_000;
const LOCK_RETRIES = 60;
const LOCK_PAUSE_MS = 500;

export interface ListedFile extends TreeEntry {
  readonly path: string;
}

export interface CommitDraft {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly date: Date;
}

export type FirstCommit = Pick<CommitDraft, 'message' | 'author' | 'date'>;

export type TreeMerge =
  | { readonly kind: 'merged'; readonly tree: string }
  | { readonly kind: 'conflicts'; readonly paths: readonly string[] };

/** One bare repository, by git's plumbing. Nothing here checks names: callers have. */
export class BareRepository {
  readonly directory: string;
  readonly #run: RunGit;
  readonly #signal: AbortSignal | undefined;

  constructor(directory: string, run: RunGit, signal?: AbortSignal) {
    this.directory = directory;
    this.#run = run;
    this.#signal = signal;
  }

  /** The commit of a branch, a full ref (`refs/…`) or a commit id. */
  async resolve(ref: string): Promise<string | undefined> {
    const name = isCommitId(ref) || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
    const loose = isCommitId(ref) ? 'ask git' : await this.#readRef(name);
    if (loose !== 'ask git') return loose;
    const answer = await this.#git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
      answers: [0, 1, 128],
    });
    return answer.exitCode === 0 ? textOf(answer.stdout) : undefined;
  }

  /**
   * A ref is a file with a commit id, unless it is packed. Pages ask for hundreds of refs: reading saves a process each.
   */
  async #readRef(name: string): Promise<string | undefined | 'ask git'> {
    const content = await readIfThere(path.join(this.directory, name));
    if (content !== undefined) return isCommitId(content.trim()) ? content.trim() : 'ask git';
    const isPacked = (await readIfThere(path.join(this.directory, 'packed-refs'))) !== undefined;
    return isPacked ? 'ask git' : undefined;
  }

  async defaultBranch(): Promise<string> {
    const head = /^ref: refs\/heads\/(\S+)\s*$/.exec((await readIfThere(path.join(this.directory, 'HEAD'))) ?? '');
    if (head) return head[1];
    const { stdout } = await this.#git(['symbolic-ref', 'HEAD']);
    return textOf(stdout).replace(/^refs\/heads\//, '');
  }

  async treeOf(commit: string): Promise<string> {
    const { stdout } = await this.#git(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`]);
    return textOf(stdout);
  }

  /** All entries of a tree but its folders, in the order of their paths. */
  async list(commit: string): Promise<readonly ListedFile[]> {
    const { stdout } = await this.#git(['ls-tree', '-r', '-z', '--full-tree', commit]);
    return parseTree(stdout);
  }

  /** What stands at the paths and at their folders. */
  async entriesAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
    const wanted = [...new Set(paths.flatMap(each => [...foldersOf(each), each]))];
    const entries = new Map<string, TreeEntry>();
    for (let start = 0; start < wanted.length; start += PATHS_A_COMMAND) {
      const some = wanted.slice(start, start + PATHS_A_COMMAND);
      const { stdout } = await this.#git(['ls-tree', '-z', '-t', '--full-tree', commit, '--', ...some]);
      for (const { path: at, mode, id } of parseTree(stdout)) entries.set(at, { mode, id });
    }
    return entries;
  }

  async readBlob(id: string): Promise<Buffer> {
    return (await this.#git(['cat-file', 'blob', id])).stdout;
  }

  /** Writes contents, whatever their number, with one process. */
  async writeBlobs(changes: readonly PreparedChange[]): Promise<void> {
    const parts = changes.flatMap(change =>
      'remove' in change ? [] : [`blob\ndata ${change.bytes.length}\n`, change.bytes, '\n'],
    );
    if (parts.length === 0) return;
    const input = joined([...parts, 'done\n']);
    await this.#git(['fast-import', '--quiet', '--done'], { input });
  }

  /**
   * Makes a branch with a first commit, by one process and in one pack, whatever the number of files. For a repository
   * that nobody else knows yet.
   */
  async importFirstCommit(branch: string, changes: readonly PreparedChange[], draft: FirstCommit): Promise<void> {
    const { message, author, date } = draft;
    const who = `${author.name} <${author.email}> ${Math.floor(date.getTime() / 1000)} +0000`;
    const text = Buffer.from(`${message.trimEnd()}\n`);
    const files = changes.flatMap(change => {
      if ('remove' in change) return [];
      const { path: at, bytes, executable } = change;
      const name = `"${at.replaceAll('"', '\\"')}"`;
      return [`M ${executable ? '100755' : '100644'} inline ${name}\ndata ${bytes.length}\n`, bytes, '\n'];
    });
    const head = `commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\ndata ${text.length}\n`;
    const input = joined([head, text, ...files, 'done\n']);
    await this.#git(['fast-import', '--quiet', '--done'], { input });
  }

  /** The tree of a commit after the edits. Uses an index of its own. */
  async writeTree(commit: string, edits: readonly TreeEdit[]): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'busline-index-'));
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    try {
      await this.#git(['read-tree', commit], { env });
      // What is taken out goes first: a file may take the place of a folder.
      const inOrder = [...edits.filter(({ id }) => id === undefined), ...edits.filter(({ id }) => id !== undefined)];
      const input = inOrder
        .map(({ path: at, mode, id }) => (id === undefined ? `0 ${NO_COMMIT}\t${at}\0` : `${mode} ${id}\t${at}\0`))
        .join('');
      await this.#git(['update-index', '-z', '--index-info'], { env, input });
      return textOf((await this.#git(['write-tree'], { env })).stdout);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async commit({ tree, parents, message, author, committer, date }: CommitDraft): Promise<string> {
    const seconds = `${Math.floor(date.getTime() / 1000)} +0000`;
    const { stdout } = await this.#git(['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent]), '-F', '-'], {
      input: `${message.trimEnd()}\n`,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: seconds,
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: seconds,
      },
    });
    return textOf(stdout);
  }

  /**
   * Moves a ref from `before` (`NO_COMMIT` when it must not exist) to `commit`. Gives false where it stands elsewhere.
   * A lock that a killed process left is taken away.
   */
  async moveRef(ref: string, commit: string, before: string): Promise<boolean> {
    return this.#changeRef(ref, before, ['update-ref', '--no-deref', ref, commit, before]);
  }

  /** Deletes a ref that stands at `before`. */
  async deleteRef(ref: string, before: string): Promise<boolean> {
    return this.#changeRef(ref, before, ['update-ref', '--no-deref', '-d', ref, before]);
  }

  async isAncestor(commit: string, of: string): Promise<boolean> {
    // 128: one of them is not (or no longer) in this repository.
    const answer = await this.#git(['merge-base', '--is-ancestor', commit, of], { answers: [0, 1, 128] });
    return answer.exitCode === 0;
  }

  async mergeBase(one: string, other: string): Promise<string | undefined> {
    const answer = await this.#git(['merge-base', one, other], { answers: [0, 1] });
    return answer.exitCode === 0 ? textOf(answer.stdout) : undefined;
  }

  /** A real merge of `head` into `base`, with renames, in memory. */
  async merge(base: string, head: string): Promise<TreeMerge> {
    const answer = await this.#git(
      ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', '--allow-unrelated-histories', base, head],
      { answers: [0, 1] },
    );
    const [tree, ...paths] = answer.stdout.toString('utf8').split('\0').filter(Boolean);
    return answer.exitCode === 0 ? { kind: 'merged', tree } : { kind: 'conflicts', paths: [...new Set(paths)] };
  }

  /** Output of a git command that only reads. */
  async read(args: readonly string[]): Promise<Buffer> {
    return (await this.#git(args)).stdout;
  }

  async #changeRef(ref: string, before: string, args: readonly string[]): Promise<boolean> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#git(args);
        return true;
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
        if (((await this.resolve(ref)) ?? NO_COMMIT) !== before) return false;
        if (!/\.lock': File exists/.test(error.stderr) || tries >= LOCK_RETRIES) throw toRefError(ref, error);
        await this.#freeLock(ref);
      }
    }
  }

  async #freeLock(ref: string): Promise<void> {
    for (const name of [`${ref}.lock`, 'packed-refs.lock']) {
      const file = path.join(this.directory, name);
      const age = await stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STALE_LOCK_MS) {
        await unlink(file).catch(() => undefined);
        return;
      }
    }
    await wait(LOCK_PAUSE_MS, this.#signal);
  }

  #git(args: readonly string[], options: Pick<GitCall, 'env' | 'input' | 'answers'> = {}) {
    return this.#run({ directory: this.directory, args, ...options, ...(this.#signal && { signal: this.#signal }) });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** `refs/heads/a` and `refs/heads/a/b` cannot both be. */
function toRefError(ref: string, error: GitError): Error {
  const name = ref.replace(/^refs\/heads\//, '');
  const blocking = /'refs\/heads\/([^']+)' exists; cannot create/.exec(error.stderr)?.[1];
  return blocking
    ? new ForgeError(
        'rejected',
        `The branch ${name} cannot be made beside the branch ${blocking}: one is the folder of the other`,
      )
    : error;
}

function joined(parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function textOf(output: Buffer): string {
  return output.toString('utf8').trim();
}

/** Lines of `ls-tree -z`: `mode type id TAB path NUL`. */
function parseTree(output: Buffer): readonly ListedFile[] {
  const files: ListedFile[] = [];
  let start = 0;
  for (;;) {
    const end = output.indexOf(0, start);
    if (end < 0) return files;
    const tab = output.indexOf(9, start);
    const [mode, , id] = output.toString('latin1', start, tab).split(' ');
    files.push({ mode, id, path: output.toString('utf8', tab + 1, end) });
    start = end + 1;
  }
}
