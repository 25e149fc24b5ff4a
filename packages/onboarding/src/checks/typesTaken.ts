import { couldMatchType, sourcesAndDetailTypes } from '@busline/event-pattern';
import {
  eventTypeId,
  type EventRepository,
  type EventType,
  indexRepository,
  type JsonObject,
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
