import type { Knex } from 'knex';
import { isPostgres, upsertRows, whereIdIn } from './dialect';
import { searchTableOfPostgres, searchTableOfSqlite } from './tables';
import { toQueryWords, toWordList } from './words';

/** The two tables with words, one row per event type or subscription. */
export type SearchTable = 'event_type_search' | 'subscription_search';

/** Texts of one row, by how near they are to its name. */
export interface SearchTexts {
  readonly id: number;
  /** Source and detail-type, service and name. */
  readonly name: readonly string[];
  /** Title, tags, owner, domain, publishers. */
  readonly about: readonly string[];
  /** Descriptions. */
  readonly body: readonly string[];
  /** Paths of schema fields. */
  readonly fields: readonly string[];
}

const COLUMNS = ['name', 'about', 'body', 'fields'] as const;
const POSTGRES_WEIGHT = { name: 'A', about: 'B', body: 'C', fields: 'D' } as const;
/** Words of one row and column; a tsvector holds 1 MB. */
const MAX_WORDS = 5000;

export async function writeSearchTexts(
  knex: Knex,
  table: SearchTable,
  rows: readonly SearchTexts[],
): Promise<void> {
  await deleteSearchTexts(knex, table, rows.map(row => row.id));
  if (isPostgres(knex)) {
    await upsertRows(
      knex,
      searchTableOfPostgres(table),
      rows.map(row => ({ id: row.id, words: toVector(row) })),
    );
    return;
  }
  await upsertRows(
    knex,
    searchTableOfSqlite(table),
    rows.map(row => ({
      rowid: row.id,
      name: wordsOf(row.name).join(' '),
      about: wordsOf(row.about).join(' '),
      body: wordsOf(row.body).join(' '),
      fields: wordsOf(row.fields).join(' '),
    })),
  );
}

export async function deleteSearchTexts(knex: Knex, table: SearchTable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const column = isPostgres(knex) ? 'id' : 'rowid';
  await knex(table).whereRaw(whereIdIn(knex, column, ids)).delete();
}

/** How well a row matches: 0 by its name alone, 1 with what stands beside it, 2 anywhere. */
export interface SearchMatch {
  /** Gives `id` and `tier`. */
  readonly subquery: Knex.QueryBuilder;
  readonly words: readonly string[];
}

/**
 * Rows in which every word of the query begins a word. Undefined when the query has no word at all, which is
 * no search. Deterministic: the order within a tier is the list's own.
 */
export function searchFor(knex: Knex, table: SearchTable, query: string): SearchMatch | undefined {
  const words = toQueryWords(query);
  if (words.length === 0) return undefined;
  const subquery = isPostgres(knex) ? postgresQuery(knex, table, words) : sqliteQuery(knex, table, words);
  return { subquery, words };
}

function sqliteQuery(knex: Knex, table: SearchTable, words: readonly string[]) {
  const all = words.map(word => `"${word}"*`).join(' ');
  const match = (columns: string) => `{${columns}} : (${all})`;
  return knex(table)
    .whereRaw(`${table} MATCH ?`, [all])
    .select({ id: 'rowid' })
    .select(
      knex.raw(
        `CASE WHEN rowid IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?) THEN 0 ` +
          `WHEN rowid IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?) THEN 1 ELSE 2 END AS tier`,
        [match('name'), match('name about')],
      ),
    );
}

function postgresQuery(knex: Knex, table: SearchTable, words: readonly string[]) {
  const match = (weights: string) => words.map(word => `'${word}':*${weights}`).join(' & ');
  return knex(table)
    .whereRaw('words @@ ?::tsquery', [match('')])
    .select('id')
    .select(
      knex.raw('CASE WHEN words @@ ?::tsquery THEN 0 WHEN words @@ ?::tsquery THEN 1 ELSE 2 END AS tier', [
        match('A'),
        match('AB'),
      ]),
    );
}

function wordsOf(texts: readonly string[]): string[] {
  const list = toWordList(...texts);
  return list === '' ? [] : list.split(' ').slice(0, MAX_WORDS);
}

/** A tsvector literal, each word with its best weight. Words hold letters, digits and marks only: nothing to escape. */
function toVector(row: SearchTexts): string {
  const weights = new Map<string, string>();
  for (const column of COLUMNS) {
    for (const word of wordsOf(row[column])) {
      if (!weights.has(word)) weights.set(word, POSTGRES_WEIGHT[column]);
    }
  }
  return [...weights].map(([word, weight]) => `'${word}':1${weight}`).join(' ');
}
