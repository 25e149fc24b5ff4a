/** Why a read stopped, for code; the message is for people. */
export type AwsFailure =
  | 'access-denied'
  | 'bad-credentials'
  | 'throttled'
  | 'timed-out'
  | 'unreachable'
  | 'cancelled'
  | 'aws-failed'
  | 'unexpected';

/** Where in AWS a call went. */
export interface CallPlace {
  readonly accountId: string;
  readonly region: string;
  /** `ListRules`, `AssumeRole`, … */
  readonly operation: string;
  /** The IAM action that the call needs: `events:ListRules`. */
  readonly action: string;
}

/**
 * A call to AWS that failed for good. The message names account, Region, operation and reason in words, and never holds
 * credentials. Whoever catches it keeps what was read before.
 */
export class AwsCallError extends Error implements CallPlace {
  readonly failure: AwsFailure;
  readonly accountId: string;
  readonly region: string;
  readonly operation: string;
  readonly action: string;
  /** AWS's name of the error, where AWS answered. */
  readonly code?: string;

  constructor(place: CallPlace, failure: AwsFailure, reason: string, options: { code?: string; cause?: unknown } = {}) {
    super(`Account ${place.accountId}, ${place.region}: ${reason}`, { cause: options.cause });
    this.name = 'AwsCallError';
    this.failure = failure;
    this.accountId = place.accountId;
    this.region = place.region;
    this.operation = place.operation;
    this.action = place.action;
    this.code = options.code;
  }
}

/** Thrown inside a credentials provider, so that the call which asked for credentials can tell what went wrong. */
export class AssumeRoleError extends Error {
  readonly roleArn: string;

  constructor(roleArn: string, cause: unknown) {
    super(`AssumeRole of ${roleArn} failed`, { cause });
    this.name = 'AssumeRoleError';
    this.roleArn = roleArn;
  }
}

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'ForbiddenException', 'UnauthorizedOperation']);
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
]);
const BAD_CREDENTIALS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const TIMED_OUT = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
]);
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'UND_ERR_SOCKET',
]);

/** Failures that may pass by themselves. */
export const PASSING: ReadonlySet<AwsFailure> = new Set(['throttled', 'timed-out', 'unreachable', 'aws-failed']);

/** What kind of failure the SDK threw. */
export function classify(error: unknown): AwsFailure {
  if (error instanceof AssumeRoleError) return classify(error.cause);
  const { name, code, $metadata, message } = (error ?? {}) as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const names = [name, code].filter((n): n is string => typeof n === 'string');
  const is = (known: ReadonlySet<string>) => names.some(n => known.has(n));
  if (is(DENIED)) return 'access-denied';
  if (is(THROTTLED)) return 'throttled';
  if (is(BAD_CREDENTIALS)) return 'bad-credentials';
  if (is(TIMED_OUT)) return 'timed-out';
  if (is(UNREACHABLE) || isBroken(message ?? '')) return 'unreachable';
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  if (status >= 500) return 'aws-failed';
  return 'unexpected';
}

/** The SDK wraps some errors of the network, and then only their text is left. */
function isBroken(message: string): boolean {
  return /socket hang up|aborted|premature/i.test(message) || [...UNREACHABLE].some(code => message.includes(code));
}

/** The error for people, from what the SDK threw. */
export function toCallError(place: CallPlace, error: unknown): AwsCallError {
  if (error instanceof AwsCallError) return error;
  if (error instanceof AssumeRoleError) return assumeRoleError(place, error);
  const failure = classify(error);
  const code = errorCode(error);
  return new AwsCallError(place, failure, reasonOf(place, failure, error), { code, cause: error });
}

function assumeRoleError(place: CallPlace, error: AssumeRoleError): AwsCallError {
  const failure = classify(error.cause);
  const at = { ...place, operation: 'AssumeRole', action: 'sts:AssumeRole' };
  const reason =
    failure === 'access-denied'
      ? `${error.roleArn} may not be assumed: it does not exist, its trust policy does not name the portal's ` +
        `principal, or the portal may not sts:AssumeRole on it`
      : reasonOf(at, failure, error.cause);
  return new AwsCallError(at, failure, reason, { code: errorCode(error.cause), cause: error.cause });
}

function reasonOf(place: CallPlace, failure: AwsFailure, error: unknown): string {
  const { operation, action } = place;
  switch (failure) {
    case 'access-denied':
      return `${operation} was denied; the role needs ${missingAction(error) ?? action}. AWS says: ${safeMessage(
        error,
      )}`;
    case 'bad-credentials':
      return `AWS did not take the credentials for ${operation}: ${safeMessage(error)}`;
    case 'throttled':
      return `${operation} was throttled until the retries were used up`;
    case 'timed-out':
      return `${operation} got no answer in time`;
    case 'unreachable':
      return `the connection failed during ${operation}: ${safeMessage(error)}`;
    case 'aws-failed':
      return `AWS failed at ${operation}: ${safeMessage(error)}`;
    case 'cancelled':
      return `cancelled during ${operation}`;
    default:
      return `${operation} failed: ${safeMessage(error)}`;
  }
}

/** The action that AWS itself names as missing. */
function missingAction(error: unknown): string | undefined {
  const match = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)/.exec((error as Error)?.message ?? '');
  return match?.[1];
}

function errorCode(error: unknown): string | undefined {
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  return code ?? name;
}

const MAX_MESSAGE = 500;

/** AWS's text without what looks like a key, a token or a signature. */
export function safeMessage(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message
    .replace(/\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g, '(key id)')
    .replace(/((?:secret|token|signature|password)\w*)(["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, '$1$2(hidden)')
    .replace(/[A-Za-z0-9+/=_-]{60,}/g, '(hidden)')
    .slice(0, MAX_MESSAGE);
}
