import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';

/** The page of a pull request on its forge; none on the portal's own forge, where that page is the change request's. */
export function urlElsewhere({ url }: ChangePullRequest, changeId: string): string | undefined {
  if (url === undefined || !/^https?:\/\//.test(url)) return undefined;
  return url.endsWith(`/changes/${changeId}`) ? undefined : url;
}

/** What a shell takes as one word. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
