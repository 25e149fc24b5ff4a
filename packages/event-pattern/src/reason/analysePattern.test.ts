import { compileSchema } from '@busline/json-schema';
import { compileEventPattern } from '../compile';
import type { Json, JsonObject } from '../types';
import { analysePattern } from './analysePattern';
import { examplesFor } from './examplesFor';
import { valueAt } from './json';
import type { EventSchemaOptions } from './types';

const ORDER = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['level', 'items', 'customer'],
  properties: {
    level: { enum: ['INFO', 'WARN'] },
    amount: { type: 'number', minimum: 0, maximum: 500 },
    code: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{3}$' },
    placedAt: { type: 'string', format: 'date-time' },
    address: { type: 'string', format: 'ipv4' },
    note: { type: ['string', 'null'], maxLength: 5 },
    customer: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, vip: { const: true }, parent: { $ref: '#/properties/customer' } },
    },
    items: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku'],
        properties: { sku: { type: 'string', minLength: 3 }, count: { type: 'integer', minimum: 1 } },
      },
    },
    tags: { type: 'array', items: { enum: ['a', 'b'] } },
    payment: {
      oneOf: [
        {
          type: 'object',
          required: ['kind', 'iban'],
          properties: { kind: { const: 'bank' }, iban: { type: 'string' } },
        },
        {
          type: 'object',
          required: ['kind', 'card'],
          properties: { kind: { const: 'card' }, card: { type: 'string' } },
        },
      ],
    },
  },
};

const OPTIONS: EventSchemaOptions = {
  eventPaths: { data: 'detail.data', metadata: 'detail.metadata' },
  source: 'com.shop',
  detailType: 'Order Placed',
  schemaVersion: '2.1.0',
};

const inData = (data: JsonObject): JsonObject => ({ detail: { data } });

