import { checkSignature, checkText, MAX_TITLE, type PreparedChange, prepareChanges } from './changes';
import { ForgeError } from './errors';
import type { CommitRequest, OpenRequest, PullRequestFilter } from './forge';
import { checkBranch, checkRef, checkRepository } from './names';

// What both forges check in a request, and the words in which both refuse it.

/** Everything of a commit that can be wrong by itself. */
export function checkCommit(request: CommitRequest): readonly PreparedChange[] {
  checkRepository(request.repository);
  checkBranch(request.branch);
  checkRef(request.base);
  checkText(request.message, 'message');
  checkSignature(request.author, 'author');
  if (request.committer) checkSignature(request.committer, 'committer');
  return prepareChanges(request.changes);
}

/** Everything of a pull request to be opened that can be wrong by itself. */
export function checkOpening({ head, base, title, body }: OpenRequest): void {
  checkBranch(head);
  checkBranch(base);
  if (head === base)
    throw new ForgeError('invalid', `A pull request goes from one branch to another; both are ${head}`);
  checkText(title, 'title', MAX_TITLE);
  if (body !== '') checkText(body, 'body');
}

export function checkFilter({ head, base }: PullRequestFilter): void {
  if (head !== undefined) checkBranch(head);
  if (base !== undefined) checkBranch(base);
}

/** A pull request's number goes into addresses. */
export function checkNumber(number: number): void {
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new ForgeError('invalid', 'A pull request has a whole number from 1 on');
  }
}

export function noRepository(repository: string): ForgeError {
  return new ForgeError('not-found', `There is no repository ${repository}`, { repository });
}

export function noSuchRef(repository: string, ref: string): ForgeError {
  return new ForgeError('not-found', `${repository} has no branch or commit ${ref}`, { repository });
}

export function noPullRequest(repository: string, number: number): ForgeError {
  return new ForgeError('not-found', `${repository} has no pull request ${number}`, { repository });
}

export function noBranch(repository: string, branch: string): ForgeError {
  return new ForgeError('rejected', `${repository} has no branch ${branch}`, { repository });
}

export function nothingToMerge(repository: string, head: string, base: string): ForgeError {
  return new ForgeError('rejected', `${repository}: ${head} has no commit that ${base} lacks`, { repository });
}

export function alreadyMerged(repository: string, number: number): ForgeError {
  return refused('rejected', repository, number, 'is merged and cannot be closed');
}

export function movedAgainAndAgain(repository: string, branch: string): ForgeError {
  return new ForgeError('conflict', `${repository}: others moved the branch ${branch} again and again`, { repository });
}

export function movedOn(repository: string, number: number, wanted: string, head: string): ForgeError {
  return refused('conflict', repository, number, `has moved on from ${wanted.slice(0, 12)} to ${head.slice(0, 12)}`);
}

export function conflicting(repository: string, number: number, base: string, paths: readonly string[]): ForgeError {
  const where = paths.length > 0 ? ` in ${paths.join(', ')}` : '';
  return refused('conflict', repository, number, `conflicts with ${base}${where}`, { paths });
}

export function isProtected(
  repository: string,
  number: number,
  reason: string,
  awaited: readonly string[],
): ForgeError {
  const who = awaited.length > 0 ? `; awaited: ${awaited.join(', ')}` : '';
  return refused('protected', repository, number, `may not be merged: ${reason}${who}`, { awaited });
}

export function refused(
  kind: 'rejected' | 'conflict' | 'protected',
  repository: string,
  number: number,
  reason: string,
  details: { readonly paths?: readonly string[]; readonly awaited?: readonly string[] } = {},
): ForgeError {
  return new ForgeError(kind, `${repository}: pull request ${number} ${reason}`, { repository, ...details });
}
