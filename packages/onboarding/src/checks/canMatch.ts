import {
  type Alternative,
  type CompiledPattern,
  couldMatchType,
  type FieldClause,
  type ValueMatcher,
} from '@busline/event-pattern';
import { type EventType, type Json, type JsonObject, nearest } from '@busline/event-repository';
import { listFields } from '@busline/json-schema';

/** Whether events of one version could match, and why not. */
export interface VersionVerdict {
  readonly source: string;
  readonly detailType: string;
  readonly version: string;
  readonly couldMatch: boolean;
  /** Of one that could not: the clause, in words. */
  readonly reason?: string;
  /** Of one that could: fields that its schema does not declare, so that events hardly have them. */
  readonly undeclared: readonly string[];
}

/**
 * Looks, for every version of the event types that a pattern names, whether its schema leaves room for the pattern: fields that
 * cannot be there, values that are none of an enumeration, types that differ. Where it cannot tell, an event could match.
 */
export function versionsMatching(
  pattern: CompiledPattern,
  eventTypes: readonly EventType[],
): readonly VersionVerdict[] {
  return eventTypes
    .filter(({ source, detailType }) => couldMatchType(pattern, source, detailType))
    .flatMap(eventType =>
      eventType.versions.map(({ version, schema }) => verdict(pattern, eventType, version, schema as Json)),
    );
}

function verdict(pattern: CompiledPattern, eventType: EventType, version: string, schema: Json): VersionVerdict {
  const { source, detailType } = eventType;
  const head = { source, detailType, version };
  let reason: string | undefined;
  const undeclared = new Set<string>();
  for (const clauses of pattern.alternatives) {
    const obstacle = obstacleIn(clauses, eventType, version, schema, undeclared);
    if (obstacle === undefined) return { ...head, couldMatch: true, undeclared: [...undeclared] };
    reason ??= obstacle;
  }
  return { ...head, couldMatch: false, reason, undeclared: [] };
}

function obstacleIn(
  clauses: Alternative,
  eventType: EventType,
  version: string,
  schema: Json,
  undeclared: Set<string>,
): string | undefined {
  const { data, metadata } = eventType.eventPaths;
  const dataPrefix = data ?? 'detail';
  for (const clause of clauses) {
    if (metadata !== undefined && clause.field === `${metadata}.schemaVersion`) {
      if (!clause.values.some(value => mayBe(value, version))) return `\`${clause.field}\` is never ${version}`;
    } else if (clause.field === 'source' && !clause.values.some(value => mayBe(value, eventType.source))) {
      return `\`source\` is ${eventType.source}`;
    } else if (clause.field === 'detail-type' && !clause.values.some(value => mayBe(value, eventType.detailType))) {
      return `\`detail-type\` is ${eventType.detailType}`;
    } else if (clause.field.startsWith(`${dataPrefix}.`)) {
      const keys = clause.field.slice(dataPrefix.length + 1).split('.');
      const obstacle = obstacleOf(clause, roomAt(schema, schema, keys, 0), schema, keys, undeclared);
      if (obstacle !== undefined) return obstacle;
    }
  }
  return undefined;
}

function obstacleOf(
  clause: FieldClause,
  room: Room,
  schema: Json,
  keys: readonly string[],
  undeclared: Set<string>,
): string | undefined {
  const mayBeAbsent = clause.values.some(value => value.kind === 'exists' && !value.value);
  if (mayBeAbsent) return undefined;
  switch (room.kind) {
    case 'absent':
      return `no event has \`${clause.field}\`${suggestion(schema, keys)}`;
    case 'undeclared':
      undeclared.add(clause.field);
      return undefined;
    case 'values': {
      if (clause.values.some(matcher => room.values.some(value => mayBe(matcher, value)))) return undefined;
      const shown = room.values.slice(0, 10).map(value => JSON.stringify(value));
      return `\`${clause.field}\` is only ever ${shown.join(', ')}`;
    }
    case 'types':
      if (clause.values.some(matcher => fitsType(matcher, room.types))) return undefined;
      return `\`${clause.field}\` is ${room.types.join(' or ')}`;
    default:
      return undefined;
  }
}

