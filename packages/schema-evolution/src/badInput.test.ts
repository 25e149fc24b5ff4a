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
