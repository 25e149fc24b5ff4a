/*
 * Generated pairs of versions, judged by another validator. A pair that fails
 * is kept in `__testUtils__/keptPairs.json` and judged again by every run.
 */
import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkSchema, compileSchema, type Draft, type Json, type JsonObject } from '@busline/json-schema';
import { closedByHand } from './__testUtils__/closedByHand';
import { drawFrom } from './__testUtils__/draws';
import { drawEvent } from './__testUtils__/drawEvent';
import { Editor } from './__testUtils__/edits';
import { SchemaMaker } from './__testUtils__/schemas';
import { compareSchemas } from './compareSchemas';
import { RULES } from './rules';
import type { ContentModel, Verdict } from './types';

// `npm run prove` asks for more
const COUNT = Number(process.env.PROVE_COUNT ?? 600);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);
const KEPT = path.join(__dirname, '__testUtils__', 'keptPairs.json');

/** Shares say nothing of a few hundred pairs. */
const ENOUGH_FOR_SHARES = 5000;
/** Events drawn for each side of a pair. */
const EVENTS = 8;
/** Pairs after which a validator is made anew: it keeps what it has compiled. */
const PAIRS_FOR_ONE = 200;
const OPTIONS = { strict: false, logger: false, validateSchema: false } as const;

/** Later drafts more often: they have keywords that others have not. */
const DRAFTS: readonly Draft[] = [
  'draft-04',
  'draft-06',
  'draft-07',
  'draft-07',
  '2019-09',
  '2019-09',
  '2019-09',
  '2020-12',
  '2020-12',
  '2020-12',
];

const KEYWORDS =
  'type enum const multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern format items prefixItems additionalItems unevaluatedItems contains minContains maxContains uniqueItems minItems maxItems properties patternProperties additionalProperties unevaluatedProperties propertyNames required minProperties maxProperties dependencies dependentRequired dependentSchemas allOf anyOf oneOf not if then else $ref $dynamicRef $recursiveRef'.split(
    ' ',
  );

function validatorOf(draft: Draft): Ajv {
  const ajv = {
    'draft-04': () => new AjvDraft04(OPTIONS) as unknown as Ajv,
    'draft-06': () => new Ajv(OPTIONS),
    'draft-07': () => new Ajv(OPTIONS),
    '2019-09': () => new Ajv2019(OPTIONS) as unknown as Ajv,
    '2020-12': () => new Ajv2020(OPTIONS) as unknown as Ajv,
  }[draft]();
  addFormats(ajv);
  // `a@a` is an address by RFC 5321, and none for Ajv
  const email = compileSchema({ format: 'email' });
  ajv.addFormat('email', { type: 'string', validate: (each: string) => email.isValid(each) });
  return ajv;
}

interface Pair {
  readonly draft: Draft;
  readonly old: JsonObject;
  readonly next: JsonObject;
  readonly events: readonly (readonly Json[])[];
}

/** The pair of a seed; undefined where the edits made no schema of it, or no other one. */
function pairOf(seed: number): Pair | undefined {
  const draw = drawFrom(seed);
  const draft = draw.of(DRAFTS);
  const maker = new SchemaMaker(draw, draft);
  const schema = maker.document();
  const edited = new Editor(maker).next(schema);
  if (JSON.stringify(schema) === JSON.stringify(edited) || checkSchema(edited, { draft }).length > 0) return undefined;
  const [old, next] = draw.chance(0.5) ? [schema, edited] : [edited, schema];
  const events = [old, next].map(side => Array.from({ length: EVENTS }, () => drawEvent(maker, side)));
  return { draft, old, next, events };
}

function keywordsIn(value: Json, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      found.add(key);
      keywordsIn(each as Json, found);
    }
  }
  return found;
}