function suggestion(schema: Json, keys: readonly string[]): string {
  const paths = listFields(schema).map(({ path }) => path.replace(/\[\]/g, ''));
  const near = nearest(keys.join('.'), paths);
  return near === undefined ? '' : `; did you mean \`${near}\`?`;
}

/** Whether a value satisfies a matcher, as far as that is plain to see; true where it is not. */
function mayBe(matcher: ValueMatcher, value: Json): boolean {
  switch (matcher.kind) {
    case 'equals':
      return matcher.value === value;
    case 'equals-number':
      return typeof value === 'number' && (matcher.value === undefined || matcher.value === value);
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === matcher.value.toLowerCase();
    case 'prefix':
      return typeof value === 'string' && fold(value, matcher).startsWith(fold(matcher.value, matcher));
    case 'suffix':
      return typeof value === 'string' && fold(value, matcher).endsWith(fold(matcher.value, matcher));
    case 'numeric':
      return typeof value === 'number';
    case 'anything-but':
      return !matcher.excluded.some(each => each.kind === 'equals' && each.value === value);
    case 'exists':
      return matcher.value;
    default:
      return typeof value === 'string';
  }
}

const fold = (text: string, { ignoreCase }: { readonly ignoreCase: boolean }) =>
  ignoreCase ? text.toLowerCase() : text;

const TEXT_MATCHERS = new Set(['equals-ignore-case', 'prefix', 'suffix', 'wildcard', 'cidr']);

function fitsType(matcher: ValueMatcher, types: readonly string[]): boolean {
  const isNumber = types.includes('number') || types.includes('integer');
  if (matcher.kind === 'numeric' || matcher.kind === 'equals-number') return isNumber;
  if (TEXT_MATCHERS.has(matcher.kind)) return types.includes('string');
  if (matcher.kind !== 'equals') return true;
  if (matcher.value === null) return types.includes('null');
  return types.includes(typeof matcher.value);
}

/** What a schema leaves open at a place. */
type Room =
  | { readonly kind: 'any' }
  /** The schema is silent about it, and would take it. */
  | { readonly kind: 'undeclared' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'values'; readonly values: readonly Json[] }
  | { readonly kind: 'types'; readonly types: readonly string[] };

const ANY: Room = { kind: 'any' };
const MAX_STEPS = 60;

function roomAt(root: Json, schema: Json, keys: readonly string[], depth: number): Room {
  if (depth > MAX_STEPS || !isObject(schema)) return schema === false ? { kind: 'absent' } : ANY;
  const rooms: Room[] = [roomHere(root, schema, keys, depth)];
  if (typeof schema.$ref === 'string') {
    const target = resolve(root, schema.$ref);
    rooms.push(target === undefined ? ANY : roomAt(root, target, keys, depth + 1));
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const list = schema[keyword];
    if (Array.isArray(list)) rooms.push(either(list.map(each => roomAt(root, each as Json, keys, depth + 1))));
  }
  if (Array.isArray(schema.allOf)) rooms.push(...schema.allOf.map(each => roomAt(root, each as Json, keys, depth + 1)));
  return narrowest(rooms);
}

