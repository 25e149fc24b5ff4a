import type { RestEndpointMethodTypes } from '@octokit/rest';
import type {
  ChangedFile,
  Check,
  CheckState,
  Mergeability,
  PullRequest,
  PullRequestState,
  Review,
  ReviewVerdict,
} from '../pullRequest';

// GitHub's answers in the words of the forge.

type Methods = RestEndpointMethodTypes;
type FullPullRequest = Methods['pulls']['get']['response']['data'];
type ListedPullRequest = Methods['pulls']['list']['response']['data'][number];
type GithubFile = Methods['pulls']['listFiles']['response']['data'][number];
type GithubReview = Methods['pulls']['listReviews']['response']['data'][number];
type CheckRun = Methods['checks']['listForRef']['response']['data']['check_runs'][number];
type CommitStatus = Methods['repos']['getCombinedStatusForRef']['response']['data']['statuses'][number];

/** What GitHub itself shows for an account that was deleted. */
const GHOST = 'ghost';

export function toPullRequest(repository: string, found: FullPullRequest | ListedPullRequest): PullRequest {
  const state = stateOf(found);
  const full = 'mergeable_state' in found ? found : undefined;
  return {
    repository,
    number: found.number,
    url: found.html_url,
    title: found.title,
    body: found.body ?? '',
    author: found.user?.login ?? GHOST,
    state,
    head: { branch: found.head.ref, commit: found.head.sha },
    base: { branch: found.base.ref, commit: found.base.sha },
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    ...(found.closed_at && { closedAt: found.closed_at }),
    ...(found.merged_at && { mergedAt: found.merged_at }),
    ...(full?.merged_by && { mergedBy: full.merged_by.login }),
    ...(found.merged_at && found.merge_commit_sha && { mergeCommit: found.merge_commit_sha }),
    mergeability: full && state === 'open' ? mergeabilityOf(full) : { kind: 'unknown' },
  };
}

function stateOf({ merged_at, state }: ListedPullRequest | FullPullRequest): PullRequestState {
  if (merged_at) return 'merged';
  return state === 'open' ? 'open' : 'closed';
}

/** https://docs.github.com/en/graphql/reference/enums#mergestatestatus explains the states. */
function mergeabilityOf(found: FullPullRequest): Mergeability {
  const blocked = (reason: string): Mergeability => ({ kind: 'blocked', reason, awaited: awaitedBy(found) });
  switch (found.mergeable_state) {
    case 'dirty':
      return { kind: 'conflicts', paths: [] };
    case 'blocked':
      return blocked('a protection rule of the branch is not met yet: an approval or a check is missing');
    case 'behind':
      return blocked('the branch must be brought up to date with its base first');
    case 'draft':
      return blocked('it is a draft');
    default:
      return found.mergeable ? { kind: 'mergeable' } : { kind: 'unknown' };
  }
}

/** Whose review was asked for and has not come: logins, and teams as `@organisation/team`. */
function awaitedBy({ requested_reviewers, requested_teams, base }: FullPullRequest): readonly string[] {
  const teams = (requested_teams ?? []).map(({ slug }) => `@${base.repo.owner.login}/${slug}`);
  return [...(requested_reviewers ?? []).map(({ login }) => login), ...teams];
}

const FILE_STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  added: 'added',
  copied: 'added',
  removed: 'removed',
  renamed: 'renamed',
};

export function toChangedFile(file: GithubFile): ChangedFile {
  return {
    path: file.filename,
    status: FILE_STATUS[file.status] ?? 'changed',
    ...(file.status === 'renamed' && file.previous_filename && { previousPath: file.previous_filename }),
    additions: file.additions,
    deletions: file.deletions,
    ...(file.patch && { patch: file.patch }),
  };
}

const VERDICTS: Readonly<Record<string, ReviewVerdict | 'dismissed'>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
};

/** Nothing for a review that its author has not sent yet. */
export function toReview(review: GithubReview): readonly Review[] {
  const verdict = VERDICTS[review.state];
  if (!verdict || !review.submitted_at) return [];
  return [
    {
      by: review.user?.login ?? GHOST,
      verdict,
      comment: review.body ?? '',
      at: review.submitted_at,
      ...(review.commit_id && { commit: review.commit_id }),
    },
  ];
}

const CONCLUSIONS: Readonly<Record<string, CheckState>> = { success: 'passed', neutral: 'neutral', skipped: 'neutral' };
const STATUSES: Readonly<Record<string, CheckState>> = { success: 'passed', pending: 'pending' };

export function fromCheckRun({ name, conclusion, output, html_url, details_url }: CheckRun): Check {
  const url = details_url ?? html_url;
  return {
    name,
    state: conclusion === null ? 'pending' : CONCLUSIONS[conclusion] ?? 'failed',
    ...(output.title && { description: output.title }),
    ...(url && { url }),
  };
}

export function fromStatus({ context, state, description, target_url }: CommitStatus): Check {
  return {
    name: context,
    state: STATUSES[state] ?? 'failed',
    ...(description && { description }),
    ...(target_url && { url: target_url }),
  };
}
