import type { NameConstraint } from '@busline/event-pattern';
import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import { SUBSCRIPTION_EVENT_TYPES, type RowOf } from '../database/tables';
import { eventTypeId } from './eventTypeRecords';
import { patternFacts, type PatternFacts } from './patternFacts';
import { deleteById } from './TableSync';

/**
 * Which subscription takes which event type. A pattern that names both source and detail-type is linked by name, before
 * anybody declares the event type even; every other pattern is held against all event types that there are.
 */
export interface EventTypeIndex {
  /** Whether anybody declares the event type, or a registry has it. */
  has(id: number): boolean;
  idOf(ref: EventTypeRef): number;
  candidates(source: NameConstraint, detailType: NameConstraint): Iterable<EventTypeRef>;
}

export async function readEventTypeIndex(trx: Knex): Promise<EventTypeIndex> {
  const rows: { id: number | string; source: string; detail_type: string }[] = await trx('event_types').select(
    'id',
    'source',
    'detail_type',
  );
  const ids = new Map(rows.map(row => [keyOf(row.source, row.detail_type), Number(row.id)]));
  const present = new Set(ids.values());
  const all = rows.map(row => ({ source: row.source, detailType: row.detail_type }));
  const bySource = new Map<string, EventTypeRef[]>();
  for (const ref of all) {
    const known = bySource.get(ref.source);
    if (known) known.push(ref);
    else bySource.set(ref.source, [ref]);
  }
  return {
    has: id => present.has(id),
    idOf: ref => ids.get(keyOf(ref.source, ref.detailType)) ?? eventTypeId(ref),
    candidates: source => (source.kind === 'exact' ? bySource.get(source.value) ?? [] : all),
  };
}

function keyOf(source: string, detailType: string): string {
  return `${source.length} ${source}${detailType}`;
}

export type Link = RowOf<typeof SUBSCRIPTION_EVENT_TYPES>;

export function linksOf(subscriptionId: number, facts: PatternFacts, index: EventTypeIndex): Link[] {
  const links = new Map<number, Link>();
  const add = (ref: EventTypeRef, byName: boolean) => {
    const id = index.idOf(ref);
    if (!links.has(id)) {
      links.set(id, { subscription_id: subscriptionId, event_type_id: id, by_name: byName, major: facts.major });
    }
  };
  for (const ref of facts.named) add(ref, true);
  for (const { source, detailType } of facts.open) {
    for (const ref of index.candidates(source, detailType)) {
      if (facts.couldMatch(ref)) add(ref, false);
    }
  }
  return [...links.values()];
}

/** Writes all links of these subscriptions. Gives the event types that are touched, before or after. */
export async function replaceLinks(
  trx: Knex,
  ids: readonly number[],
  links: readonly Link[],
): Promise<ReadonlySet<number>> {
  const touched = new Set<number>();
  if (ids.length === 0) return touched;
  const before: { event_type_id: number | string }[] = await trx('subscription_event_types')
    .whereRaw(whereIdIn(trx, 'subscription_id', ids))
    .distinct('event_type_id');
  for (const row of before) touched.add(Number(row.event_type_id));
  await deleteById(trx, 'subscription_event_types', 'subscription_id', ids);
  await writeLinks(trx, links);
  for (const link of links) touched.add(link.event_type_id!);
  return touched;
}

export async function writeLinks(trx: Knex, links: readonly Link[]): Promise<void> {
  await upsertRows(trx, SUBSCRIPTION_EVENT_TYPES, links);
}

/**
 * After event types came or went: links those subscriptions again whose patterns do not name every event type.
 * Gives the ids of subscriptions and event types that may have changed.
 */
export async function relinkOpenPatterns(
  trx: Knex,
  index: EventTypeIndex,
): Promise<{ readonly subscriptions: readonly number[]; readonly eventTypes: ReadonlySet<number> }> {
  const rows: { id: number | string; major: number; detail: string }[] = await trx({ s: 'subscriptions' })
    .join({ d: 'subscription_documents' }, 'd.id', 's.id')
    .where('s.by_name', false)
    .select('s.id', 's.major', 'd.detail');
  const subscriptions = rows.map(row => Number(row.id));
  const links = rows.flatMap(row => {
    const { pattern } = JSON.parse(row.detail) as { pattern: object };
    return linksOf(Number(row.id), { ...patternFacts(pattern, undefined), major: row.major }, index);
  });
  return { subscriptions, eventTypes: await replaceLinks(trx, subscriptions, links) };
}
