import { checkUser } from '../changes';
import { ForgeError } from '../errors';
import type {
  CallOptions,
  CloseOptions,
  CommitRequest,
  CommitResult,
  Forge,
  MergeRequest,
  OpenedPullRequest,
  OpenRequest,
  PullRequestFilter,
  ReviewRequest,
  TreeFile,
} from '../forge';
import type { BareRepository } from '../git/bareRepository';
import { committedFiles, type CommittedFiles, isFile } from '../git/repositoryFiles';
import { GitError, runGit, type RunGit } from '../git/runGit';
import { checkPath, checkRef } from '../names';
import type { ChangedFile, Check, PullRequest, Review } from '../pullRequest';
import {
  alreadyMerged,
  checkCommit,
  checkFilter,
  checkNumber,
  checkOpening,
  noBranch,
  noPullRequest,
  noSuchRef,
  nothingToMerge,
} from '../requests';
import { commitFiles } from './committing';
import { mergePullRequest, type MergeTools } from './merging';
import { createPresenter, type Presenter, type RunChecks } from './presenting';
import type { ProtectionRule } from './protection';
import type { PullRequestRecord, PullRequestStore } from './pullRequestStore';
import { change, filesAt, keepHead, positionOf, settle } from './pullRequests';
import { type CreateRepositoryRequest, Repositories } from './repositories';
import { checkReview, withReview } from './reviewing';
import { createTurns } from './turns';

export interface LocalForgeOptions {
  /** Folder of the bare repositories: `<root>/<owner>/<name>.git`. */
  readonly root: string;
  readonly store: PullRequestStore;
  /** By default everything may be merged. */
  readonly protection?: ProtectionRule;
  /** Checks of a pull request's head. By default none. */
  readonly checks?: RunChecks;
  /** The page of a pull request. */
  readonly pullRequestUrl?: (repository: string, number: number) => string;
  readonly now?: () => Date;
}

/** A forge of bare repositories on disk, and what only it can do. */
export interface LocalForge extends Forge {
  readonly type: 'local';
  /** Makes a repository with a first commit, unless it is there already. */
  createRepository(request: CreateRepositoryRequest, options?: CallOptions): Promise<{ readonly created: boolean }>;
  /** Names of all repositories, in order. */
  repositories(): Promise<readonly string[]>;
  /** The files at a ref for `readEventRepository`, for repositories of any size. */
  files(repository: string, ref: string, options?: CallOptions): Promise<CommittedFiles>;
  /** The bare repository on disk, whether it exists or not. */
  directoryOf(repository: string): string;
}

/** @param run how git is run; tests cut in here */
export function createLocalForge(options: LocalForgeOptions, run: RunGit = runGit): LocalForge {
  return new DiskForge(options, run);
}

/** What a call works with. */
interface At {
  readonly repository: string;
  readonly bare: BareRepository;
}

class DiskForge implements LocalForge {
  readonly type = 'local';
  readonly reviewsHere = true;
  readonly #store: PullRequestStore;
  readonly #repositories: Repositories;
  readonly #presenter: Presenter;
  readonly #now: () => Date;
  readonly #inTurn = createTurns();

  constructor(options: LocalForgeOptions, run: RunGit) {
    this.#store = options.store;
    this.#presenter = createPresenter(options);
    this.#now = options.now ?? (() => new Date());
    this.#repositories = new Repositories(options.root, run, this.#now);
  }

