import { evolutionPolicyOf, type EventType, type SchemaVersion, type Service } from '@busline/event-repository';
import { listFieldPaths } from '@busline/json-schema';
import type {
  CompatibilityException,
  EventTypeDetail,
  EventTypeRef,
  EventTypeSummary,
  EvolutionRules,
  ServiceSummary,
} from '@busline/plugin-eventbridge-common';
import { contentHash, rowId } from '../database/ids';
import type { SearchTexts } from '../database/search';
import type { EVENT_TYPES, EVENT_TYPE_DOCUMENTS, EVENT_TYPE_VALUES, RowOf, SCHEMA_VERSIONS } from '../database/tables';
import type { DeclaredContext } from './declaredContext';
import { toKey, toSortKey, toSummary, toVersionKey } from './texts';

/** What the database holds of one event type, in all its tables. */
export interface EventTypeRecord {
  readonly row: RowOf<typeof EVENT_TYPES>;
  readonly document: RowOf<typeof EVENT_TYPE_DOCUMENTS>;
  readonly values: readonly RowOf<typeof EVENT_TYPE_VALUES>[];
  readonly versions: readonly RowOf<typeof SCHEMA_VERSIONS>[];
  readonly search: SearchTexts;
}

/** The part of a summary that stands in the document; the rest is derived and stands in columns. */
export type StoredSummary = Omit<EventTypeSummary, 'standing' | 'health' | 'subscriberCount' | 'matchedFields'>;
/** The part of a detail that stands in the document. */
export type StoredDetail = Pick<
  EventTypeDetail,
  'description' | 'links' | 'personalData' | 'eventPaths' | 'deprecation' | 'buses' | 'declaredAt'
> & { readonly publisherServices: readonly ServiceSummary[]; readonly evolution?: StoredEvolution };

/** What its versions keep; absent where nobody says anything. */
export type StoredEvolution = EvolutionRules & { readonly exceptions: readonly CompatibilityException[] };

/** The same in every source, so that subscriptions can name event types before anybody declares them. */
export function eventTypeId(ref: EventTypeRef): number {
  return rowId('event-type', ref.source, ref.detailType);
}

/** One declared event type as rows. */
export function toEventTypeRecord(eventType: EventType, context: DeclaredContext): EventTypeRecord {
  const id = eventTypeId(eventType);
  const publishers = context.publishersOf(eventType);
  const newest = eventType.versions.at(-1);
  const domain = eventType.domain === undefined ? undefined : context.domain(eventType.domain);
  const buses = context.busesOf(publishers);
  const fields = newest ? fieldPaths(newest) : [];

  const summary: StoredSummary = {
    source: eventType.source,
    detailType: eventType.detailType,
    title: eventType.title,
    summary: toSummary(eventType.description),
    ...(domain && { domain: { name: domain.name, title: domain.title } }),
    owner: eventType.owner,
    lifecycle: eventType.lifecycle,
    classification: eventType.classification,
    ...(newest && { version: newest.version }),
    versionCount: eventType.versions.length,
    publishers: publishers.map(service => service.name),
    tags: eventType.tags,
    origin: context.sourceTitle,
  };
  const detail: StoredDetail = {
    description: eventType.description,
    links: eventType.links,
    personalData: eventType.personalData,
    eventPaths: eventType.eventPaths,
    ...(eventType.deprecation && { deprecation: eventType.deprecation }),
    publisherServices: publishers.map(toServiceSummary),
    buses,
    declaredAt: context.declaredAt(eventType.place),
    ...evolutionOf(eventType, context),
  };
  const document = {
    id,
    summary: JSON.stringify(summary),
    detail: JSON.stringify(detail),
    fields: JSON.stringify(fields),
  };
  return {
    row: {
      id,
      source_id: context.sourceId,
      hash: contentHash(`${context.sourceId}${document.summary}${document.detail}${document.fields}`),
      source: eventType.source,
      detail_type: eventType.detailType,
      domain: toKey(eventType.domain ?? ''),
      owner: toKey(eventType.owner.toLowerCase()),
      lifecycle: eventType.lifecycle,
      classification: eventType.classification,
      name_key: toSortKey(eventType.detailType),
      source_key: toSortKey(eventType.source),
      owner_key: toSortKey(eventType.owner),
      publisher_key: toSortKey(publishers[0]?.name ?? ''),
      version_key: newest ? toVersionKey(newest.version) : '',
      folder: folderOf(eventType.place.file),
      sunset: eventType.deprecation?.sunset ?? null,
    },
    document,
    values: [
      ...facetValues(
        id,
        'publisher',
        publishers.map(service => service.name),
      ),
      ...facetValues(
        id,
        'bus',
        buses.map(bus => bus.name),
      ),
      ...facetValues(id, 'tag', eventType.tags),
    ],
    versions: eventType.versions.map(version => toVersionRow(id, version, context.sourceId)),
    search: {
      id,
      name: [eventType.source, eventType.detailType],
      about: [
        eventType.title,
        // Nobody looks for `group` or `default`.
        eventType.owner.slice(eventType.owner.lastIndexOf('/') + 1),
        domain ? `${domain.name} ${domain.title}` : '',
        ...eventType.tags,
        ...publishers.map(service => `${service.name} ${service.title}`),
      ],
      body: [eventType.description],
      fields,
    },
  };
}

function evolutionOf(eventType: EventType, { repository }: DeclaredContext): Pick<StoredDetail, 'evolution'> {
  const policy = evolutionPolicyOf(repository, eventType);
  const exceptions = eventType.exceptions ?? [];
  if (policy.origin === 'default' && policy.contentModel === 'closed-world' && exceptions.length === 0) return {};
  return { evolution: { ...policy, exceptions } };
}

function toVersionRow(eventTypeRowId: number, version: SchemaVersion, sourceId: string): RowOf<typeof SCHEMA_VERSIONS> {
  const summary = JSON.stringify({
    version: version.version,
    ...(version.released !== undefined && { released: version.released }),
    ...(version.notes !== undefined && { notes: version.notes }),
    exampleCount: version.examples.length,
    size: version.size,
  });
  const schema = JSON.stringify(version.schema);
  const examples = JSON.stringify(version.examples.map(({ name, value }) => ({ name, value })));
  return {
    id: rowId('schema-version', String(eventTypeRowId), version.version),
    source_id: sourceId,
    hash: contentHash(`${summary}\n${schema}\n${examples}`),
    event_type_id: eventTypeRowId,
    version: version.version,
    version_key: toVersionKey(version.version),
    summary,
    schema,
    examples,
  };
}

export function facetValues(id: number, facet: string, values: readonly string[]): RowOf<typeof EVENT_TYPE_VALUES>[] {
  return [...new Set(values.map(toKey))].map(value => ({ facet, value, event_type_id: id }));
}

export function toServiceSummary(service: Service): ServiceSummary {
  return {
    name: service.name,
    title: service.title,
    owner: service.owner,
    ...(service.domain !== undefined && { domain: service.domain }),
    ...(service.component !== undefined && { entityRef: service.component }),
  };
}

/** Paths for the search; a schema that cannot be read has none (its problem is reported by the repository's check). */
function fieldPaths(version: SchemaVersion): readonly string[] {
  try {
    return listFieldPaths(version.schema);
  } catch {
    return [];
  }
}

/** `events/<source>/<slug>` of an event.yaml. */
function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '' : file.slice(0, slash);
}
