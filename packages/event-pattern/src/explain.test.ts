import { compileEventPattern } from './compile';
import { explain, fieldsUsed } from './explain';
import { explanationText } from './explanationText';
import * as fc from 'fast-check';
import { pairs } from './__testUtils__/pairs';
import type { Json } from './types';

const text = (pattern: Json, event: Json) =>
  explanationText(explain(JSON.stringify(pattern), JSON.stringify(event))).split('\n');

const ROWS: readonly (readonly [what: string, pattern: Json, event: Json, line: string])[] = [
  [
    'another value',
    { level: ['ERROR', 'FATAL'] },
    { level: 'WARN' },
    '  ✗ `level` is "WARN"; wanted: is `ERROR` or `FATAL`',
  ],
  ['satisfied', { level: ['WARN'] }, { level: 'WARN' }, '  ✓ `level` is "WARN"'],
  ['absent, as wanted', { a: [{ exists: false }] }, {}, '  ✓ `a` is not in the event, as wanted'],
  [
    'case',
    { level: ['ERROR'] },
    { level: 'error' },
    '  ✗ `level` is "error"; wanted: is `ERROR` (differs in case only)',
  ],
  [
    'blanks',
    { level: ['ERROR'] },
    { level: 'ERROR ' },
    '  ✗ `level` is "ERROR "; wanted: is `ERROR` (differs in blanks at an end only)',
  ],
  [
    'the nearest of several',
    { a: ['green'] },
    { a: ['red', 'greem'] },
    '  ✗ `a` is "red" and "greem"; wanted: is `green` (nearest: "greem")',
  ],
  [
    'text for number',
    { n: [5] },
    { n: '5' },
    '  ✗ `n` is "5"; wanted: is `5` (the event has a text, the pattern wants a number)',
  ],
  [
    'number for text',
    { n: ['5'] },
    { n: 5 },
    '  ✗ `n` is 5; wanted: is `5` (the event has it without quotes, the pattern wants a text)',
  ],
  [
    'text for range',
    { n: [{ numeric: ['>', 1] }] },
    { n: '5' },
    '  ✗ `n` is "5"; wanted: is above 1 (the event has a text, `numeric` compares numbers only)',
  ],
  ['missing', { color: ['x'] }, { shape: 'x' }, '  ✗ `color` is not in the event; wanted: is `x`'],
  ['misspelt', { color: ['x'] }, { colour: 'x' }, '  ✗ `color` is not in the event; there is `colour`. Wanted: is `x`'],
  [
    'other spelling',
    { detail: { orderId: ['x'] } },
    { detail: { order_id: 'x' } },
    '  ✗ `detail.orderId` is not in the event; there is `detail.order_id`. Wanted: is `x`',
  ],
  [
    'another place',
    { detail: { level: ['x'] } },
    { detail: { data: { level: 'x' } } },
    '  ✗ `detail.level` is not in the event; there is `detail.data.level`. Wanted: is `x`',
  ],
  [
    'an object',
    { a: ['x'] },
    { a: { b: 'x' } },
    '  ✗ `a` is an object, and patterns see values only: `a.b`. Wanted: is `x`',
  ],
  ['an empty array', { a: ['x'] }, { a: [] }, '  ✗ `a` has no value in the event (it is empty); wanted: is `x`'],
  ['present', { a: [{ exists: false }] }, { a: 1 }, '  ✗ `a` is 1; wanted: is absent'],
  ['names of Object.prototype', { constructor: ['x'] }, {}, '  ✗ `constructor` is not in the event; wanted: is `x`'],
];

test.each(ROWS)('%s', (_, pattern, event, line) => {
  expect(text(pattern, event)).toContain(line);
});

test('different elements of an array', () => {
  expect(text({ list: { x: [1], y: [2] } }, { list: [{ x: 1 }, { y: 2 }] })).toEqual([
    'The event does not match.',
    '  ✓ `list.x` is 1',
    '  ✓ `list.y` is 2',
    '  ✗ Each of these holds, but in different elements of an array: one element must have them all.',
  ]);
});

test('of $or the nearest way comes first', () => {
  const pattern = {
    $or: [
      { a: [1], b: [1], c: [1] },
      { a: [2], b: [1] },
    ],
  } as Json;
  expect(text(pattern, { a: 1, b: 1 })).toEqual([
    'The event matches none of 2 ways ($or). The nearest:',
    '  ✓ `a` is 1',
    '  ✓ `b` is 1',
    '  ✗ `c` is not in the event; wanted: is `1`',
    'Another (2):',
    '  ✗ `a` is 1; wanted: is `2`',
    '  ✓ `b` is 1',
  ]);
});

test('says what the matcher says, and blames a clause whenever it does not match', () => {
  fc.assert(
    fc.property(pairs, ({ pattern, event }) => {
      const explanation = explain(pattern, event);
      const blamed = explanation.alternatives.every(
        each => each.satisfied || each.differentElements || each.clauses.some(({ failure }) => failure),
      );
      expect([explanation.matches, blamed]).toEqual([compileEventPattern(pattern).matches(event), true]);
      expect(explanationText(explanation)).not.toMatch(/undefined|\[object/);
    }),
    { numRuns: Number(process.env.PROVE_COUNT ?? 500) },
  );
});

test('a large event is explained in few words', () => {
  const event = {
    detail: { list: Array.from({ length: 50_000 }, (_, i) => ({ v: `value ${i} ${'x'.repeat(200)}` })) },
  };
  const lines = text({ detail: { list: { v: ['other'] }, lost: ['x'] } }, event);
  expect(lines).toHaveLength(3);
  expect(lines.join('').length).toBeLessThan(2000);
});

test('fields used: once each, in the order of the text', () => {
  expect(fieldsUsed({ source: ['x'], detail: { b: [1], a: [2] }, $or: [{ b: [1] }, { b: [2] }] })).toEqual([
    'source',
    'detail.b',
    'detail.a',
    'b',
  ]);
});
