/*
 * What a writer says of the values at one place: its schemas that hold there
 * together, references and `allOf` opened, and of alternatives that no type
 * belongs to two of, the one that is meant. A view is never more than what
 * the schemas say: where they say it in another way (conditions, alternatives
 * of one type), it knows less, and whoever asks must ask the solver.
 */
import { refStandsAlone } from '../drafts';
import type { Scope } from '../evaluation';
import { isArray, isObject, own, ownArray, ownNumber, ownObject, ownString } from '../json';
import type { PathLink } from '../pointer';
import { rootPath } from '../pointer';
import { matchesRegExp } from '../regex';
import type { Json, JsonObject } from '../types';
import type { World } from './items';
import { enter, follow, schemaKey } from './literals';
import { ALL_TYPES, alternativesFor, typesOf, type Types } from './typeSets';

/** One schema, where it stands in its document. */
export interface Part {
  readonly world: World;
  readonly schema: Json;
  readonly scope: Scope;
  readonly path: PathLink;
}

export interface View {
  /** As reached: what applies to the value for itself. */
  readonly parts: readonly Part[];
  /** Objects have only what their schema speaks of. */
  readonly closed: boolean;
  /** Equal for equal views. */
  readonly key: string;
}

/** A part that is an object, in its own resource. */
export interface OpenPart extends Part {
  readonly schema: JsonObject;
}

export interface Opened {
  readonly parts: readonly OpenPart[];
  /** Nothing is allowed here. */
  readonly never: boolean;
  readonly closed: boolean;
}

/** Parts of one view; a machine-made schema has fewer. */
const MAX_PARTS = 200;

export function viewOf(parts: readonly Part[], closed: boolean): View {
  const saying = parts.filter(({ schema }) => schema !== true);
  return {
    parts: saying,
    closed: closed && saying.length > 0,
    key: `${saying
      .map(part => schemaKey(part))
      .sort()
      .join()}${closed ? 'c' : ''}`,
  };
}

/** A part at a key path below another. */
export function below(part: OpenPart, schema: Json, ...keys: readonly (string | number)[]): Part {
  return { ...part, schema, path: keys.reduce<PathLink>((parent, key) => ({ parent, key }), part.path) };
}

/** The keywords of a schema that its draft knows. */
export function isKnown(part: OpenPart, keyword: string): boolean {
  return Object.hasOwn(part.schema, keyword) && part.world.keywords(part.scope.resource.draft).has(keyword);
}

export function argumentOf(part: OpenPart, keyword: string): Json | undefined {
  return isKnown(part, keyword) ? part.schema[keyword] : undefined;
}

/** Whether nothing beside its `$ref` counts. */
export function standsAlone({ schema, scope }: OpenPart): boolean {
  return refStandsAlone(scope.resource.draft) && ownString(schema, '$ref') !== undefined;
}

/** Where a reference leads. Throws `UnresolvableReferenceError`. */
export function target(part: OpenPart, reference: string): Part {
  const to = follow(part.world, part.schema, part.scope, reference);
  return { world: part.world, schema: to.schema, scope: to.scope, path: rootPath(to.pointer) };
}

/** The part in its own resource; undefined for `true` and `false`. */
export function opened(part: Part): OpenPart | undefined {
  const { schema, world, scope } = part;
  return isObject(schema) ? { ...part, schema, scope: enter(world, schema, scope) } : undefined;
}

/** The schemas that hold of a value of one of the types. */
export function open(view: View, types: Types = ALL_TYPES): Opened {
  const parts: OpenPart[] = [];
  const seen = new Set<Json>();
  let never = false;
  const stack = [...view.parts].reverse();
  for (let part = stack.pop(); part; part = stack.pop()) {
    never ||= part.schema === false;
    const here = opened(part);
    if (!here || seen.has(here.schema) || parts.length >= MAX_PARTS) {
      continue;
    }
    seen.add(here.schema);
    const reference = ownString(here.schema, '$ref');
    const alone = standsAlone(here);
    if (!alone) {
      parts.push(here);
      stack.push(...inPlaceParts(here, types).reverse());
    }
    if (reference !== undefined) {
      stack.push(target(here, reference));
    }
  }
  return { parts, never, closed: view.closed };
}

function inPlaceParts(part: OpenPart, types: Types): Part[] {
  const result: Part[] = (ownArray(part.schema, 'allOf') ?? []).map((each, i) => below(part, each, 'allOf', i));
  for (const keyword of ['anyOf', 'oneOf']) {
    const alternatives = ownArray(part.schema, keyword) ?? [];
    const fitting = alternatives.length > 0 ? alternativesFor(part, alternatives, types) : undefined;
    if (fitting?.length === 1) {
      result.push(below(part, alternatives[fitting[0]], keyword, fitting[0]));
    }
  }
  return result;
}

/** The types that values of the view may have. */
export function typesOfView({ parts }: Opened): Types {
  return parts.reduce((types, part) => types & typesOf(part), ALL_TYPES);
}

interface Looked {
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
  readonly all: boolean;
}

const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'dependencies'];

