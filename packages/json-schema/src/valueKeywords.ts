/*
 * Keywords about single values: type, enum, numbers, texts, format.
 */
import { isMultipleOf } from './decimal';
import { fail, type Keyword, type KeywordRow } from './evaluation';
import { hasFormat } from './formats';
import { codePointLength, deepEqual, isArray, own, typeOf } from './json';
import { isListed } from './valueLists';
import { matchesRegExp } from './regex';

function isOfType(value: unknown, type: unknown): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;
}

/** Values of an enum that an error repeats. */
const MAX_VALUES_IN_MESSAGE = 10;
/** Characters of one value in an error. */
const MAX_VALUE_CHARACTERS = 60;

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

const type: Keyword = (place, argument) => {
  const types = isArray(argument) ? argument : [argument];
  return (
    types.some(each => isOfType(place.value, each)) ||
    fail(place, 'type', `must be ${types.join(' or ')}, is ${typeOf(place.value)}`)
  );
};

const enumeration: Keyword = (place, argument) => {
  if (!isArray(argument) || isListed(argument, place.value)) {
    return true;
  }
  const values = argument.slice(0, MAX_VALUES_IN_MESSAGE).map(shown);
  const rest = argument.length - values.length;
  const all = rest > 0 ? [...values, `${rest} more`] : values;
  return fail(place, 'enum', `must be one of ${all.join(', ')}`);
};

const constant: Keyword = (place, argument) =>
  deepEqual(place.value, argument) || fail(place, 'const', `must be ${shown(argument)}`);

function numberKeyword(name: string, holds: (value: number, limit: number) => boolean, words: string): Keyword {
  return (place, argument) =>
    typeof place.value !== 'number' ||
    typeof argument !== 'number' ||
    holds(place.value, argument) ||
    fail(place, name, `must be ${words} ${argument}`);
}

/** Until draft-04 `exclusiveMinimum: true` sharpens `minimum`. */
function limitKeyword(sharpener: string, inclusive: Keyword, exclusive: Keyword): Keyword {
  return (place, argument) =>
    place.scope.resource.draft === 'draft-04' && own(place.schema, sharpener) === true
      ? exclusive(place, argument)
      : inclusive(place, argument);
}

const minimum = numberKeyword('minimum', (a, b) => a >= b, 'at least');
const maximum = numberKeyword('maximum', (a, b) => a <= b, 'at most');

function lengthKeyword(name: string, holds: (length: number, limit: number) => boolean, words: string): Keyword {
  return (place, argument) =>
    typeof place.value !== 'string' ||
    typeof argument !== 'number' ||
    holds(codePointLength(place.value), argument) ||
    fail(place, name, `must have ${words} ${argument} character${argument === 1 ? '' : 's'}`);
}

const pattern: Keyword = (place, argument) =>
  typeof place.value !== 'string' ||
  typeof argument !== 'string' ||
  matchesRegExp(argument, place.value) ||
  fail(place, 'pattern', `must match ${argument}`);

const format: Keyword = (place, argument) =>
  !place.run.assertFormat ||
  typeof place.value !== 'string' ||
  typeof argument !== 'string' ||
  hasFormat(argument, place.value) ||
  fail(place, 'format', `must be a valid ${argument}`);

export const VALUE_KEYWORDS: readonly KeywordRow[] = [
  { name: 'type', check: type },
  { name: 'enum', check: enumeration },
  { name: 'const', check: constant, since: 'draft-06' },
  {
    name: 'minimum',
    check: limitKeyword(
      'exclusiveMinimum',
      minimum,
      numberKeyword('minimum', (a, b) => a > b, 'above'),
    ),
  },
  {
    name: 'maximum',
    check: limitKeyword(
      'exclusiveMaximum',
      maximum,
      numberKeyword('maximum', (a, b) => a < b, 'below'),
    ),
  },
  {
    name: 'exclusiveMinimum',
    since: 'draft-06',
    check: numberKeyword('exclusiveMinimum', (a, b) => a > b, 'above'),
  },
  {
    name: 'exclusiveMaximum',
    since: 'draft-06',
    check: numberKeyword('exclusiveMaximum', (a, b) => a < b, 'below'),
  },
  {
    name: 'multipleOf',
    check: numberKeyword('multipleOf', (a, b) => b <= 0 || isMultipleOf(a, b), 'a multiple of'),
  },
  {
    name: 'minLength',
    check: lengthKeyword('minLength', (a, b) => a >= b, 'at least'),
  },
  {
    name: 'maxLength',
    check: lengthKeyword('maxLength', (a, b) => a <= b, 'at most'),
  },
  { name: 'pattern', check: pattern },
  { name: 'format', check: format },
];
