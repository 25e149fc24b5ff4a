import { ForgeError, type Forge, type PullRequest, type Review } from '@busline/forge';
import type { ChangePullRequest, HistoryEntry } from '@busline/plugin-eventbridge-common';
import type { ChangeRecord } from './changeRecord';

export interface NewsOptions {
  readonly forge: Forge;
  /** URL of a change request's page. */
  readonly changePage: (id: string) => string;
  readonly now: () => string;
}

/** Asks the forge where the pull requests stand. Throws `ForgeError`. */
export async function askForge(
  record: ChangeRecord,
  options: NewsOptions,
  signal: AbortSignal,
): Promise<{ readonly record: ChangeRecord; readonly happened: readonly HistoryEntry[] }> {
  if (record.mergedAt !== undefined || record.closedAt !== undefined) return { record, happened: [] };
  const pullRequests: ChangePullRequest[] = [];
  const happened: HistoryEntry[] = [];
  for (const before of record.pullRequests) {
    const isSettled = before.number === undefined || before.state === 'merged';
    const seen = isSettled ? { pull: before, by: undefined } : await see(record, before, options, signal);
    pullRequests.push(seen.pull);
    const { state, repository, number, mergedAt } = seen.pull;
    if (state === before.state) continue;
    const done = state === 'open' ? 'opened again' : state;
    happened.push({
      at: mergedAt ?? options.now(),
      ...(seen.by !== undefined && { by: seen.by }),
      text: `${done} ${repository}#${number}`,
    });
  }
  return { record: reach(record, pullRequests, options.now()), happened };
}

async function see(
  { id }: ChangeRecord,
  pull: ChangePullRequest,
  { forge, changePage }: NewsOptions,
  signal: AbortSignal,
): Promise<{ readonly pull: ChangePullRequest; readonly by?: string }> {
  const { repository } = pull;
  const number = pull.number!;
  const found = await forge.getPullRequest(repository, number, { signal }).catch(error => Promise.reject(gone(error)));
  const [reviews, checks] = await Promise.all([
    forge.reviewsOf(repository, number, { signal }),
    forge.checksOf(repository, number, { signal }),
  ]);
  const { blockedBy: _, ...before } = pull;
  const next: ChangePullRequest = {
    ...before,
    url: forge.reviewsHere ? changePage(id) : found.url,
    state: found.state,
    mergeable: mergeableOf(found),
    ...(found.mergeability.kind === 'blocked' && { blockedBy: found.mergeability.reason }),
    approvals: approvalsOf(reviews, found),
    awaited: found.mergeability.kind === 'blocked' ? found.mergeability.awaited : [],
    checks: checks.map(({ name, state, description, url }) => ({
      name,
      state: state === 'neutral' ? 'passed' : state,
      ...(description !== undefined && { detail: description }),
      ...(url !== undefined && { url }),
    })),
    ...(found.mergedAt !== undefined && { mergedAt: found.mergedAt }),
  };
  return { pull: next, ...(found.mergedBy !== undefined && { by: found.mergedBy }) };
}

/** A pull request or a repository that is no longer there, or that the portal may no longer see, with the ways out. */
function gone(error: unknown): unknown {
  if (!(error instanceof ForgeError) || error.kind !== 'not-found') return error;
  const { repository, status } = error;
  const message = `${error.message}, or the portal may no longer see it: have that mended, or close this change request`;
  return new ForgeError('not-found', message, { repository, status });
}

/** What is reached by where the pull requests stand now. */
function reach(record: ChangeRecord, pullRequests: readonly ChangePullRequest[], now: string): ChangeRecord {
  const hasMoved = pullRequests.some((pull, index) => pull.state !== record.pullRequests[index]?.state);
  // What failed, failed because of where they stood before.
  const next: ChangeRecord = { ...record, pullRequests, ...(hasMoved && { failure: undefined }) };
  if (pullRequests.some(pull => pull.state === 'missing')) return next;
  const openedAt = record.openedAt ?? now;
  const closed = pullRequests.find(pull => pull.state === 'closed');
  const merged = pullRequests.filter(pull => pull.state === 'merged');
  const left = pullRequests.find(pull => pull.state !== 'closed');
  if (!left) return { ...next, openedAt, closedAt: now };
  if (closed) return { ...next, openedAt, failure: halfClosed(closed, merged[0] ?? left) };
  const isApproved = pullRequests.every(
    pull => pull.state === 'merged' || (pull.awaited.length === 0 && pull.approvals.length > 0),
  );
  const approvedAt = isApproved ? record.approvedAt ?? now : undefined;
  if (merged.length < pullRequests.length) return { ...next, openedAt, approvedAt };
  const mergedAt = merged
    .map(pull => pull.mergedAt ?? now)
    .sort()
    .at(-1)!;
  return { ...next, openedAt, approvedAt: approvedAt ?? mergedAt, mergedAt };
}

function halfClosed(closed: ChangePullRequest, other: ChangePullRequest): string {
  const wayOut = other.state === 'merged' ? 'send a request that takes the merged one back' : 'close the other one too';
  return `${nameOf(closed)} was closed while ${nameOf(other)} is ${
    other.state
  }: try again to have a new one opened in its place, or ${wayOut}`;
}

export function nameOf({ repository, number }: Pick<ChangePullRequest, 'repository' | 'number'>): string {
  return number === undefined ? repository : `${repository}#${number}`;
}

function mergeableOf({ mergeability }: PullRequest): NonNullable<ChangePullRequest['mergeable']> {
  return mergeability.kind === 'mergeable' ? 'clean' : mergeability.kind;
}

/** The last word of each reviewer, where it was an approval of what is on the branch now by somebody else than the author. */
function approvalsOf(reviews: readonly Review[], { head, author }: PullRequest): ChangePullRequest['approvals'] {
  const last = new Map<string, Review>();
  for (const review of reviews) if (review.verdict !== 'commented' && review.by !== author) last.set(review.by, review);
  return [...last.values()]
    .filter(({ verdict, commit }) => verdict === 'approved' && (commit === undefined || commit === head.commit))
    .map(({ by, at }) => ({ by, at }));
}
