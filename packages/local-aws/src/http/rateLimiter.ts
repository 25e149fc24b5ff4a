import type { Clock } from '../clock';
import { requestRate, type RequestRates } from '../rates';

interface Bucket {
  tokens: number;
  filledAt: number;
}

export interface RateLimiter {
  /** Takes one request out of the account's bucket; false where it is empty. */
  take(call: {
    readonly account: string;
    readonly region: string;
    readonly service: string;
    readonly operation: string;
  }): boolean;
}

/** A token bucket for each account, Region and operation; it holds one second's worth. */
export function createRateLimiter(clock: Clock, overrides: RequestRates): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take({ account, region, service, operation }) {
      const rate = requestRate(overrides, service, operation, region);
      if (rate === undefined || rate === Infinity) return true;
      const key = `${account}/${region}/${service}/${operation}`;
      const now = clock.now();
      const bucket = buckets.get(key) ?? { tokens: rate, filledAt: now };
      const refilled = ((now - bucket.filledAt) / 1000) * rate;
      bucket.tokens = Math.min(rate, bucket.tokens + refilled);
      bucket.filledAt = now;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
