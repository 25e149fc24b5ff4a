import { compileEventPattern } from '@busline/event-pattern';
import {
  centralBus,
  eventTypeId,
  type EventRepository,
  type EventType,
  indexRepository,
  type Publication,
  type SchemaVersion,
  type Service,
  type Subscription,
} from '@busline/event-repository';
import type { ClientEventType, ClientInput, ClientSubscription } from '@busline/codegen';
import { busArn } from '@busline/infrastructure';
import { versionsMatching } from '../checks/canMatch';
import { typesTaken } from '../checks/typesTaken';
import { majorOf } from '../draft/subscriptionPattern';

/** Event types of one subscription that get a type of their own; who receives more handles events as a stream. */
const MAX_TYPES = 50;

/**
 * What a service's client is made from, by its declarations.
 * @param sample - name of the subscription for which a handler is written as a sample
 */
export function clientInput(repository: EventRepository, service: Service, sample?: string): ClientInput {
  const { eventTypes, subscriptions, accounts } = indexRepository(repository);
  return {
    service: service.name,
    title: service.title,
    ...(sample === undefined ? {} : { sample }),
    publishes: service.publishes.flatMap(publication => published(publication, eventTypes)),
    subscribes: (subscriptions.get(service.name) ?? []).map(each => subscribed(repository, each)),
    buses: service.environments.flatMap(({ environment }) => {
      const bus = centralBus(repository, environment);
      const account = bus && accounts.get(bus.account);
      if (!bus || !account) return [];
      return [{ environment, name: bus.name, region: bus.region, arn: busArn(account.id, bus.region, bus.name) }];
    }),
  };
}

function published(publication: Publication, eventTypes: ReadonlyMap<string, EventType>): readonly ClientEventType[] {
  const eventType = eventTypes.get(eventTypeId(publication));
  if (!eventType) return [];
  const { majors } = publication;
  const versions = newestOfMajors(eventType.versions).filter(
    ({ version }) => majors.length === 0 || majors.includes(majorOf(version)),
  );
  return versions.length > 0 ? [clientEventType(eventType, versions)] : [];
}

function subscribed(repository: EventRepository, subscription: Subscription): ClientSubscription {
  const { name, description, pattern, targets } = subscription;
  const taken = typesTaken(repository, pattern).slice(0, MAX_TYPES);
  return {
    name,
    description,
    target: targets[0]?.type ?? 'arn',
    eventTypes: taken.flatMap(eventType => {
      const versions = newestOfMajors(matching(subscription, eventType));
      return versions.length > 0 ? [clientEventType(eventType, versions)] : [];
    }),
  };
}

function matching({ pattern }: Subscription, eventType: EventType): readonly SchemaVersion[] {
  try {
    const verdicts = versionsMatching(compileEventPattern(pattern, { maxCharacters: Infinity }), [eventType]);
    const could = new Set(verdicts.filter(({ couldMatch }) => couldMatch).map(({ version }) => version));
    return eventType.versions.filter(({ version }) => could.has(version));
  } catch {
    return [];
  }
}

/** A pre-release counts only where its major has nothing else. */
function newestOfMajors(versions: readonly SchemaVersion[]): readonly SchemaVersion[] {
  const byMajor = new Map<number, SchemaVersion>();
  for (const version of versions) {
    const major = majorOf(version.version);
    const known = byMajor.get(major);
    if (!known || !version.version.includes('-') || known.version.includes('-')) byMajor.set(major, version);
  }
  return [...byMajor.values()];
}

function clientEventType(eventType: EventType, versions: readonly SchemaVersion[]): ClientEventType {
  const { source, detailType, title, description, eventPaths, deprecation } = eventType;
  return {
    source,
    detailType,
    title,
    description,
    eventPaths,
    versions: versions.map(({ version, schema, examples }) => ({
      version,
      schema,
      examples: examples.map(({ name, value }) => ({ name, value })),
    })),
    ...(deprecation ? { deprecated: deprecation.reason } : {}),
  };
}
