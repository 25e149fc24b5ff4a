import { ForgeError } from '../errors';
import { wait as waitFor } from '../wait';

export interface RetryOptions {
  /** Tries of one request, the first included. By default 4. */
  readonly attempts?: number;
  /** What one call of the forge may spend on waiting, in milliseconds. By default 65 s: GitHub's least wait and a little. */
  readonly maxWait?: number;
  /** An answer's time limit, in milliseconds. By default 20 s; GitHub gives up after 10. */
  readonly timeout?: number;
}

/** Time and chance, which tests hold still. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const realClock: Clock = { now: Date.now, wait: waitFor, random: Math.random };

const ATTEMPTS = 4;
const MAX_WAIT_MS = 65_000;
const TIMEOUT_MS = 20_000;
/** The first pause behind a failure that passes; doubled each time. */
const PAUSE_MS = 500;
/** "If you exceed a secondary rate limit and no header says otherwise, wait for at least one minute." */
const SECONDARY_PAUSE_MS = 60_000;

/** What GitHub answered, as far as it matters here; `undefined` where no answer came. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** How long to wait for another try, or nothing where that would not help. */
export function pauseAfter(refusal: Refusal | undefined, attempt: number, clock: Clock): number | undefined {
  const backoff = PAUSE_MS * 2 ** attempt * (1 + clock.random());
  if (!refusal) return backoff;
  if (isRateLimit(refusal)) return rateLimitPause(refusal, attempt, clock);
  return refusal.status >= 500 ? backoff : undefined;
}

/**
 * Both limits come as 403 or 429; a plain 403 is a missing permission.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function isRateLimit({ status, message, headers }: Refusal): boolean {
  if (status === 429) return true;
  const isOver = headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0';
  return status === 403 && (isOver || /secondary rate limit|abuse detection/i.test(message));
}

function rateLimitPause({ headers }: Refusal, attempt: number, clock: Clock): number {
  const seconds = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(seconds)) return Math.max(0, seconds) * 1_000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) {
    // A second on top, since clocks differ.
    return Math.max(0, reset * 1_000 - clock.now()) + 1_000;
  }
  return SECONDARY_PAUSE_MS * 2 ** attempt;
}

export interface Attempt<T> {
  /** One try; its signal also ends it at the time limit. */
  readonly send: (signal: AbortSignal) => Promise<T>;
  /** What the try's error says of an answer, if there was one. */
  readonly refusalOf: (error: unknown) => Refusal | undefined;
  readonly toError: (refusal: Refusal | undefined, error: unknown, retryAfter?: number) => ForgeError;
}

/** Sends until there is an answer, trying again where that helps, within the time of one call. */
export function createRetries(options: RetryOptions, clock: Clock, signal: AbortSignal | undefined) {
  const { attempts = ATTEMPTS, maxWait = MAX_WAIT_MS, timeout = TIMEOUT_MS } = options;
  let left = maxWait;

  return async function sendAgain<T>({ send, refusalOf, toError }: Attempt<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      if (signal?.aborted) throw cancelled();
      const limit = AbortSignal.timeout(timeout);
      try {
        return await send(signal ? AbortSignal.any([signal, limit]) : limit);
      } catch (error) {
        if (signal?.aborted) throw cancelled();
        if (error instanceof ForgeError) throw error;
        const refusal = refusalOf(error);
        const pause = pauseAfter(refusal, attempt, clock);
        const retryAfter = pause === undefined ? undefined : Math.ceil(pause / 1_000);
        if (pause === undefined || attempt + 1 >= attempts || pause > left) {
          const tookTooLong = limit.aborted && !refusal;
          throw tookTooLong
            ? new ForgeError('timeout', `GitHub gave no answer within ${timeout / 1_000} seconds`)
            : toError(refusal, error, retryAfter);
        }
        left -= pause;
        await clock.wait(pause, signal).catch(() => undefined);
      }
    }
  };
}

function cancelled(): ForgeError {
  return new ForgeError('cancelled', 'Cancelled while GitHub was asked');
}
