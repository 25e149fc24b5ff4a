import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../writing/yaml';
import { parseYaml, yamlLocator } from './yamlText';

/** What the slow parser, which knows places, makes of a text. */
const slow = (text: string): unknown => parse(text, { version: '1.2' });

describe('parseYaml', () => {
  it.each([
    '1',
    '-7',
    '+3',
    '0o17',
    '0x1F',
    '1.5',
    '.5',
    '1e3',
    '-1.5E-3',
    '1.',
    '012',
    '0b11',
    '1_000',
    '1:30',
    'true',
    'True',
    'FALSE',
    'yes',
    'no',
    'on',
    'null',
    '~',
    'Null',
    '',
    '2026-05-01',
    '2026-05-01T10:00:00Z',
    "'12'",
    '"12"',
    '1.0.0',
    '<<',
    '=',
    '- a',
    '[1, [x, "y"], {z: ~}]',
    '|\n  a\n  b\n',
    '>-\n  a\n  b\n',
    '111111111111',
    '# only a comment',
  ])('agrees with the parser that knows places: %j', scalar => {
    const text = scalar.startsWith('-') && scalar[1] === ' ' ? scalar : `a: ${scalar}\n`;
    expect(parseYaml(text)).toEqual({ value: slow(text), errors: [] });
  });

  it('agrees with it on whatever is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 })), value => {
        const text = toYaml(value);
        expect(parseYaml(text).value).toEqual(slow(text));
      }),
      { numRuns: 300 },
    );
  });

  it('has no infinity and no NaN, which JSON has not', () => {
    expect(parseYaml('a: .inf\nb: .nan\nc: 1e999').value).toEqual({
      a: '.inf',
      b: '.nan',
      c: '1e999',
    });
  });

  it('keeps __proto__ an ordinary key', () => {
    const { value } = parseYaml('__proto__: { polluted: true }\nconstructor: 1\n');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('gives every error with its place', () => {
    const { value, errors } = parseYaml('a: 1\nb: "open\nc: 2\n');
    expect(value).toBeUndefined();
    expect(errors[0]).toMatchObject({ kind: 'syntax', position: { line: 4 } });
  });

  it('reads on after a key that is written twice', () => {
    const { value, errors } = parseYaml('a: 1\nb: 2\na: 3\n');
    expect(value).toEqual({ a: 3, b: 2 });
    expect(errors).toEqual([
      {
        kind: 'duplicate-key',
        message: 'Map keys must be unique',
        position: { line: 3, column: 1 },
      },
    ]);
  });

  it('takes anchors, but none that refers to itself', () => {
    expect(parseYaml('a: &x { b: 1 }\nc: *x\n').value).toEqual({
      a: { b: 1 },
      c: { b: 1 },
    });
    expect(parseYaml('a: &x [*x]\n').errors[0].message).toBe('an alias refers to what contains it');
  });

  it('stops at depth instead of at the end of the stack', () => {
    for (const text of [
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `a: ${'{ a: '.repeat(5_000)}1${' }'.repeat(5_000)}`,
    ]) {
      expect(parseYaml(text).errors).toEqual([
        {
          kind: 'limit',
          message: 'nested deeper than 64 levels',
          position: { line: 1, column: 1 },
        },
      ]);
    }
  });

  it('refuses several documents', () => {
    expect(parseYaml('a: 1\n---\nb: 2\n').errors).toHaveLength(1);
  });
});

describe('yamlLocator', () => {
  const locate = yamlLocator('# head\na: 1\nb:\n  - c: x\n    d: [10, 20]\n  - null\nempty:\n');

  it.each([
    [[], 'value', 2, 1],
    [['a'], 'key', 2, 1],
    [['a'], 'value', 2, 4],
    [['b', 0, 'd', 1], 'value', 5, 13],
    [['b', '0', 'd', '1'], 'value', 5, 13],
    [['b', 0, 'd'], 'key', 5, 5],
    [['empty'], 'value', 7, 1],
    [['b', 0, 'gone', 'further'], 'value', 4, 5],
  ] as const)('%j %s', (pointer, at, line, column) => {
    expect(locate(pointer, at)).toEqual({ line, column });
  });
});
