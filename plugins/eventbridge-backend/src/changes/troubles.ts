import { CustomErrorBase, isError } from '@backstage/errors';
import { AwsCallError } from '@busline/aws-estate';
import { ForgeError, isPassing } from '@busline/forge';

/** Longest reason on a page. */
const MAX_REASON_CHARACTERS = 2000;
const SECOND = 1000;

/** A reason that was written for people: what CloudFormation said of which resource, say. */
export class ReasonForPeople extends Error {
  override readonly name: string = 'ReasonForPeople';
}

/** Answers for what a forge did not do: 502, and 503 where later may be better. */
class ForgeAnswerError extends CustomErrorBase {
  override name = 'ForgeError' as const;
  readonly statusCode: number;

  constructor(cause: ForgeError) {
    super(cause.message);
    this.statusCode = STATUS_OF_KIND[cause.kind] ?? (isPassing(cause) ? 503 : 502);
  }
}

const STATUS_OF_KIND: Readonly<Partial<Record<ForgeError['kind'], number>>> = {
  conflict: 409,
  protected: 409,
  invalid: 400,
};

/** What a person may read: of the forge and of AWS their own words, of anything else no more than that it failed. */
export function reasonOf(error: unknown): string {
  const isForPeople = error instanceof ForgeError || error instanceof AwsCallError || error instanceof ReasonForPeople;
  const text = isForPeople ? error.message : 'something failed in the portal; its log says what';
  return text.slice(0, MAX_REASON_CHARACTERS);
}

/** Whether it is worth another try without anybody doing anything. What is unknown is: it was nobody's answer. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ForgeError) return isPassing(error) || error.kind === 'cancelled';
  if (error instanceof AwsCallError) return PASSING_ON_AWS.has(error.failure);
  return !(error instanceof ReasonForPeople);
}

const PASSING_ON_AWS: ReadonlySet<string> = new Set([
  'throttled',
  'timed-out',
  'unreachable',
  'cancelled',
  'aws-failed',
]);

/** Milliseconds that the forge asks to be left alone for. */
export function askedToWaitMs(error: unknown): number {
  return error instanceof ForgeError ? (error.retryAfter ?? 0) * SECOND : 0;
}

/** An error of the forge as an answer over HTTP; every other one as it is. */
export function toAnswer(error: unknown): unknown {
  return isError(error) && error instanceof ForgeError ? new ForgeAnswerError(error) : error;
}
