import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { checkSchema } from './checkSchema';
import { compileSchema } from './compile';
import { KEYWORD_GROUPS, samples } from './__testUtils__/schemas';
import type { Draft } from './types';

/** With fewer schemas a keyword group is now and then too rare by chance. */
const LEAST_COUNT = 300;
// schemas of each draft, four values each
const COUNT = Math.max(LEAST_COUNT, Math.ceil(Number(process.env.PROVE_COUNT ?? 1500) / 5));
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);

const OPTIONS = { strict: false, logger: false, allErrors: false } as const;

const AJV: { readonly [draft in Draft]: () => Ajv } = {
  'draft-04': () => new AjvDraft04(OPTIONS) as unknown as Ajv,
  'draft-06': () => new Ajv(OPTIONS),
  'draft-07': () => new Ajv(OPTIONS),
  '2019-09': () => new Ajv2019(OPTIONS) as unknown as Ajv,
  '2020-12': () => new Ajv2020(OPTIONS) as unknown as Ajv,
};

/** Keyword groups that a draft does not have. */
const NOT_IN: { readonly [draft in Draft]: readonly string[] } = {
  'draft-04': ['const', 'names', 'contains', 'if', 'unevaluated', 'unevaluatedItems'],
  'draft-06': ['if', 'unevaluated', 'unevaluatedItems'],
  'draft-07': ['unevaluated', 'unevaluatedItems'],
  '2019-09': ['unevaluatedItems'],
  '2020-12': [],
};

test.each(Object.keys(AJV) as Draft[])(`%s: one verdict with Ajv, seed ${SEED}`, draft => {
  const ajv = AJV[draft]();
  addFormats(ajv);
  let valid = 0;
  let total = 0;
  let schemas = 0;
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(samples(draft), ({ schema, values, groups }) => {
      const theirs = ajv.compile(schema);
      const ours = compileSchema(schema, { draft });
      expect(checkSchema(schema, { draft })).toEqual([]);
      for (const value of values) {
        const expected = theirs(value);
        expect([value, ours.isValid(value)]).toEqual([value, expected]);
        expect(ours.validate(value).valid).toBe(expected);
        valid += expected ? 1 : 0;
        total += 1;
      }
      schemas += 1;
      groups.forEach(group => seen.set(group, (seen.get(group) ?? 0) + 1));
    }),
    // as it was found: making it smaller takes minutes
    { numRuns: COUNT, seed: SEED, endOnFailure: true },
  );
  expect(valid / total).toBeGreaterThan(0.3);
  expect(valid / total).toBeLessThan(0.7);
  const rare = KEYWORD_GROUPS.filter(
    group => !NOT_IN[draft].includes(group) && (seen.get(group) ?? 0) < 0.02 * schemas,
  );
  expect(rare).toEqual([]);
});
