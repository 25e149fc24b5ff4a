/*
 * Where may a reader reject what a writer sends? The reader's schema is taken
 * apart into what it asks at each place (a schema is the conjunction of its
 * keywords, through references, `allOf`, properties and items), and what the
 * writer says of the same place is held against it. What the writer says too,
 * word for word or more strictly, is settled. What is left is a suspect: "at
 * this place, this keyword". A value that the writer allows and the reader
 * rejects fails at one suspect at least, so no suspects is a proof; and each
 * suspect is a question of its own for the solver, small where the difference
 * is small.
 *
 * Recursion. A pair of a view and a schema that was looked at before is not
 * looked at again: without suspects the whole is proved by coinduction. With
 * suspects that turn out to be none, what was skipped may still hide one
 * (`complete` is false then).
 */
import { isMultipleOf } from '../decimal';
import { isKnownFormat } from '../formats';
import { isArray, isObject, own, ownArray, ownString } from '../json';
import type { PathLink } from '../pointer';
import { matchesRegExp } from '../regex';
import type { Json, JsonObject } from '../types';
import { isListed } from '../valueLists';
import { isWithin } from './formatLanguages';
import type { Item, KeywordPart, Where } from './items';
import { denied, litHolds } from './literals';
import { sameKeyword, sameSchema } from './sameSchema';
import { ALL_TYPES, apart, TYPES_BY_NAME, typesOfKeyword, typesOfValue, valueTypes, type Types } from './typeSets';
import {
  argumentOf,
  below,
  isKnown,
  itemsOf,
  itemView,
  lookedAt,
  open,
  opened,
  otherPropertiesView,
  patternView,
  propertyView,
  standsAlone,
  target,
  tupleLength,
  typesOfView,
  type Opened,
  type OpenPart,
  type Part,
  type View,
} from './views';

/** One step into a value. */
export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'someProperty'; readonly where: Where }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'someItem'; readonly from: number };

/** The steps to a place, the last one first. */
export interface Trail {
  readonly outer: Trail | undefined;
  readonly step: Step;
}

function lengthOf(trail: Trail | undefined): number {
  let length = 0;
  for (let link = trail; link; link = link.outer) {
    length += 1;
  }
  return length;
}

/** A place at which the reader may reject what the writer sends, and by what. */
export interface Suspect {
  readonly trail: Trail | undefined;
  /** What a value at the place must be like to be rejected. */
  readonly goals: readonly Item[];
  readonly part: KeywordPart;
  /** Where the keyword stands in the reader's document. */
  readonly readerPath: PathLink;
  /** The reader's schema that holds the keyword. */
  readonly reader: Part;
  readonly writerPath: PathLink | undefined;
}

export interface Suspects {
  readonly suspects: readonly Suspect[];
  /** Whether each place was looked at that a value may be rejected at. */
  readonly complete: boolean;
}

/** Suspects that are kept; a question about more is asked as a whole. */
const MAX_SUSPECTS = 3000;
/** Values of an enum that are tried one by one. */
const MAX_LISTED = 40;
/** Steps into values that are followed; the solver goes no deeper either. */
const MAX_TRAIL = 140;
/** Alternatives that are tried inside alternatives. */
const MAX_TRIALS = 2;

/* eslint-disable no-bitwise */

/** Keywords that are about one type. */
const ABOUT: { readonly [keyword: string]: Types } = {
  ...Object.fromEntries(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map(each => [
      each,
      TYPES_BY_NAME.number,
    ]),
  ),
  ...Object.fromEntries(['minLength', 'maxLength', 'pattern', 'format'].map(each => [each, TYPES_BY_NAME.string])),
  ...Object.fromEntries(
    'items prefixItems additionalItems contains uniqueItems minItems maxItems unevaluatedItems'
      .split(' ')
      .map(each => [each, TYPES_BY_NAME.array]),
  ),
  ...Object.fromEntries(
    'properties patternProperties additionalProperties propertyNames required minProperties maxProperties dependencies dependentRequired dependentSchemas unevaluatedProperties'
      .split(' ')
      .map(each => [each, TYPES_BY_NAME.object]),
  ),
};

