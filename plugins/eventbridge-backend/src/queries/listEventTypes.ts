import type { EventTypeQuery, EventTypeSummary, Page } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn } from '../database/dialect';
import type { SearchMatch, SearchScope } from '../database/search';
import { matchesWords } from '../database/words';
import type { StoredSummary } from '../ingest/eventTypeRecords';
import { filteredEventTypes, type FilteredEventTypes } from './eventTypeFilters';
import { afterCursor, decodeCursor, encodeCursor, sortBy, type Cursor, type SortColumn } from './keyset';
import type { Visibility } from './visibility';

const DEFAULT_LIMIT = 100;
/** Fields named for one event type of a search. */
const MAX_MATCHED_FIELDS = 5;

type Sort = NonNullable<EventTypeQuery['sort']>;

const SORT_COLUMN: Readonly<Record<Exclude<Sort, 'relevance'>, string>> = {
  name: 'e.name_key',
  source: 'e.source_key',
  owner: 'e.owner_key',
  publisher: 'e.publisher_key',
  subscribers: 'e.subscriber_count',
  version: 'e.version_key',
};

export interface EventTypeRow {
  readonly id: number | string;
  readonly standing: EventTypeSummary['standing'];
  readonly health_level: 'warning' | 'error' | null;
  readonly health_message: string | null;
  readonly subscriber_count: number;
  readonly summary: string;
}

export const EVENT_TYPE_ROW_COLUMNS = [
  'e.id',
  'e.standing',
  'e.health_level',
  'e.health_message',
  'e.subscriber_count',
  'd.summary',
];

type Row = EventTypeRow & {
  readonly fields?: string;
  readonly total?: number | string;
  readonly [sortColumn: `sort_${number}`]: string | number;
};

/** GET /event-types */
export async function listEventTypes(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
): Promise<Page<EventTypeSummary>> {
  const filters = filteredEventTypes(knex, query, visibility);
  const { query: filtered, search } = filters;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const sort = sortOf(query, search !== undefined);
  const read = sort.tiers && search ? readByRelevance : readSorted;
  const { rows, nextCursor, total } = await read({ ...filters, knex, filtered, sort, limit, cursor: query.cursor });
  return {
    items: rows.map(row => ({
      ...toEventTypeSummary(row),
      ...(search && matchedFields(row.fields!, search.words)),
    })),
    totalItems: total ?? (await countEventTypes(filters)),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

async function countEventTypes({ query, search, isWhole }: FilteredEventTypes): Promise<number> {
  if (search && isWhole) return search.count();
  const counted = query.clone();
  if (search) counted.whereRaw(search.isFound('e.id'));
  const [{ total }] = await counted.count({ total: '*' });
  return Number(total);
}

interface Reading {
  readonly knex: Knex;
  readonly filtered: Knex.QueryBuilder;
  readonly search?: SearchMatch;
  readonly isWhole: boolean;
  readonly sort: ListSort;
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface RowsRead {
  readonly rows: readonly Row[];
  readonly nextCursor?: string;
  /** Of all pages, where it was found on the way. */
  readonly total?: number;
}

async function readSorted({ knex, filtered, search, sort, limit, cursor }: Reading): Promise<RowsRead> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, sort.name, sort.columns.length);
  const found = search ? filtered.clone().whereRaw(search.isFound('e.id')) : filtered;
  const rows = await readRows(knex, found, search !== undefined, sort.columns, after, limit + 1);
  const page = rows.slice(0, limit);
  if (rows.length <= limit) return { rows: page };
  return { rows: page, nextCursor: encodeCursor({ sort: sort.name, values: sortValues(page.at(-1)!, sort.columns) }) };
}

/** Found by name first, then with what stands beside it, then anywhere: as many of these as the page needs. */
const TIERS: readonly SearchScope[] = ['name', 'about', 'anywhere'];

async function readByRelevance(reading: Reading): Promise<RowsRead> {
  const { knex, filtered, search, isWhole, sort, limit, cursor } = reading;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, sort.name, sort.columns.length + 1);
  const first = Number(after?.values[0] ?? 0);
  const found: { tier: number; row: Row }[] = [];
  const condition = tierConditions(knex, search!);
  for (let tier = first; tier < TIERS.length && found.length <= limit; tier++) {
    const isLast = tier === TIERS.length - 1;
    const own = await condition(tier);
    if (own.isEmpty) continue;
    const query = filtered.clone();
    if (isLast && isWhole) {
      // The search is by far the dearest part here: one run of it gives the rows and their number.
      query.withMaterialized('m', search!.ids()).whereRaw('+e.id IN (SELECT id FROM m)');
      query.select(knex.raw('(SELECT count(*) FROM m) AS total'));
    } else {
      query.whereRaw(own.sql);
    }
    const before = tier === 0 ? undefined : await condition(tier - 1);
    if (before?.isEmpty === false) query.whereRaw(knex.raw('NOT (?)', [before.sql]));
    const from = after && tier === first ? { ...after, values: after.values.slice(1) } : undefined;
    const rows = await readRows(knex, query, true, sort.columns, from, limit + 1 - found.length);
    found.push(...rows.map(row => ({ tier, row })));
  }
  const page = found.slice(0, limit);
  const rows = page.map(({ row }) => row);
  const [counted] = found.flatMap(({ row }) => row.total ?? []);
  const total = counted === undefined ? {} : { total: Number(counted) };
  if (found.length <= limit) return { rows, ...total };
  const last = page.at(-1)!;
  return {
    rows,
    ...total,
    nextCursor: encodeCursor({ sort: sort.name, values: [last.tier, ...sortValues(last.row, sort.columns)] }),
  };
}

