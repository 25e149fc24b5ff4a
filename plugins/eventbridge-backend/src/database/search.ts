import type { Knex } from 'knex';
import { isPostgres, upsertRows, whereIdIn } from './dialect';
import { namesTableOfSqlite, searchTableOfPostgres, searchTableOfSqlite } from './tables';
import { toQueryWords, toWords } from './words';

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
/**
 * SQLite: the words of `name` and `about` once more, beside those of long texts. A search that ranks looks there first,
 * and reads a fraction of what a filter on the columns of the whole would.
 */
const NAMES_TABLE: Partial<Readonly<Record<SearchTable, string>>> = { event_type_search: 'event_type_names' };
/** Words of one row and column; a tsvector holds 1 MB. */
const MAX_WORDS = 5000;

/** Rows that were there before have to be deleted first. */
export async function addSearchTexts(knex: Knex, table: SearchTable, rows: readonly SearchTexts[]): Promise<void> {
  if (isPostgres(knex)) {
    await upsertRows(
      knex,
      searchTableOfPostgres(table),
      rows.map(row => ({ id: row.id, words: toVector(row) })),
    );
    return;
  }
  const texts = rows.map(row => ({
    rowid: row.id,
    name: wordsOf(row.name).join(' '),
    about: wordsOf(row.about).join(' '),
    body: wordsOf(row.body).join(' '),
    fields: wordsOf(row.fields).join(' '),
  }));
  await upsertRows(knex, searchTableOfSqlite(table), texts);
  const names = NAMES_TABLE[table];
  if (names) await upsertRows(knex, namesTableOfSqlite(names), texts);
}

export async function deleteSearchTexts(knex: Knex, table: SearchTable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const column = isPostgres(knex) ? 'id' : 'rowid';
  await knex(table).whereRaw(whereIdIn(knex, column, ids)).delete();
  const names = NAMES_TABLE[table];
  if (names && !isPostgres(knex)) await knex(names).whereRaw(whereIdIn(knex, column, ids)).delete();
}

/** How near to the name a match has to be: in the name alone, with what stands beside it, or anywhere. */
export type SearchScope = 'name' | 'about' | 'anywhere';

export interface SearchMatch {
  readonly words: readonly string[];
  /**
   * Condition that a row's id is among those found. The plus sign keeps the database from fetching the rows found one by
   * one: it walks the index that the list is sorted by and looks each id up, which ends as soon as a page is full.
   */
  isFound(idColumn: string, scope?: SearchScope): Knex.Raw;
  /** The ids of all rows found, as `id`. */
  ids(): Knex.QueryBuilder;
  /** The same, read; undefined where there are more than `limit`, which takes no longer to find out. */
  few(scope: SearchScope, limit: number): Promise<readonly number[] | undefined>;
  /** Number of rows found, where nothing else narrows them: no other table has to be looked at. */
  count(): Promise<number>;
}

/** Rows in which every word of the query begins a word. Undefined when the query has no word at all, which is no search. */
export function searchFor(knex: Knex, table: SearchTable, query: string): SearchMatch | undefined {
  const words = toQueryWords(query);
  if (words.length === 0) return undefined;
  const idsIn = isPostgres(knex) ? postgresIds : sqliteIds;
  const ownId = isPostgres(knex) ? 'id' : 'rowid';
  return {
    words,
    isFound: (idColumn, scope = 'anywhere') => knex.raw('+?? IN (?)', [idColumn, idsIn(knex, table, words, scope)]),
    ids: () => knex.from(idsIn(knex, table, words, 'anywhere').as('found')).select(knex.ref(ownId).as('id')),
    async few(scope, limit) {
      const rows: { id: number | string }[] = await idsIn(knex, table, words, scope)
        .clearSelect()
        .select(knex.ref(ownId).as('id'))
        .limit(limit + 1);
      return rows.length > limit ? undefined : rows.map(({ id }) => Number(id));
    },
    async count() {
      const [{ total }] = await idsIn(knex, table, words, 'anywhere').clearSelect().count({ total: '*' });
      return Number(total);
    },
  };
}

const SQLITE_COLUMNS = { name: '{name} : ', about: '{name about} : ', anywhere: '' } as const;

function sqliteIds(knex: Knex, table: SearchTable, words: readonly string[], scope: SearchScope) {
  const all = words.map(word => `"${word}"*`).join(' ');
  const columns = SQLITE_COLUMNS[scope];
  const searched = scope === 'anywhere' ? table : NAMES_TABLE[table] ?? table;
  return knex(searched)
    .select('rowid')
    .whereRaw(`${searched} MATCH ?`, [columns === '' ? all : `${columns}(${all})`]);
}

const POSTGRES_SCOPE = { name: 'A', about: 'AB', anywhere: '' } as const;

function postgresIds(knex: Knex, table: SearchTable, words: readonly string[], scope: SearchScope) {
  const match = words.map(word => `'${word}':*${POSTGRES_SCOPE[scope]}`).join(' & ');
  return knex(table).select('id').whereRaw('words @@ ?::tsquery', [match]);
}

function wordsOf(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return NONE;
  const words = toWords(texts.length === 1 ? texts[0]! : texts.join(' '));
  if (words.length < 2) return words;
  return [...new Set(words)].slice(0, MAX_WORDS);
}

const NONE: readonly string[] = [];

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
