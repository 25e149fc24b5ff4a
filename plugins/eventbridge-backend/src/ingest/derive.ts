import type { Standing } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn } from '../database/dialect';
import { refilling } from '../database/firstLoad';
import { EVENT_TYPE_VALUES, type RowOf } from '../database/tables';
import { inChunks } from './TableSync';

/** What follows from several tables at once. Each function takes the ids of the rows that may have changed. */

const CHUNK = 500;
const FACETS_AT_ONCE = 2000;

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
  const standingBuses = await namesOfStandingBuses(trx);
  const facets = new SubscriberFacets();
  for (const chunk of inChunks(ids, CHUNK)) {
    const subscribers = await readSubscribers(trx, chunk);
    if (!areFirst) await deleteSubscriberFacets(trx, chunk);
    facets.add(subscribers);
    const own: { id: number | string; source_id: string; sunset: string | null; kind: string }[] = await trx({
      e: 'event_types',
    })
      .join({ s: 'sources' }, 's.id', 'e.source_id')
      .whereRaw(whereIdIn(trx, 'e.id', chunk))
      .select('e.id', 'e.sunset', 's.kind');
    const published = await publishedOn(
      trx,
      standingBuses,
      chunk.filter(id => !subscribers.get(id)?.known),
    );
    const outcomes = new Map<string, { values: object; ids: number[] }>();
    for (const row of own) {
      const id = Number(row.id);
      const values = outcomeOf(row, subscribers.get(id), published.has(id), today);
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
  if (areFirst) await refilling(trx, ['event_type_values'], () => facets.write(trx));
  else await facets.write(trx);
}

function outcomeOf(
  row: { readonly sunset: string | null; readonly kind: string },
  subscribers: Subscribers | undefined,
  hasStandingBus: boolean,
  today: string,
) {
  const { off = 0, undeclared = 0, known = 0, subscriptions = 0 } = subscribers ?? {};
  const standing = () => {
    if (row.kind === 'aws') return 'observed-only';
    if (off + undeclared > 0) return 'drifted';
    if (known > 0) return 'in-sync';
    return hasStandingBus ? 'in-sync' : 'unknown';
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

async function namesOfStandingBuses(trx: Knex): Promise<readonly string[]> {
  const rows: { name: string }[] = await trx('buses').whereIn('standing', ['in-sync', 'drifted']).distinct('name');
  return rows.map(({ name }) => name);
}

/** Those of the event types that are published on one of the buses. */
async function publishedOn(trx: Knex, buses: readonly string[], ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (buses.length === 0 || ids.length === 0) return new Set();
  const rows: { event_type_id: number | string; facet: string; value: string }[] = await trx('event_type_values')
    .whereRaw(whereIdIn(trx, 'event_type_id', ids))
    .select('event_type_id', 'facet', 'value');
  const names = new Set(buses);
  // With the facet as a condition, SQLite would rather go through the buses of all event types.
  return new Set(
    rows.filter(({ facet, value }) => facet === 'bus' && names.has(value)).map(row => Number(row.event_type_id)),
  );
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

/** Who subscribes, as facets of event types. All are written together and in the order of their key, which is far faster. */
class SubscriberFacets {
  readonly #ids = { subscriber: new Map<string, number[]>(), subscriberOwner: new Map<string, number[]>() };

  add(subscribers: ReadonlyMap<number, Subscribers>): void {
    for (const [id, { services, owners }] of subscribers) {
      for (const value of services) addTo(this.#ids.subscriber, value, id);
      for (const value of owners) addTo(this.#ids.subscriberOwner, value, id);
    }
  }

  async write(trx: Knex): Promise<void> {
    for (const facet of ['subscriber', 'subscriberOwner'] as const) {
      let rows: RowOf<typeof EVENT_TYPE_VALUES>[] = [];
      for (const [value, ids] of [...this.#ids[facet]].sort(([a], [b]) => (a < b ? -1 : 1))) {
        for (const id of ids) rows.push({ facet, value, event_type_id: id });
        if (rows.length < FACETS_AT_ONCE) continue;
        await upsertRows(trx, EVENT_TYPE_VALUES, rows);
        await breathe();
        rows = [];
      }
      await upsertRows(trx, EVENT_TYPE_VALUES, rows);
    }
  }
}

function addTo(idsByValue: Map<string, number[]>, value: string, id: number): void {
  const ids = idsByValue.get(value);
  if (ids) ids.push(id);
  else idsByValue.set(value, [id]);
}
