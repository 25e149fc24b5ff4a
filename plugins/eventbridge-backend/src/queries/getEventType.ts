import { NotFoundError } from '@backstage/errors';
import {
  toEntityRef,
  type EventTypeDetail,
  type EventTypeRef,
  type Json,
  type SchemaVersionDetail,
  type SchemaVersionSummary,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { eventTypeId, type StoredDetail } from '../ingest/eventTypeRecords';
import { EVENT_TYPE_ROW_COLUMNS, toEventTypeSummary, type EventTypeRow } from './listEventTypes';
import { visibleEventTypes, type Visibility } from './visibility';

/**
 * GET /event-types/:source/:detailType. Throws `NotFoundError`, also for what may not be seen.
 * @param inCatalog - event types of which classifications are entities in the catalog
 */
export async function getEventType(
  knex: Knex,
  ref: EventTypeRef,
  visibility: Visibility,
  inCatalog: readonly string[],
): Promise<EventTypeDetail> {
  const row: (EventTypeRow & { detail: string }) | undefined = await oneEventType(knex, ref, visibility)
    .innerJoin({ d: 'event_type_documents' }, 'd.id', 'e.id')
    .first(...EVENT_TYPE_ROW_COLUMNS, 'd.detail');
  if (!row) throw noSuchEventType(ref);

  const { deprecation, evolution: _, ...detail } = JSON.parse(row.detail) as StoredDetail;
  const summary = toEventTypeSummary(row);
  return {
    ...summary,
    ...detail,
    ...(inCatalog.includes(summary.classification) && { entityRef: toEntityRef(ref) }),
    ...(deprecation && { deprecation: await withVisibleReplacement(knex, deprecation, visibility) }),
    versions: await listVersions(knex, Number(row.id)),
  };
}

/** GET /event-types/:source/:detailType/versions/:version. Throws `NotFoundError`. */
export async function getSchemaVersion(
  knex: Knex,
  ref: EventTypeRef,
  version: string,
  visibility: Visibility,
): Promise<SchemaVersionDetail> {
  const eventType: { id: number | string } | undefined = await oneEventType(knex, ref, visibility).first('e.id');
  if (!eventType) throw noSuchEventType(ref);
  const row: { summary: string; schema: string; examples: string } | undefined = await knex('schema_versions')
    .where({ event_type_id: eventType.id, version })
    .first('summary', 'schema', 'examples');
  if (!row) throw new NotFoundError(`${ref.source} "${ref.detailType}" has no version ${version}`);
  const versions = await listVersions(knex, Number(eventType.id));
  return {
    ...versions.find(summary => summary.version === version)!,
    schema: JSON.parse(row.schema) as Json,
    examples: JSON.parse(row.examples),
  };
}

export function oneEventType(knex: Knex, ref: EventTypeRef, visibility: Visibility): Knex.QueryBuilder {
  const query = knex({ e: 'event_types' }).where('e.id', eventTypeId(ref));
  const visible = visibleEventTypes(knex, visibility);
  return visible ? query.whereRaw(visible) : query;
}

export function noSuchEventType(ref: EventTypeRef): NotFoundError {
  return new NotFoundError(`There is no event type ${ref.source} "${ref.detailType}", or you may not see it`);
}

async function listVersions(knex: Knex, id: number): Promise<SchemaVersionSummary[]> {
  const rows: { summary: string }[] = await knex('schema_versions')
    .where({ event_type_id: id })
    .orderBy('version_key', 'desc')
    .select('summary');
  // A subscription counts once, in however many environments it is.
  const links: { major: number; subscribers: number | string }[] = await knex({ l: 'subscription_event_types' })
    .join({ s: 'subscriptions' }, 's.id', 'l.subscription_id')
    .where('l.event_type_id', id)
    .groupBy('l.major')
    .select('l.major')
    .select(knex.raw(`count(DISTINCT s.service || ' ' || s.name) AS subscribers`));
  const byMajor = new Map(links.map(link => [Number(link.major), Number(link.subscribers)]));
  return rows.map(row => {
    const summary = JSON.parse(row.summary) as Omit<SchemaVersionSummary, 'subscriberCount'>;
    const major = Number.parseInt(summary.version, 10);
    return { ...summary, subscriberCount: (byMajor.get(major) ?? 0) + (byMajor.get(-1) ?? 0) };
  });
}

/** A replacement that the person may not see is not named. */
async function withVisibleReplacement(
  knex: Knex,
  deprecation: NonNullable<EventTypeDetail['deprecation']>,
  visibility: Visibility,
) {
  const { replacement, ...rest } = deprecation;
  if (!replacement || visibility.kind === 'all') return deprecation;
  const visible = await oneEventType(knex, replacement, visibility).first('e.id');
  return visible ? deprecation : rest;
}
