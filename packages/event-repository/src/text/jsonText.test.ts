import fc from 'fast-check';
import { findDuplicateKeys, locateInJson, parseJson } from './jsonText';

describe('parseJson', () => {
  it.each([
    ['', 1, 1, 'expected a value, found the end of the file'],
    ['{"a": 1,}', 1, 9, 'expected a key in double quotes, found "}"'],
    ['{"a" 1}', 1, 6, 'expected ":", found a value'],
    ['[1\n 2]', 2, 2, 'expected "," or "]", found a value'],
    ['[1,]', 1, 4, 'expected a value, found "]"'],
    ["{'a': 1}", 1, 2, 'expected a key in double quotes or "}", found what is no JSON'],
    ['{"a": 1} x', 1, 10, 'expected the end of the file, found what is no JSON'],
    ['{"a": 01}', 1, 7, 'expected a value, found what is no JSON'],
    ['{"a": "\n"}', 1, 7, 'expected a value, found what is no JSON'],
    ['{"a": NaN}', 1, 7, 'expected a value, found what is no JSON'],
    ['{"a": [1, 2}', 1, 12, 'expected "," or "]", found "}"'],
    ['// no\n{}', 1, 1, 'expected a value, found what is no JSON'],
  ])('%j', (text, line, column, message) => {
    expect(parseJson(text)).toEqual({
      ok: false,
      kind: 'syntax',
      message,
      position: { line, column },
    });
  });

  it('passes over a byte order mark', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  it('bounds depth without a stack', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({
      ok: false,
      kind: 'syntax',
    });
    expect(parseJson(`${'['.repeat(1_000)}${']'.repeat(1_000)}`)).toMatchObject({ ok: false, kind: 'limit' });
  });
});

describe('findDuplicateKeys', () => {
  const found = (text: string) =>
    findDuplicateKeys(text, JSON.parse(text.replace(/^\ufeff/, ''))).map(
      ({ key, position }) => `${position.line}:${position.column} ${key}`,
    );

  it.each([
    ['{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 2}]}', []],
    ['{"a": 1,\n "a": 2,\n "a": 3}', ['2:2 a', '3:2 a']],
    ['{"a": {"x": 1, "y": 2}, "a": 1}', ['1:25 a']],
    ['[{"b": 0}, {"b": 1, "\\u0062" : 2}]', ['1:21 b']],
    ['{"a": "\\"x\\": 1, \\"x\\": 2"}', []],
    ['{"a": "a", "b": ["a", "a"], "c": ":"}', []],
    ['{"__proto__": 1, "__proto__": 2}', ['1:18 __proto__']],
    ['{"": 1, "": 2}', ['1:9 ']],
    ['\ufeff{"a"\n:\n1, "a": 2}', ['3:4 a']],
    ['"a: b"', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('gives the first hundred of a file that has more', () => {
    expect(found(`{${Array.from({ length: 500 }, () => '"a":1').join(',')}}`)).toHaveLength(100);
  });
});

describe('locateInJson', () => {
  const text = '{\n  "a": [10, {"b\\u0041": true}],\n  "a/b": {},\n  "twice": 1,\n  "twice": 2\n}';

  it.each([
    [[], 'value', 1, 1],
    [['a'], 'key', 2, 3],
    [['a', 0], 'value', 2, 9],
    [['a', 1, 'bA'], 'key', 2, 14],
    [['a', '1', 'bA'], 'value', 2, 25],
    [['a/b'], 'value', 3, 10],
    [['twice'], 'value', 5, 12],
    [['a', 7], 'value', 2, 8],
    [['gone'], 'value', 1, 1],
  ] as const)('%j %s', (pointer, at, line, column) => {
    expect(locateInJson(text, pointer, at)).toEqual({ line, column });
  });

  it('finds every value of any document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const json = JSON.stringify(value, undefined, indent);
        const visit = (part: unknown, pointer: readonly (string | number)[]) => {
          const { line, column } = locateInJson(json, pointer, 'value');
          const rest = json
            .split('\n')
            .slice(line - 1)
            .join('\n')
            .slice(column - 1);
          const written = JSON.stringify(part, undefined, indent);
          expect(rest.replace(/\s/g, '').startsWith(written.replace(/\s/g, ''))).toBe(true);
          if (typeof part === 'object' && part !== null) {
            for (const [key, child] of Object.entries(part)) visit(child, [...pointer, key]);
          }
        };
        visit(value, []);
      }),
      { numRuns: 200 },
    );
  });
});
