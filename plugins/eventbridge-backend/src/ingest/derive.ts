import type { Knex } from 'knex';
import { breathe, whereIdIn } from '../database/dialect';
import { inChunks } from './TableSync';

/** What follows from several tables at once. Each function takes the ids of the rows that may have changed. */

const CHUNK = 500;

/** Standing of subscriptions, from that of their rules, and how many event types there are that they take. */
export async function deriveSubscriptions(trx: Knex, ids: readonly number[]): Promise<void> {
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
    const count = trx.raw(`(
      SELECT count(*) FROM subscription_event_types AS l
      JOIN event_types AS e ON e.id = l.event_type_id
      WHERE l.subscription_id = subscriptions.id)`);
    await trx('subscriptions').whereRaw(whereIdIn(trx, 'id', chunk)).update({ standing, event_type_count: count });
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

interface Subscribers {
  readonly id: number | string;
  readonly services: number | string;
  readonly subscriptions: number | string;
  readonly known: number | string;
  readonly off: number | string;
  readonly undeclared: number | string;
}

/** Subscribers of event types: their number, the facets, and standing and health that follow. */
export async function deriveEventTypes(trx: Knex, ids: readonly number[], today: string): Promise<void> {
  for (const chunk of inChunks(ids, CHUNK)) {
    await replaceSubscriberFacets(trx, chunk);
    const own: { id: number | string; source_id: string; sunset: string | null; kind: string }[] = await trx({
      e: 'event_types',
    })
      .join({ s: 'sources' }, 's.id', 'e.source_id')
      .whereRaw(whereIdIn(trx, 'e.id', chunk))
      .select('e.id', 'e.sunset', 's.kind');
    const subscribers: Subscribers[] = await trx({ l: 'subscription_event_types' })
      .join({ s: 'subscriptions' }, 's.id', 'l.subscription_id')
      .whereRaw(whereIdIn(trx, 'l.event_type_id', chunk))
      .groupBy('l.event_type_id')
      .select({ id: 'l.event_type_id' })
      .select(
        trx.raw(`count(DISTINCT s.service) AS services`),
        trx.raw(`count(*) AS subscriptions`),
        trx.raw(`sum(CASE WHEN s.standing <> 'unknown' THEN 1 ELSE 0 END) AS known`),
        trx.raw(`sum(CASE WHEN s.standing IN ('drifted', 'declared-only') THEN 1 ELSE 0 END) AS off`),
        trx.raw(`sum(CASE WHEN s.standing = 'observed-only' THEN 1 ELSE 0 END) AS undeclared`),
      );
    const buses = await standingOfBuses(trx, chunk);
    const byId = new Map(subscribers.map(row => [Number(row.id), row]));
    const outcomes = new Map<string, { values: object; ids: number[] }>();
    for (const row of own) {
      const id = Number(row.id);
      const values = outcomeOf(row, byId.get(id), buses.get(id), today);
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
  const count = (key: Exclude<keyof Subscribers, 'id'>) => Number(subscribers?.[key] ?? 0);
  const off = count('off');
  const undeclared = count('undeclared');
  const standing = () => {
    if (row.kind === 'aws') return 'observed-only';
    if (off + undeclared > 0) return 'drifted';
    if (count('known') > 0) return 'in-sync';
    return busStanding ?? 'unknown';
  };
  const health = () => {
    if (row.sunset !== null && row.sunset < today && count('subscriptions') > 0) {
      return ['error', `Past its end on ${row.sunset} and still subscribed to`];
    }
    if (off > 0) return ['warning', `${plural(off, 'subscription')} other than on AWS`];
    if (undeclared > 0) return ['warning', `${plural(undeclared, 'subscription')} that nobody declared`];
    return [null, null];
  };
  const [health_level, health_message] = health();
  return { subscriber_count: count('services'), standing: standing(), health_level, health_message };
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

async function replaceSubscriberFacets(trx: Knex, ids: readonly number[]): Promise<void> {
  await trx('event_type_values')
    .whereIn('facet', ['subscriber', 'subscriberOwner'])
    .whereRaw(whereIdIn(trx, 'event_type_id', ids))
    .delete();
  for (const [facet, column] of [
    ['subscriber', 's.service'],
    ['subscriberOwner', 's.service_owner'],
  ] as const) {
    await trx.raw(
      `INSERT INTO event_type_values (facet, value, event_type_id)
       SELECT DISTINCT '${facet}', ${column}, l.event_type_id
       FROM subscription_event_types AS l JOIN subscriptions AS s ON s.id = l.subscription_id
       WHERE ?`,
      [whereIdIn(trx, 'l.event_type_id', ids)],
    );
  }
}
