import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

/**
 * Paging by the last row of a page rather than by its number: a page costs the same wherever it stands, and rows that
 * come or go between two pages neither repeat nor skip others.
 */
export interface SortColumn {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

export type CursorValue = string | number;

export interface Cursor {
  /** What the page was sorted by; a cursor serves only the list that it came from. */
  readonly sort: string;
  readonly values: readonly CursorValue[];
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, ...cursor.values])).toString('base64url');
}

/** Throws `InputError` for what is no cursor of this list. */
export function decodeCursor(text: string, sort: string, length: number): Cursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  if (
    !Array.isArray(parts) ||
    parts.length !== length + 1 ||
    parts[0] !== sort ||
    !parts.slice(1).every(part => typeof part === 'string' || Number.isSafeInteger(part))
  ) {
    throw new InputError(
      'The cursor does not belong to this list: pass the nextCursor of the page before, with the same sort and order',
    );
  }
  return { sort, values: parts.slice(1) };
}

/** Rows after the cursor, in the order of the columns. */
export function afterCursor(query: Knex.QueryBuilder, columns: readonly SortColumn[], cursor: Cursor): void {
  const [first] = columns;
  // Says nothing new, but lets the database start at the right place of its index.
  query.where(first!.column, first!.order === 'asc' ? '>=' : '<=', cursor.values[0]!);
  query.where(anyOf => {
    columns.forEach((column, index) => {
      anyOf.orWhere(allOf => {
        for (let before = 0; before < index; before++) {
          allOf.where(columns[before]!.column, cursor.values[before]!);
        }
        allOf.where(column.column, column.order === 'asc' ? '>' : '<', cursor.values[index]!);
      });
    });
  });
}

export function sortBy(query: Knex.QueryBuilder, columns: readonly SortColumn[]): void {
  for (const { column, order } of columns) query.orderBy(column, order);
}
