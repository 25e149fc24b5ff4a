import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { editedSchema } from '../__testUtils__/edits';
import { KEYWORD_GROUPS, samples, type Draw, type Sample } from '../__testUtils__/schemas';
import { checkSchema } from '../checkSchema';
import type { Draft } from '../types';
import { findInstance } from './findInstance';

const LEAST_COUNT = 300;
const ENOUGH_FOR_SHARES = 2000;
const COUNT = Math.max(LEAST_COUNT, Math.ceil(Number(process.env.PROVE_COUNT ?? 1500) / 5));
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);
const OPTIONS = { strict: false, logger: false, validateSchema: false } as const;

const AJV: { readonly [draft in Draft]: () => Ajv } = {
  'draft-04': () => new AjvDraft04(OPTIONS) as unknown as Ajv,
  'draft-06': () => new Ajv(OPTIONS),
  'draft-07': () => new Ajv(OPTIONS),
  '2019-09': () => new Ajv2019(OPTIONS) as unknown as Ajv,
  '2020-12': () => new Ajv2020(OPTIONS) as unknown as Ajv,
};

const NOT_IN: { readonly [draft in Draft]: readonly string[] } = {
  'draft-04': ['const', 'names', 'contains', 'if', 'unevaluated', 'unevaluatedItems'],
  'draft-06': ['if', 'unevaluated', 'unevaluatedItems'],
  'draft-07': ['unevaluated', 'unevaluatedItems'],
  '2019-09': ['unevaluatedItems'],
  '2020-12': [],
};

interface Pair {
  readonly old: Sample;
  readonly next: Sample['schema'];
  readonly events: Sample['values'];
}

function pairs(draft: Draft): fc.Arbitrary<Pair> {
  return fc.tuple(samples(draft), samples(draft), fc.gen()).map(([old, other, g]) => {
    const draw: Draw = {
      of: values => values[g(fc.nat, { max: values.length - 1 })],
      upTo: max => g(fc.nat, { max }),
      chance: share => g(fc.nat, { max: 999 }) < share * 1000,
    };
    return { old, next: editedSchema(draw, old.schema, other.schema), events: [...old.values, ...other.values] };
  });
}

test.each(Object.keys(AJV) as Draft[])(`%s: verdicts on edited schemas hold under Ajv, seed ${SEED}`, draft => {
  const ajv = AJV[draft]();
  addFormats(ajv);
  const tally = { pairs: 0, breaking: [0, 0], unknown: 0 };
  const seen = new Map<string, number>();
  const refuted: { writer: { schema: unknown }; reader: { schema: unknown }; value: unknown }[] = [];
  fc.assert(
    fc.property(pairs(draft), ({ old, next, events }) => {
      if (checkSchema(next, { draft }).length > 0) {
        return;
      }
      tally.pairs += 1;
      old.groups.forEach(group => seen.set(group, (seen.get(group) ?? 0) + 1));
      const sides = [old.schema, next].map(schema => ({ schema, draft, isValid: ajv.compile(schema) }));
      [0, 1].forEach(direction => {
        const writer = sides[direction];
        const reader = sides[1 - direction];
        const answer = findInstance([writer], [reader]);
        if (answer.kind === 'found') {
          tally.breaking[direction] += 1;
          const { value } = answer;
          if (!writer.isValid(value) || reader.isValid(value)) refuted.push({ writer, reader, value });
        } else if (answer.kind === 'empty') {
          const value = events.find(event => writer.isValid(event) && !reader.isValid(event));
          if (value !== undefined) refuted.push({ writer, reader, value });
        } else {
          tally.unknown += 1;
        }
      });
    }),
    { numRuns: COUNT, seed: SEED, endOnFailure: true },
  );
  expect(refuted.map(({ writer, reader, value }) => [writer.schema, reader.schema, value])).toEqual([]);
  process.stdout.write(`${draft}: ${JSON.stringify(tally)}\n`);
  expect(tally.unknown).toBeLessThan(0.03 * 2 * tally.pairs);
  tally.breaking.forEach(count => {
    expect(count / tally.pairs).toBeGreaterThan(0.3);
    expect(count / tally.pairs).toBeLessThan(0.7);
  });
  // Shares say nothing of a few hundred pairs: a group that is in 3 % of all would be missing from one slice in ten.
  if (tally.pairs < ENOUGH_FOR_SHARES) return;
  const rare = KEYWORD_GROUPS.filter(
    group => !NOT_IN[draft].includes(group) && (seen.get(group) ?? 0) < 0.02 * tally.pairs,
  );
  expect(rare).toEqual([]);
});