/** The reader's schema at a place beside what the writer says of it. */
interface Place {
  readonly view: View;
  readonly types: Types;
  readonly here: OpenPart;
  readonly trail: Trail | undefined;
  /** Types that the writer's values may have. */
  readonly held: Types;
  /** What the writer says of values of the types that a keyword is about. */
  of(types: Types): Opened;
}

type Check = (walk: Walk, place: Place, argument: Json, keyword: string) => void;

class Walk {
  readonly suspects: Suspect[] = [];
  complete = true;
  /** Whether a place too deep inside was left out: then no suspects prove nothing. */
  isCut = false;
  readonly #visited = new Set<string>();

  constructor(private readonly spend: (steps: number) => void, readonly trials: number) {}

  /** Whether the view's values all satisfy the schema, as far as can be told by looking at both. */
  isSettled(view: View, types: Types, reader: Part): boolean {
    if (this.trials <= 0) {
      return false;
    }
    const walk = new Walk(this.spend, this.trials - 1);
    walk.check(view, types, reader, undefined);
    return walk.suspects.length === 0 && !walk.isCut;
  }

  check(view: View, types: Types, reader: Part, trail: Trail | undefined): void {
    this.spend(2);
    if (reader.schema === true || view.parts.some(part => sameSchema(part, reader))) {
      return;
    }
    const here = opened(reader);
    if (!here) {
      this.#add({ view, types, trail }, reader, reader.path, { keyword: 'false' }, []);
      return;
    }
    if (lengthOf(trail) > MAX_TRAIL) {
      this.isCut = true;
      return;
    }
    const key = `${view.key}|${types}|${keyOfPart(here)}`;
    if (this.#visited.has(key)) {
      this.complete = false;
      return;
    }
    this.#visited.add(key);
    const whole = open(view, types);
    const held = types & typesOfView(whole);
    if (whole.never || held === 0 || whole.parts.some(part => sameSchema(part, here))) {
      return;
    }
    const values = listed(whole);
    if (values && values.length <= MAX_LISTED && values.every(each => accepts(here, types, each))) {
      return;
    }
    const known = new Map<Types, Opened>([[types, whole]]);
    const of = (about: Types): Opened => {
      const some = types & about;
      const result = known.get(some) ?? open(view, some);
      known.set(some, result);
      return result;
    };
    this.#keywords({ view, types, here, trail, held, of });
  }

  #keywords(place: Place): void {
    const { here, held } = place;
    if (standsAlone(here)) {
      CHECKS.$ref(this, place, here.schema.$ref, '$ref');
      return;
    }
    for (const keyword of Object.keys(here.schema)) {
      const about = Object.hasOwn(ABOUT, keyword) ? ABOUT[keyword] : ALL_TYPES;
      if (isKnown(here, keyword) && (held & about) !== 0) {
        const check = Object.hasOwn(CHECKS, keyword) ? CHECKS[keyword] : suspectAnyway;
        check(this, place, here.schema[keyword], keyword);
      }
    }
  }

  /** A part of a keyword is suspected, of values of some of the types. */
  suspect(place: Place, part: KeywordPart, types: Types = place.types): void {
    const { world, schema, scope, path } = place.here;
    const keyword: PathLink = { parent: path, key: part.keyword };
    this.#add({ ...place, types }, place.here, keyword, part, [denied(world, schema, scope, part)]);
  }

  #add(
    { view, types, trail }: Pick<Place, 'view' | 'types' | 'trail'>,
    reader: Part,
    readerPath: PathLink,
    part: KeywordPart,
    goals: readonly Item[],
  ): void {
    if (this.suspects.length >= MAX_SUSPECTS) {
      this.complete = false;
      return;
    }
    const typed: Item[] = types === ALL_TYPES ? [] : [{ kind: 'types', types: valueTypes(types) }];
    const [first] = view.parts;
    this.suspects.push({ trail, goals: [...typed, ...goals], part, readerPath, reader, writerPath: first?.path });
  }
}

function keyOfPart(part: Part): string {
  return denied(part.world, part.schema, part.scope).id;
}

function accepts(here: OpenPart, types: Types, value: Json): boolean {
  return (typesOfValue(value) & types) === 0 || !litHolds(denied(here.world, here.schema, here.scope), value);
}

