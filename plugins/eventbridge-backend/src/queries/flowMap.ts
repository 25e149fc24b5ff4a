import type { Service } from '@busline/event-repository';
import {
  MAP_LIMIT,
  type FlowMap,
  type Lifecycle,
  type MapQuery,
  type Standing,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn, whereTextIn } from '../database/dialect';
import type { StoredSummary } from '../ingest/eventTypeRecords';
import { visibleSubscriptions } from './subscriptionFilters';
import { visibleEventTypes, type Visibility } from './visibility';

interface EventTypeRow {
  readonly id: number | string;
  readonly source: string;
  readonly detail_type: string;
  readonly domain: string;
  readonly lifecycle: Lifecycle;
  readonly standing: Standing;
  readonly summary: string;
}

type Edge = FlowMap['edges'][number];

/** GET /map. Event types with most subscribers first, as far as the limit goes. */
export async function flowMap(knex: Knex, query: MapQuery, visibility: Visibility): Promise<FlowMap> {
  const filtered = eventTypesOnMap(knex, query, visibility);
  const [{ total }] = await filtered.clone().count({ total: '*' });
  const rows: EventTypeRow[] = await filtered
    .join({ d: 'event_type_documents' }, 'd.id', 'e.id')
    .orderBy([{ column: 'e.subscriber_count', order: 'desc' }, 'e.name_key', 'e.id'])
    .limit(MAP_LIMIT)
    .select('e.id', 'e.source', 'e.detail_type', 'e.domain', 'e.lifecycle', 'e.standing', 'd.summary');
  const summaries = rows.map(row => JSON.parse(row.summary) as StoredSummary);
  const edges = new EdgeCollector(await readServices(knex));
  rows.forEach((row, eventType) => {
    for (const publisher of summaries[eventType]!.publishers) {
      edges.add('publishes', publisher, eventType, row.standing === 'unknown' ? 'unknown' : 'in-sync');
    }
  });
  await addSubscribers(knex, query, visibility, rows, edges);
  const wanted = query.service;
  const domains = new Map(summaries.flatMap(({ domain }) => (domain ? [[domain.name, domain]] : [])));
  const omitted = Number(total) - rows.length;
  return {
    domains: [...domains.values()].sort((a, b) => (a.title < b.title ? -1 : 1)),
    services: edges.services,
    eventTypes: rows.map((row, index) => ({
      source: row.source,
      detailType: row.detail_type,
      title: summaries[index]!.title,
      ...(row.domain && { domain: row.domain }),
      lifecycle: row.lifecycle,
    })),
    edges: wanted?.length ? edges.edgesOf(wanted) : edges.edges,
    ...(omitted > 0 && { omittedEventTypes: omitted }),
  };
}

function eventTypesOnMap(knex: Knex, query: MapQuery, visibility: Visibility): Knex.QueryBuilder {
  const eventTypes = knex({ e: 'event_types' });
  const visible = visibleEventTypes(knex, visibility);
  if (visible) eventTypes.whereRaw(visible);
  if (query.domain?.length) eventTypes.whereRaw(whereTextIn(knex, 'e.domain', query.domain));
  if (query.service?.length) {
    eventTypes.whereIn(
      'e.id',
      knex('event_type_values')
        .select('event_type_id')
        .whereIn('facet', ['publisher', 'subscriber'])
        .whereRaw(whereTextIn(knex, 'value', query.service)),
    );
  }
  return eventTypes;
}

async function addSubscribers(
  knex: Knex,
  query: MapQuery,
  visibility: Visibility,
  rows: readonly EventTypeRow[],
  edges: EdgeCollector,
): Promise<void> {
  const position = new Map(rows.map((row, index) => [Number(row.id), index]));
  const links = visibleSubscriptions(knex, visibility)
    .join({ l: 'subscription_event_types' }, 'l.subscription_id', 's.id')
    .whereRaw(whereIdIn(knex, 'l.event_type_id', [...position.keys()]))
    .groupBy('l.event_type_id', 's.service', 's.standing')
    .select('l.event_type_id', 's.service', 's.standing');
  if (query.environment?.length) links.whereRaw(whereTextIn(knex, 's.environment', query.environment));
  const found: { event_type_id: number | string; service: string; standing: Standing }[] = await links;
  for (const { event_type_id, service, standing } of found) {
    edges.add('subscribes', service, position.get(Number(event_type_id))!, standing);
  }
}

/** The worse of two standings is what an edge of several subscriptions shows. */
const SEVERITY: readonly Standing[] = ['in-sync', 'unknown', 'observed-only', 'declared-only', 'drifted'];

class EdgeCollector {
  readonly services: FlowMap['services'][number][] = [];
  readonly #edges = new Map<string, Edge>();
  readonly #declared: ReadonlyMap<string, Service>;
  readonly #positions = new Map<string, number>();

  constructor(declared: ReadonlyMap<string, Service>) {
    this.#declared = declared;
  }

  get edges(): readonly Edge[] {
    return [...this.#edges.values()];
  }

  edgesOf(services: readonly string[]): readonly Edge[] {
    return this.edges.filter(edge => services.includes(this.services[edge.service]!.name));
  }

  add(kind: Edge['kind'], serviceName: string, eventType: number, standing: Standing): void {
    const service = this.#position(serviceName);
    const key = `${kind} ${service} ${eventType}`;
    const known = this.#edges.get(key);
    if (!known || SEVERITY.indexOf(standing) > SEVERITY.indexOf(known.standing)) {
      this.#edges.set(key, { kind, service, eventType, standing });
    }
  }

  #position(name: string): number {
    const known = this.#positions.get(name);
    if (known !== undefined) return known;
    const service = this.#declared.get(name);
    this.services.push({
      name,
      title: service?.title ?? (name === 'unknown' ? 'Unknown service' : name),
      ...(service?.domain !== undefined && { domain: service.domain }),
      owner: service?.owner ?? 'unknown',
    });
    this.#positions.set(name, this.services.length - 1);
    return this.services.length - 1;
  }
}

async function readServices(knex: Knex): Promise<ReadonlyMap<string, Service>> {
  const rows: { document: string }[] = await knex('services').orderBy('name').select('document');
  return new Map(
    rows.map(row => {
      const service = JSON.parse(row.document) as Service;
      return [service.name, service] as const;
    }),
  );
}
