/*
 * Values worth trying at a place before one is searched for: what the sample
 * has there, what the clauses name, what the schema names.
 */
import { literalsOf } from '../valueMatch';
import type { FieldClause, Json, JsonObject, NumericRange, ValueMatcher } from '../types';
import { addressText } from './expressions';
import { isObject, own, replaced, valueAt } from './json';
import type { Demand } from './placeAnswers';
import type { Place } from './places';

/** Values tried at one place. */
const MAX_HINTS = 24;

function ofRange({ lower, upper }: NumericRange): readonly number[] {
  if (lower) {
    return [lower.value, lower.value + 1, ...(upper ? [(lower.value + upper.value) / 2] : [])];
  }
  return upper ? [upper.value, upper.value - 1] : [];
}

/** Values that may satisfy the matcher. */
function ofMatcher(matcher: ValueMatcher): readonly Json[] {
  switch (matcher.kind) {
    case 'equals':
      return [matcher.value];
    case 'equals-number':
      return matcher.value === undefined ? [] : [matcher.value];
    case 'equals-ignore-case':
    case 'prefix':
    case 'suffix':
      return [matcher.value];
    case 'wildcard':
      return [literalsOf(matcher).join(''), literalsOf(matcher).join('-')];
    case 'numeric':
      return ofRange(matcher.range);
    case 'cidr':
      return matcher.exact ? [matcher.value] : [addressText(matcher.range.first), addressText(matcher.range.last)];
    default:
      return [];
  }
}

/** Values that may satisfy none of the matchers, near to those that do. */
function besides(matcher: ValueMatcher): readonly Json[] {
  if (matcher.kind === 'anything-but') {
    return matcher.excluded.flatMap(ofMatcher);
  }
  return ofMatcher(matcher).flatMap((value): readonly Json[] => {
    if (typeof value === 'string') return [`other-${value}`];
    return typeof value === 'number' ? [value + 1, value - 1] : [];
  });
}

function named(schema: Json | undefined): readonly Json[] {
  if (!isObject(schema)) {
    return [];
  }
  const lists = [own(schema, 'enum'), own(schema, 'examples')].flatMap(each =>
    Array.isArray(each) ? (each as readonly Json[]).slice(0, MAX_HINTS) : [],
  );
  return Object.hasOwn(schema, 'const') ? [schema.const, ...lists] : lists;
}

/** The base with the clause's field changed to each of the values; arrays on the way are left alone. */
function* changed(base: Json | undefined, keys: readonly string[], values: readonly Json[]): Generator<Json> {
  for (const value of values) {
    if (keys.length === 0) {
      yield value;
    } else if (isObject(base)) {
      yield replaced(base, keys, value);
    }
  }
}

function* all({ place, holding, failing }: Demand, base: Json | undefined, schema: Json | undefined): Generator<Json> {
  if (base !== undefined) {
    yield base;
  }
  const rest = (clause: FieldClause) => clause.field.split('.').slice(place.keys.length);
  const together = holding.flatMap(({ clauses }) => clauses);
  let current = base;
  for (const clause of together) {
    const [first] = clause.values.flatMap(ofMatcher);
    if (first !== undefined) {
      const keys = rest(clause);
      current = keys.length === 0 ? first : replaced(isObject(current) ? current : {}, keys, first);
    }
  }
  if (together.length > 0 && current !== undefined) {
    yield current;
  }
  yield* named(schema);
  for (const clause of together) {
    yield* changed(current, rest(clause), clause.values.flatMap(ofMatcher));
  }
  for (const clause of failing.flatMap(({ clauses }) => clauses)) {
    const keys = rest(clause);
    yield* changed(current, keys, clause.values.flatMap(besides));
    if (keys.length > 0 && isObject(current) && valueAt(current, keys) !== undefined) {
      yield replaced(current, keys, undefined);
    }
  }
}

/** `sample` is an event of the schema, `schema` the schema of the place. */
export function* hintsFor(demand: Demand, sample: JsonObject | undefined, schema: Json | undefined): Generator<Json> {
  let count = 0;
  const base = sample && valueOf(sample, demand.place);
  for (const value of all(demand, base, schema)) {
    yield value;
    count += 1;
    if (count >= MAX_HINTS) return;
  }
}

function valueOf(sample: JsonObject, { keys }: Place): Json | undefined {
  return keys.length === 0 ? sample : valueAt(sample, keys);
}
