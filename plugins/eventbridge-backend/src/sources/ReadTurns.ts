import { setTimeout as sleep } from 'node:timers/promises';
import type { Claims } from '../database/Claims';

/** How long a read that was asked for waits before it looks again whether another replica is done. */
const LOOK_AGAIN_MS = 250;

/** Who reads a source when: one at a time over all replicas, and nobody waits for a second read that the first one was. */
export class ReadTurns {
  readonly #claims: Claims;
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  /** Runs `read`; where one runs already, that one is waited for here and left alone elsewhere. */
  async join(id: string, read: () => Promise<void>): Promise<void> {
    await (this.#running.get(id) ?? this.#take(id, read));
  }

  /**
   * Runs a `read` that begins after now: where one runs already, behind it. All who ask meanwhile share it. Rejects with
   * the signal's reason when the turn does not come before.
   */
  after(id: string, signal: AbortSignal, read: () => Promise<void>): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting) return waiting;
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      this.#waiting.delete(id);
      return read();
    };
    const turn = (async () => {
      for (;;) {
        // Whoever started that one hears how it ended.
        await this.#running.get(id)?.catch(() => undefined);
        signal.throwIfAborted();
        if (this.#running.has(id)) continue;
        await this.#take(id, begin);
        if (hasBegun) return;
        await sleep(LOOK_AGAIN_MS, undefined, { signal });
      }
    })();
    this.#waiting.set(id, turn);
    return turn.finally(() => {
      if (this.#waiting.get(id) === turn) this.#waiting.delete(id);
    });
  }

  /** Runs `read` unless the source is being read elsewhere. To be called where it is not being read here. */
  #take(id: string, read: () => Promise<void>): Promise<void> {
    const run = this.#claimAndRun(id, read).finally(() => this.#running.delete(id));
    this.#running.set(id, run);
    return run;
  }

  async #claimAndRun(id: string, read: () => Promise<void>): Promise<void> {
    const release = await this.#claims.take(id);
    if (!release) return;
    try {
      await read();
    } finally {
      await release();
    }
  }
}
