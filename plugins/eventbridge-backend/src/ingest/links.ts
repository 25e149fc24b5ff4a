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
  candidates(source: NameConstraint, detailType: NameConstraint): Iterable<EventTypeRef>;
}

export async function readEventTypeIndex(trx: Knex): Promise<EventTypeIndex> {
  const rows: { source: string; detail_type: string }[] = await trx('event_types').select('source', 'detail_type');
  const all = rows.map(row => ({ source: row.source, detailType: row.detail_type }));
  const bySource = new Map<string, EventTypeRef[]>();
  for (const ref of all) {
    const known = bySource.get(ref.source);
    if (known) known.push(ref);
    else bySource.set(ref.source, [ref]);
  }
  return {
    candidates: source => (source.kind === 'exact' ? bySource.get(source.value) ?? [] : all),
  };
}

type Link = RowOf<typeof SUBSCRIPTION_EVENT_TYPES>;

export function linksOf(subscriptionId: number, facts: PatternFacts, index: EventTypeIndex): Link[] {
  const links = new Map<number, Link>();
  const add = (ref: EventTypeRef, byName: boolean) => {
    const id = eventTypeId(ref);
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

/** Writes the links of changed subscriptions. Gives the event types that are touched, before or after. */
export async function writeLinks(
  trx: Knex,
  records: readonly { readonly row: { readonly id: number | null }; readonly facts: PatternFacts }[],
  index: EventTypeIndex,
): Promise<ReadonlySet<number>> {
  const touched = new Set<number>();
  if (records.length === 0) return touched;
  const ids = records.map(({ row }) => row.id!);
  const before: { event_type_id: number | string }[] = await trx('subscription_event_types')
    .whereRaw(whereIdIn(trx, 'subscription_id', ids))
    .distinct('event_type_id');
  for (const row of before) touched.add(Number(row.event_type_id));
  await deleteById(trx, 'subscription_event_types', 'subscription_id', ids);
  const links = records.flatMap(({ row, facts }) => linksOf(row.id!, facts, index));
  await upsertRows(trx, SUBSCRIPTION_EVENT_TYPES, links);
  for (const link of links) touched.add(link.event_type_id!);
  return touched;
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
  const records = rows.map(row => {
    const { pattern } = JSON.parse(row.detail) as { pattern: object };
    return { row: { id: Number(row.id) }, facts: { ...patternFacts(pattern, undefined), major: row.major } };
  });
  const eventTypes = await writeLinks(trx, records, index);
  return { subscriptions: records.map(({ row }) => row.id), eventTypes };
}
