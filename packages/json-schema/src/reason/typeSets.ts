/*
 * Sets of types as bits. A number that is whole is told apart from one that
 * is not.
 */
import { isArray, isObject, own, ownArray, ownString } from '../json';
import type { Json, JsonObject } from '../types';
import type { World, ValueType } from './items';
import type { Scope } from '../evaluation';
import { enter, follow } from './literals';
import { refStandsAlone } from '../drafts';

export type Types = number;

/* eslint-disable no-bitwise */
const NULL = 1;
const BOOLEAN = 2;
const INTEGER = 4;
const STRING = 8;
const ARRAY = 16;
const OBJECT = 32;
const FRACTION = 64;
const NUMBER = INTEGER | FRACTION;
export const ALL_TYPES: Types = 127;

export const TYPES_BY_NAME: { readonly [name: string]: Types } = {
  null: NULL,
  boolean: BOOLEAN,
  integer: INTEGER,
  number: NUMBER,
  string: STRING,
  array: ARRAY,
  object: OBJECT,
};

const VALUE_TYPES: readonly ValueType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** The names of the types in a set; a number is one type. */
export function valueTypes(types: Types): readonly ValueType[] {
  return VALUE_TYPES.filter(name => (types & TYPES_BY_NAME[name]) !== 0);
}

/** With whole numbers, all numbers, and the other way round. */
export function widened(types: Types): Types {
  return (types & NUMBER) === 0 ? types : types | NUMBER;
}

export function typesOfValue(value: Json): Types {
  if (value === null) {
    return NULL;
  }
  if (isArray(value)) {
    return ARRAY;
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? INTEGER : FRACTION;
  }
  return TYPES_BY_NAME[typeof value];
}

export function typesOfKeyword(argument: Json): Types {
  const names = isArray(argument) ? argument : [argument];
  return names.reduce<Types>((all, name) => all | (TYPES_BY_NAME[String(name)] ?? 0), 0);
}

interface Placed {
  readonly world: World;
  readonly schema: Json;
  readonly scope: Scope;
}

/** References and combinations that are opened to tell a type. */
const MAX_OPENED = 12;

/** Types that values of the schema may have; more than they have, where that is not plain to see. */
export function typesOf(part: Placed, depth = 0): Types {
  if (typeof part.schema === 'boolean') {
    return part.schema ? ALL_TYPES : 0;
  }
  if (!isObject(part.schema) || depth > MAX_OPENED) {
    return ALL_TYPES;
  }
  const schema: JsonObject = part.schema;
  const scope = enter(part.world, schema, part.scope);
  const known = part.world.keywords(scope.resource.draft);
  const inner = (each: Json): Types => typesOf({ world: part.world, schema: each, scope }, depth + 1);
  const reference = ownString(schema, '$ref');
  let types = ALL_TYPES;
  if (reference !== undefined) {
    const to = follow(part.world, schema, scope, reference);
    types &= typesOf({ world: part.world, schema: to.schema, scope: to.scope }, depth + 1);
    if (refStandsAlone(scope.resource.draft)) {
      return types;
    }
  }
  const type = own(schema, 'type');
  if (type !== undefined) {
    types &= typesOfKeyword(type);
  }
  const values = ownArray(schema, 'enum');
  if (values) {
    types &= values.reduce<Types>((all, each) => all | typesOfValue(each), 0);
  }
  const constant = own(schema, 'const');
  if (constant !== undefined && known.has('const')) {
    types &= typesOfValue(constant);
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const alternatives = ownArray(schema, keyword);
    if (alternatives && alternatives.length > 0) {
      types &= alternatives.reduce<Types>((all, each) => all | inner(each), 0);
    }
  }
  return (ownArray(schema, 'allOf') ?? []).reduce<Types>((all, each) => all & inner(each), types);
}

/** Places of the alternatives that a value of one of the types may fit. */
export function alternativesFor(part: Placed, alternatives: readonly Json[], types: Types): readonly number[] {
  return alternatives.flatMap((schema, i) => ((typesOf({ ...part, schema }) & widened(types)) === 0 ? [] : [i]));
}

/** The types of each alternative, numbers as one; undefined where two of them share one. */
export function apart(part: Placed, alternatives: readonly Json[]): readonly Types[] | undefined {
  const types = alternatives.map(schema => widened(typesOf({ ...part, schema })));
  let all = 0;
  for (const each of types) {
    if ((all & each) !== 0) {
      return undefined;
    }
    all |= each;
  }
  return types;
}
