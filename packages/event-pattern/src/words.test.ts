import { describePattern, describePatternSentence } from './describe';
import type { Json } from './types';

test.each<readonly [Json, string]>([
  [['email'], 'is `email`'],
  [['email', 'push', 'sms'], 'is `email`, `push` or `sms`'],
  [[''], 'is an empty text'],
  [[null, true, 5], 'is `null`, `true` or `5`'],
  [[{ prefix: 'eu-' }, { prefix: 'us-' }], 'starts with `eu-` or `us-`'],
  [[{ prefix: '' }], 'is any text'],
  [[{ suffix: { 'equals-ignore-case': '.png' } }], 'ends with `.png` (in any case)'],
  [[{ 'equals-ignore-case': 'x' }], 'is `x` (in any case)'],
  [[{ wildcard: 'a*' }], 'looks like `a*`'],
  [[{ numeric: ['>', 100] }], 'is above 100'],
  [[{ numeric: ['>=', 0, '<', 5] }], 'is at least 0 and below 5'],
  [[{ numeric: ['=', 5] }], 'is 5'],
  [[{ cidr: '10.0.0.0/8' }], 'is an address in `10.0.0.0/8`'],
  [[{ exists: true }], 'is present'],
  [['x', { exists: false }], 'is `x` or is absent'],
  [[{ 'anything-but': ['a', 'b'] }], 'is anything but `a` or `b`'],
  [[{ 'anything-but': { prefix: ['a', 'b'] } }], 'does not start with `a` or `b`'],
  [[{ 'anything-but': { suffix: 'a' } }], 'does not end with `a`'],
  [[{ 'anything-but': { wildcard: 'a*' } }], 'does not look like `a*`'],
  [[{ 'anything-but': { 'equals-ignore-case': 'a' } }], 'is anything but `a` (in any case)'],
])('%j', (matchers, words) => {
  expect(describePattern({ detail: { x: matchers } })).toEqual([{ field: 'detail.x', words }]);
});

test('source and detail-type first, then the envelope, then the detail', () => {
  const lines = describePattern({
    detail: { data: { channel: ['email'] } },
    account: ['1'],
    'detail-type': ['T'],
    source: ['s'],
  });
  expect(lines.map(({ field }) => field)).toEqual(['source', 'detail-type', 'account', 'detail.data.channel']);
});

test('$or is one line, with what is common outside it', () => {
  expect(
    describePattern({
      source: ['s'],
      detail: { $or: [{ a: [1], b: [2] }, { c: [{ numeric: ['<', 3] }] }] },
    }),
  ).toEqual([
    { field: 'source', words: 'is `s`' },
    {
      field: '',
      words: 'either `detail.a` is `1` and `detail.b` is `2`, or `detail.c` is below 3',
    },
  ]);
});

test.each<readonly [{ readonly [key: string]: Json }, string]>([
  [{ source: ['s'], 'detail-type': ['T'] }, 'every event'],
  [
    {
      source: ['s'],
      detail: { channel: ['email', 'push'], n: [{ numeric: ['>', 1] }] },
    },
    'only when `detail.channel` is `email` or `push` and `detail.n` is above 1',
  ],
  [{ source: [{ prefix: 'com.key.' }] }, 'only when `source` starts with `com.key.`'],
])('in a sentence: %j', (pattern, sentence) => {
  expect(describePatternSentence(pattern)).toBe(sentence);
});