describe('what a pattern means for a schema', () => {
  test.each<readonly [string, JsonObject]>([
    ['always', { source: ['com.shop'], 'detail-type': [{ prefix: 'Order' }] }],
    ['always', { detail: { metadata: { schemaVersion: [{ prefix: '2.' }] } } }],
    ['always', inData({ level: ['INFO', 'WARN'] })],
    ['always', inData({ level: [{ 'anything-but': 'ERROR' }] })],
    ['always', inData({ $or: [{ level: ['INFO'] }, { level: [{ 'anything-but': 'INFO' }] }] })],
    ['always', inData({ amount: [{ exists: false }, { numeric: ['>=', 0] }] })],
    ['always', inData({ code: [{ exists: false }, { wildcard: '*-*' }] })],
    ['always', inData({ items: { sku: [{ exists: true }] } })],
    ['always', inData({ placedAt: [{ exists: false }, { wildcard: '*:*:*' }] })],
    ['always', { 'detail.data.customer.id': [{ prefix: '' }] }],
    ['sometimes', inData({ level: ['WARN', 'ERROR'] })],
    ['sometimes', inData({ amount: [{ numeric: ['>', 499.5] }] })],
    ['sometimes', inData({ amount: [{ exists: true }] })],
    ['sometimes', inData({ items: { sku: ['abc'], count: [{ exists: false }] } })],
    ['sometimes', inData({ tags: ['a'] })],
    ['sometimes', inData({ customer: { parent: { parent: { id: ['x'] } } } })],
    ['sometimes', inData({ address: [{ cidr: '10.0.0.0/8' }] })],
    ['sometimes', inData({ payment: { kind: ['card'], iban: [{ exists: false }] } })],
    ['never', { source: ['com.other'] }],
    ['never', { detail: { metadata: { schemaVersion: [{ prefix: '1.' }] } } }],
    ['never', inData({ level: ['ERROR'] })],
    ['never', inData({ level: ['info'] })],
    ['never', inData({ levle: ['INFO'] })],
    ['never', inData({ amount: [{ numeric: ['<', 0] }] })],
    ['never', inData({ amount: ['3'] })],
    ['never', inData({ code: [{ suffix: 'x' }] })],
    ['never', inData({ note: ['too long'] })],
    ['never', inData({ customer: [{ exists: true }] })],
    ['never', inData({ items: { sku: ['ab'] } })],
    ['never', inData({ tags: ['c'] })],
    ['never', inData({ address: [{ cidr: '2001:db8::/32' }] })],
    ['never', inData({ placedAt: [{ prefix: '2023-02-29' }] })],
    ['never', inData({ payment: { kind: ['card'], iban: [{ exists: true }] } })],
    ['never', inData({ $or: [{ level: ['ERROR'] }, { amount: [501] }] })],
  ])('%s: %j', (verdict, pattern) => {
    const analysis = analysePattern(pattern, ORDER, OPTIONS);
    expect(analysis.verdict).toBe(verdict);
    const { isValid } = compileSchema(ORDER);
    const { matches } = compileEventPattern(pattern);
    const shown = analysis.verdict === 'sometimes' ? [analysis.matching, analysis.notMatching] : [];
    const expected = verdict === 'sometimes' ? [true, false] : [];
    expect(shown.map(event => matches(event))).toEqual(expected);
    expect(shown.every(event => isValid(valueAt(event, ['detail', 'data'])))).toBe(true);
  });

  test.each<readonly [JsonObject, unknown]>([
    [inData({ levle: ['INFO'] }), { kind: 'not-listed', nearName: 'detail.data.level' }],
    [inData({ level: ['ERROR'] }), { kind: 'no-such-value' }],
    [
      inData({ customer: [{ exists: true }] }),
      expect.objectContaining({ kind: 'no-value', inside: expect.arrayContaining(['detail.data.customer.id']) }),
    ],
    [inData({ amount: [{ numeric: ['>=', 0] }] }), { kind: 'may-be-absent' }],
    [inData({ amount: [{ numeric: ['>=', 1] }] }), undefined],
  ])('%j: the reason of the clause that decides', (pattern, reason) => {
    const { clauses } = analysePattern(pattern, ORDER, OPTIONS);
    expect(clauses.filter(({ decides }) => decides).map(each => each.reason)).toEqual([reason]);
  });

  test('clauses that can hold, and not together', () => {
    const analysis = analysePattern(
      { source: ['com.shop'], ...inData({ payment: { kind: ['card'], iban: [{ exists: true }] } }) },
      ORDER,
      OPTIONS,
    );
    expect(analysis).toMatchObject({ verdict: 'never', because: 'combination' });
    expect(analysis.clauses.filter(({ decides }) => decides).map(({ field }) => field)).toEqual([
      'detail.data.payment.kind',
      'detail.data.payment.iban',
    ]);
  });

  test('read as open, an unlisted field may be there', () => {
    const verdict = (contentModel: 'open' | 'closed-world') =>
      analysePattern(inData({ other: ['x'] }), ORDER, { ...OPTIONS, contentModel }).verdict;
    expect([verdict('open'), verdict('closed-world')]).toEqual(['sometimes', 'never']);
  });

  test('the whole detail, where nothing says otherwise', () => {
    expect(analysePattern({ detail: { level: ['ERROR'] } }, ORDER).verdict).toBe('never');
    expect(analysePattern({ detail: { level: ['INFO'] } }, ORDER).verdict).toBe('sometimes');
    expect(analysePattern({ detail: { data: { level: ['INFO'] } } }, ORDER).verdict).toBe('never');
  });
});

describe('examples', () => {
  const pattern = { source: ['com.shop'], ...inData({ level: ['WARN'], amount: [{ numeric: ['>', 100] }] }) };

  test('one clause is missed, in what the event carries', () => {
    const { matching, justMissing, missed } = examplesFor(pattern, ORDER, OPTIONS);
    const compiled = compileEventPattern(pattern);
    expect([matching, justMissing].map(each => each && compiled.matches(each))).toEqual([true, false]);
    expect(missed).toHaveLength(1);
    expect(missed[0]).toMatch(/^detail\.data\.(level|amount)$/);
  });

  test('values are those that people wrote', () => {
    const written = { level: 'INFO', items: [{ sku: 'chair' }], customer: { id: 'ada' } };
    const { matching } = examplesFor(pattern, ORDER, { ...OPTIONS, examples: [{ level: 'no' }, written] });
    expect(matching && valueAt(matching, ['detail', 'data'])).toEqual({ ...written, level: 'WARN', amount: 101 });
  });

  test('of a pattern that never matches there is one, and of one that always does', () => {
    expect(examplesFor(inData({ level: ['ERROR'] }), ORDER, OPTIONS).matching).toBeUndefined();
    expect(examplesFor({ source: ['com.shop'] }, ORDER, OPTIONS).justMissing).toBeUndefined();
  });
});

