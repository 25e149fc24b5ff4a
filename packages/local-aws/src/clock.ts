/** Time as a parameter, so that a test can let a day of retries pass in a moment. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the callback after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's clock. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export interface VirtualClock extends Clock {
  /** Moves time on and runs what falls due, in order; resolves when work started by it has settled. */
  advance(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to move. */
export function createVirtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  const timers = new Set<Timer>();
  const earliest = (until: number) => [...timers].filter(t => t.due <= until).sort((a, b) => a.due - b.due)[0];
  return {
    now: () => now,
    after(milliseconds, callback) {
      const timer = { due: now + Math.max(0, milliseconds), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (let timer = earliest(until); timer; timer = earliest(until)) {
        timers.delete(timer);
        now = timer.due;
        timer.callback();
        // Lets promises and sockets that the callback touched move before the next timer falls due.
        await new Promise(resolve => setImmediate(resolve));
      }
      now = until;
    },
  };
}
