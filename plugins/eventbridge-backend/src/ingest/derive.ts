import type { Standing } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn } from '../database/dialect';
import { EVENT_TYPE_VALUES, type RowOf } from '../database/tables';
import { inChunks } from './TableSync';

/** What follows from several tables at once. Each function takes the ids of the rows that may have changed. */

const CHUNK = 500;

/** Standing of subscriptions, from that of their rules. */
export async function deriveStandings(trx: Knex, ids: readonly number[]): Promise<void> {
  for (const chunk of inChunks(ids, CHUNK)) {
    const standing = trx.raw(`(
      SELECT CASE
        WHEN count(*) = 0 THEN 'unknown'
        WHEN sum(CASE WHEN r.standing = 'drifted' THEN 1 ELSE 0 END) > 0 THEN 'drifted'
        WHEN sum(CASE WHEN r.standing = 'in-sync' THEN 1 ELSE 0 END) = count(*) THEN 'in-sync'
        WHEN sum(CASE WHEN r.standing = 'observed-only' THEN 1 ELSE 0 END) = count(*) THEN 'observed-only'
        WHEN sum(CASE WHEN r.standing = 'declared-only' THEN 1 ELSE 0 END) = 0 THEN 'unknown'
        WHEN sum(CASE WHEN r.standing IN ('in-sync', 'observed-only') THEN 1 ELSE 0 END) = 0 THEN 'declared-only'
        ELSE 'drifted'
      END
      FROM subscription_rules AS h JOIN rules AS r ON r.id = h.rule_id
      WHERE h.subscription_id = subscriptions.id)`);
    await trx('subscriptions').whereRaw(whereIdIn(trx, 'id', chunk)).update({ standing });
    await breathe();
  }
}

/** How many event types there are that subscriptions take. */
export async function countEventTypes(trx: Knex, ids: readonly number[]): Promise<void> {
  for (const chunk of inChunks(ids, CHUNK)) {
    const count = trx.raw(`(
      SELECT count(*) FROM subscription_event_types AS l
      JOIN event_types AS e ON e.id = l.event_type_id
      WHERE l.subscription_id = subscriptions.id)`);
    await trx('subscriptions').whereRaw(whereIdIn(trx, 'id', chunk)).update({ event_type_count: count });
    await breathe();
  }
}

/** Subscriptions that take one of these event types. */
export async function subscriptionsOfEventTypes(trx: Knex, eventTypeIds: readonly number[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const chunk of inChunks(eventTypeIds, CHUNK)) {
    const rows: { subscription_id: number | string }[] = await trx('subscription_event_types')
      .whereRaw(whereIdIn(trx, 'event_type_id', chunk))
      .distinct('subscription_id');
    for (const row of rows) ids.add(Number(row.subscription_id));
    await breathe();
  }
  return [...ids];
}

/** Event types that one of these subscriptions takes. */
export async function eventTypesOfSubscriptions(trx: Knex, subscriptionIds: readonly number[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const chunk of inChunks(subscriptionIds, CHUNK)) {
    const rows: { event_type_id: number | string }[] = await trx('subscription_event_types')
      .whereRaw(whereIdIn(trx, 'subscription_id', chunk))
      .distinct('event_type_id');
    for (const row of rows) ids.add(Number(row.event_type_id));
    await breathe();
  }
  return [...ids];
}

/** Who subscribes to one event type, counted. */
interface Subscribers {
  readonly services: Set<string>;
  readonly owners: Set<string>;
  subscriptions: number;
  known: number;
  off: number;
  undeclared: number;
}

/** Subscribers of event types: their number, the facets, and standing and health that follow. */
export async function deriveEventTypes(trx: Knex, ids: readonly number[], today: string): Promise<void> {
  const areFirst = (await trx('event_type_values').where({ facet: 'subscriber' }).first('facet')) === undefined;
  for (const chunk of inChunks(ids, CHUNK)) {
    const subscribers = await readSubscribers(trx, chunk);
    if (!areFirst) await deleteSubscriberFacets(trx, chunk);
    await writeSubscriberFacets(trx, subscribers);
    const own: { id: number | string; source_id: string; sunset: string | null; kind: string }[] = await trx({
      e: 'event_types',
    })
      .join({ s: 'sources' }, 's.id', 'e.source_id')
      .whereRaw(whereIdIn(trx, 'e.id', chunk))
      .select('e.id', 'e.sunset', 's.kind');
    const buses = await standingOfBuses(trx, chunk);
    const outcomes = new Map<string, { values: object; ids: number[] }>();
    for (const row of own) {
      const id = Number(row.id);
      const values = outcomeOf(row, subscribers.get(id), buses.get(id), today);
      const key = JSON.stringify(values);
      const known = outcomes.get(key);
      if (known) known.ids.push(id);
      else outcomes.set(key, { values, ids: [id] });
    }
    for (const { values, ids: same } of outcomes.values()) {
      await trx('event_types').whereRaw(whereIdIn(trx, 'id', same)).update(values);
    }
    await breathe();
  }
}

