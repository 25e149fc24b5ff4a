/*
 * What no schema should look like: a clear reason or a verdict, in the time
 * that a test has.
 */
import { compareSchemas } from './compareSchemas';
import type { Verdict } from './types';

const text = { type: 'string' };
const number = { type: 'number' };

function word(verdict: Verdict): string {
  return verdict.kind === 'unknown' ? `unknown: ${verdict.reason}` : verdict.kind;
}

function verdicts(old: unknown, next: unknown): readonly string[] {
  const { backward, forward } = compareSchemas(old, next);
  return [word(backward), word(forward)];
}

function nested(depth: number, leaf: object): object {
  let schema = leaf;
  for (let i = 0; i < depth; i++) schema = { type: 'object', properties: { a: schema } };
  return schema;
}

function chained(count: number, first: object, link: (inner: object) => object): object {
  const $defs = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`d${i}`, i === 0 ? first : link({ $ref: `#/$defs/d${i - 1}` })]),
  );
  return { $defs, $ref: `#/$defs/d${count - 1}` };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

test.each([
  ['a file', { $ref: 'file:///etc/passwd' }],
  ['another host', { $ref: 'https://example.com/a.json' }],
  ['another document beside it', { $id: 'https://example.com/a', properties: { a: { $ref: 'b.json#/c' } } }],
])('a reference to %s is never fetched', (_, schema) => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  expect(verdicts(schema, text)).toEqual([
    expect.stringContaining('nothing is fetched'),
    expect.stringContaining('nothing is fetched'),
  ]);
  expect(fetched).not.toHaveBeenCalled();
});

test.each<readonly [string, object]>([
  ['to itself', { $ref: '#' }],
  ['in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
])('a reference %s is said to be one', (_, schema) => {
  expect(verdicts(schema, text)[0]).toContain('refers to itself without end');
});

test('references in a circle through combinations end', () => {
  const circle = {
    $ref: '#/$defs/a',
    $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { anyOf: [{ $ref: '#/$defs/a' }] } },
  };
  expect(verdicts(circle, text).every(each => /^(unknown: .+|compatible|breaking)$/.test(each))).toBe(true);
});

test.each([
  [undefined, 'must be a schema'],
  [null, 'must be a schema'],
  ['text', 'must be a schema'],
  [[], 'must be a schema'],
  [{ type: 'text' }, 'must be a type'],
  [{ properties: { a: { minLength: 'x' } } }, '/properties/a/minLength'],
  [{ pattern: '(' }, 'regular expression'],
  [{ $schema: 'http://json-schema.org/draft-03/schema#' }, 'no draft that is known'],
  [{ openapi: '3.0.0' }, 'AWSEvent'],
])('%j is no schema, and the reason says why', (schema, reason) => {
  expect(verdicts(schema, text)[0]).toContain(reason);
  expect(verdicts(text, schema)[0]).toContain(reason);
});

test.each<readonly [string, unknown, unknown, readonly string[]]>([
  ['deep', nested(60, text), nested(60, number), ['breaking', 'breaking']],
  [
    'too deep',
    nested(400, text),
    nested(400, number),
    [expect.stringMatching(/^unknown/), expect.stringMatching(/^unknown/)],
  ],
  [
    'deeper than the stack',
    nested(20_000, text),
    text,
    [expect.stringContaining('levels deep'), expect.stringContaining('levels deep')],
  ],
  [
    'references that double at each step',
    chained(40, text, inner => ({ type: 'object', properties: { a: inner, b: inner } })),
    chained(40, number, inner => ({ type: 'object', properties: { a: inner, b: inner } })),
    ['breaking', 'breaking'],
  ],
  [
    'combinations that double at each step',
    chained(30, text, inner => ({ allOf: [inner, inner] })),
    text,
    ['compatible', 'compatible'],
  ],
  [
    'long lists of values',
    { enum: many(50_000).map(i => `v${i}`) },
    { enum: many(50_000).map(i => `v${i + 1}`) },
    ['breaking', 'breaking'],
  ],
  [
    'many required names',
    { type: 'object', required: many(3000).map(i => `p${i}`) },
    { type: 'object', required: many(3001).map(i => `p${i}`) },
    ['compatible', 'compatible'],
  ],
  [
    'a long text',
    { type: 'string', minLength: 1e9 },
    { type: 'string', maxLength: 5 },
    [expect.any(String), 'breaking'],
  ],
  ['a long list', { type: 'array', minItems: 1e9 }, { type: 'array', maxItems: 5 }, [expect.any(String), 'breaking']],
  ['contradictory', { type: 'string', minLength: 2, maxLength: 1 }, { not: {} }, ['compatible', 'compatible']],
  ['booleans', true, false, ['breaking', 'compatible']],
])('%s', (_, old, next, expected) => {
  expect(verdicts(old, next)).toEqual(expected);
});

test.each([
  ['^(a+)+$', '^(a|aa)+$'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', '^(x+x+)+y$'],
  ['^(?=a)(a+)+$', '^(?=b)(a+)+$'],
  ['^(a+)\\1+$', '^(b+)\\1+$'],
  ['^(a{1,1000}){1,1000}$', '^b$'],
])('an expression that may backtrack for ever: %s', (one, other) => {
  const words = verdicts({ type: 'string', pattern: one, minLength: 60 }, { type: 'string', pattern: other });
  expect(words.every(each => /^(unknown: .+|compatible|breaking)$/s.test(each))).toBe(true);
});

test('a schema of 5 MB', () => {
  const part = (i: number) => ({
    type: 'object',
    description: 'x'.repeat(300),
    required: ['id'],
    properties: Object.fromEntries(
      many(30).map(j => [`p${i}_${j}`, { type: 'string', maxLength: 40, description: 'A field of it.' }]),
    ),
  });
  const old = { type: 'object', properties: Object.fromEntries(many(2000).map(i => [`part${i}`, part(i)])) };
  const next = { ...old, properties: { ...old.properties, part7: { ...part(7), required: ['id', 'p7_1'] } } };
  expect(JSON.stringify(old).length).toBeGreaterThan(5_000_000);
  const { backward, forward, changes } = compareSchemas(old, JSON.parse(JSON.stringify(next)), {
    contentModel: 'open',
  });
  expect(backward).toMatchObject({ kind: 'breaking', counterexample: { part7: {} } });
  expect(forward.kind).toBe('compatible');
  expect(changes).toMatchObject([{ kind: 'tightened', path: 'part7.p7_1' }]);
});

test('what is prototype elsewhere is a name here', () => {
  const of = (schema: object) => JSON.parse(`{"type":"object","properties":{"__proto__":${JSON.stringify(schema)}}}`);
  const { backward } = compareSchemas(of(text), of(number));
  expect(backward).toMatchObject({ kind: 'breaking' });
  expect(JSON.stringify((backward as { counterexample: unknown }).counterexample)).toBe('{"__proto__":""}');
});
