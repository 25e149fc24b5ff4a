import { EventMatcher } from './eventMatcher';
import type { JsonObject } from './types';

function matcherOf(patterns: { readonly [key: string]: JsonObject }): EventMatcher<string> {
  const matcher = new EventMatcher<string>();
  Object.entries(patterns).forEach(([key, pattern]) => matcher.add(key, pattern));
  return matcher;
}

test('gives the keys of what matches, in the order of adding', () => {
  const matcher = matcherOf({
    prefix: { source: [{ prefix: 'com.' }] },
    exact: { source: ['com.key'] },
    other: { source: ['com.other'] },
    or: { $or: [{ source: ['com.key'] }, { source: [{ suffix: 'key' }] }] },
    absent: { time: [{ exists: false }] },
  });
  expect(matcher.match('{"source":"com.key"}')).toEqual(['prefix', 'exact', 'or', 'absent']);
  expect(matcher.match({ source: 'com.other', time: 'x' })).toEqual(['prefix', 'other']);
});

test('adding under the same key replaces; a pattern that is wrong changes nothing', () => {
  const matcher = matcherOf({ a: { x: [1] } });
  expect(() => matcher.add('a', { x: [] })).toThrow(/Empty arrays are not allowed/);
  expect(matcher.match({ x: 1 })).toEqual(['a']);
  matcher.add('a', { y: [1] });
  expect([matcher.match({ x: 1 }), matcher.match({ y: 1 }), matcher.size]).toEqual([[], ['a'], 1]);
  expect([matcher.delete('a'), matcher.delete('a'), matcher.size]).toEqual([true, false, 0]);
  expect(matcher.match({ y: 1 })).toEqual([]);
});

test('an event that is no JSON object is refused, also by an empty matcher', () => {
  for (const matcher of [new EventMatcher<string>(), matcherOf({ a: { x: [1] } })]) {
    for (const event of ['[]', '{', '{}x', '{"x":01}']) {
      expect(() => matcher.match(event)).toThrow(expect.objectContaining({ name: 'InvalidEventError' }));
    }
    // and leaves nothing behind
    expect(matcher.match('{"y":1}')).toEqual([]);
  }
});

/** Many of one kind, so that every kind of index is a real one. */
const MANY = 300;
type Maker = (i: number) => JsonObject[string];
const KINDS: readonly (readonly [kind: string, matcher: Maker, hit: Maker, miss: Maker])[] = [
  ['exact', i => `v${i}`, i => `v${i}`, i => `w${i}`],
  ['number', i => i / 8, i => i / 8, i => i + 0.01],
  ['address', i => `10.0.${i % 256}.${i >> 8}`, i => `10.0.${i % 256}.${i >> 8}`, () => '10.1.0.0'],
  ['prefix', i => ({ prefix: `p${i}.` }), i => `p${i}.x`, i => `p${i}`],
  ['prefix with the closing quote', i => ({ prefix: `p${i}"` }), i => `p${i}`, i => `p${i}.`],
  ['suffix', i => ({ suffix: `.s${i}` }), i => `x.s${i}`, i => `s${i}`],
  ['suffix with the opening quote', i => ({ suffix: `"s${i}` }), i => `s${i}`, i => `xs${i}`],
  ['prefix in any case', i => ({ prefix: { 'equals-ignore-case': `P${i}.ß` } }), i => `p${i}.SSx`, i => `p${i}.s`],
  ['suffix in any case', i => ({ suffix: { 'equals-ignore-case': `é.S${i}` } }), i => `xÉ.s${i}`, i => `e.s${i}`],
  ['any case', i => ({ 'equals-ignore-case': `Vé${i}` }), i => `vÉ${i}`, i => `v${i}`],
  ['any case, Turkish', i => ({ 'equals-ignore-case': `İ${i}` }), i => `İ${i}`, i => `ı${i}`],
  ['wildcard', i => ({ wildcard: `*-${i}-*` }), i => `a-${i}-b`, i => `a${i}-b`],
  ['wildcard between ends', i => ({ wildcard: `a*.${i}z` }), i => `a.${i}z`, i => `a.${i}y`],
  ['narrow range', i => ({ numeric: ['>', i, '<=', i + 1] }), i => i + 1, i => -i],
  ['block', i => ({ cidr: `10.${i % 256}.${i >> 8}.0/24` }), i => `10.${i % 256}.${i >> 8}.9`, () => '11.0.0.1'],
  ['long block', i => ({ cidr: `2001:db8:${i.toString(16)}::/48` }), i => `2001:db8:${i.toString(16)}::1`, () => '::1'],
];

test.each(KINDS)(`${MANY} rules with one clause: %s`, (_, make, hit, miss) => {
  const matcher = new EventMatcher<number>();
  for (let i = 0; i < MANY; i++) {
    matcher.add(i, { detail: { v: [make(i)] } });
  }
  for (let i = 0; i < MANY; i += 7) {
    expect(matcher.match({ detail: { v: hit(i) } })).toEqual([i]);
    expect(matcher.match(JSON.stringify({ detail: { v: ['zz', hit(i)] } }))).toEqual([i]);
    expect(matcher.match({ detail: { v: miss(i) } })).toEqual([]);
    matcher.delete(i);
    expect(matcher.match({ detail: { v: hit(i) } })).toEqual([]);
  }
});

test('many that exclude: all but those that name the value', () => {
  const matcher = new EventMatcher<number>();
  for (let i = 0; i < 50; i++) {
    matcher.add(i, { v: [{ 'anything-but': i % 2 ? [`x${i}`, 'both'] : { prefix: [`x${i}`, 'bo'] } }] });
  }
  const but = (...keys: number[]) => Array.from({ length: 50 }, (_, i) => i).filter(i => !keys.includes(i));
  expect(matcher.match({ v: 'x41' })).toEqual(but(4, 41));
  expect(matcher.match({ v: 'both' })).toEqual([]);
  expect(matcher.match({ v: ['both', 'x7'] })).toEqual(but(7));
  expect(matcher.match({})).toEqual([]);
});

test('fields of different elements of an array do not combine, however many rules there are', () => {
  const matcher = new EventMatcher<number>();
  for (let i = 0; i < 20; i++) {
    matcher.add(i, { list: { x: [i], y: [i + 1] } });
  }
  expect(matcher.match({ list: [{ x: 1, y: 2 }, { x: 3 }, { y: 4 }] })).toEqual([1]);
});
