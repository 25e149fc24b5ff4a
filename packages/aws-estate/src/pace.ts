import { wait } from './wait';

/** Requests a second for an account in a Region, by `service:Operation` or `service:*`. */
export type RequestRates = Readonly<Record<string, number>>;

/**
 * AWS's rates, for each account, Region and operation.
 * - Events: "All EventBridge APIs other than PutEvents are limited to 50 requests per second by default."
 * - Schemas: none is documented; EventBridge's, and less where it throttles.
 * - CloudWatch: "CloudWatch service quotas", GetMetricData.
 */
export const documentedRates: RequestRates = {
  'events:*': 50,
  'schemas:*': 50,
  'cloudwatch:GetMetricData': 50,
};

/** Other people and deployments call the same APIs in the same account; this part of the rate is taken. */
const SHARE = 0.8;
/** Calls at once after a pause, in seconds of the rate. */
const BURST_SECONDS = 0.25;
const SLOWEST = 0.5;
/** After a throttled answer the rate is halved; each good answer gives back this part of the full rate. */
const RECOVERY = 0.02;

interface Bucket {
  readonly fullRate: number;
  rate: number;
  /** Below zero: calls that are waiting have taken them in advance. */
  tokens: number;
  filledAt: number;
}

/** Spaces calls so that AWS does not have to throttle, and slows down where it does all the same. */
export interface Pace {
  /** Resolves when the call may go out; rejects with the signal's reason. */
  take(call: PacedCall, signal?: AbortSignal): Promise<void>;
  throttled(call: PacedCall): void;
  succeeded(call: PacedCall): void;
}

export interface PacedCall {
  readonly accountId: string;
  readonly region: string;
  /** `events:ListRules` */
  readonly action: string;
}

/**
 * A token bucket for each account, Region and operation. Share one among all reads of a process.
 * @param rates - rates that AWS has raised or that should be spared; whole rates, of which a part is taken
 */
export function createPace(rates: RequestRates = {}): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (call: PacedCall): Bucket | undefined => {
    const key = `${call.accountId} ${call.region} ${call.action}`;
    const known = buckets.get(key);
    if (known) return known;
    const rate = rateOf({ ...documentedRates, ...rates }, call.action);
    if (rate === undefined) return undefined;
    const fullRate = rate * SHARE;
    const bucket = { fullRate, rate: fullRate, tokens: Math.max(1, fullRate * BURST_SECONDS), filledAt: Date.now() };
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    async take(call, signal) {
      const bucket = bucketOf(call);
      if (!bucket) return;
      const milliseconds = takeToken(bucket);
      if (milliseconds > 0) await wait(milliseconds, signal);
    },
    throttled(call) {
      const bucket = bucketOf(call);
      if (!bucket) return;
      bucket.rate = Math.max(SLOWEST, bucket.rate / 2);
      bucket.tokens = Math.min(bucket.tokens, 0);
    },
    succeeded(call) {
      const bucket = bucketOf(call);
      if (bucket) bucket.rate = Math.min(bucket.fullRate, bucket.rate + bucket.fullRate * RECOVERY);
    },
  };
}

/** Takes a token and returns the milliseconds until it is there. */
function takeToken(bucket: Bucket): number {
  const now = Date.now();
  const refilled = bucket.tokens + ((now - bucket.filledAt) / 1000) * bucket.rate;
  bucket.tokens = Math.min(Math.max(1, bucket.rate * BURST_SECONDS), refilled) - 1;
  bucket.filledAt = now;
  return bucket.tokens >= 0 ? 0 : (-bucket.tokens / bucket.rate) * 1000;
}

function rateOf(rates: RequestRates, action: string): number | undefined {
  const all = `${action.split(':')[0]}:*`;
  if (Object.hasOwn(rates, action)) return rates[action];
  return Object.hasOwn(rates, all) ? rates[all] : undefined;
}
