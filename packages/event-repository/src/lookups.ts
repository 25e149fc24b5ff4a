import { couldMatchType, sourcesAndDetailTypes } from '@busline/event-pattern';
import { prerelease } from 'semver';
import { eventTypeId } from './names';
import type {
  Account,
  BusDeclaration,
  Domain,
  EventRepository,
  EventType,
  EventTypeReference,
  SchemaVersion,
  Service,
  Subscription,
} from './types';

/** A repository's declarations by the names under which others refer to them. */
export interface RepositoryIndex {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly domains: ReadonlyMap<string, Domain>;
  readonly services: ReadonlyMap<string, Service>;
  /** By `eventTypeId`. */
  readonly eventTypes: ReadonlyMap<string, EventType>;
  /** Services by the id of an event type that they publish. */
  readonly publishers: ReadonlyMap<string, readonly Service[]>;
  /** By name of the service. */
  readonly subscriptions: ReadonlyMap<string, readonly Subscription[]>;
}

const indexes = new WeakMap<EventRepository, RepositoryIndex>();

/** Indexes a repository; asked again for the same one, gives the same index. */
export function indexRepository(repository: EventRepository): RepositoryIndex {
  let index = indexes.get(repository);
  if (!index) {
    index = buildIndex(repository);
    indexes.set(repository, index);
  }
  return index;
}

const byName = <T extends { readonly name: string }>(items: readonly T[]) =>
  new Map(items.map(item => [item.name, item]));

function buildIndex(repository: EventRepository): RepositoryIndex {
  const publishers = new Map<string, Service[]>();
  for (const service of repository.services) {
    for (const id of new Set(service.publishes.map(eventTypeId))) {
      addTo(publishers, id, service);
    }
  }
  const subscriptions = new Map<string, Subscription[]>();
  for (const subscription of repository.subscriptions) {
    addTo(subscriptions, subscription.service, subscription);
  }
  return {
    accounts: byName(repository.accounts),
    domains: byName(repository.domains),
    services: byName(repository.services),
    eventTypes: new Map(repository.eventTypes.map(type => [eventTypeId(type), type])),
    publishers,
    subscriptions,
  };
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** Services that say they publish an event type. */
export function publishersOf(repository: EventRepository, eventType: EventTypeReference): readonly Service[] {
  return indexRepository(repository).publishers.get(eventTypeId(eventType)) ?? [];
}

/** Subscriptions by what their patterns ask of source and detail-type. */
interface SubscriptionsByType {
  /** By `eventTypeId`: both are named exactly. */
  readonly byType: ReadonlyMap<string, readonly Subscription[]>;
  /** By source: only the source is named exactly. */
  readonly bySource: ReadonlyMap<string, readonly Subscription[]>;
  readonly others: readonly Subscription[];
}

const byType = new WeakMap<EventRepository, SubscriptionsByType>();

/**
 * Subscriptions whose pattern can match events of a type, as far as source and
 * detail-type tell. Subscriptions with an invalid pattern match nothing.
 */
export function subscribersOf(repository: EventRepository, eventType: EventTypeReference): readonly Subscription[] {
  let index = byType.get(repository);
  if (!index) {
    index = indexByType(repository);
    byType.set(repository, index);
  }
  const { source, detailType } = eventType;
  const certain = index.byType.get(eventTypeId(eventType)) ?? [];
  const possible = [...(index.bySource.get(source) ?? []), ...index.others];
  return [...new Set([...certain, ...possible.filter(({ pattern }) => couldMatchType(pattern, source, detailType))])];
}

function indexByType(repository: EventRepository): SubscriptionsByType {
  const exact = new Map<string, Subscription[]>();
  const bySource = new Map<string, Subscription[]>();
  const others: Subscription[] = [];
  for (const subscription of repository.subscriptions) {
    for (const { source, detailType } of namesIn(subscription)) {
      if (source.kind !== 'exact') others.push(subscription);
      else if (detailType.kind !== 'exact') {
        addTo(bySource, source.value, subscription);
      } else {
        const type = { source: source.value, detailType: detailType.value };
        addTo(exact, eventTypeId(type), subscription);
      }
    }
  }
  return { byType: exact, bySource, others };
}

function namesIn({ pattern }: Subscription) {
  try {
    return sourcesAndDetailTypes(pattern);
  } catch {
    return [];
  }
}

/** The newest version that is no pre-release; the newest of all where there is none other. */
export function currentVersion(eventType: EventType): SchemaVersion | undefined {
  const { versions } = eventType;
  return versions.findLast(({ version }) => !prerelease(version)) ?? versions.at(-1);
}

/** The first bus of an environment: on which everybody publishes. */
export function centralBus(repository: EventRepository, environment: string): BusDeclaration | undefined {
  return repository.environments.find(({ name }) => name === environment)?.buses[0];
}

/** The bus of an environment on which a subscription listens. */
export function busOf(
  repository: EventRepository,
  subscription: Pick<Subscription, 'bus'>,
  environment: string,
): BusDeclaration | undefined {
  const buses = repository.environments.find(({ name }) => name === environment)?.buses;
  return subscription.bus === undefined ? buses?.[0] : buses?.find(({ name }) => name === subscription.bus);
}

/** Where an event type is declared: `<source folder>/<slug>` below `events/`. */
export function eventFolderOf(eventType: EventType): string {
  return eventType.place.file.replace(/^events\//, '').replace(/\/event\.yaml$/, '');
}
