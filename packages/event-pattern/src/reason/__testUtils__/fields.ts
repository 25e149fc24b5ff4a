/*
 * Kinds of fields: a schema, values that it allows, and what patterns may ask
 * of it so that it always, sometimes or never holds.
 */
import type { Draw } from '../../__testUtils__/pairs';
import type { Json } from '../../types';

export type Wanted = 'always' | 'sometimes' | 'never';

/** A schema as it is written for a draft. */
export type SchemaText = { readonly [keyword: string]: Json };

export interface FieldKind {
  readonly schema: SchemaText;
  /** Values that the schema allows, and some that it may not. */
  readonly values: readonly Json[];
  /** Lists of matchers of a clause, where the field is there. */
  readonly always: readonly (readonly Json[])[];
  readonly sometimes: readonly (readonly Json[])[];
  readonly never: readonly (readonly Json[])[];
}

type Maker = (draw: Draw) => FieldKind;

const WORDS = ['red', 'green', 'blue', 'Grün', 'RED', ''];

export const FIELD_KINDS: { readonly [name: string]: Maker } = {
  enum: draw => {
    const words = WORDS.slice(draw.upTo(2), 3 + draw.upTo(3));
    return {
      schema: { type: 'string', enum: words },
      values: WORDS,
      always: [words, [{ prefix: '' }], [{ 'anything-but': 'black' }], [{ exists: true }]],
      sometimes: [[words[0]], [{ 'equals-ignore-case': words[0] }], [{ 'anything-but': words[0] }]],
      never: [['black'], [{ prefix: 'x' }], [5], [{ 'anything-but': words }], [{ wildcard: '*z*' }]],
    };
  },
  mixed: () => ({
    schema: { enum: ['a', 1, true, null] },
    values: ['a', 1, true, null, 'b', 2, false],
    always: [['a', 1, true, null], ['a', 1, { 'anything-but': 'b' }], [{ exists: true }]],
    sometimes: [[null], [1, true], [{ numeric: ['>', 0] }], [{ 'anything-but': 'a' }], [{ prefix: '' }]],
    never: [['1'], [false], [{ numeric: ['<', 1] }], [{ suffix: 'b' }]],
  }),
  text: () => ({
    schema: { type: 'string' },
    values: ['', 'a', 'ab', 'x"', 'ÄÖ', '10.0.0.1', 'red'],
    always: [[{ prefix: '' }], [{ suffix: '' }], [{ wildcard: '*' }], [{ 'anything-but': 5 }], [{ exists: true }]],
    sometimes: [
      ['red'],
      [{ prefix: 'a' }],
      [{ suffix: 'b' }],
      [{ wildcard: 'a*b' }],
      [{ 'equals-ignore-case': 'äö' }],
      [{ cidr: '10.0.0.0/24' }],
      ['10.0.0.1'],
      [{ 'anything-but': { prefix: 'a' } }],
      [{ 'anything-but': { wildcard: '*a*' } }],
    ],
    never: [[null], [7], [{ numeric: ['>=', 0] }], [true]],
  }),
  code: draw => {
    const [least, most] = [1 + draw.upTo(1), 3 + draw.upTo(2)];
    return {
      schema: { type: 'string', pattern: `^k[a-z]{${least},${most}}$` },
      values: ['k', 'ka', 'kab', 'kabc', 'kabcd', 'kabcde', 'Ka'],
      always: [[{ prefix: 'k' }], [{ prefix: { 'equals-ignore-case': 'K' } }], [{ 'anything-but': { prefix: 'x' } }]],
      sometimes: [['kab'], [{ suffix: 'c' }], [{ wildcard: 'k*c' }], [{ 'equals-ignore-case': 'KAB' }]],
      never: [['kAb'], [{ prefix: 'ab' }], [{ wildcard: '*a*bcdefghi' }], [{ suffix: 'K' }], [{ suffix: '1' }]],
    };
  },
  sized: draw => {
    const max = 2 + draw.upTo(2);
    return {
      schema: { type: 'string', minLength: 1, maxLength: max },
      values: ['', 'a', 'ab', 'abc', 'abcd', 'abcde', '🚀'],
      always: [[{ 'anything-but': 'abcdefg' }], [{ 'anything-but': '' }], [{ wildcard: '*' }]],
      sometimes: [['ab'], [{ prefix: 'ab' }], [{ 'anything-but': ['a', 'b'] }], ['🚀']],
      never: [[''], ['abcdefg'], [{ prefix: 'abcdefg' }], [{ wildcard: '*abc*def*' }]],
    };
  },
  stamp: () => ({
    schema: { type: 'string', format: 'date-time' },
    values: ['2026-01-15T09:30:00Z', '2024-02-29T23:59:60Z', '2025-12-31T00:00:00.5+01:00', 'today'],
    always: [[{ 'anything-but': 'today' }], [{ wildcard: '*:*' }], [{ prefix: '' }]],
    sometimes: [[{ prefix: '2026-' }], [{ suffix: 'Z' }], [{ wildcard: '*-02-29T*' }], ['2026-01-15T09:30:00Z']],
    never: [['today'], [{ prefix: 'x' }], [{ wildcard: '*-13-*T*' }], [5]],
  }),
  uuid: () => ({
    schema: { type: 'string', format: 'uuid' },
    values: ['3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b', 'ABCDEF00-0000-0000-0000-000000000000', 'x'],
    always: [[{ 'anything-but': 'x' }], [{ wildcard: '*-*-*' }]],
    sometimes: [
      [{ prefix: '3f' }],
      [{ suffix: 'b' }],
      [{ 'equals-ignore-case': 'abcdef00-0000-0000-0000-000000000000' }],
    ],
    never: [['x'], [{ prefix: 'g' }], [{ wildcard: '*z*' }]],
  }),
  mail: () => ({
    schema: { type: 'string', format: 'email' },
    values: ['ana@example.com', 'b@c.de', 'nobody'],
    always: [[{ wildcard: '*@*' }], [{ 'anything-but': 'nobody' }]],
    sometimes: [[{ suffix: '@example.com' }], [{ 'anything-but': { suffix: '.com' } }], [{ prefix: 'b' }]],
    never: [['nobody'], [{ suffix: '@' }], [1]],
  }),
  amount: draw => {
    const min = draw.of([-5, 0, 1.5]);
    const max = draw.of([10, 20.5]);
    return {
      schema: { type: 'number', minimum: min, maximum: max },
      values: [min, max, 3, 7.25, 10, min - 1, max + 1],
      always: [[{ numeric: ['>=', min] }], [{ numeric: ['>', -100, '<', 100] }], [{ 'anything-but': 1000 }]],
      sometimes: [[3], [{ numeric: ['<', 7] }], [{ numeric: ['=', max] }], [{ 'anything-but': [3, 4] }], [min]],
      never: [[{ numeric: ['>', max] }], [1000], ['3'], [{ prefix: '' }], [{ numeric: ['<', min] }], [null]],
    };
  },
  count: draw => {
    const max = 2 + draw.upTo(2);
    return {
      schema: { type: 'integer', minimum: 0, maximum: max },
      values: [0, 1, 2, 3, 4, 0.5, -1],
      always: [[{ numeric: ['>', -1] }], Array.from({ length: max + 1 }, (_, i) => i), [{ 'anything-but': 0.5 }]],
      sometimes: [[0], [{ numeric: ['>', 0] }], [1, 2], [{ 'anything-but': 0 }]],
      never: [[0.5], [{ numeric: ['>', 1, '<', 2] }], [max + 1], [true]],
    };
  },
  steps: () => ({
    schema: { type: 'number', multipleOf: 0.5, minimum: 0 },
    values: [0, 0.5, 1, 1.25, 300],
    always: [[{ numeric: ['>=', 0] }], [{ 'anything-but': 0.25 }]],
    sometimes: [[1.5], [{ numeric: ['>', 100] }], [{ numeric: ['>=', 0, '<', 0.75] }]],
    never: [[0.25], [{ numeric: ['>', 0, '<', 0.5] }], ['1']],
  }),
  flag: () => ({
    schema: { type: 'boolean' },
    values: [true, false],
    always: [[true, false], [{ exists: true }], [{ 'anything-but': 'true' }]],
    sometimes: [[true], [false]],
    never: [['true'], [null], [{ numeric: ['=', 1] }]],
  }),
  nullable: () => ({
    schema: { type: ['string', 'null'], maxLength: 4 },
    values: [null, 'a', 'abcd', 'abcde'],
    always: [[null, { prefix: '' }], [{ exists: true }], [{ 'anything-but': 'abcde' }]],
    sometimes: [[null], [{ prefix: 'a' }], [{ 'anything-but': { prefix: 'a' } }]],
    never: [['abcde'], [5], [{ 'equals-ignore-case': 'ABCDE' }]],
  }),
  choice: () => ({
    schema: { anyOf: [{ type: 'integer', minimum: 10 }, { enum: ['none', 'all'] }] as readonly SchemaText[] },
    values: ['none', 'all', 10, 12, 9, 'some'],
    always: [['none', 'all', { numeric: ['>=', 10] }], [{ 'anything-but': 'some' }]],
    sometimes: [['none'], [{ numeric: ['>', 11] }], [{ prefix: '' }], [{ 'anything-but': 12 }]],
    never: [['some'], [9], [10.5], [{ numeric: ['<', 10] }]],
  }),
  not: () => ({
    schema: { type: 'string', not: { enum: ['a', 'b'] }, maxLength: 1 },
    values: ['a', 'b', 'c', '', 'cc'],
    always: [[{ 'anything-but': ['a', 'b'] }], [{ 'anything-but': 'cc' }]],
    sometimes: [['c'], [''], [{ 'anything-but': 'c' }]],
    never: [['a', 'b'], [{ prefix: 'a' }], [{ 'equals-ignore-case': 'a' }, 'b'].slice(1)],
  }),
  tags: () => ({
    schema: { type: 'array', items: { enum: ['x', 'y', 'z'] }, minItems: 1, maxItems: 3 },
    values: [['x'], ['y', 'z'], ['x', 'y', 'z'], [], ['w']],
    always: [['x', 'y', 'z'], [{ exists: true }], [{ 'anything-but': 'w' }]],
    sometimes: [['x'], [{ 'anything-but': 'x' }], ['y', 'z']],
    never: [['w'], [1], [{ exists: false }]],
  }),
  list: () => ({
    schema: { type: 'array', items: { type: 'number', minimum: 1 }, uniqueItems: true },
    values: [[], [1], [1, 2.5], [0]],
    always: [[{ exists: false }, { numeric: ['>=', 1] } as Json]],
    sometimes: [[1], [{ exists: false }], [{ exists: true }], [{ numeric: ['>', 5] }]],
    never: [[0], ['1'], [{ numeric: ['<', 1] }]],
  }),
  contains: () => ({
    schema: { type: 'array', items: { type: 'string' }, contains: { enum: ['must'] } },
    values: [['must'], ['a', 'must'], ['a']],
    always: [['must'], [{ exists: true }]],
    sometimes: [['a'], [{ 'anything-but': 'must' }]],
    never: [[7], [null]],
  }),
};
