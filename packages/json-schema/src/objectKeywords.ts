/*
 * Keywords about objects.
 */
import { apply, fail, wantsMore, type Keyword, type KeywordRow, type Place } from './evaluation';
import { isArray, isObject, ownObject } from './json';
import { matchesRegExp } from './regex';
import type { Json } from './types';
import { shown } from './valueKeywords';

/** Applies a schema to one property; a property that may not be there is named. */
function applyToProperty(
  place: Place,
  name: string,
  schema: Json,
  keys: readonly (string | number)[],
  value: unknown,
): boolean {
  place.seen?.addProperty(name);
  if (schema === false) {
    const at = { parent: place.instance, key: name };
    return fail(place, String(keys[0]), `property ${shown(name)} is not allowed`, at);
  }
  return apply(place, { schema, keys, inside: { key: name, value } });
}

/** Runs a check for each name; goes on after a failure if errors are wanted. */
function every(place: Place, names: readonly string[], check: (name: string) => boolean): boolean {
  let valid = true;
  for (const name of names) {
    if (!check(name)) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  return valid;
}

const properties: Keyword = (place, argument) => {
  const { value } = place;
  if (!isObject(value) || !isObject(argument)) {
    return true;
  }
  const present = Object.keys(argument).filter(name => Object.hasOwn(value, name));
  return every(place, present, name => applyToProperty(place, name, argument[name], ['properties', name], value[name]));
};

const patternProperties: Keyword = (place, argument) => {
  const { value } = place;
  if (!isObject(value) || !isObject(argument)) {
    return true;
  }
  const names = Object.keys(value);
  return every(place, Object.keys(argument), pattern =>
    every(
      place,
      names.filter(name => matchesRegExp(pattern, name)),
      name => applyToProperty(place, name, argument[pattern], ['patternProperties', pattern], value[name]),
    ),
  );
};

const additionalProperties: Keyword = (place, argument) => {
  const { schema, value } = place;
  if (!isObject(value)) {
    return true;
  }
  const known = ownObject(schema, 'properties') ?? {};
  const patterns = Object.keys(ownObject(schema, 'patternProperties') ?? {});
  const others = Object.keys(value).filter(
    name => !Object.hasOwn(known, name) && !patterns.some(pattern => matchesRegExp(pattern, name)),
  );
  return every(place, others, name => applyToProperty(place, name, argument, ['additionalProperties'], value[name]));
};

const unevaluatedProperties: Keyword = (place, argument) => {
  const { value, seen } = place;
  if (!isObject(value)) {
    return true;
  }
  const others = Object.keys(value).filter(name => !seen?.hasProperty(name));
  const valid = every(place, others, name =>
    applyToProperty(place, name, argument, ['unevaluatedProperties'], value[name]),
  );
  seen?.addAllProperties();
  return valid;
};

const propertyNames: Keyword = (place, argument) => {
  const { value } = place;
  return (
    !isObject(value) ||
    every(place, Object.keys(value), name =>
      apply(place, {
        schema: argument,
        keys: ['propertyNames'],
        inside: { key: name, value: name },
      }),
    )
  );
};

function lacking(place: Place, names: readonly Json[], keyword: string, why: string): boolean {
  const { value } = place;
  if (!isObject(value)) {
    return true;
  }
  const missing = names.filter((name): name is string => typeof name === 'string' && !Object.hasOwn(value, name));
  return every(place, missing, name => fail(place, keyword, `must have property ${shown(name)}${why}`));
}

const required: Keyword = (place, argument) => !isArray(argument) || lacking(place, argument, 'required', '');

/** What the presence of one property asks: names, or a schema for the whole. */
function dependencyKeyword(keyword: string): Keyword {
  return (place, argument) => {
    const { value } = place;
    if (!isObject(value) || !isObject(argument)) {
      return true;
    }
    const present = Object.keys(argument).filter(name => Object.hasOwn(value, name));
    return every(place, present, name => {
      const dependency = argument[name];
      return isArray(dependency)
        ? lacking(place, dependency, keyword, ` when ${shown(name)} is there`)
        : apply(place, {
            schema: dependency,
            keys: [keyword, name],
            seen: place.seen,
          });
    });
  };
}

function countKeyword(name: string, holds: (count: number, limit: number) => boolean, words: string): Keyword {
  return (place, argument) =>
    !isObject(place.value) ||
    typeof argument !== 'number' ||
    holds(Object.keys(place.value).length, argument) ||
    fail(place, name, `must have ${words} ${argument} ${argument === 1 ? 'property' : 'properties'}`);
}

export const OBJECT_KEYWORDS: readonly KeywordRow[] = [
  { name: 'properties', check: properties },
  { name: 'patternProperties', check: patternProperties },
  { name: 'additionalProperties', check: additionalProperties },
  { name: 'propertyNames', check: propertyNames, since: 'draft-06' },
  { name: 'required', check: required },
  {
    name: 'minProperties',
    check: countKeyword('minProperties', (a, b) => a >= b, 'at least'),
  },
  {
    name: 'maxProperties',
    check: countKeyword('maxProperties', (a, b) => a <= b, 'at most'),
  },
  { name: 'dependencies', check: dependencyKeyword('dependencies') },
  {
    name: 'dependentRequired',
    since: '2019-09',
    check: dependencyKeyword('dependentRequired'),
  },
  {
    name: 'dependentSchemas',
    since: '2019-09',
    check: dependencyKeyword('dependentSchemas'),
  },
  {
    name: 'unevaluatedProperties',
    since: '2019-09',
    check: unevaluatedProperties,
    last: true,
  },
];
