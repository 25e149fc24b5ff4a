import { compileEventPattern, type CompiledPattern, couldMatchType } from '@busline/event-pattern';
import { type EventType, type Json, type JsonObject } from '@busline/event-repository';

/** One committed example, and whether a pattern takes the event that it stands for. */
export interface ExampleTaken {
  readonly source: string;
  readonly detailType: string;
  readonly version: string;
  readonly example: string;
  readonly taken: boolean;
}

const SOME_ID = '7d3f9a52-5c0e-4a8e-9d6b-2f6f0b8c1e11';

/** The event as EventBridge sees it, with an example as its data. */
export function eventOf(
  eventType: Pick<EventType, 'source' | 'detailType' | 'eventPaths'>,
  version: string,
  example: Json,
  publisher: string,
): JsonObject {
  const { metadata, data } = eventType.eventPaths;
  let detail: Json = {};
  if (data === undefined) detail = example;
  else {
    const meta = { id: SOME_ID, schemaVersion: version, publishedBy: publisher };
    if (metadata !== undefined) detail = placed(detail, metadata.split('.').slice(1), meta);
    detail = placed(detail, data.split('.').slice(1), example);
  }
  return {
    version: '0',
    id: SOME_ID,
    source: eventType.source,
    'detail-type': eventType.detailType,
    account: '111111111111',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}

function placed(value: Json, keys: readonly string[], inner: Json): Json {
  if (keys.length === 0) return inner;
  const [key, ...rest] = keys;
  const object = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
  return Object.fromEntries([...Object.entries(object), [key, placed(object[key] ?? {}, rest, inner)]]);
}

/**
 * Which committed examples of these event types a pattern takes; only event types that it could take at all. For the live
 * count in a form as for the plan.
 *
 * @throws InvalidEventPatternError
 */
export function examplesTaken(
  pattern: JsonObject | CompiledPattern,
  eventTypes: readonly EventType[],
  publisher: string = 'a-service',
): readonly ExampleTaken[] {
  const compiled = 'matches' in pattern ? (pattern as CompiledPattern) : compileEventPattern(pattern as JsonObject);
  return eventTypes
    .filter(({ source, detailType }) => couldMatchType(compiled, source, detailType))
    .flatMap(eventType =>
      eventType.versions.flatMap(({ version, examples }) =>
        examples.map(({ name, value }) => ({
          source: eventType.source,
          detailType: eventType.detailType,
          version,
          example: name,
          taken: compiled.matches(eventOf(eventType, version, value, publisher)),
        })),
      ),
    );
}
