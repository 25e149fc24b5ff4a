/** A bounded number of pieces of work at once, handed out in turn to those who ask. */
export interface FairSlots {
  /** @param key - who asks; of those who wait, each gets one slot before anybody gets a second */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** So an account with ten thousand rules does not keep one with ten waiting. */
export function createFairSlots(limit: number): FairSlots {
  // A Map keeps the order of insertion: the first key is the one whose turn it is.
  const waiting = new Map<string, (() => void)[]>();
  let free = limit;

  const next = () => {
    const first = waiting.entries().next();
    if (first.done) {
      free += 1;
      return;
    }
    const [key, queue] = first.value;
    const start = queue.shift()!;
    waiting.delete(key);
    if (queue.length > 0) waiting.set(key, queue);
    start();
  };

  return {
    async run(key, work) {
      if (free > 0) free -= 1;
      else {
        await new Promise<void>(resolve => {
          const queue = waiting.get(key);
          if (queue) queue.push(resolve);
          else waiting.set(key, [resolve]);
        });
      }
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
