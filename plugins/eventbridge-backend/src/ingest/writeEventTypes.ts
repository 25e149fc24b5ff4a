import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import { deleteSearchTexts, writeSearchTexts } from '../database/search';
import { EVENT_TYPES, EVENT_TYPE_DOCUMENTS, EVENT_TYPE_VALUES, SCHEMA_VERSIONS } from '../database/tables';
import type { EventTypeRecord } from './eventTypeRecords';
import { deleteById, syncRows, type SyncResult } from './syncRows';

/** Facets that come from the declaration itself; the others are derived from subscriptions. */
const OWN_FACETS = ['publisher', 'bus', 'tag'];

/** Makes the event types of one source equal to `records`, in all their tables. */
export async function writeEventTypes(
  trx: Knex,
  sourceId: string,
  records: readonly EventTypeRecord[],
): Promise<SyncResult> {
  const result = await syncRows(trx, EVENT_TYPES, sourceId, records.map(record => record.row));
  const written = records.filter(record => result.changed.has(record.row.id!));
  await deleteById(trx, 'event_type_documents', 'id', result.deleted);
  await deleteById(trx, 'event_type_values', 'event_type_id', result.deleted);
  await deleteById(trx, 'subscription_event_types', 'event_type_id', result.deleted);
  await deleteSearchTexts(trx, 'event_type_search', result.deleted);

  await upsertRows(trx, EVENT_TYPE_DOCUMENTS, written.map(record => record.document));
  await replaceValues(trx, written);
  await writeSearchTexts(trx, 'event_type_search', written.map(record => record.search));
  await syncRows(trx, SCHEMA_VERSIONS, sourceId, records.flatMap(record => record.versions));
  return result;
}

async function replaceValues(trx: Knex, records: readonly EventTypeRecord[]): Promise<void> {
  const ids = records.map(record => record.row.id!);
  if (ids.length === 0) return;
  await trx('event_type_values')
    .whereIn('facet', OWN_FACETS)
    .whereRaw(whereIdIn(trx, 'event_type_id', ids))
    .delete();
  await upsertRows(trx, EVENT_TYPE_VALUES, records.flatMap(record => record.values));
}
