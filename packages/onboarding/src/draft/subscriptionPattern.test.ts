import { filterOfPattern, patternWithFilter } from './subscriptionPattern';

const TYPES = { source: ['com.key.access'], 'detail-type': ['Access Granted'] };
const PIN = { schemaVersion: [{ prefix: '1.' }] };

describe('the filter of a pattern', () => {
  it.each([
    ['nothing below detail', TYPES, {}],
    ['a filter', { ...TYPES, detail: { data: { a: ['x'] } } }, { data: { a: ['x'] } }],
    ['a pinned major', { ...TYPES, detail: { metadata: PIN } }, {}],
    [
      'both, and another field of the metadata',
      { ...TYPES, detail: { metadata: { ...PIN, publishedBy: ['a'] }, data: { a: ['x'] } } },
      { metadata: { publishedBy: ['a'] }, data: { a: ['x'] } },
    ],
  ])('%s', (_, pattern, filter) => {
    expect(filterOfPattern(pattern)).toEqual(filter);
    // Put back, it is the pattern again.
    expect(patternWithFilter(pattern, filter)).toEqual(pattern);
  });

  it('is replaced without touching the types and the major', () => {
    const before = { ...TYPES, detail: { metadata: PIN, data: { a: ['x'] } } };
    expect(patternWithFilter(before, { data: { b: [1] } })).toEqual({
      ...TYPES,
      detail: { metadata: PIN, data: { b: [1] } },
    });
    expect(patternWithFilter({ ...TYPES, detail: { data: { a: ['x'] } } }, {})).toEqual(TYPES);
  });

  it('may name the version itself', () => {
    const before = { ...TYPES, detail: { metadata: PIN } };
    const filter = { metadata: { schemaVersion: ['2.0.0'] } };
    expect(patternWithFilter(before, filter)).toEqual({ ...TYPES, detail: filter });
  });
});
