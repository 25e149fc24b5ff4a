import { ForgeError } from '../errors';
import type { MergeRequest, OpenedPullRequest, OpenRequest, PullRequestFilter } from '../forge';
import type { PullRequest } from '../pullRequest';
import { conflicting, isProtected, movedOn, noBranch, noPullRequest, nothingToMerge, refused } from '../requests';
import { type Connection, unlessMissing } from './connection';
import { toPullRequest } from './convert';
import { allPages, PAGE_SIZE } from './pages';
import { branchHead, defaultBranch } from './trees';

/** "Base branch was modified. Review and try the merge again." comes when several pull requests are merged at once. */
const MAX_RACES = 6;
const RACE_PAUSE_MS = 1_000;

export async function getPullRequest({ octokit, at, repository }: Connection, number: number): Promise<PullRequest> {
  const answer = await unlessMissing(octokit.rest.pulls.get({ ...at, pull_number: number }));
  if (!answer) throw noPullRequest(repository, number);
  return toPullRequest(repository, answer.data);
}

export async function listPullRequests(
  connection: Connection,
  { state, head, base }: PullRequestFilter,
): Promise<readonly PullRequest[]> {
  const { octokit, at, repository } = connection;
  const pages = octokit.paginate.iterator(octokit.rest.pulls.list, {
    ...at,
    state: state === undefined ? 'all' : GITHUB_STATE[state],
    sort: 'created',
    direction: 'desc',
    per_page: PAGE_SIZE,
    ...(head !== undefined && { head: `${at.owner}:${head}` }),
    ...(base !== undefined && { base }),
  });
  const found = await allPages(pages, ({ data }) => data.map(each => toPullRequest(repository, each)));
  return found.filter(each => state === undefined || each.state === state);
}

/** GitHub counts merged pull requests as closed. */
const GITHUB_STATE = { open: 'open', merged: 'closed', closed: 'closed' } as const;

/** See `Forge.openPullRequest`. */
export async function openPullRequest(connection: Connection, request: OpenRequest): Promise<OpenedPullRequest> {
  const { octokit, at, repository } = connection;
  const { head, base, title, body } = request;
  const commit = await branchHead(connection, head);
  const found = await findFor(connection, request, commit);
  if (found) return found;
  if (commit === undefined) {
    await defaultBranch(connection);
    throw noBranch(repository, head);
  }
  try {
    const { data } = await octokit.rest.pulls.create({ ...at, head, base, title, body });
    return { pullRequest: toPullRequest(repository, data), created: true };
  } catch (error) {
    if (!(error instanceof ForgeError) || error.status !== 422) throw error;
    if (/no commits between/i.test(error.message)) throw nothingToMerge(repository, head, base);
    if (/base invalid/i.test(error.message)) throw noBranch(repository, base);
    // Somebody was faster, or an earlier try of ours came through and only its answer was lost.
    const other = await findFor(connection, request, commit);
    if (!other) throw error;
    return other;
  }
}

/** See `Forge.openPullRequest` for what counts as the pull request of a branch. */
async function findFor(
  connection: Connection,
  { head, base }: OpenRequest,
  commit: string | undefined,
): Promise<OpenedPullRequest | undefined> {
  const known = await listPullRequests(connection, { head, base });
  const found =
    known.find(({ state }) => state === 'open') ??
    known.find(each => commit === undefined || each.head.commit === commit);
  return found && { pullRequest: await getPullRequest(connection, found.number), created: false };
}

export async function merge(connection: Connection, request: MergeRequest): Promise<PullRequest> {
  const { octokit, at, repository, clock, signal } = connection;
  const { number, method = 'squash' } = request;
  for (let race = 0; ; race += 1) {
    const before = await getPullRequest(connection, number);
    if (before.state === 'merged') return before;
    if (before.state === 'closed') throw refused('rejected', repository, number, 'is closed');
    const head = before.head.commit;
    if (request.head !== undefined && request.head !== head) throw movedOn(repository, number, request.head, head);
    try {
      await octokit.rest.pulls.merge({ ...at, pull_number: number, sha: head, merge_method: method });
    } catch (error) {
      const mayBeRace = error instanceof ForgeError && (error.status === 405 || error.status === 409);
      if (!mayBeRace) throw error;
      const isRace = error.status === 409 || /base branch was modified/i.test(error.message);
      if (!isRace || race + 1 >= MAX_RACES) throw await whyNotMerged(connection, number, error);
      await clock.wait(RACE_PAUSE_MS * (1 + race) * (1 + clock.random()), signal).catch(() => undefined);
    }
  }
}

async function whyNotMerged(connection: Connection, number: number, error: ForgeError): Promise<ForgeError> {
  const { repository } = connection;
  const { mergeability, base } = await getPullRequest(connection, number);
  if (mergeability.kind === 'conflicts') return conflicting(repository, number, base.branch, mergeability.paths);
  const isRule = mergeability.kind === 'blocked' || /review|status check|protected|rule/i.test(error.message);
  const awaited = mergeability.kind === 'blocked' ? mergeability.awaited : [];
  return isRule ? isProtected(repository, number, error.message, awaited) : error;
}

/** Unless somebody has gone on working on it. */
export async function deleteMergedBranch(connection: Connection, { head, base }: PullRequest): Promise<void> {
  if (head.branch === base.branch || (await branchHead(connection, head.branch)) !== head.commit) return;
  const { octokit, at } = connection;
  await unlessMissing(octokit.rest.git.deleteRef({ ...at, ref: `heads/${head.branch}` }), [404, 422]);
}
