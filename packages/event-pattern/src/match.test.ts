import { compileEventPattern } from './compile';
import type { Json } from './types';

/** pattern of field `a`, values of `a` that match, values that do not */
type Row = readonly [Json, readonly Json[], readonly Json[]];

const TABLE: { readonly [operator: string]: readonly Row[] } = {
  'exact values': [
    [['x'], ['x', ['y', 'x'], [['x']]], ['X', 'xx', '', 1, null, [], {}]],
    [[''], ['', ['']], [' ', null]],
    [[null], [null, [1, null]], ['null', 0, '', false]],
    [[true], [true], ['true', 1, false]],
    [['true'], ['true'], [true]],
    [[300], [300], ['300', 301]],
    [['x', 1], ['x', 1], ['1']],
  ],
  'addresses as exact values': [
    [['10.0.0.1'], ['10.0.0.1', '010.0.0.1'], ['10.0.0.2', 'x']],
    [['::1'], ['::1', '0:0:0:0:0:0:0:1'], ['::2']],
  ],
  prefix: [
    [[{ prefix: 'ab' }], ['ab', 'abc', ['x', 'ab']], ['a', 'Ab', 'xab', 1]],
    [[{ prefix: '' }], ['', 'x'], [1, null, true]],
    [[{ prefix: { 'equals-ignore-case': 'EventB' } }], ['eVENTbus'], ['even']],
  ],
  suffix: [
    [[{ suffix: '.png' }], ['.png', 'a.png'], ['a.PNG', 'a.pngx', 1]],
    [[{ suffix: '' }], ['', 'x'], [1, null]],
    [[{ suffix: { 'equals-ignore-case': '.png' } }], ['A.PNG'], ['png']],
  ],
  'equals-ignore-case': [
    [[{ 'equals-ignore-case': 'aB' }], ['ab', 'AB', 'aB'], ['abc', 'a', 1]],
    [[{ 'equals-ignore-case': '' }], [''], ['x', null]],
  ],
  wildcard: [
    [[{ wildcard: 'a*c' }], ['ac', 'abc', 'abcc', 'a*c'], ['ab', 'acx', 1]],
    [[{ wildcard: '*' }], ['', 'x', '*'], [1, null]],
    [[{ wildcard: '' }], [''], ['x']],
    [[{ wildcard: 'a\\*c' }], ['a*c'], ['abc', 'a\\*c']],
    [[{ wildcard: 'a\\\\*' }], ['a\\', 'a\\b'], ['a']],
    [[{ wildcard: '*ab*ab*' }], ['abab', 'xabyabz'], ['aba', 'ab']],
  ],
  numeric: [
    [[{ numeric: ['=', 5] }], [5, [1, 5]], ['5', 5.1, null]],
    [[{ numeric: ['>', 0, '<=', 5] }], [1, 5, 0.000001], [0, 5.000001, -1]],
    [[{ numeric: ['<', 10] }], [9, -1e9], [10, '9']],
    [[{ numeric: ['<=', -1] }], [-1, -2], [0]],
    [[{ numeric: ['>=', 1e10] }], [1e10, 1e300], [9e9]],
  ],
  exists: [
    [[{ exists: true }], ['x', null, 0, [1], [[1]]], [{}, [], { b: 1 }]],
    [[{ exists: false }], [{}, [], { b: 1 }, [{ b: 1 }]], ['x', null, [1]]],
  ],
  cidr: [
    [[{ cidr: '10.0.0.0/24' }], ['10.0.0.1', ['x', '10.0.0.255']], ['10.0.1.0', 'x', 1]],
    [[{ cidr: '2001:db8::/32' }], ['2001:0db8:1::'], ['2001:db9::']],
    [[{ cidr: '0.0.0.0/0' }], ['255.255.255.255'], ['1.2.3']],
  ],
  'anything-but': [
    [[{ 'anything-but': 'x' }], ['y', null, 1, true, ['x', 'y']], ['x', ['x'], [], {}]],
    [[{ 'anything-but': ['x', 'y'] }], ['z', null], ['x', 'y']],
    [[{ 'anything-but': 5 }], [6, '5', null], [5]],
    [[{ 'anything-but': [5, 6] }], [7], [5, 6]],
    [[{ 'anything-but': { prefix: 'in' } }], ['post-in', 12, null], ['in', 'init']],
    [[{ 'anything-but': { prefix: ['a', 'b'] } }], ['c'], ['ax', 'bx']],
    [[{ 'anything-but': { suffix: '.txt' } }], ['a.bak', 12], ['a.txt']],
    [[{ 'anything-but': { suffix: ['a', 'b'] } }], ['c'], ['xa', 'xb']],
    [[{ 'anything-but': { 'equals-ignore-case': 'Ab' } }], ['abc', null], ['AB', 'ab']],
    [[{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], ['c'], ['A', 'B']],
    [[{ 'anything-but': { wildcard: '*/x/*' } }], ['x', 12, null], ['/x/', 'a/x/b']],
    [[{ 'anything-but': { wildcard: ['a*', '*z'] } }], ['m'], ['ab', 'yz']],
  ],
  'several matchers': [
    [
      ['x', { prefix: 'y' }, { exists: false }],
      ['x', 'yy', {}],
      ['z', null],
    ],
    [[{ numeric: ['>', 100] }, { 'anything-but': '101' }], [101, 'x'], ['101']],
  ],
};

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  test.each(rows)('%j', (matchers, hits, misses) => {
    const pattern = compileEventPattern({ a: matchers });
    const verdicts = (values: readonly Json[]) =>
      values.map(a => [a, pattern.matches({ a }), pattern.matches(JSON.stringify({ a }))]);
    expect(verdicts(hits)).toEqual(hits.map(a => [a, true, true]));
    expect(verdicts(misses)).toEqual(misses.map(a => [a, false, false]));
  });
});

