import type { Json, JsonObject } from '@busline/event-repository';
import { asObject } from './names';

/**
 * Moves a schema into another document: every reference that led inside the schema leads there now.
 *
 * Identifiers (`$id`, `$schema`, anchors) go, since the schema no longer stands for itself; references by them become
 * pointers. A reference that leads out of the schema, or nowhere, becomes "anything": nothing is ever fetched. The numbers
 * of draft 4 (`exclusiveMinimum: true`) become those of later drafts.
 *
 * @returns an object, also for the schemas `true` and `false`
 * @param at - JSON pointer of the place where the schema will stand, such as `#/components/schemas/AccessGranted`
 */
export function inlineSchema(schema: Json, at: string): JsonObject {
  const moved = rewrite(schema, { at, targets: targetsOf(schema) }, 0);
  // Not everybody who reads schemas takes `true` and `false` for one.
  return asObject(moved) ?? (moved === false ? { not: {} } : {});
}

interface Context {
  readonly at: string;
  /** Pointer by anything that a reference may say. */
  readonly targets: ReadonlyMap<string, string>;
}

const MAX_DEPTH = 500;
/** Keywords that hold schemas by name. */
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SINGLES = [
  'additionalProperties',
  'unevaluatedProperties',
  'additionalItems',
  'unevaluatedItems',
  'items',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];
const DROPPED = new Set([
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$vocabulary',
  '$comment',
  '$dynamicRef',
  '$recursiveRef',
]);

/** Pointers of every subschema, also by anchor and by id. */
function targetsOf(schema: Json): ReadonlyMap<string, string> {
  const targets = new Map<string, string>([['#', '#']]);
  const add = (name: Json | undefined, pointer: string) => {
    if (typeof name === 'string' && !targets.has(name)) targets.set(name, pointer);
  };
  const walk = (value: Json, pointer: string, depth: number) => {
    const object = asObject(value);
    if (!object || depth > MAX_DEPTH) return;
    add(pointer, pointer);
    add(object.$id ?? object.id, pointer);
    for (const anchor of [object.$anchor, object.$dynamicAnchor])
      if (anchor !== undefined) add(`#${String(anchor)}`, pointer);
    for (const [inner, key] of subschemas(object)) walk(inner, `${pointer}/${key}`, depth + 1);
  };
  walk(schema, '#', 0);
  return targets;
}

function* subschemas(schema: JsonObject): Generator<readonly [Json, string]> {
  for (const keyword of MAPS) {
    for (const [name, value] of Object.entries(asObject(schema[keyword]) ?? {}))
      yield [value, `${keyword}/${escape(name)}`];
  }
  for (const keyword of [...LISTS, 'items']) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    for (const [i, value] of (list as readonly Json[]).entries()) yield [value, `${keyword}/${i}`];
  }
  for (const keyword of SINGLES) if (asObject(schema[keyword])) yield [schema[keyword], keyword];
}

function rewrite(value: Json, context: Context, depth: number): Json {
  const schema = asObject(value);
  if (!schema || depth > MAX_DEPTH) return typeof value === 'boolean' ? value : {};
  const result: [string, Json][] = [];
  for (const [keyword, inner] of Object.entries(schema)) {
    const deeper = (of: Json) => rewrite(of, context, depth + 1);
    if (keyword === '$ref') continue;
    else if (DROPPED.has(keyword)) continue;
    else if (MAPS.includes(keyword) && asObject(inner)) {
      const members = Object.entries(asObject(inner)!).map(([name, member]) => [name, deeper(member)] as const);
      result.push([keyword, Object.fromEntries(members)]);
    } else if ((LISTS.includes(keyword) || keyword === 'items') && Array.isArray(inner)) {
      result.push([keyword, (inner as readonly Json[]).map(deeper)]);
    } else if (SINGLES.includes(keyword)) result.push([keyword, deeper(inner)]);
    else if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') result.push(...bound(schema, keyword));
    else if (isExclusiveBound(schema, keyword)) continue;
    else result.push([keyword, inner]);
  }
  const ref = schema.$ref ?? schema.$dynamicRef ?? schema.$recursiveRef;
  return Object.fromEntries(typeof ref === 'string' ? withRef(ref, result, context) : result);
}

/** Before 2019-09 a `$ref` silences what stands beside it, so that both go into an `allOf`. */
function withRef(ref: string, beside: [string, Json][], { at, targets }: Context): [string, Json][] {
  const pointer = targets.get(ref) ?? targets.get(decode(ref));
  if (pointer === undefined) return beside;
  const reference = { $ref: at + pointer.slice(1) };
  if (beside.length === 0) return [['$ref', reference.$ref]];
  const others = beside.find(([keyword]) => keyword === 'allOf')?.[1];
  const list = Array.isArray(others) ? (others as readonly Json[]) : [];
  return [...beside.filter(([keyword]) => keyword !== 'allOf'), ['allOf', [...list, reference]]];
}

function bound(schema: JsonObject, keyword: 'exclusiveMinimum' | 'exclusiveMaximum'): [string, Json][] {
  const value = schema[keyword];
  if (typeof value !== 'boolean') return [[keyword, value]];
  const limit = schema[plain(keyword)];
  return value && typeof limit === 'number' ? [[keyword, limit]] : [];
}

/** `minimum` beside `exclusiveMinimum: true` is said by the latter alone. */
function isExclusiveBound(schema: JsonObject, keyword: string): boolean {
  if (keyword !== 'minimum' && keyword !== 'maximum') return false;
  return schema[keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'] === true;
}

function plain(keyword: 'exclusiveMinimum' | 'exclusiveMaximum'): string {
  return keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
}

function escape(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function decode(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}
