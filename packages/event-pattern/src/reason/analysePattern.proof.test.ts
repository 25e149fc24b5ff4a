import Ajv, { type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { oracleMatches } from '../__testUtils__/oracle';
import type { Draw } from '../__testUtils__/pairs';
import { valueAt } from './json';
import type { Json, JsonObject } from '../types';
import { analysePattern } from './analysePattern';
import { eventSchema } from './eventSchema';
import { drawEvent } from './__testUtils__/drawEvents';
import { makeSchemaPair, SHAPE_NAMES, type PairDraft, type SchemaPair } from './__testUtils__/schemaPairs';
import { FIELD_KINDS } from './__testUtils__/fields';
import type { PatternAnalysis, PatternVerdict } from './types';

// `npm run prove` asks for more
const COUNT = Number(process.env.PROVE_COUNT ?? 250);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);

/** Events drawn from each schema, and how often one is tried: not every guess is valid. */
const EVENTS = 20;
const TRIES = 120;
/** Bounds of the shares; a short slice strays further. */
const SLACK = COUNT >= 10_000 ? 0 : 0.1;
const [LEAST, MOST] = [0.25 - SLACK, 0.4 + SLACK];
const MOST_UNKNOWN = 0.05;

const OPTIONS = { strict: false, allErrors: false, logger: false, unicodeRegExp: true } as const;
const AJV: { readonly [draft in PairDraft]: Ajv } = {
  '2020-12': new Ajv2020(OPTIONS) as unknown as Ajv,
  'draft-07': new Ajv(OPTIONS),
  'draft-04': new AjvDraft4(OPTIONS) as unknown as Ajv,
};
Object.values(AJV).forEach(ajv => {
  addFormats(ajv);
  // Ajv wants a dot in the host and no quoted name, which RFC 5321 does not
  ajv.addFormat('email', /^(?:"(?:[^"\\]|\\.)*"|[^@\s"]+)@[^@\s]+$/);
});

function optionsOf({ contentModel }: SchemaPair) {
  return {
    eventPaths: { data: 'detail.data', metadata: 'detail.metadata' },
    source: 'com.shop',
    detailType: 'Order Placed',
    schemaVersion: '2.1.0',
    contentModel,
  } as const;
}

/** What the analysis says that is not so; undefined if nothing. */
function contradiction(
  pair: SchemaPair,
  analysis: PatternAnalysis,
  events: readonly JsonObject[],
  isValid: ValidateFunction,
): string | undefined {
  if (analysis.verdict === 'sometimes') {
    const { matching, notMatching } = analysis;
    const wrong = [matching, notMatching].find(each => !isValid(valueAt(each, ['detail', 'data'])));
    if (wrong) return `Ajv refuses ${JSON.stringify(wrong)}`;
    if (!oracleMatches(pair.pattern, matching)) return `does not match: ${JSON.stringify(matching)}`;
    if (oracleMatches(pair.pattern, notMatching)) return `matches: ${JSON.stringify(notMatching)}`;
  }
  if (analysis.verdict === 'always' || analysis.verdict === 'never') {
    const wrong = events.find(each => oracleMatches(pair.pattern, each) !== (analysis.verdict === 'always'));
    if (wrong) return `${analysis.verdict}, but ${JSON.stringify(wrong)}`;
  }
  return undefined;
}

test(`verdicts on ${COUNT} pairs of pattern and schema, seed ${SEED}`, () => {
  const verdicts: Record<PatternVerdict, number> = { always: 0, sometimes: 0, never: 0, unknown: 0 };
  const seen = new Map<string, number>();
  const missed = new Map<string, number>();
  let pairs = 0;
  let drawn = 0;
  let time = 0;
  fc.assert(
    fc.property(fc.gen(), g => {
      const draw: Draw = {
        of: values => values[g(fc.nat, { max: values.length - 1 })],
        upTo: max => g(fc.nat, { max }),
        chance: share => g(fc.nat, { max: 999 }) < share * 1000,
      };
      const pair = makeSchemaPair(draw);
      const { schema, pattern, draft } = pair;
      const isValid = AJV[draft].compile(schema);
      const before = performance.now();
      const analysis = analysePattern(pattern, schema, optionsOf(pair));
      time += performance.now() - before;
      const { validator } = eventSchema(schema, optionsOf(pair));
      const events: JsonObject[] = [];
      for (let i = 0; i < TRIES && events.length < EVENTS; i++) {
        const event = drawEvent(draw, schema, pattern);
        if (validator.isValid(event) && isValid(valueAt(event, ['detail', 'data']) as Json)) events.push(event);
      }
      AJV[draft].removeSchema(schema);
      pairs += 1;
      drawn += events.length;
      verdicts[analysis.verdict] += 1;
      pair.parts.forEach(part => seen.set(part, (seen.get(part) ?? 0) + 1));
      if (analysis.verdict === 'unknown') {
        missed.set(analysis.reason, (missed.get(analysis.reason) ?? 0) + 1);
        if (process.env.PROVE_UNKNOWN)
          process.stdout.write(`${JSON.stringify([analysis.reason, pattern, schema, pair.contentModel])}\n`);
      }
      expect([contradiction(pair, analysis, events, isValid), pattern, schema]).toEqual([undefined, pattern, schema]);
    }),
    { numRuns: COUNT, seed: SEED, endOnFailure: true },
  );
  const share = (count: number) => `${((100 * count) / pairs).toFixed(1)} %`;
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${share(count)}`);
  const mean = `${(drawn / pairs).toFixed(1)} events each, ${(time / pairs).toFixed(2)} ms each`;
  process.stdout.write(`${pairs} pairs: ${shares.join(', ')}; ${mean}\n`);
  missed.forEach((count, reason) => process.stdout.write(`  unknown ${share(count)}: ${reason}\n`));
  for (const verdict of ['always', 'sometimes', 'never'] as const) {
    expect(verdicts[verdict] / pairs).toBeGreaterThan(LEAST);
    expect(verdicts[verdict] / pairs).toBeLessThan(MOST);
  }
  expect(verdicts.unknown / pairs).toBeLessThan(MOST_UNKNOWN);
  // Shares of parts say nothing of a few hundred pairs.
  if (COUNT < 2000) return;
  const parts = [...SHAPE_NAMES.filter(each => each !== 'nobody'), ...Object.keys(FIELD_KINDS), '$or', '$ref'];
  expect(parts.filter(part => (seen.get(part) ?? 0) < 0.02 * pairs)).toEqual([]);
});
