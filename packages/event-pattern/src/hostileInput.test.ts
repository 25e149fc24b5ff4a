import { compileEventPattern } from './compile';
import { EventMatcher } from './eventMatcher';
import { explain } from './explain';
import { explanationText } from './explanationText';
import type { JsonObject } from './types';

/** Lifts the limit on length, so that the other limits are what is tested. */
const compile = (text: string) => compileEventPattern(text, { maxCharacters: Infinity });

test('a pattern of 1 MB is refused at once, and compiled where the limit is lifted', () => {
  const values = Array.from({ length: 100_000 }, (_, i) => `"value-${i}"`).join(',');
  const text = `{"a":[${values}]}`;
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(() => compileEventPattern(text)).toThrow(/the limit is 2048/);
  const matcher = new EventMatcher<string>();
  matcher.add('large', compile(text));
  expect(matcher.match('{"a":"value-99999"}')).toEqual(['large']);
  expect(matcher.match('{"a":"value-100000"}')).toEqual([]);
  expect(explanationText(explain(text, { a: 'x' })).length).toBeGreaterThan(0);
  expect(matcher.delete('large')).toBe(true);
});

test.each(['{"a":', '['])('nesting of 10,000: %s', open => {
  const text = open === '[' ? `{"a":${open.repeat(10_000)}` : open.repeat(10_000);
  expect(() => compile(text)).toThrow(expect.objectContaining({ name: 'InvalidEventPatternError' }));
  expect(() => new EventMatcher<string>().match(text)).toThrow(/nesting|valid JSON/i);
});

test('the deepest field that a pattern can name, in an event', () => {
  const wrap = (value: string) => `${'{"a":'.repeat(999)}${value}${'}'.repeat(999)}`;
  const matcher = new EventMatcher<string>();
  matcher.add('deep', compile(wrap('[1]')));
  expect([matcher.match(wrap('1')), matcher.match(wrap('2'))]).toEqual([['deep'], []]);
});

test('thousands of wildcards: refused in one, and beside each other', () => {
  expect(() => compile(`{"a":[{"wildcard":"${'*a'.repeat(5000)}"}]}`)).toThrow(/Rule is too complex/);
  const matcher = new EventMatcher<number>();
  for (let i = 0; i < 3000; i++) {
    matcher.add(i, { a: [{ wildcard: `*${'ab'.repeat(3)}*${i}*` }] });
  }
  expect(matcher.match({ a: `${'ab'.repeat(20_000)}x` })).toEqual([]);
  expect(matcher.match({ a: `${'ab'.repeat(3)}-2999-` })).toContain(2999);
});

test('$or in $or: bounded where it multiplies', () => {
  const choice = (i: number) => `"f${i}":{"$or":[{"a":[1]},{"b":[1]}]}`;
  const text = `{${Array.from({ length: 40 }, (_, i) => choice(i)).join(',')}}`;
  expect(() => compile(text)).toThrow(/\$or gives more than 1000 combinations/);
  const nested = `${'{"$or":[{"a":[1]},'.repeat(300)}{"b":[1]}${']}'.repeat(300)}`;
  expect(compile(nested).matches('{"b":1}')).toBe(true);
});

test('names of Object.prototype are fields like others, and pollute nothing', () => {
  const matcher = new EventMatcher<string>();
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    matcher.add(name, `{"${name}":{"x":["y"]}}`);
  }
  expect(matcher.match('{}')).toEqual([]);
  expect(matcher.match('{"__proto__":{"x":"y"},"constructor":{"x":"y"}}')).toEqual(['__proto__', 'constructor']);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test('lone surrogates, replacement characters and NUL are characters like others', () => {
  const matcher = new EventMatcher<string>();
  matcher.add('half', '{"a":[{"prefix":"\\ud83d"}]}');
  matcher.add('replaced', '{"a":["\ufffd"]}');
  matcher.add('zero', '{"a":["\\u0000"]}');
  expect(matcher.match('{"a":"\ud83dx"}')).toEqual(['half']);
  expect(matcher.match('{"a":"\\ud83dx"}')).toEqual(['half']);
  expect(matcher.match('{"a":"\ufffd"}')).toEqual(['replaced']);
  expect(matcher.match('{"a":"\\u0000"}')).toEqual(['zero']);
});

test('numbers past what a double holds', () => {
  const matcher = new EventMatcher<string>();
  matcher.add('huge', '{"a":[1e400]}');
  matcher.add('range', '{"a":[{"numeric":[">",1e308]}]}');
  matcher.add('other', '{"a":[{"anything-but":1}]}');
  expect(matcher.match('{"a":1e400}')).toEqual(['huge', 'other']);
  expect(matcher.match('{"a":1.5e308}')).toEqual(['range', 'other']);
  expect(matcher.match(`{"a":${'9'.repeat(100_000)}}`)).toEqual(['other']);
  expect(matcher.match('{"a":1e999999999}')).toEqual(['other']);
  expect(() => matcher.add('bad', '{"a":[{"numeric":[">",1e400]}]}')).toThrow(/Cannot compare number/);
});

test('an object that contains itself', () => {
  const loop: { [key: string]: unknown } = {};
  loop.a = loop;
  const matcher = new EventMatcher<string>();
  matcher.add('a', { b: [1] });
  expect(matcher.match(loop as JsonObject)).toEqual([]);
});
