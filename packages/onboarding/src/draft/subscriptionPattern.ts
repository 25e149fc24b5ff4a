import { eventTypeId, type EventType, type Json, type JsonObject } from '@busline/event-repository';
import type { EventTypeChoice, SubscriptionRequest } from '../request/request';

/** Majors that an event type has, ascending. Pre-releases count as their major. */
export function majorsOf(eventType: EventType): readonly number[] {
  return [...new Set(eventType.versions.map(({ version }) => majorOf(version)))].sort((a, b) => a - b);
}

export function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

interface Clause {
  readonly sources: readonly string[];
  readonly detailTypes: readonly string[];
  readonly major?: number;
}

/**
 * The event pattern of a subscription that is asked for: source, detail-type, the major where the event type has
 * several, and the filter. It takes the chosen event types and no other pair of their sources and detail-types.
 */
export function patternOf(
  subscription: Pick<SubscriptionRequest, 'eventTypes' | 'filter' | 'pattern'>,
  eventTypes: ReadonlyMap<string, EventType>,
): JsonObject {
  if (subscription.pattern) return subscription.pattern;
  const choices = subscription.eventTypes.flatMap(choice => {
    const eventType = eventTypes.get(eventTypeId(choice));
    return eventType ? [{ choice, eventType }] : [];
  });
  const detail = subscription.filter ?? {};
  const isPinned = choices.map(({ choice, eventType }) => pin(choice, eventType, detail));
  const clauses = grouped(choices.map(({ choice }, i) => ({ choice, major: isPinned[i] })));
  const paths = new Set(choices.map(({ eventType }) => eventType.eventPaths.metadata));
  const metadata = [...paths][0];
  if (clauses.length === 1) {
    const [clause] = clauses;
    const pinned = clause.major === undefined ? detail : withMajor(detail, metadata, clause.major);
    return { ...typeFields(clause), ...(isEmpty(pinned) ? {} : { detail: pinned }) };
  }
  const $or = clauses.map(clause => {
    const pinned = clause.major === undefined ? {} : withMajor({}, metadata, clause.major);
    return { ...typeFields(clause), ...(isEmpty(pinned) ? {} : { detail: pinned }) };
  });
  return { $or, ...(isEmpty(detail) ? {} : { detail }) };
}

/** The major to pin; undefined where there is nothing to choose, nothing to see it by, or the filter says it already. */
function pin(choice: EventTypeChoice, eventType: EventType, detail: JsonObject): number | undefined {
  const { metadata } = eventType.eventPaths;
  const majors = majorsOf(eventType);
  if (metadata === undefined || (majors.length < 2 && choice.major === undefined)) return undefined;
  if (valueAt(detail, versionPath(metadata)) !== undefined) return undefined;
  return choice.major ?? currentMajor(eventType);
}

/** Of the newest version that is no pre-release. */
export function currentMajor(eventType: EventType): number | undefined {
  const current = eventType.versions.findLast(({ version }) => !version.includes('-')) ?? eventType.versions.at(-1);
  return current && majorOf(current.version);
}

/** Keys below `detail` that lead to the schema version. */
function versionPath(metadata: string): readonly string[] {
  return [...metadata.split('.').slice(1), 'schemaVersion'];
}

function withMajor(detail: JsonObject, metadata: string | undefined, major: number): JsonObject {
  return metadata === undefined ? detail : placed(detail, versionPath(metadata), [{ prefix: `${major}.` }]);
}

function placed(object: JsonObject, [key, ...rest]: readonly string[], value: Json): JsonObject {
  const inner = Object.hasOwn(object, key) ? object[key] : {};
  const isObject = inner !== null && typeof inner === 'object' && !Array.isArray(inner);
  const next = rest.length === 0 ? value : placed(isObject ? (inner as JsonObject) : {}, rest, value);
  // Metadata goes first, as it does on the wire.
  return { [key]: next, ...Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) };
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, key) =>
      at !== null && typeof at === 'object' && !Array.isArray(at) && Object.hasOwn(at, key)
        ? (at as JsonObject)[key]
        : undefined,
    value,
  );
}

/** A pattern with another filter; source, detail-type and the major that it pins stay. */
export function patternWithFilter(pattern: JsonObject, filter: JsonObject): JsonObject {
  const { detail: before, ...rest } = pattern;
  const pinned = pinnedBy(before);
  const own = filter.metadata as JsonObject | undefined;
  const detail =
    pinned === undefined || own?.schemaVersion !== undefined
      ? filter
      : {
          metadata: { schemaVersion: pinned, ...own },
          ...Object.fromEntries(Object.entries(filter).filter(([key]) => key !== 'metadata')),
        };
  return isEmpty(detail) ? rest : { ...rest, detail };
}

/** What a pattern asks of the fields below `detail`, without the major that it pins. */
export function filterOfPattern(pattern: JsonObject): JsonObject {
  const detail = (pattern.detail ?? {}) as JsonObject;
  if (pinnedBy(detail) === undefined) return detail;
  const { metadata, ...others } = detail;
  const { schemaVersion: _, ...left } = metadata as JsonObject;
  return isEmpty(left) ? others : { metadata: left, ...others };
}

function pinnedBy(detail: Json | undefined): Json | undefined {
  return valueAt(detail, ['metadata', 'schemaVersion']);
}

/** Choices whose sources and detail-types may stand in two lists, since every pair of them was chosen. */
function grouped(choices: readonly { readonly choice: EventTypeChoice; readonly major?: number }[]): readonly Clause[] {
  const bySource = new Map<string, { major?: number; source: string; detailTypes: Set<string> }>();
  for (const { choice, major } of choices) {
    const key = `${major} ${choice.source}`;
    const group = bySource.get(key) ?? { major, source: choice.source, detailTypes: new Set<string>() };
    bySource.set(key, group);
    group.detailTypes.add(choice.detailType);
  }
  const byTypes = new Map<string, { major?: number; sources: string[]; detailTypes: readonly string[] }>();
  for (const { major, source, detailTypes } of bySource.values()) {
    const list = [...detailTypes];
    const key = JSON.stringify([major, [...list].sort()]);
    const clause = byTypes.get(key) ?? { major, sources: [], detailTypes: list };
    byTypes.set(key, clause);
    clause.sources.push(source);
  }
  return [...byTypes.values()];
}

const typeFields = ({ sources, detailTypes }: Clause): JsonObject => ({ source: sources, 'detail-type': detailTypes });
const isEmpty = (object: JsonObject) => Object.keys(object).length === 0;
