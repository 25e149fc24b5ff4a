import type { ChangedFile, Check, PullRequest, PullRequestState, Review, ReviewVerdict } from './pullRequest';

/**
 * Where pull requests live. One interface, two adapters: `createLocalForge` and `createGithubForge`.
 *
 * Guaranteed by both:
 * - Doing a thing twice finds what the first time made and adds nothing: the same files on a branch add no commit, the
 *   same branch has one pull request, a merged pull request is merged.
 * - A process that is killed between any two steps leaves nothing that doing it again does not finish.
 * - A branch moves only from where it was read (compare and swap), so nobody's commit is lost.
 * - Names are checked before anything happens. What fails throws a `ForgeError`, whose message never holds a token.
 *
 * A repository is `owner/name`. A ref is the name of a branch or the full id of a commit.
 */
export interface Forge {
  readonly type: 'github' | 'local';
  /** Whether people review on this forge through `review`; elsewhere they do so on the forge's own pages. */
  readonly reviewsHere: boolean;

  /** Name of the branch that pull requests go to. */
  defaultBranch(repository: string, options?: CallOptions): Promise<string>;
  /** The commit that a ref stands at, or undefined where there is no such branch or commit. */
  headOf(repository: string, ref: string, options?: CallOptions): Promise<string | undefined>;
  /** All files at a ref, by path, without symbolic links and submodules. */
  listFiles(repository: string, ref: string, options?: CallOptions): Promise<readonly TreeFile[]>;
  /** Text of a file at a ref, or undefined where there is no such file. */
  readFile(repository: string, ref: string, path: string, options?: CallOptions): Promise<string | undefined>;

  /** Makes the files stand on a branch: created from `base` where it is missing, else one commit on top of what it holds. */
  commitFiles(request: CommitRequest, options?: CallOptions): Promise<CommitResult>;
  /**
   * The pull request of a branch: the open one, else one that was merged or closed with this very head, else a new one.
   * Title and body of one that is found stay as they are.
   */
  openPullRequest(request: OpenRequest, options?: CallOptions): Promise<OpenedPullRequest>;
  getPullRequest(repository: string, number: number, options?: CallOptions): Promise<PullRequest>;
  /** Newest first. Their `mergeability` is unknown: ask `getPullRequest`. */
  listPullRequests(
    repository: string,
    filter?: PullRequestFilter,
    options?: CallOptions,
  ): Promise<readonly PullRequest[]>;
  /** What the pull request changes, by path: from where its branch left the base to its head. GitHub gives the first 3,000. */
  filesOf(repository: string, number: number, options?: CallOptions): Promise<readonly ChangedFile[]>;
  /** In the order in which they were given. */
  reviewsOf(repository: string, number: number, options?: CallOptions): Promise<readonly Review[]>;
  /** Checks of the pull request's head, by name. */
  checksOf(repository: string, number: number, options?: CallOptions): Promise<readonly Check[]>;
  /** Reviews the head of an open pull request. The same verdict and comment on the same head add nothing. */
  review(request: ReviewRequest, options?: CallOptions): Promise<PullRequest>;
  /** Throws `conflict` with the paths where they are known, `protected` with who is awaited, `rejected` when it is closed. */
  merge(request: MergeRequest, options?: CallOptions): Promise<PullRequest>;
  /** Closes without merging. Throws `rejected` when it is merged. */
  close(repository: string, number: number, options?: CloseOptions): Promise<PullRequest>;
}

export interface CallOptions {
  /** Cancels the call, its waits and its retries. The call then throws a `ForgeError` of kind `cancelled`. */
  readonly signal?: AbortSignal;
}

export interface CloseOptions extends CallOptions {
  /** User reference of who closes it; GitHub puts the portal's own account. */
  readonly by?: string;
}

export interface TreeFile {
  readonly path: string;
  /** Git's id of the content: equal content has equal ids, in all repositories. */
  readonly id: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
}

/** A file as it shall be. Without `executable` a file keeps its mode. */
export type FileChange =
  | { readonly path: string; readonly content: string | Uint8Array; readonly executable?: boolean }
  | { readonly path: string; readonly remove: true };

export interface CommitRequest {
  readonly repository: string;
  readonly branch: string;
  /** Where the branch starts when it does not exist: a branch, or the id of a commit. */
  readonly base: string;
  readonly message: string;
  readonly author: Signature;
  /** Who commits on the author's behalf; by default the author. */
  readonly committer?: Signature;
  readonly changes: readonly FileChange[];
}

/** `unchanged`: the branch held the files already. `same-as-base`: so does the base, hence there is no branch, and nothing to open. */
export interface CommitResult {
  readonly status: 'committed' | 'unchanged' | 'same-as-base';
  /** The head of the branch, or of the base where there is no branch. */
  readonly commit: string;
}

export interface OpenRequest {
  readonly repository: string;
  /** The branch with the changes. */
  readonly head: string;
  /** The branch to merge into. */
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** User reference of who asks; GitHub puts the portal's own account. */
  readonly author?: string;
}

export interface OpenedPullRequest {
  readonly pullRequest: PullRequest;
  /** Whether this call made it. */
  readonly created: boolean;
}

export interface PullRequestFilter {
  readonly state?: PullRequestState;
  readonly head?: string;
  readonly base?: string;
}

export interface ReviewRequest {
  readonly repository: string;
  readonly number: number;
  /** User reference of the reviewer. */
  readonly by: string;
  readonly verdict: ReviewVerdict;
  readonly comment?: string;
}

export type MergeMethod = 'merge' | 'squash';

export interface MergeRequest {
  readonly repository: string;
  readonly number: number;
  /** User reference of who merges; GitHub puts the portal's own account. */
  readonly by: string;
  /** Who the merge commit is from on the local forge; GitHub takes its own. */
  readonly author?: Signature;
  /** By default `squash`. */
  readonly method?: MergeMethod;
  /** Merge only this head: a commit that was added since it was looked at is a `conflict`. */
  readonly head?: string;
  /** Deletes the head branch behind the merge. */
  readonly deleteBranch?: boolean;
}
