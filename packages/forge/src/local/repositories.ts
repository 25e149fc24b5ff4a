import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkSignature, checkText, prepareChanges } from '../changes';
import type { Signature } from '../forge';
import { BareRepository } from '../git/bareRepository';
import { gitEnvironment, type RunGit } from '../git/runGit';
import { checkBranch, checkRepository, repositoryProblem } from '../names';
import { noRepository } from '../requests';

export interface CreateRepositoryRequest {
  readonly repository: string;
  /** By default `main`. */
  readonly defaultBranch?: string;
  /** What the first commit holds; it may be empty. */
  readonly files: readonly {
    readonly path: string;
    readonly content: string | Uint8Array;
    readonly executable?: boolean;
  }[];
  readonly message: string;
  readonly author: Signature;
}

/** The first commit may bring a large event repository along. */
const MAX_SEED_FILES = 1_000_000;
/** Begins with a dot, as no repository does. */
const UNFINISHED = '.unfinished-';

/** The bare repositories below one folder: `<root>/<owner>/<name>.git`. */
export class Repositories {
  readonly #root: string;
  readonly #run: RunGit;
  readonly #now: () => Date;

  constructor(root: string, run: RunGit, now: () => Date) {
    this.#root = path.resolve(root);
    this.#run = run;
    this.#now = now;
  }

  directoryOf(repository: string): string {
    checkRepository(repository);
    return path.join(this.#root, `${repository}.git`);
  }

  /** @throws ForgeError `not-found` */
  async open(repository: string, signal?: AbortSignal): Promise<BareRepository> {
    const directory = this.directoryOf(repository);
    if (!(await isRepository(directory))) {
      throw noRepository(repository);
    }
    return new BareRepository(directory, this.#run, signal);
  }

  /** Names of all repositories, in order. */
  async names(): Promise<readonly string[]> {
    const owners = await foldersIn(this.#root);
    const names = await Promise.all(
      owners.map(async owner =>
        (await foldersIn(path.join(this.#root, owner)))
          .filter(folder => folder.endsWith('.git'))
          .map(folder => `${owner}/${folder.slice(0, -'.git'.length)}`),
      ),
    );
    return names.flat().filter(name => repositoryProblem(name) === undefined);
  }

  /**
   * Makes a repository with a first commit, unless it is there already. It is made under another name and moved into
   * place as the last step, so there is never half a repository.
   */
  async create(request: CreateRepositoryRequest, signal?: AbortSignal): Promise<{ readonly created: boolean }> {
    const { repository, files, message, author, defaultBranch = 'main' } = request;
    const directory = this.directoryOf(repository);
    checkBranch(defaultBranch);
    checkSignature(author, 'author');
    checkText(message, 'message');
    const changes = files.length === 0 ? [] : prepareChanges(files, MAX_SEED_FILES);
    if (await isRepository(directory)) return { created: false };

    const unfinished = path.join(path.dirname(directory), `${UNFINISHED}${randomUUID()}`);
    try {
      await mkdir(unfinished, { recursive: true });
      await this.#run({
        args: ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, unfinished],
        // A machine's default may be another one by now; ids in a pull request are SHA-1, as GitHub's.
        env: { ...gitEnvironment(), GIT_DEFAULT_HASH: 'sha1' },
        ...(signal && { signal }),
      });
      const bare = new BareRepository(unfinished, this.#run, signal);
      await bare.importFirstCommit(defaultBranch, changes, { message, author, date: this.#now() });
      return { created: await moveInto(unfinished, directory) };
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
}

/** Gives false where somebody else was faster. */
async function moveInto(unfinished: string, directory: string): Promise<boolean> {
  try {
    await rename(unfinished, directory);
    return true;
  } catch (error) {
    if (await isRepository(directory)) return false;
    throw error;
  }
}

async function isRepository(directory: string): Promise<boolean> {
  return stat(path.join(directory, 'HEAD')).then(
    found => found.isFile(),
    () => false,
  );
}

async function foldersIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}
