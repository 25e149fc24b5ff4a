import type { Knex } from 'knex';
import type { RowOf, Table } from './tables';

/**
 * The few statements that SQLite and Postgres spell differently.
 *
 * To Postgres rows travel as one JSON text per statement, which the database takes apart itself: thousands of rows with
 * one bound value are several times faster than one value per column, and no limit on the number of values applies.
 * SQLite is in this process: there one prepared statement that is run for each row is faster still.
 */

/** Characters of JSON in one statement. More gains nothing and holds the event loop longer. */
const MAX_STATEMENT_CHARACTERS = 1_000_000;
const MAX_STATEMENT_ROWS = 1000;

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

const POSTGRES_TYPE = {
  text: 'text',
  bigint: 'bigint',
  integer: 'integer',
  boolean: 'boolean',
  tsvector: 'tsvector',
} as const;

/** Writes rows; a row whose key exists already is replaced in the table's columns. */
export async function upsertRows<T extends Table>(knex: Knex, table: T, rows: readonly RowOf<T>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(table.columns);
  const updates = columns.filter(column => !table.key.includes(column));
  const action =
    updates.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${updates.map(column => `"${column}" = excluded."${column}"`).join(', ')}`;
  const conflict = table.key.length === 0 ? '' : `ON CONFLICT (${table.key.map(quote).join(', ')}) ${action}`;
  const into = `INSERT INTO ${table.name} (${columns.map(quote).join(', ')})`;
  if (!isPostgres(knex)) {
    await runForEach(knex, `${into} VALUES (${placeholders(table)}) ${conflict}`, columns, rows);
    return;
  }
  const sql = `${into} ${selectFromJson(table)} ${conflict}`;
  for (const batch of toBatches(columns, rows)) {
    await knex.raw(sql, [batch]);
  }
}

function selectFromJson(table: Table): string {
  const fields = Object.values(table.columns).map((type, index) => `(r.value->>${index})::${POSTGRES_TYPE[type]}`);
  return `SELECT ${fields.join(', ')} FROM json_array_elements(?::json) AS r(value) WHERE true`;
}

/** The driver binds large numbers as floating point; ids are whole. */
function placeholders(table: Table): string {
  return Object.values(table.columns)
    .map(type => (type === 'bigint' ? 'CAST(? AS INTEGER)' : '?'))
    .join(', ');
}

/** What is used of a `better-sqlite3` connection. */
interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

interface SqliteStatement {
  run(values: readonly unknown[]): unknown;
}

/** A statement is run for many thousands of rows, a few hundred at a time. There are as many as there are tables. */
const statements = new WeakMap<SqliteConnection, Map<string, SqliteStatement>>();

function prepared(connection: SqliteConnection, sql: string): SqliteStatement {
  const known = statements.get(connection) ?? new Map<string, SqliteStatement>();
  statements.set(connection, known);
  const statement = known.get(sql) ?? connection.prepare(sql);
  known.set(sql, statement);
  return statement;
}

async function runForEach(
  knex: Knex,
  sql: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const connection: SqliteConnection = await knex.client.acquireConnection();
  try {
    // As Knex does for its own statements, for whoever logs or counts them.
    knex.client.emit('query', { sql, bindings: [] });
    const statement = prepared(connection, sql);
    for (const row of rows) statement.run(columns.map(column => toSqliteValue(row[column])));
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

function toSqliteValue(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : toStorable(value);
}

function* toBatches(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]) {
  let batch: string[] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(columns.map(column => toStorable(row[column])));
    if (batch.length > 0 && (batch.length >= MAX_STATEMENT_ROWS || size + text.length > MAX_STATEMENT_CHARACTERS)) {
      yield `[${batch.join(',')}]`;
      batch = [];
      size = 0;
    }
    batch.push(text);
    size += text.length;
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`;
}

// eslint-disable-next-line no-control-regex
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** Postgres refuses NUL and half surrogate pairs in text; they become the replacement character. */
function toStorable(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  return isStorable(value) ? value : value.replace(UNSTORABLE, '\uFFFD');
}

/** Asked of every text that is written: the built-in functions are much faster than the pattern. */
function isStorable(text: string): boolean {
  return (text as unknown as WellFormed).isWellFormed() && !text.includes('\0');
}

/** Node has it since 20, TypeScript with the library ES2024. */
interface WellFormed {
  isWellFormed(): boolean;
}

/** `column IN (…)` for any number of ids, with one bound value. */
export function whereIdIn(knex: Knex, column: string, ids: readonly number[]): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw(`?? = ANY (?::bigint[])`, [column, [...ids]])
    : knex.raw(`?? IN (SELECT value FROM json_each(?))`, [column, JSON.stringify(ids)]);
}

/** `column IN (…)` for any number of texts, with one bound value. */
export function whereTextIn(knex: Knex, column: string, values: readonly string[]): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw(`?? = ANY (?::text[])`, [column, [...values]])
    : knex.raw(`?? IN (SELECT value FROM json_each(?))`, [column, JSON.stringify(values)]);
}

/** Lets the event loop turn between two batches of a long write. */
export function breathe(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function quote(column: string): string {
  return `"${column}"`;
}
