import { compareSchemas } from './compareSchemas';
import { RULES } from './rules';

const plain = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const text = { type: 'string' };

test('an optional field added to a plain object is compatible in both directions, closed-world', () => {
  const result = compareSchemas(plain({ a: text }), plain({ a: text, b: { type: 'number' } }));
  expect(result.backward).toEqual({ kind: 'compatible' });
  expect(result.forward).toEqual({ kind: 'compatible' });
  expect(result.semver).toBe('minor');
});

test('the same taken at its word breaks old events that had the field with another type', () => {
  const result = compareSchemas(plain({ a: text }), plain({ a: text, b: { type: 'number' } }), {
    contentModel: 'open',
  });
  expect(result.backward).toMatchObject({ kind: 'breaking', counterexample: { b: null } });
  expect(result.forward).toEqual({ kind: 'compatible' });
});

test('each finding has its own counterexample and names both places', () => {
  const old = plain({ id: text, status: { enum: ['a', 'b'] } }, { required: ['id'] });
  const next = plain({ id: text, status: { enum: ['a'] }, at: text }, { required: ['id', 'at'] });
  const { backward } = compareSchemas(old, next);
  expect(backward).toMatchObject({
    kind: 'breaking',
    counterexample: { id: '' },
    findings: [
      { rule: 'field-missing', oldPointer: '', newPointer: '/required', counterexample: { id: '' } },
      {
        rule: 'value-not-listed',
        oldPointer: '/properties/status',
        newPointer: '/properties/status/enum',
        counterexample: { id: '', status: 'b' },
      },
    ],
  });
});

test.each([
  ['a reference that leaves the document', { $ref: 'https://example.com/a.json' }, 'nothing is fetched'],
  ['a reference to itself', { $ref: '#' }, 'refers to itself'],
  ['a missing reference', { $ref: '#/definitions/a' }, 'there is nothing at'],
  ['no schema', 5, 'must be a schema'],
  ['a wrong keyword', { type: 5 }, 'must be a type'],
])('%s is unknown with the reason', (_, schema, reason) => {
  const { backward, forward, semver } = compareSchemas(schema, {});
  expect(backward).toEqual({ kind: 'unknown', reason: expect.stringContaining(reason) });
  expect(forward.kind).toBe('unknown');
  expect(semver).toBe('major');
});

test.each<readonly [string, unknown, unknown, string, string]>([
  ['booleans', true, false, 'breaking', 'compatible'],
  ['nothing valid is compatible with anything', { type: 'string', enum: [1] }, false, 'compatible', 'compatible'],
  [
    'recursion',
    { properties: { c: { $ref: '#' } } },
    { properties: { c: { properties: { c: { $ref: '#' } } } } },
    'compatible',
    'compatible',
  ],
  [
    'a value that needs itself',
    { type: 'object', required: ['c'], properties: { c: { $ref: '#' } } },
    false,
    'compatible',
    'compatible',
  ],
  [
    'expressions that backtrack',
    { type: 'string', pattern: '^(a+)+$' },
    { type: 'string', pattern: '^(a|aa)+$' },
    'compatible',
    'compatible',
  ],
  [
    'drafts mixed',
    { $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true },
    { $schema: 'http://json-schema.org/draft-07/schema#', exclusiveMinimum: 1 },
    'compatible',
    'compatible',
  ],
  ['unknown keywords', { type: 'string', colour: 1 }, { type: 'string', colour: 2 }, 'compatible', 'compatible'],
  [
    'names of the prototype',
    plain(JSON.parse('{"__proto__":{"type":"string"}}')),
    plain(JSON.parse('{"__proto__":{"type":"number"}}')),
    'breaking',
    'breaking',
  ],
])('%s', (_, old, next, backward, forward) => {
  const result = compareSchemas(old, next);
  expect([result.backward.kind, result.forward.kind]).toEqual([backward, forward]);
});

test('an enormous enum is answered', () => {
  const many = { enum: Array.from({ length: 20_000 }, (_, i) => `v${i}`) };
  expect(compareSchemas(many, { type: 'string' }).backward).toEqual({ kind: 'compatible' });
  expect(compareSchemas({ type: 'string' }, many).backward).toMatchObject({ kind: 'breaking', counterexample: '' });
});

test('rules have ids of their own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});
