import { compileSchema, detectDraft } from './compile';
import type { Draft, Json } from './types';

/** schema, values that are valid, values that are not, draft if not 2020-12 */
type Row = readonly [Json, readonly unknown[], readonly unknown[], Draft?];

const TABLE: readonly Row[] = [
  [true, [1, null], []],
  [false, [], [1, null]],
  [{ type: ['string', 'null'] }, ['x', null], [1, {}]],
  [{ type: 'integer' }, [1, 1.0, -0], [1.5, '1']],
  [{ enum: [1, { a: [1] }] }, [1, { a: [1] }], [2, { a: [2] }, {}]],
  [{ const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }]],
  [{ multipleOf: 0.1 }, [0.3, 1.1, 4.35e1], [0.35]],
  [{ multipleOf: 0.0001 }, [0.0075], [0.00751]],
  [{ multipleOf: 0.123456789 }, [0], [1e308]],
  [{ minLength: 2, maxLength: 2 }, ['🚀🚀', 'ab'], ['🚀', 'abc']],
  [{ pattern: 'b' }, ['abc', 1], ['ac']],
  [{ minimum: 1, exclusiveMinimum: true }, [2], [1, 0], 'draft-04'],
  [{ minimum: 1, exclusiveMinimum: 1 }, [2], [1]],
  [{ required: ['__proto__', 'toString'] }, [JSON.parse('{"__proto__":1,"toString":2}')], [{}]],
  [{ properties: JSON.parse('{"__proto__":{"type":"string"}}') }, [{}], [JSON.parse('{"__proto__":1}')]],
  [{ prefixItems: [{ type: 'string' }], items: false }, [['a'], []], [['a', 1], [1]]],
  [{ items: [{ type: 'string' }], additionalItems: false }, [['a']], [['a', 1]], 'draft-07'],
  [
    { uniqueItems: true },
    [[1, '1', true]],
    [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [0, -0],
    ],
  ],
  [
    { contains: { type: 'string' }, minContains: 2, maxContains: 3 },
    [['a', 'b', 1]],
    [[], ['a'], ['a', 'b', 'c', 'd']],
  ],
  [{ if: { minimum: 5 }, then: { multipleOf: 2 }, else: { multipleOf: 3 } }, [6, 3], [7, 4]],
  [{ dependentRequired: { a: ['b'] } }, [{}, { a: 1, b: 1 }], [{ a: 1 }]],
  [{ $ref: '#/$defs/x', maximum: 3, $defs: { x: { minimum: 1 } } }, [2], [0, 4]],
  // until draft-07 what is beside a reference does not count
  [{ $ref: '#/definitions/x', maximum: 3, definitions: { x: { minimum: 1 } } }, [2, 4], [0], 'draft-07'],
  [{ properties: { next: { $ref: '#' } }, required: ['v'] }, [{ v: 1, next: { v: 2 } }], [{ v: 1, next: {} }]],
  [
    {
      $id: 'https://x.test/root',
      $defs: { a: { $id: 'a', $anchor: 'here', type: 'string' } },
      $ref: 'a#here',
    },
    ['x'],
    [1],
  ],
  [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, [{ a: 1 }], [{ b: 1 }]],
];

// a fourth parameter would be Jest's callback where a row has three
test.each(TABLE.map(row => ({ row })))('$row.0', ({ row }) => {
  const [schema, valid, invalid, draft] = row;
  const compiled = compileSchema(schema, { draft });
  expect(valid.map(value => [value, compiled.isValid(value)])).toEqual(valid.map(value => [value, true]));
  expect(invalid.map(value => [value, compiled.isValid(value)])).toEqual(invalid.map(value => [value, false]));
});

