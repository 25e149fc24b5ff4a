export type PullRequestState = 'open' | 'merged' | 'closed';

export interface BranchHead {
  readonly branch: string;
  readonly commit: string;
}

/** Whether an open pull request could be merged now, and if not, why. */
export type Mergeability =
  | { readonly kind: 'mergeable' }
  /** `paths` is empty where the forge does not say. */
  | { readonly kind: 'conflicts'; readonly paths: readonly string[] }
  /** A protection rule refuses it until those awaited have agreed. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly awaited: readonly string[] }
  /** Not open, not worked out yet, or read as one of a list. */
  | { readonly kind: 'unknown' };

export interface PullRequest {
  readonly repository: string;
  readonly number: number;
  /** The page that people open. */
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** User reference on the local forge, login on GitHub. */
  readonly author: string;
  readonly state: PullRequestState;
  readonly head: BranchHead;
  /** `commit` is the head of the base as the forge reports it with this pull request. */
  readonly base: BranchHead;
  /** ISO 8601, as all times here. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string;
  readonly mergedAt?: string;
  readonly mergedBy?: string;
  /** The commit on the base that the merge made. */
  readonly mergeCommit?: string;
  readonly mergeability: Mergeability;
}

export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'changed' | 'removed' | 'renamed';
  /** The path before a rename. */
  readonly previousPath?: string;
  /** Lines. */
  readonly additions: number;
  readonly deletions: number;
  /** Unified diff from the first `@@` on; absent for binary files, for bare renames and where it is too long to show. */
  readonly patch?: string;
}

export type ReviewVerdict = 'approved' | 'changes-requested' | 'commented';

export interface Review {
  /** User reference on the local forge, login on GitHub. */
  readonly by: string;
  readonly verdict: ReviewVerdict | 'dismissed';
  readonly comment: string;
  readonly at: string;
  /** The head that was reviewed, where the forge still knows it. */
  readonly commit?: string;
}

export type CheckState = 'pending' | 'passed' | 'failed' | 'neutral';

export interface Check {
  readonly name: string;
  readonly state: CheckState;
  readonly description?: string;
  readonly url?: string;
}
