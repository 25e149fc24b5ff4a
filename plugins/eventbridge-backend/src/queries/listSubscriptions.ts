import type {
  EventTypeRef,
  Page,
  Standing,
  SubscriptionQuery,
  SubscriptionSummary,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn } from '../database/dialect';
import type { StoredSubscriptionSummary } from '../ingest/subscriptionRecords';
import { afterCursor, decodeCursor, encodeCursor, sortBy, type SortColumn } from './keyset';
import { filteredSubscriptions, hiddenCount } from './subscriptionFilters';
import { visibleEventTypes, type Visibility } from './visibility';

const DEFAULT_LIMIT = 100;
/** Event types named for one subscription of a list. */
const MAX_EVENT_TYPES = 20;

const SORT_COLUMN = {
  service: 's.service_key',
  name: 's.name_key',
  account: 's.account_key',
  standing: 's.standing',
} as const;

export interface SubscriptionRow {
  readonly id: number | string;
  readonly standing: Standing;
  readonly event_type_count: number;
  readonly hidden: number | string | null;
  readonly summary: string;
}

export const SUBSCRIPTION_ROW_COLUMNS = ['s.id', 's.standing', 's.event_type_count', 'd.summary'];

/** GET /subscriptions. With `among` only these subscriptions are looked at. */
export async function listSubscriptions(
  knex: Knex,
  query: SubscriptionQuery,
  visibility: Visibility,
  among?: readonly number[],
): Promise<Page<SubscriptionSummary>> {
  const filters = filteredSubscriptions(knex, query, visibility, [], among);
  const { query: filtered, total } = filters;

  const sort = query.sort ?? 'service';
  const order = query.order ?? 'asc';
  const columns: SortColumn[] = [
    { column: SORT_COLUMN[sort], order },
    ...(sort === 'standing' ? [{ column: 's.service_key', order: 'asc' } as const] : []),
    { column: 's.id', order: 'asc' },
  ];
  const limit = query.limit ?? DEFAULT_LIMIT;
  const page = filtered
    .innerJoin({ d: 'subscription_documents' }, 'd.id', 's.id')
    .select(SUBSCRIPTION_ROW_COLUMNS)
    .select(hiddenCount(knex, visibility))
    .select(columns.map(({ column }, index) => knex.ref(column).as(`sort_${index}`)))
    .limit(limit + 1);
  if (total) page.select(total);
  sortBy(page, columns);
  const name = `${sort}-${order}`;
  if (query.cursor !== undefined) {
    afterCursor(page, columns, decodeCursor(query.cursor, name, columns.length));
  }
  const rows: (SubscriptionRow & { [sortColumn: string]: unknown })[] = await page;
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: await toSubscriptionSummaries(knex, items, visibility),
    totalItems: total && rows[0] ? Number(rows[0].total) : await filters.count(),
    ...(rows.length > limit &&
      last && {
        nextCursor: encodeCursor({
          sort: name,
          values: columns.map(({ column }, index) => {
            const value = last[`sort_${index}`] as string | number;
            return column === 's.id' ? Number(value) : value;
          }),
        }),
      }),
  };
}

export async function toSubscriptionSummaries(
  knex: Knex,
  rows: readonly SubscriptionRow[],
  visibility: Visibility,
): Promise<SubscriptionSummary[]> {
  const eventTypes = await eventTypesOf(knex, rows, visibility);
  return rows.map(row => ({
    ...(JSON.parse(row.summary) as StoredSubscriptionSummary),
    eventTypes: eventTypes.get(Number(row.id)) ?? [],
    eventTypeCount: row.event_type_count - Number(row.hidden ?? 0),
    standing: row.standing,
  }));
}

async function eventTypesOf(
  knex: Knex,
  rows: readonly SubscriptionRow[],
  visibility: Visibility,
): Promise<ReadonlyMap<number, EventTypeRef[]>> {
  const numbered = knex({ l: 'subscription_event_types' })
    .join({ e: 'event_types' }, 'e.id', 'l.event_type_id')
    .whereRaw(
      whereIdIn(
        knex,
        'l.subscription_id',
        rows.map(row => Number(row.id)),
      ),
    )
    .select('l.subscription_id', 'e.source', 'e.detail_type')
    .select(knex.raw('row_number() OVER (PARTITION BY l.subscription_id ORDER BY e.name_key, e.id) AS position'));
  const visible = visibleEventTypes(knex, visibility);
  if (visible) numbered.whereRaw(visible);
  const found: { subscription_id: number | string; source: string; detail_type: string }[] = await knex
    .from(numbered.as('n'))
    .where('n.position', '<=', MAX_EVENT_TYPES)
    .orderBy(['n.subscription_id', 'n.position'])
    .select('n.subscription_id', 'n.source', 'n.detail_type');
  const byId = new Map<number, EventTypeRef[]>();
  for (const row of found) {
    const id = Number(row.subscription_id);
    const ref = { source: row.source, detailType: row.detail_type };
    const known = byId.get(id);
    if (known) known.push(ref);
    else byId.set(id, [ref]);
  }
  return byId;
}