const ABSENT_ONLY = { a: [{ exists: false }] };

test('an absent field satisfies exists: false only', () => {
  expect(compileEventPattern(ABSENT_ONLY).matches({})).toBe(true);
  const present: readonly Json[] = [{ exists: true }, { 'anything-but': 'x' }, null];
  for (const matcher of present) {
    expect(compileEventPattern({ a: [matcher] }).matches({})).toBe(false);
  }
});

describe('fields', () => {
  test.each([
    ['all must match', { a: [1], b: [2] }, { a: 1, b: 2 }, true],
    ['one is missing', { a: [1], b: [2] }, { a: 1 }, false],
    ['dotted in the pattern', { 'a.b': [1] }, { a: { b: 1 } }, true],
    ['dotted in the event', { a: { b: [1] } }, { 'a.b': 1 }, true],
    ['dotted in both', { 'a.b': { c: [1] } }, { a: { 'b.c': 1 } }, true],
    ['an object is no leaf', { a: [1] }, { a: { b: 1 } }, false],
    ['names of Object.prototype', { constructor: [1] }, {}, false],
  ] as const)('%s', (_, pattern, event, expected) => {
    expect(compileEventPattern(pattern).matches(event)).toBe(expected);
  });

  test('__proto__ is a name like any other', () => {
    const pattern = compileEventPattern('{"__proto__":{"admin":[true]}}');
    expect(pattern.fields).toEqual(['__proto__.admin']);
    expect(pattern.matches('{"__proto__":{"admin":true}}')).toBe(true);
    expect(pattern.matches(JSON.parse('{"__proto__":{"admin":true}}'))).toBe(true);
    expect(pattern.matches('{}')).toBe(false);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  test('of a field written twice the last word counts, even in another spelling', () => {
    const matches = (pattern: string, event: Json) => compileEventPattern(pattern).matches(JSON.stringify(event));
    expect(matches('{"a":[1],"a":[2]}', { a: 1 })).toBe(false);
    expect(matches('{"a":[1],"a":[2]}', { a: 2 })).toBe(true);
    expect(matches('{"a.b":[1],"a":{"b":[2]}}', { a: { b: 2 } })).toBe(true);
    expect(matches('{"a.b":[1],"a":{"b":[2]}}', { a: { b: 1 } })).toBe(false);
    // different fields of an object that is written twice add up
    expect(matches('{"a":{"b":[1]},"a":{"c":[2]}}', { a: { c: 2 } })).toBe(false);
  });

  test('of a value written twice in an event either may match', () => {
    const pattern = compileEventPattern({ a: [1], b: [2] });
    expect(pattern.matches('{"a":1,"b":2,"a":3}')).toBe(true);
  });
});

describe('arrays stay consistent', () => {
  const pattern = compileEventPattern({ list: { x: ['p'], y: ['q'] } });

  test.each([
    ['one element has both', [{ x: 'p', y: 'q' }], true],
    ['another element has the rest', [{ x: 'p' }, { y: 'q' }], false],
    ['a later element has both', [{ x: 'p' }, { x: 'p', y: 'q' }], true],
    ['values of one element may be arrays', [{ x: ['o', 'p'], y: ['q'] }], true],
    ['arrays in arrays', [[{ x: 'p' }], [{ y: 'q' }]], false],
    ['arrays in arrays, one element', [[{ x: 'p', y: 'q' }]], true],
  ])('%s', (_, list, expected) => {
    expect(pattern.matches({ list } as never)).toBe(expected);
    expect(pattern.matches(JSON.stringify({ list }))).toBe(expected);
  });

  test('different arrays do not bind each other', () => {
    const both = compileEventPattern({ l: { x: [1] }, m: { x: [2] } });
    expect(both.matches({ l: [{}, { x: 1 }], m: [{ x: 2 }] })).toBe(true);
  });

  test('exists: false is about the element that the rest matched', () => {
    const absent = compileEventPattern({
      list: { b: ['x'], c: [{ exists: false }] },
    });
    expect(absent.matches({ list: [{ b: 'x' }, { b: 'y', c: 1 }] })).toBe(true);
    expect(absent.matches({ list: [{ b: 'x', c: 1 }, { b: 'y' }] })).toBe(false);
  });

  test('long arrays that nearly match are decided at once', () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({ v: 1, i }));
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const deep = compileEventPattern(Object.fromEntries([...names.map(name => [name, { v: [1] }]), ['z', ['never']]]));
    const event = Object.fromEntries(names.map(name => [name, many]));
    // 2000 ^ 7 combinations, if one tried them
    expect(deep.matches({ ...event, z: 'other' })).toBe(false);
    expect(deep.matches({ ...event, z: 'never' })).toBe(true);
  });
});

