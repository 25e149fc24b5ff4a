import { couldMatchType, sourcesAndDetailTypes } from '@busline/event-pattern';
import {
  eventTypeId,
  type EventRepository,
  type EventType,
  type EventTypeReference,
  indexRepository,
  type Json,
  type JsonObject,
  type Subscription,
} from '@busline/event-repository';

/**
 * Event types of a repository that a pattern lets through, as far as source and detail-type tell. Where it names them, nothing
 * else is looked at. An invalid pattern takes none.
 */
export function typesTaken(repository: EventRepository, pattern: JsonObject): readonly EventType[] {
  try {
    const named = sourcesAndDetailTypes(pattern);
    const isExact = named.every(({ source, detailType }) => source.kind === 'exact' && detailType.kind === 'exact');
    if (!isExact) {
      return repository.eventTypes.filter(({ source, detailType }) => couldMatchType(pattern, source, detailType));
    }
    const { eventTypes } = indexRepository(repository);
    const found = named.flatMap(({ source, detailType }) =>
      source.kind === 'exact' && detailType.kind === 'exact'
        ? eventTypes.get(eventTypeId({ source: source.value, detailType: detailType.value })) ?? []
        : [],
    );
    return [...new Set(found)];
  } catch {
    return [];
  }
}

/** Whether a pattern lets events of a type through, as far as source and detail-type tell. An invalid one lets none. */
export function takesType(pattern: JsonObject, { source, detailType }: EventTypeReference): boolean {
  // Of a hundred thousand patterns nearly all name their types: those are not compiled.
  if (excludes(pattern.source, source) || excludes(pattern['detail-type'], detailType)) return false;
  try {
    return couldMatchType(pattern, source, detailType);
  } catch {
    return false;
  }
}

const excludes = (names: Json | undefined, name: string) =>
  Array.isArray(names) && names.every(each => typeof each === 'string') && !names.includes(name);

/** Subscriptions that take events of a type, without an index of all of them. */
export function subscriptionsTaking(
  repository: EventRepository,
  eventType: EventTypeReference,
): readonly Subscription[] {
  return repository.subscriptions.filter(({ pattern }) => takesType(pattern, eventType));
}