/** Failures of one pair, in words. */
function judge(ajv: Ajv, pair: Pair, contentModel: ContentModel, tally: Tally): string[] {
  const { draft, old, next } = pair;
  const late = draft === '2019-09' || draft === '2020-12';
  const closes = contentModel === 'closed-world';
  const sides = [old, next].map((schema, i) => ({
    name: ['old', 'new'][i],
    reads: ajv.compile(schema),
    writes: closes && late ? ajv.compile(closedByHand(schema)) : ajv.compile(schema),
    // where Ajv cannot say it, our own validator reads closed-world
    closed: compileSchema(schema, { draft, contentModel }),
  }));
  const result = compareSchemas(old, next, { contentModel, draft, maxFindings: 3 });
  const failures: string[] = [];
  const verdicts: readonly Verdict[] = [result.backward, result.forward];
  verdicts.forEach((verdict, direction) => {
    const writer = sides[direction];
    const reader = sides[1 - direction];
    if (verdict.kind === 'breaking') {
      tally.breaking[direction] += 1;
      for (const { counterexample, rule } of verdict.findings) {
        if (!writer.writes(counterexample))
          failures.push(`${writer.name} does not allow ${JSON.stringify(counterexample)}`);
        if (reader.reads(counterexample)) failures.push(`${reader.name} accepts ${JSON.stringify(counterexample)}`);
        if (!RULES.some(({ id }) => id === rule)) failures.push(`there is no rule ${rule}`);
      }
    } else if (verdict.kind === 'compatible') {
      const drawn = pair.events[direction].filter(each => writer.writes(each) && writer.closed.isValid(each));
      tally.drawn += drawn.length;
      tally.compatible += 1;
      const wrong = drawn.find(each => !reader.reads(each));
      if (wrong !== undefined) failures.push(`${reader.name} rejects ${JSON.stringify(wrong)}, though compatible`);
    } else {
      tally.unknown += 1;
    }
  });
  return failures;
}

interface Tally {
  pairs: number;
  readonly breaking: [number, number];
  compatible: number;
  unknown: number;
  drawn: number;
}

const emptyTally = (): Tally => ({ pairs: 0, breaking: [0, 0], compatible: 0, unknown: 0, drawn: 0 });

interface Kept {
  readonly why: string;
  readonly contentModel: ContentModel;
  readonly pair: Pair;
}

function keptPairs(): readonly Kept[] {
  return existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : [];
}

function keep(kept: Kept): void {
  writeFileSync(KEPT, `${JSON.stringify([...keptPairs(), kept], null, 2)}\n`);
}

test('pairs that failed once are judged again', () => {
  const failures = keptPairs().flatMap(({ pair, contentModel }) =>
    judge(validatorOf(pair.draft), pair, contentModel, emptyTally()),
  );
  expect(failures).toEqual([]);
});

test.each<ContentModel>(['open', 'closed-world'])(
  `%s: verdicts on ${COUNT} edited schemas hold under Ajv, seed ${SEED}`,
  contentModel => {
    const tally = emptyTally();
    const seen = new Map<string, number>();
    let validators = new Map<Draft, Ajv>();
    // the closed-world half is a fifth: what it adds is the reading, not the search
    const count = contentModel === 'open' ? COUNT : Math.ceil(COUNT / 5);
    const failures: string[] = [];
    for (let seed = SEED; tally.pairs < count && failures.length < 5; seed += 1) {
      const pair = pairOf(seed);
      if (!pair) continue;
      tally.pairs += 1;
      if (tally.pairs % PAIRS_FOR_ONE === 0) validators = new Map();
      const ajv = validators.get(pair.draft) ?? validatorOf(pair.draft);
      validators.set(pair.draft, ajv);
      keywordsIn([pair.old, pair.next]).forEach(key => seen.set(key, (seen.get(key) ?? 0) + 1));
      const found = judge(ajv, pair, contentModel, tally);
      if (found.length > 0) {
        failures.push(
          ...found.map(each => `seed ${seed}: ${each}\n${JSON.stringify([pair.draft, pair.old, pair.next])}`),
        );
        if (process.env.PROVE_COUNT) keep({ why: found[0], contentModel, pair });
      }
    }
    expect(failures).toEqual([]);
    process.stdout.write(`${contentModel}: ${JSON.stringify(tally)}\n`);
    expect(tally.drawn).toBeGreaterThan(tally.compatible);
    expect(tally.unknown).toBeLessThan(0.03 * 2 * tally.pairs);
    if (tally.pairs < ENOUGH_FOR_SHARES) return;
    const rare = KEYWORDS.filter(each => (seen.get(each) ?? 0) < 0.03 * tally.pairs);
    expect(rare).toEqual([]);
    if (contentModel === 'closed-world') return;
    tally.breaking.forEach(each => {
      expect(each / tally.pairs).toBeGreaterThan(0.4);
      expect(each / tally.pairs).toBeLessThan(0.6);
    });
  },
);
