import { couldMatchType, sourcesAndDetailTypes } from './eventTypes';
import type { JsonObject } from './types';

test('every pair that is named', () => {
  expect(
    sourcesAndDetailTypes({
      source: ['a', { prefix: 'b.' }],
      'detail-type': ['T'],
      detail: { x: [1] },
    }),
  ).toEqual([
    {
      source: { kind: 'exact', value: 'a' },
      detailType: { kind: 'exact', value: 'T' },
    },
    {
      source: { kind: 'prefix', value: 'b.' },
      detailType: { kind: 'exact', value: 'T' },
    },
  ]);
});

test('what is not named is any; other operators are in words', () => {
  expect(sourcesAndDetailTypes({ source: [{ 'anything-but': 'a' }] })).toEqual([
    {
      source: { kind: 'other', words: 'is anything but `a`' },
      detailType: { kind: 'any' },
    },
  ]);
});

test('pairs of $or stay pairs', () => {
  const pairs = sourcesAndDetailTypes({
    $or: [
      { source: ['a'], 'detail-type': ['T'] },
      { source: ['b'], 'detail-type': ['U'] },
    ],
  });
  expect(pairs.map(({ source, detailType }) => [source, detailType])).toEqual([
    [
      { kind: 'exact', value: 'a' },
      { kind: 'exact', value: 'T' },
    ],
    [
      { kind: 'exact', value: 'b' },
      { kind: 'exact', value: 'U' },
    ],
  ]);
});

test.each<readonly [JsonObject, string, string, boolean]>([
  [{ source: ['a'], detail: { x: [1] } }, 'a', 'T', true],
  [{ source: ['a'] }, 'b', 'T', false],
  [{ source: [{ prefix: 'a.' }], 'detail-type': ['T'] }, 'a.b', 'T', true],
  [{ source: [{ prefix: 'a.' }], 'detail-type': ['T'] }, 'a.b', 'U', false],
  [{ source: [{ 'anything-but': 'a' }] }, 'a', 'T', false],
  [{ account: ['1'] }, 'a', 'T', true],
  [{ source: [{ exists: false }] }, 'a', 'T', false],
  [
    {
      $or: [
        { source: ['a'], 'detail-type': ['T'] },
        { source: ['b'], 'detail-type': ['U'] },
      ],
    },
    'a',
    'U',
    false,
  ],
])('%j and %s / %s', (pattern, source, detailType, expected) => {
  expect(couldMatchType(pattern, source, detailType)).toBe(expected);
});
