import type { CommittedFiles } from '../git/repositoryFiles';
import type { Check, PullRequest, Review } from '../pullRequest';

/** What a protection rule looks at. */
export interface ProtectionContext {
  readonly pullRequest: PullRequest;
  /**
   * The last verdict of each reviewer that holds: given to the present head, and by somebody else than the author. A
   * comment alone changes no verdict.
   */
  readonly verdicts: readonly Review[];
  readonly checks: readonly Check[];
  /** Paths that the pull request changes, a renamed file's former path included. */
  readonly paths: readonly string[];
  /** The files of a commit of the same repository: of `pullRequest.head.commit`, say. */
  files(commit: string): Promise<CommittedFiles>;
}

export type ProtectionVerdict =
  | { readonly kind: 'allowed' }
  /** `reason` is a sentence; `awaited` are user or group references. */
  | { readonly kind: 'refused'; readonly reason: string; readonly awaited: readonly string[] };

/** Says whether a pull request may be merged. Called for `mergeability` and, again, right before a merge. */
export type ProtectionRule = (context: ProtectionContext) => ProtectionVerdict | Promise<ProtectionVerdict>;

export const noProtection: ProtectionRule = () => ({ kind: 'allowed' });

/** The verdicts that hold; see `ProtectionContext`. */
export function standingVerdicts(reviews: readonly Review[], head: string, author: string): readonly Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    const counts = review.verdict !== 'commented' && review.commit === head && review.by !== author;
    if (counts) last.set(review.by, review);
  }
  return [...last.values()];
}
