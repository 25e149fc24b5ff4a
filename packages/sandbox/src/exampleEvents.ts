import { randomUUID } from 'node:crypto';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { EventRepository, EventType, Json, SchemaVersion } from '@busline/event-repository';
import { deploymentsOf, type BusPlace, type ServiceDeployment } from '@busline/infrastructure';

/** A service that sends an event type in an environment. */
export interface Publisher {
  readonly service: ServiceDeployment;
  readonly central: BusPlace;
  readonly eventType: EventType;
  /** The newest version of each major that it sends. */
  readonly versions: readonly SchemaVersion[];
}

/** Publishers by environment, the first one first. Nobody sends what is retired, or has no example. */
export function publishersOf(repository: EventRepository): readonly (readonly Publisher[])[] {
  const eventTypes = new Map(repository.eventTypes.map(type => [keyOf(type), type]));
  return repository.environments.map(environment => {
    const { services, buses } = deploymentsOf(repository, environment.name);
    const central = buses[0]?.place;
    if (!central) return [];
    return [...services.values()].flatMap(service =>
      service.service.publishes.flatMap((publication): Publisher[] => {
        const eventType = eventTypes.get(keyOf(publication));
        const versions = eventType ? versionsToSend(eventType, publication.majors) : [];
        return eventType && versions.length > 0 ? [{ service, central, eventType, versions }] : [];
      }),
    );
  });
}

function keyOf({ source, detailType }: { readonly source: string; readonly detailType: string }): string {
  return JSON.stringify([source, detailType]);
}

/** The newest version with an example, of each major. */
function versionsToSend(eventType: EventType, majors: readonly number[]): readonly SchemaVersion[] {
  if (eventType.lifecycle === 'retired') return [];
  const newest = new Map<number, SchemaVersion>();
  for (const version of eventType.versions) {
    const major = Number(version.version.split('.')[0]);
    if (version.examples.length > 0 && (majors.length === 0 || majors.includes(major))) newest.set(major, version);
  }
  return [...newest.values()];
}

/** One event as it goes to PutEvents. */
export function entryOf(
  { service, central, eventType }: Publisher,
  version: SchemaVersion,
  example: Json,
  id: string = randomUUID(),
): PutEventsRequestEntry {
  const metadata = { id, schemaVersion: version.version, publishedBy: service.service.name };
  return {
    EventBusName: central.arn,
    Source: eventType.source,
    DetailType: eventType.detailType,
    Detail: JSON.stringify(detailOf(eventType, example, metadata)),
  };
}

/** The example where the event paths say; it is the whole detail of foreign events. */
function detailOf(eventType: EventType, data: Json, metadata: Json): Json {
  const paths = eventType.eventPaths;
  if (paths.data === undefined) return data;
  const detail: Record<string, unknown> = {};
  if (paths.metadata !== undefined) put(detail, paths.metadata, metadata);
  put(detail, paths.data, data);
  return detail as Json;
}

/** @param path - below the event: `detail.metadata` */
function put(detail: Record<string, unknown>, path: string, value: Json): void {
  const [, ...keys] = path.split('.');
  let at = detail;
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(at, key)) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[keys.at(-1)!] = value;
}
