import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/** Any number that is the same in every replica and used by nobody else in this database. */
const CLAIMS = 7_302_018;

/**
 * Names of which each is held by one at a time, over all replicas. SQLite has one process: there it is enough to ask this
 * object. On Postgres these are advisory locks of a connection, which this process keeps out of the pool for as long as it
 * holds any: a replica that dies lets go of them with its connection, and nothing has to run out first.
 */
export class Claims {
  readonly #knex: Knex;
  readonly #names = new Set<string>();
  #connection: Promise<unknown> | undefined;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Takes a name, unless somebody has it: then it gives undefined. What it gives otherwise lets go of the name. */
  async take(name: string): Promise<(() => Promise<void>) | undefined> {
    if (this.#names.has(name)) return undefined;
    this.#names.add(name);
    try {
      if (await this.#lock(name)) return () => this.#release(name);
    } catch (error) {
      await this.#forget(name);
      throw error;
    }
    await this.#forget(name);
    return undefined;
  }

  async #lock(name: string): Promise<boolean> {
    if (!isPostgres(this.#knex)) return true;
    this.#connection ??= this.#knex.client.acquireConnection() as Promise<unknown>;
    const { rows } = await this.#knex
      .raw('SELECT pg_try_advisory_lock(?, ?) AS taken', [CLAIMS, keyOf(name)])
      .connection(await this.#connection);
    return rows[0].taken;
  }

  /** Never throws: a connection that is gone has let go of everything. */
  async #release(name: string): Promise<void> {
    try {
      if (this.#connection) {
        await this.#knex
          .raw('SELECT pg_advisory_unlock(?, ?)', [CLAIMS, keyOf(name)])
          .connection(await this.#connection);
      }
    } catch {
      // Nothing is left to let go of.
    }
    await this.#forget(name);
  }

  async #forget(name: string): Promise<void> {
    this.#names.delete(name);
    if (this.#names.size > 0 || !this.#connection) return;
    const connection = this.#connection;
    this.#connection = undefined;
    try {
      await this.#knex.client.releaseConnection(await connection);
    } catch {
      // It was never there, or is gone.
    }
  }
}

/** A 32-bit number for a name, as advisory locks have them. */
function keyOf(name: string): number {
  return hash('sha256', name, 'buffer').readInt32BE(0);
}
