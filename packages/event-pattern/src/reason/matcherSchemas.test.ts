import { compileSchema } from '@busline/json-schema';
import * as fc from 'fast-check';
import { compileEventPattern } from '../compile';
import { leafOfValue } from '../readEvent';
import type { Json } from '../types';
import { matchesValue } from '../valueMatch';
import { anyOf } from './matcherSchemas';

const MATCHERS: readonly Json[] = [
  'a',
  5,
  -0,
  null,
  true,
  '10.0.0.1',
  '2001:db8::1',
  { prefix: 'aB' },
  { prefix: 'a"' },
  { prefix: '' },
  { suffix: '"a' },
  { suffix: 'b.' },
  { prefix: { 'equals-ignore-case': 'aß' } },
  { suffix: { 'equals-ignore-case': '"Ab' } },
  { 'equals-ignore-case': 'aİ😀' },
  { 'equals-ignore-case': '' },
  { wildcard: 'a*b' },
  { wildcard: '*\\*a\\\\*' },
  { wildcard: '*' },
  { prefix: '\ud83d' },
  { numeric: ['>', 0, '<=', 5.5] },
  { numeric: ['=', 0] },
  { exists: true },
  { exists: false },
  { cidr: '10.0.0.0/9' },
  { cidr: '0.0.0.0/4' },
  { cidr: '2001:db8::/33' },
  { cidr: '::/3' },
  { 'anything-but': ['a', 'ab'] },
  { 'anything-but': [5, 0] },
  { 'anything-but': { prefix: 'a' } },
  { 'anything-but': { suffix: ['b', 'B'] } },
  { 'anything-but': { wildcard: 'a*b' } },
  { 'anything-but': { 'equals-ignore-case': 'AB' } },
];

const ADDRESSES = [
  '10.0.0.1',
  '10.127.255.255',
  '010.0.0.1',
  '10.128.0.0',
  '2001:db8::1',
  '2001:DB8:7fff::',
  'a00:1::',
];

const values: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 5, 5.5, 6, -1, {}, [], ['a']),
  fc.string({ unit: fc.constantFrom(...'aAbBsSß."*\\?İi̇😀'), maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(...'01af:.'), maxLength: 12 }),
  fc
    .tuple(fc.constantFrom(...ADDRESSES), fc.nat(), fc.constantFrom('', '0', ':', 'f', '::'))
    .map(([text, at, more]) => text.slice(0, at % (text.length + 1)) + more + text.slice(at % (text.length + 1))),
  fc.ipV6(),
  fc.ipV4(),
);

test.each(MATCHERS)('%j: what matches satisfies the wider schema, what satisfies the narrower matches', matcher => {
  const [[{ values: matchers }]] = compileEventPattern({ a: [matcher] }).alternatives;
  const { over, under } = anyOf(matchers);
  const [wide, narrow] = [compileSchema(over), compileSchema(under)];
  fc.assert(
    fc.property(values, value => {
      const scalar = value === null || typeof value !== 'object';
      const matches = scalar && matchers.some(each => matchesValue(each, leafOfValue(value)));
      expect([value, !matches || wide.isValid(value), matches || !narrow.isValid(value)]).toEqual([value, true, true]);
    }),
    { numRuns: 400 },
  );
});