/** The values of an enum or a constant. */
function listed({ parts }: Opened): readonly Json[] | undefined {
  for (const part of parts) {
    const constant = argumentOf(part, 'const');
    if (constant !== undefined) {
      return [constant];
    }
    const values = ownArray(part.schema, 'enum');
    if (values) {
      return values;
    }
  }
  return undefined;
}

const suspectAnyway: Check = (walk, place, _, keyword) => {
  if (!place.of(ALL_TYPES).parts.some(part => sameKeyword(part, place.here, keyword))) {
    walk.suspect(place, { keyword });
  }
};

const type: Check = (walk, place, argument) => {
  if ((place.held & ~typesOfKeyword(argument)) !== 0) {
    walk.suspect(place, { keyword: 'type' });
  }
};

const SIMPLE: readonly Json[] = [null, true, false];

const oneOfValues: Check = (walk, place, argument, keyword) => {
  const allowed = keyword === 'const' ? [argument] : argument;
  if (!isArray(allowed)) {
    return;
  }
  const simple = (place.held & ~(TYPES_BY_NAME.null | TYPES_BY_NAME.boolean)) === 0;
  const values = listed(place.of(ALL_TYPES)) ?? (simple ? SIMPLE : undefined);
  if (!values?.every(each => (typesOfValue(each) & place.held) === 0 || isListed(allowed, each))) {
    walk.suspect(place, { keyword });
  }
};

interface Limit {
  readonly value: number;
  readonly open: boolean;
}

