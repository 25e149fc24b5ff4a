import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import type { Claims } from '../database/Claims';

/** How long somebody who clicked waits for work that runs already, in tries of a quarter of a second. */
const MAX_WAITS = 240;
const WAIT_MS = 250;
/** Nobody waits in line within one process: whoever is behind looks that much later. */
const SHORT_WAIT_MS = 20;

/** Work of which one at a time is done, over all replicas. */
export class WorkTurns {
  readonly #claims: Claims;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  /** Does it, unless somebody is at it already: then it gives undefined. */
  async try<T>(name: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const release = await this.#claims.take(name);
    if (!release) return undefined;
    try {
      return { value: await work() };
    } finally {
      await release();
    }
  }

  /** Does it once nobody else is at it. Throws `ConflictError` when that takes too long. */
  async alone<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let wait = 0; wait < MAX_WAITS; wait++) {
      const done = await this.try(name, work);
      if (done) return done.value;
      await sleep(wait === 0 ? SHORT_WAIT_MS : WAIT_MS, undefined, { signal });
    }
    throw new ConflictError('The change request is being worked on; look again in a minute');
  }
}

export function turnOfChange(id: string): string {
  return `change ${id}`;
}
