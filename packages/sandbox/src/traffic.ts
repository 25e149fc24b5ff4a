import { randomUUID } from 'node:crypto';
import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { ClientsFor } from '@busline/aws-estate';
import type { EventRepository, EventType, Json, SchemaVersion } from '@busline/event-repository';
import { deploymentsOf, shortHash, type BusPlace, type ServiceDeployment } from '@busline/infrastructure';

/** Of ten events, one goes to an environment that is not the first. */
const OTHER_ENVIRONMENTS = 0.1;
/** Some event types are sent this much more often than others, as in life. */
const WEIGHTS = [1, 1, 2, 3, 5, 8];

/** A service that sends an event type in an environment. */
interface Publisher {
  readonly service: ServiceDeployment;
  readonly central: BusPlace;
  readonly eventType: EventType;
  /** The newest version of each major that it sends. */
  readonly versions: readonly SchemaVersion[];
  readonly weight: number;
}

export interface Traffic {
  stop(): Promise<void>;
}

export interface TrafficOptions {
  readonly repositories: readonly EventRepository[];
  readonly clientsFor: ClientsFor;
  readonly eventsPerSecond: number;
  readonly onProgress: (message: string) => void;
}

/** Publishes the examples of the repositories, each as the account of the service that declares it. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { clientsFor, onProgress } = options;
  const [main, others] = publishersOf(options.repositories);
  if (main.length === 0) return { stop: async () => {} };
  const told = new Set<string>();
  const tell = (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    onProgress(what);
  };
  let sending: Promise<void> = Promise.resolve();
  const send = async () => {
    const publishers = others.length > 0 && Math.random() < OTHER_ENVIRONMENTS ? others : main;
    const publisher = pick(publishers);
    const { eventType, service, central } = publisher;
    const { events } = clientsFor(service.accountId, central.region);
    const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [...entriesOf(publisher)] }));
    for (const { ErrorCode, ErrorMessage } of Entries) {
      const what = `${service.service.name} may not send ${eventType.source} ${eventType.detailType}`;
      if (ErrorCode) tell(`${what}: ${ErrorCode} ${ErrorMessage}`);
    }
  };
  const timer = setInterval(() => {
    sending = send().catch(error => tell(`Publishing failed: ${(error as Error).message}`));
  }, 1000 / options.eventsPerSecond);
  return {
    async stop() {
      clearInterval(timer);
      await sending;
    },
  };
}

/** Publishers in first environments, and in others. */
function publishersOf(repositories: readonly EventRepository[]): readonly [readonly Publisher[], readonly Publisher[]] {
  const main: Publisher[] = [];
  const others: Publisher[] = [];
  for (const repository of repositories) {
    const eventTypes = new Map(repository.eventTypes.map(type => [keyOf(type), type]));
    repository.environments.forEach((environment, index) => {
      const { services, buses } = deploymentsOf(repository, environment.name);
      const central = buses[0]?.place;
      for (const service of central ? services.values() : []) {
        for (const publication of service.service.publishes) {
          const eventType = eventTypes.get(keyOf(publication));
          const versions = eventType && versionsToSend(eventType, publication.majors);
          if (!eventType || !versions || versions.length === 0) continue;
          const publisher = { service, central, eventType, versions, weight: weightOf(eventType) };
          (index === 0 ? main : others).push(publisher);
        }
      }
    });
  }
  return [main, others];
}

function keyOf({ source, detailType }: { readonly source: string; readonly detailType: string }): string {
  return JSON.stringify([source, detailType]);
}

/** The newest version with an example, of each major. Nobody sends what is retired. */
function versionsToSend(eventType: EventType, majors: readonly number[]): readonly SchemaVersion[] {
  if (eventType.lifecycle === 'retired') return [];
  const newest = new Map<number, SchemaVersion>();
  for (const version of eventType.versions) {
    const major = Number(version.version.split('.')[0]);
    if (version.examples.length > 0 && (majors.length === 0 || majors.includes(major))) newest.set(major, version);
  }
  return [...newest.values()];
}

function weightOf(eventType: EventType): number {
  if (eventType.lifecycle === 'deprecated' || eventType.lifecycle === 'experimental') return 1;
  const letter = shortHash([eventType.source, eventType.detailType], 1);
  return WEIGHTS[parseInt(letter, 36) % WEIGHTS.length];
}

function pick(publishers: readonly Publisher[]): Publisher {
  let at = Math.random() * publishers.reduce((sum, publisher) => sum + publisher.weight, 0);
  return publishers.find(publisher => (at -= publisher.weight) < 0) ?? publishers[0];
}

/** One entry for each major, all of one metadata id: a subscription takes the major that it pins. */
function* entriesOf({ service, central, eventType, versions }: Publisher): Generator<PutEventsRequestEntry> {
  const id = randomUUID();
  for (const version of versions) {
    const example = version.examples[Math.floor(Math.random() * version.examples.length)];
    const metadata = { id, schemaVersion: version.version, publishedBy: service.service.name };
    yield {
      EventBusName: central.arn,
      Source: eventType.source,
      DetailType: eventType.detailType,
      Detail: JSON.stringify(detailOf(eventType, example.value, metadata)),
    };
  }
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
