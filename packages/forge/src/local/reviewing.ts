import { checkText, checkUser } from '../changes';
import type { ReviewRequest } from '../forge';
import type { Review } from '../pullRequest';
import { refused } from '../requests';
import type { PullRequestRecord } from './pullRequestStore';

export function checkReview({ by, comment }: ReviewRequest): void {
  checkUser(by);
  if (comment) checkText(comment, 'comment');
}

/** The record with the review of this head, or the very same record where its reviewer has said just that already. */
export function withReview(
  record: PullRequestRecord,
  request: ReviewRequest,
  head: string,
  at: string,
): PullRequestRecord {
  refuseReview(record, request);
  const { by, verdict, comment = '' } = request;
  const review: Review = { by, verdict, comment, at, commit: head };
  const last = record.reviews.filter(each => each.by === by).at(-1);
  if (last && isSameReview(last, review)) return record;
  return { ...record, reviews: [...record.reviews, review], updatedAt: at };
}

function refuseReview(
  { repository, number, state, author }: PullRequestRecord,
  { by, verdict, comment }: ReviewRequest,
) {
  const refuse = (reason: string) => refused('rejected', repository, number, reason);
  if (state !== 'open') throw refuse(`is ${state} and takes no review`);
  if (by === author && verdict !== 'commented') throw refuse('cannot be reviewed by its author, who may only comment');
  if (verdict !== 'approved' && !comment?.trim()) throw refuse('needs a comment with this review');
}

function isSameReview(one: Review, other: Review): boolean {
  return one.verdict === other.verdict && one.comment === other.comment && one.commit === other.commit;
}