/** The limit that a keyword sets for numbers; in draft-04 `exclusiveMinimum: true` sharpens `minimum`. */
function limitOf(part: OpenPart, keyword: string): Limit | undefined {
  const value = argumentOf(part, keyword);
  if (typeof value !== 'number') {
    return undefined;
  }
  const old = part.scope.resource.draft === 'draft-04';
  const sharpened = old && own(part.schema, keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum') === true;
  return { value, open: sharpened || keyword.startsWith('exclusive') };
}

function limit(keywords: readonly string[], sign: 1 | -1): Check {
  return (walk, place, _, keyword) => {
    const reader = limitOf(place.here, keyword);
    const said = place.of(TYPES_BY_NAME.number).parts.flatMap(part => keywords.map(each => limitOf(part, each)));
    const isMet = (writer: Limit | undefined) =>
      reader !== undefined &&
      writer !== undefined &&
      (sign * writer.value > sign * reader.value || (writer.value === reader.value && (writer.open || !reader.open)));
    if (reader && !said.some(isMet)) {
      walk.suspect(place, { keyword });
    }
  };
}

const least = limit(['minimum', 'exclusiveMinimum'], 1);
const most = limit(['maximum', 'exclusiveMaximum'], -1);

function atLeast(holds: (writer: number, reader: number) => boolean): Check {
  return (walk, place, argument, keyword) => {
    const said = place.of(ABOUT[keyword]).parts.map(part => argumentOf(part, keyword));
    if (typeof argument === 'number' && !said.some(each => typeof each === 'number' && holds(each, argument))) {
      walk.suspect(place, { keyword });
    }
  };
}

const more = atLeast((writer, reader) => writer >= reader);
const fewer = atLeast((writer, reader) => writer <= reader);

const multipleOf: Check = (walk, place, argument, keyword) => {
  const whole = (place.held & TYPES_BY_NAME.number) === TYPES_BY_NAME.integer;
  if (argument !== 1 || !whole) {
    atLeast((writer, reader) => reader > 0 && isMultipleOf(writer, reader))(walk, place, argument, keyword);
  }
};

const text: Check = (walk, place, argument, keyword) => {
  const silent = keyword === 'format' && (!place.here.world.assertFormat || !isKnownFormat(String(argument)));
  const said = place.of(TYPES_BY_NAME.string).parts.map(part => ownString(part.schema, keyword));
  const met = said.some(
    each => each === argument || (keyword === 'format' && each !== undefined && isWithin(each, String(argument))),
  );
  if (!silent && !met) {
    walk.suspect(place, { keyword });
  }
};

const required: Check = (walk, place, argument) => {
  const said = new Set(place.of(TYPES_BY_NAME.object).parts.flatMap(part => ownArray(part.schema, 'required') ?? []));
  for (const name of isArray(argument) ? argument : []) {
    if (typeof name === 'string' && !said.has(name)) {
      walk.suspect(place, { keyword: 'required', name });
    }
  }
};

const properties: Check = (walk, place, argument) => {
  const objects = place.of(TYPES_BY_NAME.object);
  const looked = lookedAt(objects);
  const map = isObject(argument) ? argument : {};
  for (const name of Object.keys(map)) {
    const view = map[name] === true ? undefined : propertyView(objects, name, looked);
    if (view) {
      walk.check(view, ALL_TYPES, below(place.here, map[name], 'properties', name), {
        outer: place.trail,
        step: { kind: 'property', name },
      });
    }
  }
};

/** Names that the writer speaks of and that match, each for itself; and whether there may be others. */
function eachNamed(
  walk: Walk,
  place: Place,
  isMeant: (name: string) => boolean,
  reader: Part,
): { readonly names: readonly string[]; readonly objects: Opened } {
  const objects = place.of(TYPES_BY_NAME.object);
  const looked = lookedAt(objects);
  const names = [...looked.names].filter(isMeant);
  for (const name of names) {
    const view = propertyView(objects, name, looked);
    if (view) {
      walk.check(view, ALL_TYPES, reader, { outer: place.trail, step: { kind: 'property', name } });
    }
  }
  return { names, objects };
}

const patternProperties: Check = (walk, place, argument) => {
  const map: JsonObject = isObject(argument) ? argument : {};
  const objects = place.of(TYPES_BY_NAME.object);
  for (const pattern of Object.keys(map).filter(each => map[each] !== true)) {
    const reader = below(place.here, map[pattern], 'patternProperties', pattern);
    const same = patternView(objects, pattern);
    if (same) {
      walk.check(same, ALL_TYPES, reader, {
        outer: place.trail,
        step: { kind: 'someProperty', where: { pattern } },
      });
      continue;
    }
    const others = otherPropertiesView(objects, lookedAt(objects), new Set());
    if (others === 'none') {
      eachNamed(walk, place, name => matchesRegExp(pattern, name), reader);
    } else {
      walk.suspect(place, { keyword: 'patternProperties', name: pattern });
    }
  }
};

const additionalProperties: Check = (walk, place, argument, keyword) => {
  if (argument === true) {
    return;
  }
  const known = Object.keys(objectAt(place.here, 'properties'));
  const patterns = Object.keys(objectAt(place.here, 'patternProperties'));
  const isOther = (name: string) => !known.includes(name) && !patterns.some(pattern => matchesRegExp(pattern, name));
  const reader = below(place.here, argument, keyword);
  const { names, objects } = eachNamed(walk, place, isOther, reader);
  const others = otherPropertiesView(objects, lookedAt(objects), new Set(patterns));
  if (others === undefined) {
    walk.suspect(place, { keyword });
  } else if (others !== 'none') {
    const where: Where = { notNames: [...new Set([...known, ...names])], notPatterns: patterns };
    walk.check(others, ALL_TYPES, reader, { outer: place.trail, step: { kind: 'someProperty', where } });
  }
};

function objectAt(part: OpenPart, keyword: string): JsonObject {
  const value = own(part.schema, keyword);
  return isObject(value) ? value : {};
}

const propertyNames: Check = (walk, place, argument, keyword) => {
  const objects = place.of(TYPES_BY_NAME.object);
  const looked = lookedAt(objects);
  const { world, scope } = place.here;
  const finite = otherPropertiesView(objects, looked, new Set()) === 'none';
  const lit = denied(world, argument, scope);
  if (!finite || [...looked.names].some(name => litHolds(lit, name))) {
    suspectAnyway(walk, place, argument, keyword);
  }
};

const items: Check = (walk, place) => {
  const arrays = place.of(TYPES_BY_NAME.array);
  const { tuple, rest } = itemsOf(place.here);
  const last = Math.max(tuple.length, tupleLength(arrays));
  for (let index = 0; index < last; index++) {
    const reader = index < tuple.length ? tuple[index] : rest;
    const view = reader && itemView(arrays, index);
    if (reader && view) {
      walk.check(view, ALL_TYPES, reader, { outer: place.trail, step: { kind: 'item', index } });
    }
  }
  const view = rest && itemView(arrays, last);
  if (rest && view) {
    walk.check(view, ALL_TYPES, rest, { outer: place.trail, step: { kind: 'someItem', from: last } });
  }
};

/** Tuple and rest are read together; the first of their keywords does it. */
function onlyFirst(keywords: readonly string[], check: Check): Check {
  return (walk, place, argument, keyword) => {
    if (keywords.find(each => isKnown(place.here, each)) === keyword) {
      check(walk, place, argument, keyword);
    }
  };
}

const tuples = onlyFirst(['prefixItems', 'items', 'additionalItems'], items);

const dependencies: Check = (walk, place, argument, keyword) => {
  const objects = place.of(TYPES_BY_NAME.object);
  const looked = lookedAt(objects);
  const said = new Set(objects.parts.flatMap(part => ownArray(part.schema, 'required') ?? []));
  const map = isObject(argument) ? argument : {};
  for (const name of Object.keys(map)) {
    const value = map[name];
    const settled =
      !propertyView(objects, name, looked) ||
      (isArray(value)
        ? value.every(each => said.has(each))
        : walk.isSettled(place.view, place.types & TYPES_BY_NAME.object, below(place.here, value, keyword, name)));
    if (!settled && !objects.parts.some(part => sameKeyword(part, place.here, keyword))) {
      walk.suspect(place, { keyword, name });
    }
  }
};

const alternatives: Check = (walk, place, argument, keyword) => {
  const schemas = isArray(argument) ? argument : [];
  if (schemas.length === 0 || place.of(ALL_TYPES).parts.some(part => sameKeyword(part, place.here, keyword))) {
    return;
  }
  const types = apart(place.here, schemas);
  const one = (i: number) => below(place.here, schemas[i], keyword, i);
  if (types) {
    const all = types.reduce((sum, each) => sum | each, 0);
    if ((place.held & ~all) !== 0) {
      walk.suspect(place, { keyword }, place.types & ~all);
    }
    types.forEach((each, i) => walk.check(place.view, place.types & each, one(i), place.trail));
    return;
  }
  const isSettled = keyword === 'anyOf' && schemas.some((_, i) => walk.isSettled(place.view, place.types, one(i)));
  if (!isSettled) {
    walk.suspect(place, { keyword });
  }
};

const condition: Check = (walk, place, argument, keyword) => {
  const { schema } = place.here;
  if (own(schema, 'then') !== undefined || own(schema, 'else') !== undefined) {
    suspectAnyway(walk, place, argument, keyword);
  }
};

const CHECKS: { readonly [keyword: string]: Check } = {
  type,
  enum: oneOfValues,
  const: oneOfValues,
  minimum: least,
  maximum: most,
  exclusiveMinimum: least,
  exclusiveMaximum: most,
  multipleOf,
  minLength: more,
  maxLength: fewer,
  pattern: text,
  format: text,
  minItems: more,
  maxItems: fewer,
  uniqueItems: (walk, place, argument, keyword) => argument === true && suspectAnyway(walk, place, argument, keyword),
  prefixItems: tuples,
  items: tuples,
  additionalItems: tuples,
  minProperties: more,
  maxProperties: fewer,
  required,
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  dependencies,
  dependentRequired: dependencies,
  dependentSchemas: dependencies,
  allOf: (walk, { view, types, here, trail }, argument) =>
    (isArray(argument) ? argument : []).forEach((each, i) =>
      walk.check(view, types, below(here, each, 'allOf', i), trail),
    ),
  anyOf: alternatives,
  oneOf: alternatives,
  if: condition,
  // what it means depends on all that stands beside it
  unevaluatedProperties: (walk, place, argument, keyword) => argument !== true && walk.suspect(place, { keyword }),
  unevaluatedItems: (walk, place, argument, keyword) => argument !== true && walk.suspect(place, { keyword }),
  $ref: (walk, { view, types, here, trail }, argument) =>
    typeof argument === 'string' && walk.check(view, types, target(here, argument), trail),
};

/** Where values of the view may be rejected by the schema. */
export function findSuspects(view: View, reader: Part, spend: (steps: number) => void): Suspects {
  const walk = new Walk(spend, MAX_TRIALS);
  walk.check(view, ALL_TYPES, reader, undefined);
  return { suspects: walk.suspects, complete: !walk.isCut && (walk.complete || walk.suspects.length === 0) };
}