function roomHere(root: Json, schema: JsonObject, keys: readonly string[], depth: number): Room {
  if (keys.length === 0) return leafRoom(root, schema, depth);
  // EventBridge looks into arrays as if their elements stood there.
  const inItems = [schema.items, ...(Array.isArray(schema.prefixItems) ? schema.prefixItems : [])].filter(item =>
    isObject(item as Json),
  );
  const fromItems = inItems.map(item => roomAt(root, item as Json, keys, depth + 1));
  const properties = isObject(schema.properties) ? schema.properties : {};
  if (Object.hasOwn(properties, keys[0])) return roomAt(root, properties[keys[0]], keys.slice(1), depth + 1);
  if (fromItems.length > 0) return either(fromItems);
  if (isObject(schema.patternProperties)) return ANY;
  if (schema.additionalProperties === false) return { kind: 'absent' };
  if (isObject(schema.additionalProperties)) return roomAt(root, schema.additionalProperties, keys.slice(1), depth + 1);
  // Not about objects at all, or a part of a whole that another part describes.
  const says = schema.properties !== undefined;
  const types = typesOf(schema);
  if (types && !types.includes('object') && !types.includes('array')) return { kind: 'absent' };
  return says ? { kind: 'undeclared' } : ANY;
}

function leafRoom(root: Json, schema: JsonObject, depth: number): Room {
  const types = typesOf(schema);
  if (types?.includes('array') && isObject(schema.items)) return roomAt(root, schema.items, [], depth + 1);
  if (Object.hasOwn(schema, 'const')) return { kind: 'values', values: [schema.const] };
  if (Array.isArray(schema.enum)) return { kind: 'values', values: schema.enum as readonly Json[] };
  return types && !types.includes('array') ? { kind: 'types', types } : ANY;
}

function typesOf({ type }: JsonObject): readonly string[] | undefined {
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? (type as readonly string[]) : undefined;
}

/** One of several may hold. */
function either(rooms: readonly Room[]): Room {
  const open = rooms.filter(({ kind }) => kind !== 'absent');
  if (open.length === 0) return { kind: 'absent' };
  if (open.every(room => room.kind === 'values')) {
    return { kind: 'values', values: open.flatMap(room => (room.kind === 'values' ? room.values : [])) };
  }
  if (open.every(room => room.kind === 'types')) {
    return { kind: 'types', types: [...new Set(open.flatMap(room => (room.kind === 'types' ? room.types : [])))] };
  }
  return open.some(({ kind }) => kind === 'any') || open.length > 1 ? ANY : open[0];
}

const ORDER: readonly Room['kind'][] = ['absent', 'values', 'types', 'any', 'undeclared'];

/** All of them hold; a part that is silent says nothing. */
function narrowest(rooms: readonly Room[]): Room {
  const known = rooms.filter(({ kind }) => kind !== 'any');
  const spoken = known.filter(({ kind }) => kind !== 'undeclared');
  if (spoken.length > 0) return spoken.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0];
  return rooms.length === 1 || known.length === rooms.length
    ? known[0] ?? ANY
    : known.find(({ kind }) => kind === 'undeclared') ?? ANY;
}

function resolve(root: Json, reference: string): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: Json | undefined = root;
  for (const token of reference.slice(1).split('/').slice(1)) {
    let key = token;
    try {
      key = decodeURIComponent(token);
    } catch {
      // as it stands
    }
    key = key.replace(/~1/g, '/').replace(/~0/g, '~');
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return at;
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Why no version of any of the event types could match; undefined where one could, or there is no version to tell by. */
export function neverReason(
  verdicts: readonly VersionVerdict[],
): { readonly message: string; readonly wayOut: string } | undefined {
  if (verdicts.length === 0 || verdicts.some(({ couldMatch }) => couldMatch)) return undefined;
  const reasons = new Map<string, string[]>();
  for (const { source, detailType, version, reason = '' } of verdicts) {
    const versions = reasons.get(reason) ?? [];
    reasons.set(reason, [...versions, `${source}/${detailType} ${version}`]);
  }
  const said = [...reasons].map(
    ([reason, versions]) => `${reason} (${versions.slice(0, 3).join(', ')}${versions.length > 3 ? ', …' : ''})`,
  );
  return {
    message: `no version of the event can match: ${said.slice(0, 3).join('; ')}`,
    wayOut: 'Compare the filter with the schema beside it: names, values and types as they are written there.',
  };
}
