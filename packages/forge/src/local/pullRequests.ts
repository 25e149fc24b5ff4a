import { ForgeError } from '../errors';
import { type BareRepository, NO_COMMIT } from '../git/bareRepository';
import { changedFiles } from '../git/diff';
import type { ChangedFile } from '../pullRequest';
import type { MergeRecord, PullRequestRecord, PullRequestStore } from './pullRequestStore';

/** Where an open pull request stands in git now, or where it stood when it was merged or closed. */
export interface Position {
  readonly head: string;
  readonly base: string;
}

/** Keeps a head that no branch names any more, as GitHub does. Clones do not fetch it. */
export function pullRef(number: number): string {
  return `refs/pull/${number}/head`;
}

export async function positionOf(bare: BareRepository, record: PullRequestRecord): Promise<Position> {
  if (record.state !== 'open') return { head: record.head.commit, base: record.base.commit };
  const [head, base] = await Promise.all([bare.resolve(record.head.branch), bare.resolve(record.base.branch)]);
  return {
    head: head ?? (await bare.resolve(pullRef(record.number))) ?? record.head.commit,
    base: base ?? record.base.commit,
  };
}

/** From where the branch left the base to its head. */
export async function filesAt(bare: BareRepository, { head, base }: Position): Promise<readonly ChangedFile[]> {
  return changedFiles(bare, (await bare.mergeBase(base, head)) ?? base, head);
}

/** Keeps a head from being forgotten. */
export async function keepHead(bare: BareRepository, number: number, head: string): Promise<void> {
  const ref = pullRef(number);
  const kept = await bare.resolve(ref);
  if (kept !== head) await bare.moveRef(ref, head, kept ?? NO_COMMIT);
}

/**
 * Finishes a merge that a killed process began: it wrote down the commit, moved the base, and came no further. `base` is
 * a commit of the base branch; a caller that merges passes the one it is going to move from, so that what was merged
 * before is never merged again.
 */
export async function settle(
  store: PullRequestStore,
  bare: BareRepository,
  record: PullRequestRecord,
  base: string | undefined,
): Promise<PullRequestRecord> {
  if (record.state === 'merged' || base === undefined) return record;
  for (const attempt of record.mergeAttempts) {
    if (await bare.isAncestor(attempt.commit, base)) return finishMerge(store, bare, record, attempt);
  }
  return record;
}

/** Writes down that a merge stands on the base. Whoever else changed the record meanwhile cannot undo this. */
export async function finishMerge(
  store: PullRequestStore,
  bare: BareRepository,
  record: PullRequestRecord,
  merge: MergeRecord,
): Promise<PullRequestRecord> {
  await keepHead(bare, record.number, merge.head);
  return change(store, record, current =>
    current.state === 'merged'
      ? current
      : {
          ...current,
          state: 'merged',
          head: { ...current.head, commit: merge.head },
          base: { ...current.base, commit: merge.base },
          updatedAt: merge.at,
          closedAt: merge.at,
          merge,
          mergeAttempts: [],
        },
  );
}

/** How often a change of a record starts again because another process changed it meanwhile. */
const MAX_RACES = 50;

/**
 * Changes a record by compare and swap.
 * @param update gives the record as it shall be, or the very same one where nothing is to do; called again after a race
 */
export async function change(
  store: PullRequestStore,
  record: PullRequestRecord,
  update: (current: PullRequestRecord) => PullRequestRecord | Promise<PullRequestRecord>,
): Promise<PullRequestRecord> {
  const { repository, number } = record;
  let current: PullRequestRecord | undefined = record;
  for (let race = 0; race < MAX_RACES && current; race += 1) {
    const updated = await update(current);
    if (updated === current) return current;
    const next = { ...updated, version: current.version + 1 };
    if (await store.replace(next)) return next;
    current = await store.get(repository, number);
  }
  throw new ForgeError('conflict', `${repository}: pull request ${number} was changed by others again and again`, {
    repository,
  });
}
