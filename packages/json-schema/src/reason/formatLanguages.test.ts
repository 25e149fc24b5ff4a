import * as fc from 'fast-check';
import { hasFormat, isKnownFormat } from '../formats';
import { matchesRegExp } from '../regex';
import { findInstance } from './findInstance';
import { FORMAT_LANGUAGES } from './formatLanguages';

const FORMATS = Object.entries(FORMAT_LANGUAGES);
const SAMPLES = FORMATS.flatMap(([, { samples }]) => samples);
const LENGTHS = [1, 5, 12, 20, 21, 40, 60, 61, 62, 63, 64, 121, 122, 123, 124, 183, 200, 253, 300, 1000];

/** Texts near the formats: a sample with a character changed, doubled, or left out. */
const near = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.nat(40),
    fc.constantFrom('', 'a', '0', '9', '-', '.', ':', '/', '@', '%', 'ä', ' '),
  )
  .map(([text, at, char]) => text.slice(0, at) + char + text.slice(at + (char === '' ? 1 : 0)));

test('every format that is checked is known as a language', () => {
  expect(FORMATS.filter(([name]) => !isKnownFormat(name))).toEqual([]);
});

test.each(FORMATS)('%s: samples and long texts have the format', (name, { samples, long, most = Infinity }) => {
  expect(samples.filter(each => !hasFormat(name, each))).toEqual([]);
  const [least] = samples.map(each => each.length).sort((a, b) => a - b);
  const texts = LENGTHS.filter(each => each >= Math.max(least, 25) && each <= most).map(
    each => long?.(each) ?? samples[0],
  );
  expect(texts.filter(each => !hasFormat(name, each))).toEqual([]);
});

test.each(FORMATS)('%s: its expressions hold what they promise', (name, { pattern, exact, inner, within = [] }) => {
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ maxLength: 12 }), fc.constantFrom(...SAMPLES)), text => {
      const has = hasFormat(name, text);
      const outer = matchesRegExp(pattern, text);
      const innermost = inner !== undefined && matchesRegExp(inner, text);
      // never inner and not it, never it and not outer; exact where the outer expression is it
      const holds = (has || !innermost) && (outer || !has) && (!exact || has === outer);
      const lost = has ? within.filter(each => !hasFormat(each, text)) : [];
      expect({ text, holds, lost }).toEqual({ text, holds: true, lost: [] });
    }),
    { numRuns: 1500 },
  );
});

test('whether every text of one format has another is decided', () => {
  const names = FORMATS.map(([name]) => name);
  const unknown = names.flatMap(one =>
    names
      .filter(other => other !== one)
      .filter(
        other =>
          findInstance([{ schema: { type: 'string', format: one } }], [{ schema: { format: other } }]).kind ===
          'unknown',
      )
      .map(other => `${one}, not ${other}`),
  );
  expect(unknown).toEqual([]);
});
