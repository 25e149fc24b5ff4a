import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Fills tables. On SQLite those that are empty get their indexes when the rows are there: one pass in order is several
 * times faster than a place for every row. On Postgres that would lock readers out until the end of the transaction.
 *
 * Call it in a transaction: one that fails leaves tables and indexes as they were.
 */
export async function filling<T>(trx: Knex, tables: readonly string[], fill: () => Promise<T>): Promise<T> {
  const empty: string[] = [];
  for (const table of tables) if (await isEmpty(trx, table)) empty.push(table);
  return refilling(trx, empty, fill);
}

/** The same for tables that are to have many times the rows that they have. */
export async function refilling<T>(trx: Knex, tables: readonly string[], fill: () => Promise<T>): Promise<T> {
  const indexes: string[] = [];
  if (!isPostgres(trx)) for (const table of tables) indexes.push(...(await dropIndexes(trx, table)));
  const filled = await fill();
  for (const index of indexes) await trx.raw(index);
  return filled;
}

export async function isEmpty(trx: Knex, table: string): Promise<boolean> {
  return (await trx(table).first(trx.raw('1'))) === undefined;
}

/** Gives the statements that make them again. */
async function dropIndexes(trx: Knex, table: string): Promise<string[]> {
  const indexes: { name: string; sql: string }[] = await trx('sqlite_master')
    .where({ type: 'index', tbl_name: table })
    .whereNotNull('sql')
    .select('name', 'sql');
  for (const { name } of indexes) await trx.raw('DROP INDEX ??', [name]);
  return indexes.map(({ sql }) => sql);
}
