import * as fc from 'fast-check';
import { matchesRegExp } from './regex';
import { safeTester } from './safeRegex';

const COUNT = Number(process.env.PROVE_COUNT ?? 2000);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);

const atoms = fc.constantFrom(
  'a',
  'b',
  'é',
  '.',
  '\\d',
  '\\w',
  '\\.',
  '[ab]',
  '[^a-c]',
  '\\b',
  '^',
  '$',
  '\\u0061',
  '🚀',
);
const quantifiers = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '*?', '{0,}');

const expressions = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3 },
    atoms,
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('node'), quantifiers)
      .map(([open, inner, times]) => `${open}${inner})${times}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(fc.constantFrom('a', 'b', '[ab]', '.', '\\d'), quantifiers).map(([a, times]) => a + times),
  ),
})).node;

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', 'é', '.', ' ', '🚀', '\n'), {
    maxLength: 10,
  })
  .map(chars => chars.join(''));

function native(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}

test(`the engine that cannot backtrack agrees with the language's, seed ${SEED}`, () => {
  let matched = 0;
  let total = 0;
  fc.assert(
    fc.property(expressions, texts, (source, text) => {
      const expected = native(source)?.test(text);
      // e.g. a group name used twice
      fc.pre(expected !== undefined);
      expect(safeTester(source)?.(text)).toBe(expected);
      total += 1;
      matched += expected ? 1 : 0;
    }),
    { numRuns: COUNT, seed: SEED },
  );
  expect(matched / total).toBeGreaterThan(0.3);
  expect(matched / total).toBeLessThan(0.9);
});

test.each([
  ['(a+)+$', `${'a'.repeat(5000)}!`],
  ['^(a|aa)+$', `${'a'.repeat(5000)}!`],
  ['^(\\w+\\s?)*$', `${'word '.repeat(2000)}!`],
  ['(.*)*x', 'y'.repeat(5000)],
  ['.*.*=.*', 'x'.repeat(20_000)],
])('%s ends on a text that it backtracks on', (source, text) => {
  expect(matchesRegExp(source, text)).toBe(false);
});

test('what cannot be evaluated in time is an error, not a guess', () => {
  expect(matchesRegExp('^(?=(a+)+$)', 'aaa')).toBe(true);
  expect(() => matchesRegExp('^(?=(a+)+$)', `${'a'.repeat(100)}!`)).toThrow(
    expect.objectContaining({ name: 'PatternTooCostlyError' }),
  );
});
