import { prettyJson } from './prettyJson';

it('keeps short lists on one line and an entry of an object on each', () => {
  expect(prettyJson({ source: ['a', 'b'], detail: { level: [{ prefix: 'E' }], empty: {}, none: [] } })).toBe(
    [
      '{',
      '  "source": ["a", "b"],',
      '  "detail": {',
      '    "level": [{ "prefix": "E" }],',
      '    "empty": {},',
      '    "none": []',
      '  }',
      '}',
    ].join('\n'),
  );
});

it('breaks long lists', () => {
  const long = 'x'.repeat(60);
  expect(prettyJson([long, { a: long }])).toBe(`[\n  "${long}",\n  {\n    "a": "${long}"\n  }\n]`);
});

it('changes no value', () => {
  const value = JSON.parse('{"__proto__": [1e300, 0.1, "\\u2028\\"", {"a": [[], [null, true]]}]}');
  expect(JSON.parse(prettyJson(value))).toEqual(value);
});
