const FIRST_PAUSE_MS = 1_000;
/** So that 185 attempts, the most that a target can have, fill the 24 hours that an event can live. */
const LONGEST_PAUSE_MS = 480_000;
const JITTER = 0.1;

/**
 * The pause before the next attempt: "exponential back off and jitter". AWS does not publish the numbers.
 * @param attempts - how many retries there have been
 * @returns milliseconds
 */
export function retryDelay(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 30), LONGEST_PAUSE_MS);
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random()));
}
