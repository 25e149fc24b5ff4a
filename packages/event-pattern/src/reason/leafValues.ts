/*
 * Single values: one that satisfies some lists of matchers and none of others,
 * or a proof that there is none.
 */
import { findInstance, type SchemaReading } from '@busline/json-schema';
import type { Json, ValueMatcher } from '../types';
import { matchesValue } from '../valueMatch';
import { leafOfValue } from '../readEvent';
import { anyOf, SCALARS, type Bounds } from './matcherSchemas';

export type Scalar = null | boolean | number | string;

export type ValueAnswer =
  | { readonly kind: 'found'; readonly value: Scalar }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

const ANY_VALUE: SchemaReading = { schema: { type: SCALARS } };
const ANY_TEXT: SchemaReading = { schema: { type: 'string' } };
const NONE: ValueAnswer = { kind: 'none' };

/** Texts worth trying before one is searched for. */
const PLAIN: readonly Scalar[] = ['a', 'other', '', 0, 1, true, null, 'x-1'];

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

function satisfies(value: Scalar, matchers: readonly ValueMatcher[]): boolean {
  const leaf = leafOfValue(value);
  return matchers.some(each => matchesValue(each, leaf));
}

/** Whether every value of the first is one of the second, as far as it shows without a search. */
function isWithin(inner: ValueMatcher, outer: ValueMatcher): boolean {
  if (outer.kind === 'exists' && outer.value) {
    return true;
  }
  if (inner.kind === 'cidr' && outer.kind === 'cidr') {
    const [a, b] = [inner.range, outer.range];
    return a.first.length === b.first.length && a.first >= b.first && a.last <= b.last;
  }
  if (inner.kind === 'equals') {
    return satisfies(inner.value, [outer]);
  }
  return JSON.stringify(inner) === JSON.stringify(outer);
}

/** Whether no value is in both, as far as it shows without a search: one text is one address. */
function areApart(a: ValueMatcher, b: ValueMatcher): boolean {
  return (
    a.kind === 'cidr' &&
    b.kind === 'cidr' &&
    a.range.first.length === b.range.first.length &&
    (a.range.last < b.range.first || b.range.last < a.range.first)
  );
}

const schemas = new WeakMap<ValueMatcher, Bounds>();

function boundsOf(matcher: ValueMatcher): Bounds {
  const bounds = schemas.get(matcher) ?? anyOf([matcher]);
  schemas.set(matcher, bounds);
  return bounds;
}

const readings = new WeakMap<object, SchemaReading>();

/** One reading for each schema, so that what was learnt of it is kept. */
function read(schema: Bounds['over']): SchemaReading {
  if (typeof schema === 'boolean') {
    return { schema };
  }
  const reading = readings.get(schema) ?? { schema };
  readings.set(schema, reading);
  return reading;
}

/** A value that satisfies one matcher of each list, and no matcher of the others. */
export interface ValueDemand {
  readonly satisfied: readonly (readonly ValueMatcher[])[];
  readonly unsatisfied: readonly ValueMatcher[];
  readonly textOnly: boolean;
}

/** Combinations of matchers that are looked at. */
const MAX_COMBINATIONS = 500;

export function findValue({ satisfied, unsatisfied, textOnly }: ValueDemand, steps?: number): ValueAnswer {
  let combinations: readonly (readonly ValueMatcher[])[] = [[]];
  for (const matchers of satisfied) {
    combinations = combinations.flatMap(before => matchers.map(each => [...before, each]));
    if (combinations.length > MAX_COMBINATIONS) {
      return { kind: 'unknown', reason: 'the clauses have too many values together' };
    }
  }
  let doubt: ValueAnswer = NONE;
  for (const all of combinations) {
    const answer = findOne(all, unsatisfied, textOnly, steps);
    if (answer.kind === 'found') {
      return answer;
    }
    doubt = answer.kind === 'unknown' ? answer : doubt;
  }
  return doubt;
}

function findOne(
  all: readonly ValueMatcher[],
  unsatisfied: readonly ValueMatcher[],
  textOnly: boolean,
  steps: number | undefined,
): ValueAnswer {
  if (
    all.some(inner => unsatisfied.some(outer => isWithin(inner, outer))) ||
    all.some((one, i) => all.slice(i + 1).some(other => areApart(one, other)))
  ) {
    return NONE;
  }
  const isRight = (value: Scalar) =>
    (!textOnly || typeof value === 'string') &&
    all.every(each => satisfies(value, [each])) &&
    !satisfies(value, unsatisfied);
  for (const value of [...all.flatMap(namedBy), ...PLAIN]) {
    if (isRight(value)) {
      return { kind: 'found', value };
    }
  }
  const ask = (wide: boolean) =>
    findInstance(
      [textOnly ? ANY_TEXT : ANY_VALUE, ...all.map(each => read(boundsOf(each)[wide ? 'over' : 'under']))],
      unsatisfied.map(each => read(boundsOf(each)[wide ? 'under' : 'over'])),
      steps === undefined ? {} : { steps },
    );
  const wide = ask(true);
  if (wide.kind === 'empty') {
    return NONE;
  }
  if (wide.kind === 'found' && isScalar(wide.value) && isRight(wide.value)) {
    return { kind: 'found', value: wide.value };
  }
  const narrow = ask(false);
  if (narrow.kind === 'found' && isScalar(narrow.value) && isRight(narrow.value)) {
    return { kind: 'found', value: narrow.value };
  }
  return {
    kind: 'unknown',
    reason: wide.kind === 'unknown' ? wide.reason : 'a value that was found was not confirmed',
  };
}

function namedBy(matcher: ValueMatcher): readonly Scalar[] {
  switch (matcher.kind) {
    case 'equals':
      return [matcher.value];
    case 'equals-number':
      return matcher.value === undefined ? [] : [matcher.value];
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return [matcher.value];
    default:
      return [];
  }
}
