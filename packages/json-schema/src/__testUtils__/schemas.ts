/*
 * Generated schemas of a draft, with values near them: small names and small
 * numbers, so that schemas and values meet.
 */
import * as fc from 'fast-check';
import type { Draft, Json, JsonObject } from '../types';

export interface Draw {
  of<T>(values: readonly T[]): T;
  upTo(max: number): number;
  chance(share: number): boolean;
}

const NAMES = ['a', 'b', 'c', 'd1', 'e'];
const TEXTS = ['', 'a', 'ab', 'abc', '🚀', '2024-02-29', 'x@y.zz', '10.0.0.1', 'B'];
const NUMBERS = [-2, -1, 0, 0.5, 1, 1.5, 2, 3, 10];
const TYPES = ['string', 'number', 'integer', 'object', 'array', 'boolean', 'null'];
const FORMATS = ['date', 'email', 'ipv4', 'uuid', 'date-time'];
const PATTERNS = ['^a', 'b$', '[0-9]', '^.{2}$', 'c|B'];

export function makeValue(draw: Draw, depth = 0): Json {
  const kind = draw.upTo(depth > 2 ? 3 : 7);
  switch (kind) {
    case 0:
      return draw.of([null, true, false]);
    case 1:
      return draw.of(NUMBERS);
    case 2:
    case 3:
      return draw.of(TEXTS);
    case 4:
    case 5:
      return Array.from({ length: draw.upTo(3) }, () => makeValue(draw, depth + 1));
    default:
      return Object.fromEntries(NAMES.filter(() => draw.chance(0.4)).map(name => [name, makeValue(draw, depth + 1)]));
  }
}

/** Keywords; what is undefined is left out. */
type Keywords = { readonly [keyword: string]: unknown };

type Maker = (draw: Draw, sub: () => Json, draft: Draft) => Keywords;

function names(draw: Draw): Json {
  return NAMES.filter(() => draw.chance(0.3));
}

function mapOf(draw: Draw, sub: () => Json): Json {
  return Object.fromEntries(NAMES.filter(() => draw.chance(0.4)).map(name => [name, sub()]));
}

function listOf(draw: Draw, sub: () => Json): Json {
  return Array.from({ length: 1 + draw.upTo(2) }, sub);
}

function plain(draw: Draw): () => JsonObject {
  return () => ({ type: draw.of(TYPES) });
}

function isLate(draft: Draft): boolean {
  return draft === '2019-09' || draft === '2020-12';
}

/** Groups of keywords by the type that they are about, so that schemas make sense. */
const GROUPS: { readonly [name: string]: Maker } = {
  type: draw => ({
    type: draw.chance(0.5)
      ? draw.of(TYPES)
      : TYPES.filter(() => draw.chance(0.5))
          .concat('string')
          .filter(unique),
  }),
  enum: draw => ({ enum: ['a', 1, null, { z: makeValue(draw, 3) }, [], 2] }),
  const: (draw, _, draft) => (draft === 'draft-04' ? plain(draw)() : { const: makeValue(draw, 3) }),
  limits: (draw, _, draft) => ({
    minimum: draw.of([-2, 0]),
    maximum: draw.of([2, 10]),
    ...(draft === 'draft-04' ? { exclusiveMinimum: draw.chance(0.5) } : { exclusiveMaximum: draw.of([2, 3]) }),
  }),
  multipleOf: draw => ({ multipleOf: draw.of([0.5, 1, 2]) }),
  lengths: draw => ({ minLength: draw.upTo(1), maxLength: 1 + draw.upTo(2) }),
  pattern: draw => ({ pattern: draw.of(PATTERNS) }),
  format: draw => ({ format: draw.of(FORMATS) }),
  properties: (draw, sub) => ({ properties: mapOf(draw, sub) }),
  required: draw => ({
    required: [...(names(draw) as string[]), 'a'].filter(unique),
  }),
  additional: (draw, sub) => ({
    properties: mapOf(draw, sub),
    patternProperties: { [draw.of(PATTERNS)]: sub() },
    additionalProperties: draw.chance(0.3) ? false : sub(),
  }),
  counts: draw => ({
    minProperties: draw.upTo(1),
    maxProperties: 2 + draw.upTo(2),
  }),
  names: (draw, _, draft) =>
    draft === 'draft-04' ? plain(draw)() : { propertyNames: { maxLength: 1 + draw.upTo(1) } },
  dependencies: (draw, sub, draft) =>
    isLate(draft)
      ? {
          dependentRequired: { a: ['b'] },
          dependentSchemas: { [draw.of(NAMES)]: sub() },
        }
      : { dependencies: { a: ['b'], [draw.of(['b', 'c'])]: sub() } },
  items: (_, sub) => ({ items: sub() }),
  tuple: (draw, sub, draft) =>
    draft === '2020-12'
      ? { prefixItems: listOf(draw, sub), items: sub() }
      : { items: listOf(draw, sub), additionalItems: sub() },
  itemCounts: draw => ({
    minItems: draw.upTo(1),
    maxItems: 1 + draw.upTo(2),
    uniqueItems: true,
  }),
  contains: (draw, sub, draft) => ({
    ...(draft === 'draft-04' ? plain(draw)() : { contains: sub() }),
    ...(isLate(draft) ? { minContains: draw.upTo(2), maxContains: 2 } : {}),
  }),
  allOf: (draw, sub) => ({ allOf: listOf(draw, sub) }),
  anyOf: (draw, sub) => ({ anyOf: listOf(draw, sub) }),
  oneOf: (draw, sub) => ({ oneOf: listOf(draw, sub) }),
  not: (_, sub) => ({ not: sub() }),
  if: (draw, sub, draft) =>
    draft === 'draft-04' || draft === 'draft-06' ? plain(draw)() : { if: sub(), then: sub(), else: sub() },
  // with plain parts: Ajv counts properties of failed alternatives as
  // evaluated when such schemas stand inside each other
  unevaluated: (draw, _, draft) =>
    isLate(draft)
      ? {
          allOf: [{ properties: mapOf(draw, plain(draw)) }],
          anyOf: [{ properties: mapOf(draw, plain(draw)), required: ['a'] }, { required: ['b'] }],
          unevaluatedProperties: draw.chance(0.5) ? false : plain(draw)(),
        }
      : plain(draw)(),
  unevaluatedItems: (draw, _, draft) =>
    draft === '2020-12'
      ? {
          allOf: [{ prefixItems: listOf(draw, plain(draw)) }],
          unevaluatedItems: draw.chance(0.5) ? false : plain(draw)(),
        }
      : plain(draw)(),
  $ref: draw => ({ $ref: `#/definitions/${draw.of(['one', 'two'])}` }),
};

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

