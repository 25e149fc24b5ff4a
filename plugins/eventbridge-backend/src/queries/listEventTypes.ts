import type { EventTypeQuery, EventTypeSummary, Page } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { matchesWords } from '../database/words';
import type { StoredSummary } from '../ingest/eventTypeRecords';
import { filteredEventTypes } from './eventTypeFilters';
import { afterCursor, decodeCursor, encodeCursor, sortBy, type SortColumn } from './keyset';
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

/** GET /event-types */
export async function listEventTypes(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
): Promise<Page<EventTypeSummary>> {
  const { query: filtered, search } = filteredEventTypes(knex, query, visibility);
  const [{ total }] = await filtered.clone().count({ total: '*' });

  const { name, columns } = sortOf(query, search !== undefined);
  const limit = query.limit ?? DEFAULT_LIMIT;
  const page = filtered
    .innerJoin({ d: 'event_type_documents' }, 'd.id', 'e.id')
    .select(EVENT_TYPE_ROW_COLUMNS)
    .select(columns.map(({ column }, index) => knex.ref(column).as(`sort_${index}`)))
    .limit(limit + 1);
  if (search) page.select('d.fields');
  sortBy(page, columns);
  if (query.cursor !== undefined) {
    afterCursor(page, columns, decodeCursor(query.cursor, name, columns.length));
  }

  const rows: (EventTypeRow & { fields?: string; [sortColumn: string]: unknown })[] = await page;
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(row => ({
      ...toEventTypeSummary(row),
      ...(search && matchedFields(row.fields!, search.words)),
    })),
    totalItems: Number(total),
    ...(rows.length > limit &&
      last && {
        nextCursor: encodeCursor({
          sort: name,
          values: columns.map(({ column }, index) => {
            const value = last[`sort_${index}`] as string | number;
            return column === 'e.id' ? Number(value) : value;
          }),
        }),
      }),
  };
}

export function toEventTypeSummary(row: EventTypeRow): EventTypeSummary {
  const stored = JSON.parse(row.summary) as StoredSummary;
  return {
    ...stored,
    subscriberCount: row.subscriber_count,
    standing: row.standing,
    ...(row.health_level &&
      row.health_message && { health: { level: row.health_level, message: row.health_message } }),
  };
}

function sortOf(query: EventTypeQuery, searching: boolean): { name: string; columns: readonly SortColumn[] } {
  const wanted = query.sort ?? (searching ? 'relevance' : 'name');
  const sort = wanted === 'relevance' && !searching ? 'name' : wanted;
  const order = query.order ?? (sort === 'subscribers' || sort === 'version' ? 'desc' : 'asc');
  const id: SortColumn = { column: 'e.id', order: 'asc' };
  const byName: SortColumn = { column: 'e.name_key', order: 'asc' };
  const name = `${sort}-${order}`;
  if (sort === 'relevance') return { name, columns: [{ column: 'm.tier', order }, byName, id] };
  if (sort === 'name') return { name, columns: [{ ...byName, order }, id] };
  return { name, columns: [{ column: SORT_COLUMN[sort], order }, byName, id] };
}

function matchedFields(fields: string, words: readonly string[]) {
  const matched = (JSON.parse(fields) as string[]).filter(path => matchesWords(path, words));
  return matched.length > 0 ? { matchedFields: matched.slice(0, MAX_MATCHED_FIELDS) } : {};
}