  createRepository(request: CreateRepositoryRequest, { signal }: CallOptions = {}) {
    return withWords(request.repository, () => this.#repositories.create(request, signal));
  }

  repositories() {
    return this.#repositories.names();
  }

  directoryOf(repository: string) {
    return this.#repositories.directoryOf(repository);
  }

  defaultBranch(repository: string, options?: CallOptions) {
    return this.#in(repository, options, ({ bare }) => bare.defaultBranch());
  }

  headOf(repository: string, ref: string, options?: CallOptions) {
    return this.#in(repository, options, ({ bare }) => {
      checkRef(ref);
      return bare.resolve(ref);
    });
  }

  listFiles(repository: string, ref: string, options?: CallOptions): Promise<readonly TreeFile[]> {
    return this.#in(repository, options, async at => {
      const files = await at.bare.list(await commitAt(at, ref));
      return files.filter(isFile).map(({ path, id }) => ({ path, id }));
    });
  }

  files(repository: string, ref: string, options?: CallOptions): Promise<CommittedFiles> {
    return this.#in(repository, options, async at => committedFiles(at.bare, await commitAt(at, ref)));
  }

  readFile(repository: string, ref: string, path: string, options?: CallOptions) {
    return this.#in(repository, options, async at => {
      checkPath(path);
      const entry = (await at.bare.entriesAt(await commitAt(at, ref), [path])).get(path);
      return entry && isFile({ ...entry, path }) ? (await at.bare.readBlob(entry.id)).toString('utf8') : undefined;
    });
  }

  commitFiles(request: CommitRequest, options?: CallOptions): Promise<CommitResult> {
    return this.#in(request.repository, options, ({ bare }) => {
      const changes = checkCommit(request);
      return this.#inTurn(`commit ${request.repository} ${request.branch}`, () =>
        commitFiles(bare, request, changes, this.#now),
      );
    });
  }

  openPullRequest(request: OpenRequest, options?: CallOptions): Promise<OpenedPullRequest> {
    return this.#in(request.repository, options, async at => {
      checkOpening(request);
      if (request.author !== undefined) checkUser(request.author);
      const { record, created } = (await this.#findFor(at, request)) ?? (await this.#add(at, request));
      if (record.state === 'open') await keepHead(at.bare, record.number, (await positionOf(at.bare, record)).head);
      return { pullRequest: await this.#presenter.present(at.bare, record), created };
    });
  }

  getPullRequest(repository: string, number: number, options?: CallOptions): Promise<PullRequest> {
    return this.#in(repository, options, async at => this.#presenter.present(at.bare, await this.#record(at, number)));
  }

  listPullRequests(repository: string, filter: PullRequestFilter = {}, options?: CallOptions) {
    return this.#in(repository, options, async at => {
      checkFilter(filter);
      const { state, ...branches } = filter;
      const found = await this.#store.list(repository, branches);
      const settled = await inOrder(found, record => this.#settled(at, record));
      const wanted = settled.filter(record => state === undefined || record.state === state);
      return inOrder(wanted, async record => this.#presenter.toPullRequest(record, await positionOf(at.bare, record)));
    });
  }

  filesOf(repository: string, number: number, options?: CallOptions): Promise<readonly ChangedFile[]> {
    return this.#in(repository, options, async at =>
      filesAt(at.bare, await positionOf(at.bare, await this.#record(at, number))),
    );
  }

  reviewsOf(repository: string, number: number, options?: CallOptions): Promise<readonly Review[]> {
    return this.#in(repository, options, async at => (await this.#record(at, number)).reviews);
  }

  checksOf(repository: string, number: number, options?: CallOptions): Promise<readonly Check[]> {
    return this.#in(repository, options, async at => {
      const record = await this.#record(at, number);
      return this.#presenter.checks(at.bare, record, await positionOf(at.bare, record));
    });
  }

  review(request: ReviewRequest, options?: CallOptions): Promise<PullRequest> {
    return this.#in(request.repository, options, async at => {
      checkReview(request);
      const record = await change(this.#store, await this.#record(at, request.number), async current =>
        withReview(current, request, (await positionOf(at.bare, current)).head, this.#time()),
      );
      return this.#presenter.present(at.bare, record);
    });
  }

  merge(request: MergeRequest, options?: CallOptions): Promise<PullRequest> {
    return this.#in(request.repository, options, async at => {
      checkUser(request.by);
      checkNumber(request.number);
      const tools: MergeTools = {
        bare: at.bare,
        store: this.#store,
        now: this.#now,
        protection: (record, position) => this.#presenter.verdict(at.bare, record, position),
      };
      const merged = await this.#inTurn(`merge ${at.repository}`, () => mergePullRequest(request, tools));
      return this.#presenter.present(at.bare, merged);
    });
  }

  close(repository: string, number: number, { by, ...options }: CloseOptions = {}): Promise<PullRequest> {
    return this.#in(repository, options, async at => {
      if (by !== undefined) checkUser(by);
      const record = await change(this.#store, await this.#record(at, number), async current => {
        if (current.state === 'closed') return current;
        if (current.state === 'merged') throw alreadyMerged(repository, number);
        const { head, base } = await positionOf(at.bare, current);
        await keepHead(at.bare, number, head);
        const closedAt = this.#time();
        return {
          ...current,
          state: 'closed',
          head: { ...current.head, commit: head },
          base: { ...current.base, commit: base },
          updatedAt: closedAt,
          closedAt,
        };
      });
      return this.#presenter.present(at.bare, record);
    });
  }

  /** See `Forge.openPullRequest` for what counts as the pull request of a branch. */
  async #findFor({ bare, repository }: At, { head, base }: OpenRequest) {
    const known = await inOrder(await this.#store.list(repository, { head, base }), record =>
      this.#settled({ bare, repository }, record),
    );
    const commit = await bare.resolve(head);
    const found =
      known.find(({ state }) => state === 'open') ??
      known.find(record => commit === undefined || record.head.commit === commit);
    return found && { record: found, created: false };
  }

  async #add({ bare, repository }: At, { head, base, title, body, author = '' }: OpenRequest) {
    const [headCommit, baseCommit] = await Promise.all([bare.resolve(head), bare.resolve(base)]);
    if (headCommit === undefined) throw noBranch(repository, head);
    if (baseCommit === undefined) throw noBranch(repository, base);
    if (await bare.isAncestor(headCommit, baseCommit)) throw nothingToMerge(repository, head, base);
    const createdAt = this.#time();
    return this.#store.open({
      repository,
      title,
      body,
      author,
      state: 'open',
      head: { branch: head, commit: headCommit },
      base: { branch: base, commit: baseCommit },
      createdAt,
      updatedAt: createdAt,
      reviews: [],
      mergeAttempts: [],
    });
  }

  async #record(at: At, number: number): Promise<PullRequestRecord> {
    checkNumber(number);
    const record = await this.#store.get(at.repository, number);
    if (!record) throw noPullRequest(at.repository, number);
    return this.#settled(at, record);
  }

  async #settled({ bare }: At, record: PullRequestRecord): Promise<PullRequestRecord> {
    const isUnderWay = record.state !== 'merged' && record.mergeAttempts.length > 0;
    return isUnderWay ? settle(this.#store, bare, record, await bare.resolve(record.base.branch)) : record;
  }

  #time(): string {
    return this.#now().toISOString();
  }

  #in<T>(repository: string, options: CallOptions | undefined, work: (at: At) => Promise<T>): Promise<T> {
    return withWords(
      repository,
      async () => {
        options?.signal?.throwIfAborted();
        return work({ repository, bare: await this.#repositories.open(repository, options?.signal) });
      },
      options?.signal,
    );
  }
}

async function commitAt({ bare, repository }: At, ref: string): Promise<string> {
  checkRef(ref);
  const commit = await bare.resolve(ref);
  if (commit === undefined) throw noSuchRef(repository, ref);
  return commit;
}

async function inOrder<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<readonly B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** What git says becomes an error of the forge. */
async function withWords<T>(repository: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitError) throw new ForgeError('failed', `${repository}: ${error.message}`, { repository });
    if (signal?.aborted && !(error instanceof ForgeError))
      throw new ForgeError('cancelled', `Cancelled in ${repository}`);
    throw error;
  }
}
