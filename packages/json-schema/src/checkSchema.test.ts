import { checkSchema } from './checkSchema';
import type { Draft, Json } from './types';

test.each<readonly [Json, Draft, string, string]>([
  [{ type: 'strin' }, '2020-12', '/type', 'must be a type'],
  [{ properties: { a: { minLength: -1 } } }, '2020-12', '/properties/a/minLength', 'whole number'],
  [{ properties: { a: 5 } }, '2020-12', '/properties/a', 'must be a schema'],
  [{ allOf: [] }, '2020-12', '/allOf', 'at least one schema'],
  [{ pattern: '(' }, '2020-12', '/pattern', 'regular expression'],
  [{ patternProperties: { '(': {} } }, '2020-12', '/patternProperties', 'regular expression'],
  [{ required: ['a', 'a'] }, '2020-12', '/required', 'must not repeat'],
  [{ required: [] }, 'draft-04', '/required', 'at least one'],
  [{ items: [{}] }, '2020-12', '/items', 'prefixItems'],
  [{ exclusiveMinimum: true, minimum: 1 }, 'draft-07', '/exclusiveMinimum', 'must be a number'],
  [{ exclusiveMinimum: 1 }, 'draft-04', '/exclusiveMinimum', 'true or false'],
  [{ properties: { a: true } }, 'draft-04', '/properties/a', 'no boolean schemas'],
  [{ $ref: 'x.json' }, '2020-12', '/$ref', 'leaves the document'],
  [{ $ref: '#/nowhere' }, '2020-12', '/$ref', 'there is nothing at /nowhere'],
  [{ $ref: '#/enum', enum: [1] }, '2020-12', '/$ref', 'leads to no schema'],
  [{ $ref: '#' }, '2020-12', '/$ref', 'without end'],
  [{ $schema: 'https://example.test/own' }, '2020-12', '/$schema', 'no draft that is known'],
  [{ $id: 'a#b' }, '2020-12', '/$id', 'fragment'],
])('%j (%s)', (schema, draft, path, message) => {
  const problems = checkSchema(schema, { draft });
  expect(problems.map(each => each.path)).toContain(path);
  expect(problems.find(each => each.path === path)?.message).toContain(message);
});

test.each<readonly [Json, Draft]>([
  [{ properties: { type: { type: 'string' }, required: {} } }, '2020-12'],
  [{ enum: [{ type: 'strin' }], default: { $ref: 'x' }, 'x-own': [1] }, '2020-12'],
  [{ minimum: 1, exclusiveMinimum: true, additionalProperties: false }, 'draft-04'],
  [{ $ref: '#/definitions/a', type: 5, definitions: { a: {} } }, 'draft-07'],
  [{ $defs: { t: { properties: { t: { $ref: '#/$defs/t' } } } } }, '2020-12'],
  [true, 'draft-07'],
])('%j (%s) is a schema', (schema, draft) => {
  expect(checkSchema(schema, { draft })).toEqual([]);
});

test.each([null, 5, 'x', [], undefined])('%j is no schema', schema => {
  expect(checkSchema(schema)).toHaveLength(1);
});

test('nesting of 10,000 is a problem, not a crash', () => {
  let schema: Json = {};
  for (let i = 0; i < 10_000; i++) {
    schema = { properties: { a: schema } };
  }
  expect(checkSchema(schema).map(each => each.message)).toEqual(['is nested more than 1000 levels deep']);
});

test('at most 100 problems', () => {
  const bad = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, { type: 'x' }]));
  expect(checkSchema({ properties: bad })).toHaveLength(100);
});
