import type { EventType } from '@busline/event-repository';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn } from '../database/dialect';
import { contentHash } from '../database/ids';
import { filling, isEmpty } from '../database/firstLoad';
import { addSearchTexts, deleteSearchTexts } from '../database/search';
import { EVENT_TYPES, EVENT_TYPE_DOCUMENTS, EVENT_TYPE_VALUES, SCHEMA_VERSIONS } from '../database/tables';
import type { DeclaredContext } from './declaredContext';
import { eventTypeId, toEventTypeRecord, type EventTypeRecord } from './eventTypeRecords';
import { chunksById, deleteById, TableSync } from './TableSync';

/** Facets that come from the declaration itself; the others are derived from subscriptions. */
const OWN_FACETS = ['publisher', 'bus', 'tag'];
/** Event types whose rows are made at once. */
const CHUNK = 100;

export interface EventTypeChanges {
  readonly added: readonly number[];
  readonly changed: readonly number[];
  readonly deleted: readonly number[];
  /** Event types that a source before this one has already. */
  readonly shadowed: readonly EventType[];
}

/** Makes the event types of one source equal to those that it declares, in all their tables. */
export async function writeEventTypes(
  trx: Knex,
  context: DeclaredContext,
  eventTypes: readonly EventType[],
): Promise<EventTypeChanges> {
  const { sourceId } = context;
  const rows = await TableSync.open(trx, 'event_types', sourceId);
  const versions = await TableSync.open(trx, 'schema_versions', sourceId);
  const taken = await idsOfSourcesBefore(trx, sourceId);
  const shadowed: EventType[] = [];
  const areNew = await isEmpty(trx, 'event_types');
  await filling(trx, ['event_types', 'event_type_values', 'schema_versions'], async () => {
    for (const chunk of chunksById(eventTypes, eventTypeId, CHUNK)) {
      const changed: Pending[] = [];
      for (const { id, item: eventType } of chunk) {
        if (taken.has(id)) {
          shadowed.push(eventType);
          continue;
        }
        const { hashes, record } = remembered(eventType, context);
        const isRowChanged = rows.isChanged(hashes.id, hashes.row);
        const changedVersions = hashes.versions.filter(version => versions.isChanged(version.id, version.hash));
        if (isRowChanged || changedVersions.length > 0) {
          changed.push({
            record: record ?? toEventTypeRecord(eventType, context),
            isRowChanged,
            versionIds: new Set(changedVersions.map(version => version.id)),
          });
        }
      }
      await writeChunk(trx, sourceId, changed, areNew);
      await breathe();
    }
  });
  const deleted = await rows.deleteRest();
  await versions.deleteRest();
  await deleteBeside(trx, deleted);
  return { added: rows.added, changed: rows.changed, deleted, shadowed };
}

interface Pending {
  readonly record: EventTypeRecord;
  readonly isRowChanged: boolean;
  readonly versionIds: ReadonlySet<number>;
}

async function writeChunk(trx: Knex, sourceId: string, changed: readonly Pending[], areNew: boolean): Promise<void> {
  const records = changed.filter(pending => pending.isRowChanged).map(pending => pending.record);
  const ids = records.map(({ row }) => row.id!);
  if (ids.length > 0 && !areNew) {
    // Of an event type that a source further back had until now.
    await trx('schema_versions')
      .whereNot({ source_id: sourceId })
      .whereRaw(whereIdIn(trx, 'event_type_id', ids))
      .delete();
    await trx('event_type_values').whereIn('facet', OWN_FACETS).whereRaw(whereIdIn(trx, 'event_type_id', ids)).delete();
    await deleteSearchTexts(trx, 'event_type_search', ids);
  }
  await upsertRows(
    trx,
    EVENT_TYPES,
    records.map(({ row }) => row),
  );
  await upsertRows(
    trx,
    EVENT_TYPE_DOCUMENTS,
    records.map(({ document }) => document),
  );
  await upsertRows(
    trx,
    EVENT_TYPE_VALUES,
    records.flatMap(({ values }) => values),
  );
  await addSearchTexts(
    trx,
    'event_type_search',
    records.map(({ search }) => search),
  );
  await upsertRows(
    trx,
    SCHEMA_VERSIONS,
    changed.flatMap(({ record, versionIds }) => record.versions.filter(({ id }) => versionIds.has(id!))),
  );
}

export async function deleteBeside(trx: Knex, ids: readonly number[]): Promise<void> {
  await deleteById(trx, 'event_type_documents', 'id', ids);
  await deleteById(trx, 'event_type_values', 'event_type_id', ids);
  await deleteSearchTexts(trx, 'event_type_search', ids);
}

async function idsOfSourcesBefore(trx: Knex, sourceId: string): Promise<ReadonlySet<number>> {
  const rows: { id: number | string }[] = await trx({ e: 'event_types' })
    .join({ s: 'sources' }, 's.id', 'e.source_id')
    .where('s.position', '<', trx('sources').select('position').where({ id: sourceId }))
    .select('e.id');
  return new Set(rows.map(row => Number(row.id)));
}

interface Hashes {
  readonly id: number;
  readonly row: string;
  readonly versions: readonly { readonly id: number; readonly hash: string }[];
}

/**
 * Hashes of event types that this process has seen before. The reader of event repositories gives the same object for
 * an event type that did not change; what else its rows say is compared in `uses`. Losing the memory costs time only.
 */
const memory = new WeakMap<EventType, { readonly uses: string; readonly hashes: Hashes }>();

function remembered(eventType: EventType, context: DeclaredContext): { hashes: Hashes; record?: EventTypeRecord } {
  const uses = contentHash(context.usesOf(eventType));
  const known = memory.get(eventType);
  if (known?.uses === uses) return { hashes: known.hashes };
  const record = toEventTypeRecord(eventType, context);
  const hashes: Hashes = {
    id: record.row.id!,
    row: record.row.hash!,
    versions: record.versions.map(version => ({ id: version.id!, hash: version.hash! })),
  };
  memory.set(eventType, { uses, hashes });
  return { hashes, record };
}