/** Rows that are better fetched one by one than met on the way through all of them. */
const FEW = 500;

/** That a row is in a tier or in one before it. */
type TierCondition = { readonly isEmpty: true } | { readonly isEmpty: false; readonly sql: Knex.Raw };

function tierConditions(knex: Knex, search: SearchMatch): (tier: number) => Promise<TierCondition> {
  const known: TierCondition[] = [];
  const conditionOf = async (tier: number): Promise<TierCondition> => {
    const isLast = tier === TIERS.length - 1;
    const ids = isLast ? undefined : await search.few(TIERS[tier]!, FEW);
    if (ids?.length === 0) return { isEmpty: true };
    return { isEmpty: false, sql: ids ? whereIdIn(knex, 'e.id', ids) : search.isFound('e.id', TIERS[tier]) };
  };
  return async tier => (known[tier] ??= await conditionOf(tier));
}

async function readRows(
  knex: Knex,
  filtered: Knex.QueryBuilder,
  withFields: boolean,
  columns: readonly SortColumn[],
  after: Cursor | undefined,
  limit: number,
): Promise<Row[]> {
  const page = filtered
    .clone()
    .innerJoin({ d: 'event_type_documents' }, 'd.id', 'e.id')
    .select(EVENT_TYPE_ROW_COLUMNS)
    .select(columns.map(({ column }, index) => knex.ref(column).as(`sort_${index}`)))
    .limit(limit);
  if (withFields) page.select('d.fields');
  sortBy(page, columns);
  if (after) afterCursor(page, columns, after);
  return page;
}

function sortValues(row: Row, columns: readonly SortColumn[]): (string | number)[] {
  return columns.map(({ column }, index) => {
    const value = row[`sort_${index}`]!;
    return column === 'e.id' ? Number(value) : value;
  });
}

export function toEventTypeSummary(row: EventTypeRow): EventTypeSummary {
  const stored = JSON.parse(row.summary) as StoredSummary;
  return {
    ...stored,
    subscriberCount: row.subscriber_count,
    standing: row.standing,
    ...(row.health_level && row.health_message && { health: { level: row.health_level, message: row.health_message } }),
  };
}

interface ListSort {
  readonly name: string;
  readonly columns: readonly SortColumn[];
  /** By relevance: the columns sort within each tier. */
  readonly tiers: boolean;
}

function sortOf(query: EventTypeQuery, searching: boolean): ListSort {
  const wanted = query.sort ?? (searching ? 'relevance' : 'name');
  const sort = wanted === 'relevance' && !searching ? 'name' : wanted;
  const order = query.order ?? (sort === 'subscribers' || sort === 'version' ? 'desc' : 'asc');
  const id: SortColumn = { column: 'e.id', order: 'asc' };
  const byName: SortColumn = { column: 'e.name_key', order: 'asc' };
  if (sort === 'relevance') return { name: sort, columns: [byName, id], tiers: true };
  const name = `${sort}-${order}`;
  if (sort === 'name') return { name, columns: [{ ...byName, order }, id], tiers: false };
  return { name, columns: [{ column: SORT_COLUMN[sort], order }, byName, id], tiers: false };
}

function matchedFields(fields: string, words: readonly string[]) {
  const matched = (JSON.parse(fields) as string[]).filter(path => matchesWords(path, words));
  return matched.length > 0 ? { matchedFields: matched.slice(0, MAX_MATCHED_FIELDS) } : {};
}