export const KEYWORD_GROUPS: readonly string[] = Object.keys(GROUPS);

const AT_ROOT_ONLY = KEYWORD_GROUPS.filter(each => each.startsWith('unevaluated'));
const INNER_GROUPS = KEYWORD_GROUPS.filter(each => !AT_ROOT_ONLY.includes(each));
/** Weighted, so that what stands at the root only is not rare. */
const ROOT_GROUPS = [...INNER_GROUPS, ...AT_ROOT_ONLY, ...AT_ROOT_ONLY, ...AT_ROOT_ONLY];

function makeSchema(draw: Draw, draft: Draft, used: Set<string>, depth: number): Json {
  if (depth > 2 || draw.chance(0.08)) {
    return draft === 'draft-04' ? draw.of<Json>([{ not: {} }, { not: {} }, {}]) : draw.of([true, false, false]);
  }
  const sub = () => makeSchema(draw, draft, used, depth + 1);
  const group = draw.of(depth === 0 ? ROOT_GROUPS : INNER_GROUPS);
  used.add(group);
  const schema = GROUPS[group](draw, sub, draft) as JsonObject;
  const more = draw.of(INNER_GROUPS);
  // what stands beside a reference means different things to different drafts
  const pair = [group, more];
  // Ajv lets an empty array pass that lacks what `contains` wants, where a
  // tuple stands beside it
  const disputed = pair.includes('contains') && pair.includes('tuple');
  if (pair.includes('$ref') || disputed || draw.chance(0.6)) {
    return schema;
  }
  used.add(more);
  return { ...GROUPS[more](draw, sub, draft), ...schema } as JsonObject;
}

export interface Sample {
  readonly schema: JsonObject;
  readonly values: readonly Json[];
  readonly groups: ReadonlySet<string>;
}

export function samples(draft: Draft): fc.Arbitrary<Sample> {
  return fc.gen().map(g => {
    const draw: Draw = {
      of: values => values[g(fc.nat, { max: values.length - 1 })],
      upTo: max => g(fc.nat, { max }),
      chance: share => g(fc.nat, { max: 999 }) < share * 1000,
    };
    const groups = new Set<string>();
    const root = makeSchema(draw, draft, groups, 0);
    const schema = {
      allOf: [root],
      definitions: {
        one: { items: makeSchema(draw, draft, groups, 2), maxLength: 2 },
        // recursive, through a property
        two: {
          properties: {
            a: { $ref: '#/definitions/two' },
            b: { type: 'string' },
          },
        },
      },
    };
    const values = Array.from({ length: 4 }, () => makeValue(draw));
    return { schema, values, groups };
  });
}
