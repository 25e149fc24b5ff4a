import type { JsonObject } from '@busline/event-repository';
import { clausesOf } from './clausesOf';
import { filterOf } from './filter';

const words = (filter: JsonObject) =>
  clausesOf(filter)?.map(({ field, operator, values, type }) => [field, operator, values.join(','), type].join(' '));

describe('clauses of a filter', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ data: { a: ['x', 'y'] } }, ['data.a is x,y text']],
    [{ data: { a: [1, 2.5] } }, ['data.a is 1,2.5 number']],
    [{ data: { a: [false] } }, ['data.a is false boolean']],
    [{ data: { a: [{ 'anything-but': ['x'] }] } }, ['data.a is-not x text']],
    [{ data: { a: [{ 'anything-but': 7 }] } }, ['data.a is-not 7 number']],
    [{ data: { a: [{ prefix: 'x' }, { prefix: 'y' }] } }, ['data.a starts-with x,y text']],
    [{ data: { a: [{ suffix: 'x' }] } }, ['data.a ends-with x text']],
    [{ data: { a: [{ wildcard: '*a\\*b\\\\c*' }] } }, ['data.a contains a*b\\c text']],
    [{ data: { a: [{ exists: false }] } }, ['data.a missing  text']],
    [{ data: { a: [{ numeric: ['>=', 2] }] } }, ['data.a at-least 2 number']],
    [{ data: { a: [{ numeric: ['>', 0, '<=', 30] }] } }, ['data.a above 0 number', 'data.a at-most 30 number']],
    [
      { metadata: { publishedBy: ['s'] }, data: { b: { c: ['x'] } } },
      ['metadata.publishedBy is s text', 'data.b.c is x text'],
    ],
    [{}, []],
  ])('%j', (filter, expected) => {
    expect(words(filter)).toEqual(expected);
    const again = filterOf(clausesOf(filter)!) ?? {};
    expect(JSON.stringify(again)).toBe(JSON.stringify(filter).replace('"anything-but":7', '"anything-but":[7]'));
  });

  it.each<[string, JsonObject]>([
    ['values of two types', { data: { a: ['x', 1] } }],
    ['null', { data: { a: [null] } }],
    ['two kinds of matchers', { data: { a: ['x', { prefix: 'y' }] } }],
    ['a star in between', { data: { a: [{ wildcard: 'a*b' }] } }],
    ['a text without its case', { data: { a: [{ 'equals-ignore-case': 'x' }] } }],
    ['a prefix without its case', { data: { a: [{ prefix: { 'equals-ignore-case': 'x' } }] } }],
    ['not a prefix', { data: { a: [{ 'anything-but': { prefix: 'x' } }] } }],
    ['an equal number as a matcher', { data: { a: [{ numeric: ['=', 5] }] } }],
    ['two ranges, of which one is enough', { data: { a: [{ numeric: ['<', 1] }, { numeric: ['>', 5] }] } }],
    ['either of two fields', { data: { $or: [{ a: ['x'] }, { b: ['y'] }] } }],
    ['a key with a dot', { 'data.a': ['x'] }],
    ['a key that ends as an array does', { data: { 'a[]': ['x'] } }],
    ['a matcher nobody knows', { data: { a: [{ cidr: '10.0.0.0/8' }] } }],
  ])('cannot say %s', (_, filter) => {
    expect(clausesOf(filter)).toBeUndefined();
  });

  it('takes no field for something else', () => {
    const filter = JSON.parse('{"__proto__": {"polluted": ["x"]}}') as JsonObject;
    expect(words(filter)).toEqual(['__proto__.polluted is x text']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
