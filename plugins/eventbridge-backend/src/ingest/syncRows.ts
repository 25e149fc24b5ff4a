import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import type { RowOf, Table } from '../database/tables';

/** A table whose rows belong to a source and carry a hash of their content. */
type SourcedTable = Table<{
  readonly id: 'bigint';
  readonly source_id: 'text';
  readonly hash: 'text';
}>;

export interface SyncResult {
  /** Ids of rows that are new or other than before. */
  readonly changed: ReadonlySet<number>;
  readonly added: readonly number[];
  readonly deleted: readonly number[];
}

/** Makes the table's rows of one source equal to `rows`, writing only what differs. */
export async function syncRows<T extends SourcedTable>(
  trx: Knex,
  table: T,
  sourceId: string,
  rows: readonly RowOf<T>[],
): Promise<SyncResult> {
  const before = await readHashes(trx, table.name, sourceId);
  const changed = new Set<number>();
  const added: number[] = [];
  const toWrite: RowOf<T>[] = [];
  for (const row of rows) {
    const { id, hash } = row as unknown as { id: number; hash: string };
    const old = before.get(id);
    before.delete(id);
    if (old === hash) continue;
    if (old === undefined) added.push(id);
    changed.add(id);
    toWrite.push(row);
  }
  const deleted = [...before.keys()];
  await deleteById(trx, table.name, 'id', deleted);
  await upsertRows(trx, table, toWrite);
  return { changed, added, deleted };
}

export async function readHashes(trx: Knex, table: string, sourceId: string): Promise<Map<number, string>> {
  const rows: { id: number | string; hash: string }[] = await trx(table)
    .where({ source_id: sourceId })
    .select('id', 'hash');
  return new Map(rows.map(row => [Number(row.id), row.hash]));
}

export async function deleteById(trx: Knex, table: string, column: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await trx(table).whereRaw(whereIdIn(trx, column, ids)).delete();
}