describe('$or', () => {
  const pattern = compileEventPattern({
    source: ['s'],
    $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: [4] }] }],
  });

  test.each([
    [{ source: 's', a: 1 }, true],
    [{ source: 's', b: 2, c: 3 }, true],
    [{ source: 's', b: 2, d: 4 }, true],
    [{ source: 's', b: 2 }, false],
    [{ source: 't', a: 1 }, false],
  ] as const)('%j', (event, expected) => {
    expect(pattern.matches(event)).toBe(expected);
  });

  test('two of them multiply', () => {
    const two = compileEventPattern({
      $or: [{ a: [1] }, { b: [1] }],
      detail: { $or: [{ c: [1] }, { d: [1] }] },
    });
    expect(two.alternatives).toHaveLength(4);
    expect(two.matches({ b: 1, detail: { c: 1 } })).toBe(true);
    expect(two.matches({ b: 1 })).toBe(false);
  });

  test('a field outside that comes later replaces the one inside', () => {
    const late = compileEventPattern({ $or: [{ a: [1] }, { b: [1] }], a: [2] });
    expect(late.matches({ a: 1 })).toBe(false);
    expect(late.matches({ a: 2 })).toBe(true);
  });

  test('is the name of a field where it cannot be the operator', () => {
    const field = compileEventPattern({ $or: { a: [1] } });
    expect(field.fields).toEqual(['$or.a']);
    expect(field.matches({ $or: { a: 1 } })).toBe(true);
    const list = compileEventPattern({ $or: ['x', 'y'] });
    expect(list.matches({ $or: 'y' })).toBe(true);
    const reserved = compileEventPattern({
      $or: [{ prefix: 'x' }, { suffix: 'y' }],
    });
    expect(reserved.matches({ $or: 'xa' })).toBe(true);
  });
});

describe('numbers', () => {
  const matches = (pattern: string, event: string) => compileEventPattern(pattern).matches(event);

  test.each(['1', '1.0', '1e0', '10e-1', '0.1e1'])('1 is %s', text => {
    expect(matches('{"a":[1]}', `{"a":${text}}`)).toBe(true);
    expect(matches(`{"a":[${text}]}`, '{"a":1}')).toBe(true);
    expect(matches('{"a":[{"anything-but":1}]}', `{"a":${text}}`)).toBe(false);
  });

  test('0 is -0', () => {
    expect(matches('{"a":[0]}', '{"a":-0.0}')).toBe(true);
    expect(matches('{"a":[{"numeric":["<",0]}]}', '{"a":-0}')).toBe(false);
  });

  test('what a double cannot hold matches by its text', () => {
    const big = '9007199254740993';
    expect(matches(`{"a":[${big}]}`, `{"a":${big}}`)).toBe(true);
    expect(matches(`{"a":[${big}]}`, '{"a":9007199254740992}')).toBe(false);
    expect(matches('{"a":[1e400]}', '{"a":1e400}')).toBe(true);
    expect(matches('{"a":[1e400]}', '{"a":10e399}')).toBe(false);
    expect(matches('{"a":[{"numeric":[">",0]}]}', '{"a":1e400}')).toBe(false);
    expect(matches('{"a":[{"anything-but":1}]}', '{"a":1e400}')).toBe(true);
  });
});

describe('events', () => {
  test('an empty event', () => {
    expect(compileEventPattern({ a: [1] }).matches('{}')).toBe(false);
    expect(compileEventPattern(ABSENT_ONLY).matches('{}')).toBe(true);
  });

  test.each(['', '[]', '"x"', 'nonsense', '{"a":', '{"a":01}'])('no JSON object: %s', event => {
    expect(() => compileEventPattern({ a: [1] }).matches(event)).toThrow(
      expect.objectContaining({ name: 'InvalidEventError' }),
    );
  });

  test('characters beyond the first 65,536', () => {
    const pattern = compileEventPattern({ a: [{ wildcard: '*🚀*' }, '🚀'] });
    expect(pattern.matches({ a: 'to the 🚀!' })).toBe(true);
    expect(pattern.matches('{"a":"\\ud83d\\ude80"}')).toBe(true);
    expect(pattern.matches({ a: '🛸' })).toBe(false);
  });

  test('nesting: read down to what is used, refused where it is endless', () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const pattern = compileEventPattern({ a: [1] });
    expect(() => pattern.matches(deep)).toThrow(/nesting depth/);
    expect(pattern.matches(JSON.parse(deep))).toBe(false);
    const list = JSON.parse(`{"a":${'['.repeat(5_000)}1${']'.repeat(5_000)}}`);
    expect(() => pattern.matches(list)).toThrow(/nested more/);
  });
});
