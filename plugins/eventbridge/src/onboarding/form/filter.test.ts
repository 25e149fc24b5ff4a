import { compileEventPattern } from '@busline/event-pattern';
import type { FilterClause } from './formData';
import { filterOf } from './filter';

const clause = (
  operator: FilterClause['operator'],
  values: string[],
  type: FilterClause['type'] = 'text',
  field = 'data.a',
): FilterClause => ({
  field,
  operator,
  values,
  type,
});

describe('a filter built of clauses', () => {
  it.each([
    [clause('is', ['x', 'y']), ['x', 'y']],
    [clause('is', ['1'], 'number'), [1]],
    [clause('is', ['true'], 'boolean'), [true]],
    [clause('is-not', ['x']), [{ 'anything-but': ['x'] }]],
    [clause('is-not', ['true'], 'boolean'), [false]],
    [clause('starts-with', ['x']), [{ prefix: 'x' }]],
    [clause('ends-with', ['x']), [{ suffix: 'x' }]],
    [clause('contains', ['a*b\\c']), [{ wildcard: '*a\\*b\\\\c*' }]],
    [clause('above', ['1.5'], 'number'), [{ numeric: ['>', 1.5] }]],
    [clause('at-most', ['2'], 'number'), [{ numeric: ['<=', 2] }]],
    [clause('exists', []), [{ exists: true }]],
    [clause('missing', []), [{ exists: false }]],
  ])('%j', (given, expected) => {
    const filter = filterOf([given]);
    expect(filter).toEqual({ data: { a: expected } });
    expect(() => compileEventPattern({ detail: filter! })).not.toThrow();
  });

  it('leaves out what says nothing yet', () => {
    expect(
      filterOf([clause('is', []), clause('above', ['ten'], 'number'), clause('is', ['x'], 'text', '')]),
    ).toBeUndefined();
  });

  it('joins fields of one object and drops the marks of arrays', () => {
    expect(
      filterOf([clause('is', ['x'], 'text', 'data.items[].sku'), clause('exists', [], 'text', 'data.items[].count')]),
    ).toEqual({
      data: { items: { sku: ['x'], count: [{ exists: true }] } },
    });
  });

  it('takes both bounds of a number, in either order', () => {
    const range = { data: { a: [{ numeric: ['>', 0, '<=', 30] }] } };
    const [above, atMost] = [clause('above', ['0'], 'number'), clause('at-most', ['30'], 'number')];
    expect(filterOf([above, atMost])).toEqual(range);
    expect(filterOf([atMost, above])).toEqual(range);
    expect(() => compileEventPattern({ detail: range })).not.toThrow();
  });

  it('takes a field of any name', () => {
    const filter = filterOf([clause('is', ['x'], 'text', '__proto__.polluted')]);
    expect(Object.keys(filter!)).toEqual(['__proto__']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
