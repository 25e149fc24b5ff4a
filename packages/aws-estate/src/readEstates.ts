import { createCallLimits, mapBounded, type CallCounts, type CallLimits } from './calls';
import type { AwsClients } from './clients';
import { AwsCallError, toCallError } from './errors';
import { readEstate, type EstateSnapshot, type ReadProgress } from './readEstate';

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_ACCOUNTS_AT_ONCE = 48;

export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

export type EstateRead =
  | { readonly outcome: 'read'; readonly snapshot: EstateSnapshot; readonly milliseconds: number }
  /** Whoever has older data of this account keeps them. */
  | (AccountRegion & {
      readonly outcome: 'failed';
      readonly error: AwsCallError;
      readonly calls: CallCounts;
      readonly milliseconds: number;
    });

export interface ReadEstatesOptions {
  readonly accounts: readonly AccountRegion[];
  readonly clientsFor: (accountId: string, region: string) => Pick<AwsClients, 'events'>;
  readonly signal?: AbortSignal;
  /** Told of each account as it is done; waited for, so that a slow database slows the read down. */
  readonly onRead?: (read: EstateRead) => void | Promise<void>;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Milliseconds after which one account in one Region is given up for this time. */
  readonly timeoutMs?: number;
  /**
   * Accounts that are read at once; 48 if left out. Many, since one that hangs holds a place until its time is up; not all,
   * so that the first are done, and shown, long before the last.
   */
  readonly accountsAtOnce?: number;
  readonly limits?: CallLimits;
}

export interface EstatesRead {
  readonly reads: readonly EstateRead[];
  /** What the read cost, over all accounts. */
  readonly calls: CallCounts;
  readonly callCount: number;
}

/**
 * Reads many accounts. One that fails, hangs or is throttled costs the others nothing: calls get their slots in turn by
 * account, and waiting for a rate or a retry holds none.
 * @throws the signal's reason when it is aborted; accounts that were done have been told to `onRead`
 */
export async function readEstates(options: ReadEstatesOptions): Promise<EstatesRead> {
  const limits = options.limits ?? createCallLimits();
  const atOnce = options.accountsAtOnce ?? DEFAULT_ACCOUNTS_AT_ONCE;
  const reads = await mapBounded(options.accounts, atOnce, async account => {
    options.signal?.throwIfAborted();
    const read = await readOne(account, options, limits);
    options.signal?.throwIfAborted();
    await options.onRead?.(read);
    return read;
  });
  const calls: Record<string, number> = {};
  for (const read of reads) {
    for (const [action, count] of Object.entries(callsOf(read))) calls[action] = (calls[action] ?? 0) + count;
  }
  return { reads, calls, callCount: Object.values(calls).reduce((sum, count) => sum + count, 0) };
}

async function readOne(
  { accountId, region }: AccountRegion,
  options: ReadEstatesOptions,
  limits: CallLimits,
): Promise<EstateRead> {
  const began = Date.now();
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort(Object.assign(new Error('The read took too long'), { name: 'TimeoutError' }));
  }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal;
  const counts = new Map<string, number>();
  try {
    const clients = options.clientsFor(accountId, region);
    const { onProgress } = options;
    const snapshot = await readEstate({ accountId, region, clients, signal, onProgress, limits, counts });
    return { outcome: 'read', snapshot, milliseconds: Date.now() - began };
  } catch (error) {
    const place = { accountId, region, operation: 'ListEventBuses', action: 'events:ListEventBuses' };
    return {
      outcome: 'failed',
      accountId,
      region,
      error: toCallError(place, error),
      calls: Object.fromEntries(counts),
      milliseconds: Date.now() - began,
    };
  } finally {
    clearTimeout(timer);
  }
}

function callsOf(read: EstateRead): CallCounts {
  return read.outcome === 'read' ? read.snapshot.calls : read.calls;
}
