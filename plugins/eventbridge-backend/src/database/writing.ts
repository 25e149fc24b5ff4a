import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/** Any number that is the same in every replica and used by nobody else in this database. */
const WRITE_LOCK = 7_302_016;

const queues = new WeakMap<Knex, Promise<unknown>>();

/**
 * One transaction at a time, over all replicas: what is derived from several sources (standings, counts) must see what
 * the transaction before wrote. Writers of one process wait for each other before they take a connection.
 */
export function writing<T>(knex: Knex, write: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const run = async () =>
    knex.transaction(async trx => {
      if (isPostgres(trx)) await trx.raw('SELECT pg_advisory_xact_lock(?)', [WRITE_LOCK]);
      return write(trx);
    });
  const turn = (queues.get(knex) ?? Promise.resolve()).then(run, run);
  queues.set(
    knex,
    turn.catch(() => undefined),
  );
  return turn;
}