/** The names of properties that a closed object may have: those that some schema in place speaks of. */
export function lookedAt({ parts }: Opened): Looked {
  const names = new Set<string>();
  const patterns = new Set<string>();
  let all = false;
  const seen = new Set<Json>();
  const stack: Part[] = [...parts];
  for (let part = stack.pop(); part; part = stack.pop()) {
    const here = opened(part);
    if (!here || seen.has(here.schema)) {
      continue;
    }
    seen.add(here.schema);
    const { schema } = here;
    const reference = ownString(schema, '$ref');
    if (reference !== undefined) {
      stack.push(target(here, reference));
    }
    if (standsAlone(here)) {
      continue;
    }
    Object.keys(ownObject(schema, 'properties') ?? {}).forEach(name => names.add(name));
    Object.keys(ownObject(schema, 'patternProperties') ?? {}).forEach(pattern => patterns.add(pattern));
    all ||= own(schema, 'additionalProperties') !== undefined || own(schema, 'unevaluatedProperties') !== undefined;
    for (const keyword of IN_PLACE) {
      const value = own(schema, keyword);
      const inner = isArray(value) || keyword.startsWith('depend') ? Object.values(value ?? {}) : [value];
      inner.forEach(each => isObject(each) && stack.push(below(here, each, keyword)));
    }
  }
  return { names, patterns, all };
}

/** What is said of a property; undefined where there can be none of that name. */
export function propertyView(view: Opened, name: string, looked: Looked): View | undefined {
  if (
    view.closed &&
    !looked.all &&
    !looked.names.has(name) &&
    ![...looked.patterns].some(each => matchesRegExp(each, name))
  ) {
    return undefined;
  }
  const parts: Part[] = [];
  for (const part of view.parts) {
    const properties = ownObject(part.schema, 'properties');
    const patterns = ownObject(part.schema, 'patternProperties');
    let known = false;
    if (properties && Object.hasOwn(properties, name)) {
      parts.push(below(part, properties[name], 'properties', name));
      known = true;
    }
    for (const pattern of Object.keys(patterns ?? {})) {
      if (patterns && matchesRegExp(pattern, name)) {
        parts.push(below(part, patterns[pattern], 'patternProperties', pattern));
        known = true;
      }
    }
    const rest = own(part.schema, 'additionalProperties');
    if (!known && rest !== undefined) {
      parts.push(below(part, rest, 'additionalProperties'));
    }
  }
  return parts.some(({ schema }) => schema === false) ? undefined : viewOf(parts, view.closed);
}

/** What is said of properties that no name and none of the given expressions speaks of; `none` where there are none. */
export function otherPropertiesView(
  view: Opened,
  looked: Looked,
  patterns: ReadonlySet<string>,
): View | 'none' | undefined {
  if ([...looked.patterns].some(each => !patterns.has(each))) {
    return undefined;
  }
  const rests = view.parts.flatMap(part => {
    const rest = own(part.schema, 'additionalProperties');
    return rest === undefined ? [] : [below(part, rest, 'additionalProperties')];
  });
  if (rests.some(({ schema }) => schema === false) || (view.closed && !looked.all)) {
    return 'none';
  }
  return viewOf(rests, view.closed);
}

/** What is said of properties by the same expression. */
export function patternView(view: Opened, pattern: string): View | undefined {
  const parts = view.parts.flatMap(part => {
    const map = ownObject(part.schema, 'patternProperties') ?? {};
    return Object.hasOwn(map, pattern) ? [below(part, map[pattern], 'patternProperties', pattern)] : [];
  });
  return parts.length === 0 ? undefined : viewOf(parts, view.closed);
}

/** The tuple of an array's schema, and what follows it. */
export interface Items {
  readonly tuple: readonly Part[];
  readonly rest: Part | undefined;
}

export function itemsOf(part: OpenPart): Items {
  const value = argumentOf(part, 'items');
  if (part.scope.resource.draft === '2020-12') {
    const tuple = ownArray(part.schema, 'prefixItems') ?? [];
    return {
      tuple: tuple.map((each, i) => below(part, each, 'prefixItems', i)),
      rest: value === undefined || isArray(value) ? undefined : below(part, value, 'items'),
    };
  }
  if (!isArray(value)) {
    return { tuple: [], rest: value === undefined ? undefined : below(part, value, 'items') };
  }
  const rest = argumentOf(part, 'additionalItems');
  return {
    tuple: value.map((each, i) => below(part, each, 'items', i)),
    rest: rest === undefined ? undefined : below(part, rest, 'additionalItems'),
  };
}

/** What is said of the item at an index; with `Infinity`, of all items beyond the tuples. Undefined where there is none. */
export function itemView(view: Opened, index: number): View | undefined {
  const parts = view.parts.flatMap(part => {
    const { tuple, rest } = itemsOf(part);
    const at = index < tuple.length ? tuple[index] : rest;
    return at ? [at] : [];
  });
  const most = Math.min(...view.parts.map(part => ownNumber(part.schema, 'maxItems') ?? Infinity));
  return parts.some(({ schema }) => schema === false) || index >= most ? undefined : viewOf(parts, view.closed);
}

/** From where on all items are treated alike. */
export function tupleLength(view: Opened): number {
  return Math.max(0, ...view.parts.map(part => itemsOf(part).tuple.length));
}
