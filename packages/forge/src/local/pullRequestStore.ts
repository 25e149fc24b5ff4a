import type { BranchHead, PullRequestState, Review } from '../pullRequest';

/** What the local forge remembers of a pull request: one JSON value. What git knows is asked of git. */
export interface PullRequestRecord {
  readonly repository: string;
  readonly number: number;
  /** Counts the changes of this record. */
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: PullRequestState;
  /** As of opening while it is open; as of merging or closing behind that. */
  readonly head: BranchHead;
  readonly base: BranchHead;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string;
  readonly reviews: readonly Review[];
  /** Written before the base moves, so that a merge that was cut off half-way is found; at most one of them stands. */
  readonly mergeAttempts: readonly MergeRecord[];
  /** The one that stands, once it is merged. */
  readonly merge?: MergeRecord;
}

export interface MergeRecord {
  readonly by: string;
  readonly at: string;
  /** The commit that the base moves to. */
  readonly commit: string;
  /** The head that is merged, and where the base stood before. */
  readonly head: string;
  readonly base: string;
}

export type NewPullRequest = Omit<PullRequestRecord, 'number' | 'version'>;

/**
 * Where the local forge keeps its pull requests. Several processes may share it; `open` and `replace` are atomic. In SQL:
 * a table with the primary key (repository, number) and a unique index on (repository, head branch, base branch) where
 * the state is open.
 */
export interface PullRequestStore {
  /**
   * Adds a pull request with the repository's next number (from 1), unless one of the same repository, head branch and
   * base branch is open. Gives the one that stands.
   */
  open(draft: NewPullRequest): Promise<{ readonly record: PullRequestRecord; readonly created: boolean }>;
  get(repository: string, number: number): Promise<PullRequestRecord | undefined>;
  /** Newest (highest number) first. */
  list(repository: string, filter: RecordFilter): Promise<readonly PullRequestRecord[]>;
  /** Puts the record in place of the one with `record.version - 1`. Gives false, and does nothing, where that has changed. */
  replace(record: PullRequestRecord): Promise<boolean>;
}

export interface RecordFilter {
  readonly state?: PullRequestState;
  readonly head?: string;
  readonly base?: string;
}

/** A store that lasts as long as the process: for tests, and the measure for other stores. */
export function createMemoryPullRequestStore(): PullRequestStore {
  const records = new Map<string, PullRequestRecord[]>();
  const of = (repository: string) => records.get(repository) ?? [];
  return {
    async open(draft) {
      const known = of(draft.repository);
      const open = known.find(
        ({ state, head, base }) =>
          state === 'open' && head.branch === draft.head.branch && base.branch === draft.base.branch,
      );
      if (open) return { record: open, created: false };
      const record: PullRequestRecord = { ...draft, number: known.length + 1, version: 1 };
      records.set(draft.repository, [...known, record]);
      return { record, created: true };
    },
    async get(repository, number) {
      return of(repository).find(record => record.number === number);
    },
    async list(repository, filter) {
      return of(repository).filter(matches(filter)).reverse();
    },
    async replace(record) {
      const known = of(record.repository);
      const before = known.find(({ number }) => number === record.number);
      if (before?.version !== record.version - 1) return false;
      records.set(
        record.repository,
        known.map(each => (each === before ? record : each)),
      );
      return true;
    },
  };
}

function matches(filter: RecordFilter): (record: PullRequestRecord) => boolean {
  return ({ state, head, base }) =>
    (filter.state === undefined || filter.state === state) &&
    (filter.head === undefined || filter.head === head.branch) &&
    (filter.base === undefined || filter.base === base.branch);
}
