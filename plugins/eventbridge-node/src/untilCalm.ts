import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process counts as calm when it did nothing for this share of a look. */
const CALM_SHARE = 0.6;
const LOOK_MS = 200;
/** A process that is busy with requests all the time is given a little work all the same. */
const LONGEST_WAIT_MS = 1000;

/**
 * Waits until this process has time. The catalog and the search work off what they are given at once, on one thread with
 * everything that answers requests: who gives them a few at a time and then waits leaves room for those.
 */
export async function untilCalm(signal?: AbortSignal): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS;
  do {
    const before = performance.eventLoopUtilization();
    await sleep(LOOK_MS, undefined, { signal });
    if (performance.eventLoopUtilization(before).utilization <= 1 - CALM_SHARE) return;
  } while (performance.now() < until);
}
