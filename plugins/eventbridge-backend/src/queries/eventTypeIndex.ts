import type { Service } from '@busline/event-repository';
import type { IndexedEventType, Page } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn } from '../database/dialect';
import type { StoredDetail } from '../ingest/eventTypeRecords';
import { decodeCursor, encodeCursor } from './keyset';
import { EVENT_TYPE_ROW_COLUMNS, toEventTypeSummary, type EventTypeRow } from './listEventTypes';
import { visibleEventTypes, type Visibility } from './visibility';

const DEFAULT_LIMIT = 100;

/** GET /event-type-index */
export async function listEventTypeIndex(
  knex: Knex,
  query: { readonly cursor?: string; readonly limit?: number },
  visibility: Visibility,
): Promise<Page<IndexedEventType>> {
  const filtered = knex({ e: 'event_types' });
  const visible = visibleEventTypes(knex, visibility);
  if (visible) filtered.whereRaw(visible);
  const [{ total }] = await filtered.clone().count({ total: '*' });

  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor !== undefined) filtered.where('e.id', '>', decodeCursor(query.cursor, 'index', 1).values[0]!);
  const rows: (EventTypeRow & { detail: string; fields: string })[] = await filtered
    .join({ d: 'event_type_documents' }, 'd.id', 'e.id')
    .orderBy('e.id')
    .limit(limit + 1)
    .select(...EVENT_TYPE_ROW_COLUMNS, 'd.detail', 'd.fields');
  const items = rows.slice(0, limit);
  const services = await readServices(knex);
  const subscribers = await subscribersOf(
    knex,
    items.map(row => Number(row.id)),
  );
  return {
    items: items.map(row => toIndexed(row, subscribers.get(Number(row.id)) ?? [], services)),
    totalItems: Number(total),
    ...(rows.length > limit && { nextCursor: encodeCursor({ sort: 'index', values: [Number(items.at(-1)!.id)] }) }),
  };
}

function toIndexed(
  row: EventTypeRow & { readonly detail: string; readonly fields: string },
  subscribers: readonly string[],
  services: ReadonlyMap<string, Service>,
): IndexedEventType {
  const summary = toEventTypeSummary(row);
  const { description } = JSON.parse(row.detail) as StoredDetail;
  const refsOf = (names: readonly string[]) => names.flatMap(name => services.get(name)?.component ?? []);
  const system = summary.publishers.map(name => services.get(name)?.system).find(name => name !== undefined);
  return {
    ...summary,
    description,
    fields: JSON.parse(row.fields) as string[],
    publisherRefs: refsOf(summary.publishers),
    subscriberRefs: refsOf(subscribers),
    ...(system !== undefined && { system }),
  };
}

async function readServices(knex: Knex): Promise<ReadonlyMap<string, Service>> {
  const rows: { document: string }[] = await knex('services').select('document');
  return new Map(
    rows.map(row => {
      const service = JSON.parse(row.document) as Service;
      return [service.name, service] as const;
    }),
  );
}

async function subscribersOf(knex: Knex, ids: readonly number[]): Promise<ReadonlyMap<number, string[]>> {
  const rows: { event_type_id: number | string; value: string }[] = await knex('event_type_values')
    .where({ facet: 'subscriber' })
    .whereRaw(whereIdIn(knex, 'event_type_id', ids))
    .orderBy('value')
    .select('event_type_id', 'value');
  const byId = new Map<number, string[]>();
  for (const row of rows) {
    const id = Number(row.event_type_id);
    byId.set(id, [...(byId.get(id) ?? []), row.value]);
  }
  return byId;
}
