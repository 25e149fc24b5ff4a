import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';

/**
 * Where the repository of a pull request is cloned from. On a forge of its own it lies before `/pull/`; on the portal's
 * own forge, whose pull requests lead to this page, below `gitUrl`.
 */
export function cloneUrlOf(pull: ChangePullRequest, gitUrl: string | undefined): string | undefined {
  const elsewhere = pull.url && /^(https?:\/\/.+)\/(?:pull|pulls|-\/merge_requests)\/\d+\/?$/.exec(pull.url);
  if (elsewhere) return `${elsewhere[1]}.git`;
  return gitUrl && `${gitUrl}/${pull.repository}.git`;
}

/** The page of a pull request on its forge; none on the portal's own forge, where that page is the change request's. */
export function urlElsewhere({ url }: ChangePullRequest, changeId: string): string | undefined {
  if (url === undefined || !/^https?:\/\//.test(url)) return undefined;
  return url.endsWith(`/changes/${changeId}`) ? undefined : url;
}

/** What a shell takes as one word. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
