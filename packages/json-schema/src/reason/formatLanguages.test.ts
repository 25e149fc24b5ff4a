import * as fc from 'fast-check';
import { hasFormat, isKnownFormat } from '../formats';
import { FORMAT_LANGUAGES } from './formatLanguages';
import { findInstance } from './findInstance';

const NAMES = Object.keys(FORMAT_LANGUAGES);

/** Texts of characters that matter to formats, and samples with one character changed. */
const texts = (name: string): fc.Arbitrary<string> => {
  const { samples } = FORMAT_LANGUAGES[name];
  const chars = fc.constantFrom(...'0123459abzTZW:/.-+@[]{}%?# "~PDMYHS');
  return fc.oneof(
    fc.string({ unit: chars, maxLength: 8 }),
    fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.string({ unit: chars, maxLength: 2 }), fc.boolean())
      .map(([sample, at, text, cut]) => {
        const i = at % (sample.length + 1);
        return sample.slice(0, i) + text + sample.slice(cut ? i + text.length : i);
      }),
  );
};

test.each(NAMES)('%s: its expressions say no more than what is so', name => {
  const { pattern, exact, inner, samples } = FORMAT_LANGUAGES[name];
  const outer = new RegExp(pattern, 'u');
  const within = inner === undefined ? undefined : new RegExp(inner, 'u');
  const hold = (text: string) => {
    const is = hasFormat(name, text);
    return (!is || outer.test(text)) && !(exact && !is && outer.test(text)) && !(within?.test(text) && !is);
  };
  expect(samples.filter(each => !hold(each) || !hasFormat(name, each))).toEqual([]);
  fc.assert(fc.property(texts(name), hold), { numRuns: 1500 });
});

test('every format that the validator knows is described', () => {
  expect(NAMES.filter(each => !isKnownFormat(each))).toEqual([]);
});

test.each([
  ['date-time', '^2024-02-29T.*7Z$', true],
  ['date-time', '^2023-02-29', false],
  ['date-time', '-13-', false],
  ['date', '^1900-02-29$', false],
  ['date', '^2000-02-29$', true],
  ['uri-template', 'r}$', true],
  ['uri', 'x.*http.*s$', true],
  ['uri', ' ', false],
  ['email', '@example\\.com$', true],
  ['email', '@$', false],
  ['ipv6', '^2001:db8:', true],
  ['duration', '^PT5M', true],
  ['duration', 'T$', false],
  ['hostname', '^a.*\\.example$', true],
])('%s with %s: %s', (format, pattern, found) => {
  const answer = findInstance([{ schema: { type: 'string', format, pattern } }]);
  expect(answer).toEqual(found ? expect.objectContaining({ kind: 'found' }) : { kind: 'empty' });
});