test.each([
  ['date', ['2024-02-29'], ['2023-02-29', '2024-13-01', '24-01-01']],
  ['date-time', ['2024-01-01T00:00:00Z', '1998-12-31T23:59:60Z'], ['2024-01-01', '2024-01-01T24:00:00Z']],
  ['time', ['10:00:00+02:00'], ['10:00:00']],
  ['email', ['a@b.cd', '"x y"@b.cd'], ['a', '@b.cd', 'a@-b.cd']],
  ['hostname', ['a.b-c.d'], ['-a.b', `${'a'.repeat(64)}.b`]],
  ['ipv4', ['1.2.3.4'], ['01.2.3.4', '1.2.3']],
  ['ipv6', ['::', '::ffff:1.2.3.4'], ['1::2::3', ':::']],
  ['uri', ['https://a.b/c?d#e', 'urn:x:y'], ['//a.b', 'a b', 'http://[::g]']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
  ['regex', ['a+'], ['(']],
  ['json-pointer', ['/a/~01'], ['a', '/~2']],
  ['something-else', ['anything'], []],
])('format %s', (format, valid, invalid) => {
  const compiled = compileSchema({ format });
  expect(valid.filter(each => !compiled.isValid(each))).toEqual([]);
  expect(invalid.filter(each => compiled.isValid(each))).toEqual([]);
  const annotated = compileSchema({ format }, { format: 'annotation' });
  expect(invalid.every(each => annotated.isValid(each))).toBe(true);
});

test('every error with its places in value and schema', () => {
  const compiled = compileSchema({
    properties: {
      'a/b': { $ref: '#/$defs/name' },
      list: { items: { type: 'integer' } },
    },
    required: ['id'],
    additionalProperties: false,
    $defs: { name: { minLength: 2 } },
  });
  expect(compiled.validate({ 'a/b': 'x', list: [1, 'two'], more: 1 })).toEqual({
    valid: false,
    errors: [
      {
        instancePath: '/a~1b',
        schemaPath: '/$defs/name/minLength',
        keyword: 'minLength',
        message: 'must have at least 2 characters',
      },
      {
        instancePath: '/list/1',
        schemaPath: '/properties/list/items/type',
        keyword: 'type',
        message: 'must be integer, is string',
      },
      {
        instancePath: '',
        schemaPath: '/required',
        keyword: 'required',
        message: 'must have property "id"',
      },
      {
        instancePath: '/more',
        schemaPath: '/additionalProperties',
        keyword: 'additionalProperties',
        message: 'property "more" is not allowed',
      },
    ],
  });
  expect(compileSchema({}).validate({ id: 1 })).toEqual({ valid: true });
});

test('at most 100 errors', () => {
  const result = compileSchema({ items: { type: 'string' } }).validate(new Array(1000).fill(1));
  expect(result.valid ? 0 : result.errors.length).toBe(100);
});

test.each([
  ['other.json', '/properties/a/$ref'],
  ['https://example.test/schema.json', '/properties/a/$ref'],
  ['file:///etc/passwd', '/properties/a/$ref'],
  ['#/$defs/missing', '/properties/a/$ref'],
  ['#missing', '/properties/a/$ref'],
])('a reference that leads nowhere: %s', (ref, path) => {
  const compiled = compileSchema({ properties: { a: { $ref: ref } } });
  // only a value that reaches it needs it
  expect(compiled.isValid({})).toBe(true);
  expect(() => compiled.isValid({ a: 1 })).toThrow(
    expect.objectContaining({ name: 'UnresolvableReferenceError', ref, path }),
  );
});

test('nesting without end is a clear error', () => {
  let schema: Json = {};
  let value: Json = 1;
  for (let i = 0; i < 10_000; i++) {
    schema = { properties: { a: schema } };
    value = { a: value };
  }
  const tooDeep = expect.objectContaining({ name: 'SchemaTooDeepError' });
  expect(() => compileSchema(schema).isValid(value)).toThrow(tooDeep);
  expect(() => compileSchema({ $ref: '#' }).isValid(1)).toThrow(tooDeep);
  expect(() => compileSchema({ const: value }).isValid(value)).not.toThrow();
});

test.each([null, 5, 'x', [], undefined])('%j is no schema', schema => {
  expect(() => compileSchema(schema)).toThrow(expect.objectContaining({ name: 'InvalidSchemaError' }));
});

test.each([
  ['http://json-schema.org/draft-04/schema#', 'draft-04'],
  ['http://json-schema.org/draft-07/schema', 'draft-07'],
  ['https://json-schema.org/draft/2019-09/schema', '2019-09'],
  ['https://example.test/own', '2020-12'],
])('%s is %s', ($schema, draft) => {
  expect(detectDraft({ $schema })).toBe(draft);
});
