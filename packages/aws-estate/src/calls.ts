import { AwsCallError, classify, PASSING, toCallError, type CallPlace } from './errors';
import { createFairSlots, type FairSlots } from './fairSlots';
import { createPace, type Pace } from './pace';
import { wait } from './wait';

/** Attempts of one call before it is given up. */
const MAX_ATTEMPTS = 8;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 10_000;
const DEFAULT_CALL_TIMEOUT_MS = 10_000;
const DEFAULT_SLOTS = 32;

/** What calls of one process share, so that together they keep to AWS's rates. */
export interface CallLimits {
  readonly pace: Pace;
  readonly slots: FairSlots;
  /** Milliseconds after which an answer is not waited for any longer. */
  readonly callTimeoutMs: number;
  /** Attempts of one call, for what may pass: throttling, time-outs, broken connections, failures of AWS. */
  readonly attempts: number;
}

export function createCallLimits(options: Partial<CallLimits> & { readonly concurrency?: number } = {}): CallLimits {
  return {
    pace: options.pace ?? createPace(),
    slots: options.slots ?? createFairSlots(options.concurrency ?? DEFAULT_SLOTS),
    callTimeoutMs: options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS,
    attempts: options.attempts ?? MAX_ATTEMPTS,
  };
}

/** Number of calls that went out, by `service:Operation`, retries included. */
export type CallCounts = Readonly<Record<string, number>>;

export interface Caller {
  readonly accountId: string;
  readonly region: string;
  readonly signal?: AbortSignal;
  /**
   * Makes a call once rate and slots allow, again where the failure may pass.
   * @throws AwsCallError
   */
  call<T>(action: string, send: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T>;
  counts(): CallCounts;
}

/** Calls to one account in one Region. */
export function createCaller(
  at: { readonly accountId: string; readonly region: string; readonly signal?: AbortSignal },
  limits: CallLimits,
  counts: Map<string, number> = new Map(),
): Caller {
  const { accountId, region, signal } = at;
  const attempt = async <T>(place: CallPlace, send: (options: { abortSignal: AbortSignal }) => Promise<T>) => {
    await limits.pace.take(place, signal);
    return limits.slots.run(`${accountId} ${region}`, async () => {
      signal?.throwIfAborted();
      counts.set(place.action, (counts.get(place.action) ?? 0) + 1);
      return withTimeout(send, limits.callTimeoutMs, signal);
    });
  };
  return {
    accountId,
    region,
    signal,
    counts: () => Object.fromEntries(counts),
    async call(action, send) {
      const operation = action.slice(action.indexOf(':') + 1);
      const place = { accountId, region, operation, action };
      for (let tries = 1; ; tries++) {
        try {
          const answer = await attempt(place, send);
          limits.pace.succeeded(place);
          return answer;
        } catch (error) {
          if (signal?.aborted) throw cancelled(place, signal);
          const failure = classify(error);
          if (failure === 'throttled') limits.pace.throttled(place);
          if (tries >= limits.attempts || !PASSING.has(failure)) throw toCallError(place, error);
          // Outside of the slot: an account that has to wait keeps nobody else from going on.
          await wait(backoff(tries), signal).catch(() => {
            throw cancelled(place, signal!);
          });
        }
      }
    },
  };
}

async function withTimeout<T>(
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const timeout = new AbortController();
  const late = Object.assign(new Error('No answer in time'), { name: 'TimeoutError' });
  const timer = setTimeout(() => timeout.abort(late), milliseconds);
  const abortSignal = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
  try {
    return await send({ abortSignal });
  } catch (error) {
    throw timeout.signal.aborted && !signal?.aborted ? late : error;
  } finally {
    clearTimeout(timer);
  }
}

function cancelled(place: CallPlace, signal: AbortSignal): AwsCallError {
  const isTimeout = (signal.reason as Error | undefined)?.name === 'TimeoutError';
  return isTimeout
    ? new AwsCallError(place, 'timed-out', `the read took too long and was stopped during ${place.operation}`)
    : new AwsCallError(place, 'cancelled', `cancelled during ${place.operation}`);
}

/** Exponential, with full jitter, so that callers that were throttled together do not come back together. */
function backoff(tries: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** tries);
}

/**
 * Every item of a paged list, in order.
 * @throws AwsCallError, also where AWS hands out the same page token twice
 */
export async function listAll<T>(
  caller: Caller,
  action: string,
  page: (
    token: string | undefined,
    options: { abortSignal: AbortSignal },
  ) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  for (;;) {
    const at = token;
    const { items, next } = await caller.call(action, options => page(at, options));
    for (const item of items ?? []) found.push(item);
    if (!next) return found;
    if (next === token) {
      const operation = action.slice(action.indexOf(':') + 1);
      const place = { accountId: caller.accountId, region: caller.region, operation, action };
      throw new AwsCallError(place, 'unexpected', `${operation} gave the same page token twice`);
    }
    token = next;
  }
}

/** Runs work over items with a bounded number at once, in order of start; the first failure ends it. */
export async function mapBounded<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const at = next++;
      try {
        results[at] = await work(items[at]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