describe('hostile input', () => {
  /** Rather a bound for tests than an aim: these take some milliseconds. */
  const of = (pattern: string | JsonObject, schema: unknown, options: EventSchemaOptions = {}) =>
    analysePattern(pattern, schema, options).verdict;

  test('a pattern of 1 MB', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => `value-${i}`);
    const schema = { type: 'object', required: ['a'], properties: { a: { enum: ['x', 'value-99999'] } } };
    expect(of({ detail: { a: values } }, schema)).toBe('sometimes');
    expect(of({ detail: { a: [...values, 'x'] } }, schema)).toBe('always');
  });

  test('a pattern as deep as may be', () => {
    const deep = `${'{"a":'.repeat(900)}["x"]${'}'.repeat(900)}`;
    expect(of(deep, { type: 'object' })).toBe('never');
    expect(() => of('{"a":'.repeat(10_000), {})).toThrow('Event pattern is not valid');
  });

  test('$or in $or, a thousand combinations', () => {
    const or = (field: string) => ({ $or: Array.from({ length: 10 }, (_, i) => ({ [field]: [`${i}`, 'x'] })) });
    const properties = Object.fromEntries(['a', 'b', 'c'].map(name => [name, { enum: ['x', 'y'] }]));
    const schema = { type: 'object', required: ['a', 'b', 'c'], properties };
    const pattern = { detail: { ...or('a'), x: { ...or('b') } } };
    expect(of(pattern as JsonObject, schema)).toBe('never');
    const inside = { $or: [{ ...or('a'), b: ['x'] }, { ...or('b'), c: ['y'] }, { a: ['y'] }] };
    expect(of({ detail: inside } as JsonObject, schema)).toBe('sometimes');
  });

  test('names that are special in the language', () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__"],"properties":{"__proto__":{"const":"a"},"constructor":{"const":1}}}',
    ) as JsonObject;
    expect(of('{"detail":{"__proto__":["a"]}}', schema)).toBe('always');
    expect(of('{"detail":{"__proto__":["b"]}}', schema)).toBe('never');
    expect(of('{"detail":{"constructor":[1]}}', schema)).toBe('sometimes');
    expect(of('{"detail":{"toString":[{"exists":true}]}}', schema)).toBe('never');
  });

  test.each<readonly [string, unknown, string]>([
    ['true', true, 'sometimes'],
    ['false', false, 'never'],
    ['a contradiction', { type: 'object', required: ['a'], properties: { a: { not: {} } } }, 'never'],
    ['itself only', { $ref: '#' }, 'unknown'],
    ['itself in a property', { type: 'object', properties: { a: { enum: ['x'] }, b: { $ref: '#' } } }, 'sometimes'],
    ['itself, required', { type: 'object', required: ['b'], properties: { a: {}, b: { $ref: '#' } } }, 'never'],
    ['nothing at the reference', { properties: { a: { $ref: '#/$defs/none' } } }, 'unknown'],
    ['no schema', { type: 'text' }, 'unknown'],
    ['no object', 'text', 'unknown'],
  ])('schema: %s', (_, schema, verdict) => {
    const analysis = analysePattern({ detail: { a: ['x'] } }, schema);
    expect(analysis.verdict).toBe(verdict);
    expect(analysis.verdict !== 'unknown' || analysis.reason.length > 10).toBe(true);
  });

  test('a schema of 5 MB', () => {
    const properties: { [name: string]: Json } = {};
    for (let i = 0; i < 40_000; i++) {
      properties[`field${i}`] = { type: 'string', description: 'x'.repeat(80) };
    }
    const schema = { type: 'object', required: ['field7'], properties };
    expect(JSON.stringify(schema).length).toBeGreaterThan(5_000_000);
    expect(of({ detail: { field7: ['a'] } }, schema)).toBe('sometimes');
    expect(of({ detail: { field7: [{ prefix: '' }], other: ['a'] } }, schema)).toBe('never');
  });

  test('an expression that backtracks for ever', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    expect(of({ detail: { a: [`${'a'.repeat(60)}b`] } }, schema)).toBe('never');
    expect(of({ detail: { a: [{ prefix: 'aa' }] } }, schema)).toBe('sometimes');
  });
});
