/*
 * What each keyword's value must look like: the meta-schemas of the drafts as
 * a table, with messages for people.
 */
import { isBefore } from './drafts';
import { isArray, isObject, own } from './json';
import { isRegExp } from './regex';
import type { Draft, Json, JsonObject } from './types';

/** What is wrong with the value, undefined if nothing. */
type Shape = (value: Json, draft: Draft, schema: JsonObject) => string | undefined;

interface ShapeRow {
  readonly check: Shape;
  readonly since?: Draft;
}

const TYPES: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

const text: Shape = value => (typeof value === 'string' ? undefined : 'must be a text');

const flag: Shape = value => (typeof value === 'boolean' ? undefined : 'must be true or false');

const number: Shape = value => (typeof value === 'number' ? undefined : 'must be a number');

const count: Shape = value =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? undefined : 'must be a whole number, 0 or more';

const positive: Shape = value => (typeof value === 'number' && value > 0 ? undefined : 'must be a number above 0');

const list: Shape = value => (isArray(value) ? undefined : 'must be a list');

const map: Shape = value => (isObject(value) ? undefined : 'must be an object of schemas');

function names(value: Json, atLeastOne: boolean): string | undefined {
  if (!isArray(value) || value.some(each => typeof each !== 'string')) {
    return 'must be a list of texts';
  }
  if (new Set(value).size !== value.length) {
    return 'must not repeat a name';
  }
  return atLeastOne && value.length === 0 ? 'must have at least one name' : undefined;
}

const schemas: Shape = value =>
  isArray(value) && value.length > 0 ? undefined : 'must be a list of at least one schema';

const type: Shape = value => {
  const types = isArray(value) ? value : [value];
  const unknown = types.find(each => !TYPES.has(each));
  if (unknown !== undefined) {
    return `must be a type (${[...TYPES].join(', ')}) or a list of types, not ${JSON.stringify(unknown)}`;
  }
  if (types.length === 0) {
    return 'must name at least one type';
  }
  return new Set(types).size === types.length ? undefined : 'must not repeat a type';
};

const enumeration: Shape = (value, draft) => {
  if (!isArray(value)) {
    return 'must be a list of values';
  }
  return value.length === 0 && isBefore(draft, 'draft-07') ? 'must have at least one value' : undefined;
};

/** A flag beside its limit in draft-04, a limit itself later. */
function exclusive(limit: string): Shape {
  return (value, draft, schema) => {
    if (draft !== 'draft-04') {
      return typeof value === 'number' ? undefined : `must be a number (true or false beside ${limit} is draft-04)`;
    }
    if (typeof value !== 'boolean') {
      return `must be true or false beside ${limit} (a number is draft-06 and later)`;
    }
    return own(schema, limit) === undefined ? `needs ${limit}` : undefined;
  };
}

const pattern: Shape = value => {
  if (typeof value !== 'string') {
    return 'must be a text';
  }
  return isRegExp(value) ? undefined : 'must be a regular expression';
};

const patternMap: Shape = value => {
  if (!isObject(value)) {
    return 'must be an object of schemas';
  }
  const bad = Object.keys(value).find(each => !isRegExp(each));
  return bad === undefined ? undefined : `${JSON.stringify(bad)} must be a regular expression`;
};

const items: Shape = (value, draft) => {
  if (!isArray(value)) {
    return undefined;
  }
  if (draft === '2020-12') {
    return 'must be one schema; a list of schemas is prefixItems since 2020-12';
  }
  return value.length === 0 && isBefore(draft, 'draft-06') ? 'must have at least one schema' : undefined;
};

const dependencies: Shape = (value, draft) => {
  if (!isObject(value)) {
    return 'must be an object';
  }
  for (const name of Object.keys(value)) {
    const dependency = value[name];
    const message = isArray(dependency) ? names(dependency, draft === 'draft-04') : undefined;
    if (message) {
      return `${JSON.stringify(name)} ${message}`;
    }
  }
  return undefined;
};

const namesByName: Shape = value => {
  if (!isObject(value)) {
    return 'must be an object of lists of names';
  }
  for (const name of Object.keys(value)) {
    const message = names(value[name], false);
    if (message) {
      return `${JSON.stringify(name)} ${message}`;
    }
  }
  return undefined;
};

const id: Shape = (value, draft) => {
  if (typeof value !== 'string') {
    return 'must be a text';
  }
  return !isBefore(draft, '2019-09') && /#./.test(value) ? 'must have no fragment; use $anchor' : undefined;
};

const anchor: Shape = value =>
  typeof value === 'string' && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value)
    ? undefined
    : 'must be a name of letters, digits, "-", "_" and "."';

export const SHAPES: ReadonlyMap<string, ShapeRow> = new Map<string, ShapeRow>([
  ['$schema', { check: text }],
  ['$id', { check: id, since: 'draft-06' }],
  ['$anchor', { check: anchor, since: '2019-09' }],
  ['$dynamicAnchor', { check: anchor, since: '2020-12' }],
  ['$recursiveAnchor', { check: flag, since: '2019-09' }],
  ['$comment', { check: text, since: 'draft-07' }],
  ['$defs', { check: map, since: '2019-09' }],
  ['definitions', { check: map }],
  ['title', { check: text }],
  ['description', { check: text }],
  ['examples', { check: list, since: 'draft-06' }],
  ['deprecated', { check: flag, since: '2019-09' }],
  ['readOnly', { check: flag, since: 'draft-07' }],
  ['writeOnly', { check: flag, since: 'draft-07' }],
  ['type', { check: type }],
  ['enum', { check: enumeration }],
  ['multipleOf', { check: positive }],
  ['minimum', { check: number }],
  ['maximum', { check: number }],
  ['exclusiveMinimum', { check: exclusive('minimum') }],
  ['exclusiveMaximum', { check: exclusive('maximum') }],
  ['minLength', { check: count }],
  ['maxLength', { check: count }],
  ['pattern', { check: pattern }],
  ['format', { check: text }],
  ['contentEncoding', { check: text, since: 'draft-07' }],
  ['contentMediaType', { check: text, since: 'draft-07' }],
  ['items', { check: items }],
  ['prefixItems', { check: schemas, since: '2020-12' }],
  ['minItems', { check: count }],
  ['maxItems', { check: count }],
  ['uniqueItems', { check: flag }],
  ['minContains', { check: count, since: '2019-09' }],
  ['maxContains', { check: count, since: '2019-09' }],
  ['properties', { check: map }],
  ['patternProperties', { check: patternMap }],
  ['minProperties', { check: count }],
  ['maxProperties', { check: count }],
  ['required', { check: (value, draft) => names(value, draft === 'draft-04') }],
  ['dependencies', { check: dependencies }],
  ['dependentRequired', { check: namesByName, since: '2019-09' }],
  ['dependentSchemas', { check: map, since: '2019-09' }],
  ['allOf', { check: schemas }],
  ['anyOf', { check: schemas }],
  ['oneOf', { check: schemas }],
]);