function outcomeOf(
  row: { readonly sunset: string | null; readonly kind: string },
  subscribers: Subscribers | undefined,
  busStanding: string | undefined,
  today: string,
) {
  const { off = 0, undeclared = 0, known = 0, subscriptions = 0 } = subscribers ?? {};
  const standing = () => {
    if (row.kind === 'aws') return 'observed-only';
    if (off + undeclared > 0) return 'drifted';
    if (known > 0) return 'in-sync';
    return busStanding ?? 'unknown';
  };
  const health = () => {
    if (row.sunset !== null && row.sunset < today && subscriptions > 0) {
      return ['error', `Past its end on ${row.sunset} and still subscribed to`];
    }
    if (off > 0) return ['warning', `${plural(off, 'subscription')} other than on AWS`];
    if (undeclared > 0) return ['warning', `${plural(undeclared, 'subscription')} that nobody declared`];
    return [null, null];
  };
  const [health_level, health_message] = health();
  return { subscriber_count: subscribers?.services.size ?? 0, standing: standing(), health_level, health_message };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Of event types without subscribers: whether a bus stands on which they are published. */
async function standingOfBuses(trx: Knex, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows: { id: number | string; standing: string }[] = await trx({ v: 'event_type_values' })
    .join({ b: 'buses' }, 'b.name', 'v.value')
    .where('v.facet', 'bus')
    .whereRaw(whereIdIn(trx, 'v.event_type_id', ids))
    .whereIn('b.standing', ['in-sync', 'drifted'])
    .groupBy('v.event_type_id')
    .select({ id: 'v.event_type_id' })
    .select(trx.raw(`'in-sync' AS standing`));
  return new Map(rows.map(row => [Number(row.id), row.standing]));
}

async function readSubscribers(trx: Knex, ids: readonly number[]): Promise<ReadonlyMap<number, Subscribers>> {
  const rows: { id: number | string; service: string; service_owner: string; standing: Standing }[] = await trx({
    l: 'subscription_event_types',
  })
    .join({ s: 'subscriptions' }, 's.id', 'l.subscription_id')
    .whereRaw(whereIdIn(trx, 'l.event_type_id', ids))
    .select({ id: 'l.event_type_id' }, 's.service', 's.service_owner', 's.standing');
  const byId = new Map<number, Subscribers>();
  for (const { id, service, service_owner: owner, standing } of rows) {
    const known = byId.get(Number(id)) ?? noSubscribers();
    byId.set(Number(id), known);
    known.services.add(service);
    known.owners.add(owner);
    known.subscriptions += 1;
    if (standing !== 'unknown') known.known += 1;
    if (standing === 'drifted' || standing === 'declared-only') known.off += 1;
    if (standing === 'observed-only') known.undeclared += 1;
  }
  return byId;
}

function noSubscribers(): Subscribers {
  return { services: new Set(), owners: new Set(), subscriptions: 0, known: 0, off: 0, undeclared: 0 };
}

async function deleteSubscriberFacets(trx: Knex, ids: readonly number[]): Promise<void> {
  await trx('event_type_values')
    .whereIn('facet', ['subscriber', 'subscriberOwner'])
    .whereRaw(whereIdIn(trx, 'event_type_id', ids))
    .delete();
}

async function writeSubscriberFacets(trx: Knex, subscribers: ReadonlyMap<number, Subscribers>): Promise<void> {
  const rows: RowOf<typeof EVENT_TYPE_VALUES>[] = [];
  for (const [id, { services, owners }] of subscribers) {
    for (const value of services) rows.push({ facet: 'subscriber', value, event_type_id: id });
    for (const value of owners) rows.push({ facet: 'subscriberOwner', value, event_type_id: id });
  }
  await upsertRows(trx, EVENT_TYPE_VALUES, rows);
}
