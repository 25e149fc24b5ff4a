import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import type { RowOf, Table } from '../database/tables';

/**
 * Makes the rows that one source has in a table equal to what it says now, and writes only what differs: a hash of
 * every row's content stands beside it. Ask `isChanged` for every row that should be there, write those that are,
 * and let `deleteRest` take away what was not asked for.
 */
export class TableSync {
  readonly #trx: Knex;
  readonly #table: string;
  readonly #before: Map<number, string>;
  #highest = -1;
  #seen: Set<number> | undefined;
  readonly changed: number[] = [];
  readonly added: number[];
  /** Whether there was nothing, so that nothing has to be replaced. */
  readonly wasEmpty: boolean;

  /** @param columns - names of the hash and of the source in this table; `where` or `ids` for a part of the source only */
  static async open(
    trx: Knex,
    table: string,
    sourceId: string,
    columns: {
      readonly hash: string;
      readonly source: string;
      readonly where?: Readonly<Record<string, string>> | Knex.Raw;
      readonly ids?: readonly number[];
    } = { hash: 'hash', source: 'source_id' },
  ): Promise<TableSync> {
    const query = trx(table).select('id', { hash: columns.hash, source: columns.source });
    // With the source as a condition beside them, SQLite would rather go through all rows of the source.
    if (columns.ids) query.whereRaw(whereIdIn(trx, 'id', columns.ids));
    else query.where({ [columns.source]: sourceId }).where(columns.where ?? {});
    const rows: { id: number | string; hash: string; source: string }[] = await query;
    const own = columns.ids ? rows.filter(({ source }) => source === sourceId) : rows;
    return new TableSync(trx, table, new Map(own.map(row => [Number(row.id), row.hash])));
  }

  private constructor(trx: Knex, table: string, before: Map<number, string>) {
    this.#trx = trx;
    this.#table = table;
    this.#before = before;
    this.wasEmpty = before.size === 0;
    this.added = this.wasEmpty ? this.changed : [];
  }

  /** Whether the row has to be written. A second row with the same id is not: the first one counts. */
  isChanged(id: number, hash: string): boolean {
    if (this.wasEmpty) return this.#isNew(id);
    const old = this.#before.get(id);
    if (old === SEEN) return false;
    this.#before.set(id, SEEN);
    if (old === hash) return false;
    if (old === undefined) this.added.push(id);
    this.changed.push(id);
    return true;
  }

  /** Where there was nothing, nothing need be remembered of rows that come in the order of their ids. */
  #isNew(id: number): boolean {
    if (id > this.#highest) {
      this.#highest = id;
    } else {
      this.#seen ??= new Set(this.changed);
      if (this.#seen.has(id)) return false;
    }
    this.#seen?.add(id);
    this.changed.push(id);
    return true;
  }

  /** Ids that were there before and were not asked for. */
  get rest(): readonly number[] {
    const ids: number[] = [];
    for (const [id, hash] of this.#before) if (hash !== SEEN) ids.push(id);
    return ids;
  }

  async deleteRest(): Promise<readonly number[]> {
    const ids = this.rest;
    await deleteById(this.#trx, this.#table, 'id', ids);
    return ids;
  }
}

/** No content hash is empty, but that of halves that are not there. */
const SEEN = '\0seen';

/** A small table in one go. Gives whether anything changed. */
export async function syncTable<T extends Table>(
  trx: Knex,
  table: T,
  sourceId: string,
  rows: readonly (RowOf<T> & { readonly id: number | null; readonly hash: string | null })[],
): Promise<boolean> {
  const sync = await TableSync.open(trx, table.name, sourceId);
  await upsertRows(
    trx,
    table,
    rows.filter(row => sync.isChanged(row.id!, row.hash!)),
  );
  const deleted = await sync.deleteRest();
  return sync.changed.length > 0 || deleted.length > 0;
}

export async function deleteById(trx: Knex, table: string, column: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await trx(table).whereRaw(whereIdIn(trx, column, ids)).delete();
}

/** The rows in parts, so that no more than one part is made at a time. */
export function* inChunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/**
 * Items with their ids, in the order of these and in parts: rows that are appended are written several times faster than
 * rows in between others, in tables as well as in the words of SQLite's full-text search. Beside the items it keeps some
 * twelve bytes for each.
 */
export function* chunksById<T>(
  items: readonly T[],
  idOf: (item: T) => number,
  size: number,
): Generator<readonly { readonly id: number; readonly item: T }[]> {
  const ids = Float64Array.from(items, idOf);
  const order = Uint32Array.from(items, (_, index) => index).sort((a, b) => ids[a]! - ids[b]!);
  for (let start = 0; start < order.length; start += size) {
    yield Array.from(order.subarray(start, start + size), index => ({ id: ids[index]!, item: items[index]! }));
  }
}
