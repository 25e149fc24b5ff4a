import { compileEventPattern, couldMatchType, type ValueMatcher } from '@busline/event-pattern';
import {
  eventTypeId,
  type EventRepository,
  type EventType,
  indexRepository,
  type Subscription,
} from '@busline/event-repository';
import { takesType } from './typesTaken';

/** A service that receives what it sends itself. */
export interface EventLoop {
  readonly subscription: Subscription;
  readonly eventType: EventType;
  /** Services on the way, the requested one first; one alone where it receives its own events directly. */
  readonly services: readonly string[];
  /** Event types on the way, of each service to the next. */
  readonly through: readonly EventType[];
}

/** Loops of other services are named up to this many; a reviewer needs one to know. */
const MAX_LOOPS = 5;

/** Subscriptions by which a service would receive events that it publishes itself, whatever their data. */
export function ownLoops(
  repository: EventRepository,
  serviceName: string,
  subscriptions: readonly Subscription[],
): readonly EventLoop[] {
  const { services, eventTypes } = indexRepository(repository);
  const published = (services.get(serviceName)?.publishes ?? []).flatMap(
    each => eventTypes.get(eventTypeId(each)) ?? [],
  );
  return subscriptions.flatMap(subscription =>
    published
      .filter(eventType => takesOwn(subscription, eventType, serviceName))
      .map(eventType => ({ subscription, eventType, services: [serviceName], through: [eventType] })),
  );
}

function takesOwn({ pattern, enabled }: Subscription, eventType: EventType, service: string): boolean {
  if (!enabled) return false;
  try {
    const compiled = compileEventPattern(pattern, { maxCharacters: Infinity });
    if (!couldMatchType(compiled, eventType.source, eventType.detailType)) return false;
    const field = eventType.eventPaths.metadata && `${eventType.eventPaths.metadata}.publishedBy`;
    // A filter on who published it breaks the loop.
    return compiled.alternatives.some(clauses =>
      clauses.every(clause => clause.field !== field || clause.values.some(value => mayEqual(value, service))),
    );
  } catch {
    return false;
  }
}

function mayEqual(matcher: ValueMatcher, text: string): boolean {
  if (matcher.kind === 'equals') return matcher.value === text;
  if (matcher.kind === 'anything-but')
    return !matcher.excluded.some(each => each.kind === 'equals' && each.value === text);
  if (matcher.kind === 'prefix') return text.startsWith(matcher.value);
  if (matcher.kind === 'suffix') return text.endsWith(matcher.value);
  return matcher.kind !== 'equals-number' && matcher.kind !== 'numeric';
}

/**
 * Loops by one other service: what the service sends makes the other send what this subscription receives. They are common and
 * mostly harmless, since the one event does not cause the other each time; so they are shown, not refused.
 */
export function loopsByOthers(
  repository: EventRepository,
  serviceName: string,
  subscriptions: readonly Subscription[],
  published: readonly EventType[],
): readonly EventLoop[] {
  const { publishers, eventTypes } = indexRepository(repository);
  const receivers = receiversOf(repository, serviceName, published);
  const loops: EventLoop[] = [];
  for (const subscription of subscriptions) {
    const seen = new Set<string>();
    for (const [id, senders] of publishers) {
      const eventType = eventTypes.get(id);
      if (!eventType || !senders.some(({ name }) => receivers.has(name))) continue;
      if (!takesType(subscription.pattern, eventType)) continue;
      for (const { name } of senders) {
        const first = receivers.get(name);
        if (!first || seen.has(name) || loops.length >= MAX_LOOPS) continue;
        seen.add(name);
        loops.push({ subscription, eventType, services: [serviceName, name], through: [first, eventType] });
      }
    }
  }
  return loops;
}

/** Other services that receive one of these event types, with the first such; one pass over all subscriptions. */
function receiversOf(
  repository: EventRepository,
  serviceName: string,
  published: readonly EventType[],
): ReadonlyMap<string, EventType> {
  const receivers = new Map<string, EventType>();
  if (published.length === 0) return receivers;
  const sources = new Set(published.map(({ source }) => source));
  for (const { service, pattern } of repository.subscriptions) {
    if (service === serviceName || receivers.has(service)) continue;
    const named = pattern.source;
    const isAboutOthers = Array.isArray(named) && named.every(each => typeof each === 'string' && !sources.has(each));
    if (isAboutOthers) continue;
    const eventType = published.find(each => takesType(pattern, each));
    if (eventType) receivers.set(service, eventType);
  }
  return receivers;
}
