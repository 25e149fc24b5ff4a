import { parseJson, placeOf } from './parseJson';

describe('JSON that a person typed', () => {
  it.each([
    ['{"a": [1, 2,]}', 'line 1, column 13'],
    ['{"a": }', 'line 1, column 7'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{\n  "a": 1,\n  b: 2\n}', 'line 3, column 3'],
    ['[1, 2', 'line 1, column 6'],
    ['{"a": 1} x', 'line 1, column 10'],
    ['"abc', 'line 1, column 1'],
    ['', 'line 1, column 1'],
  ])('%j breaks off at %s', (text, place) => {
    const parsed = parseJson(text);
    expect(parsed.kind).toBe('invalid');
    expect(placeOf(text, (parsed as { offset: number }).offset)).toBe(place);
  });

  it('gives the value of what is right', () => {
    expect(parseJson(' {"a": [1, {"b": null}], "c": "\\u00e9"} ')).toEqual({
      kind: 'value',
      value: { a: [1, { b: null }], c: 'é' },
    });
  });

  it('says where very deep nesting ends', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({ kind: 'invalid' });
  });
});
