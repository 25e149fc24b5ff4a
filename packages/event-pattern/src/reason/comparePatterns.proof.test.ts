import * as fc from 'fast-check';
import { oracleMatches } from '../__testUtils__/oracle';
import { makePair, OPERATORS, type Draw } from '../__testUtils__/pairs';
import type { Json, JsonObject } from '../types';
import { comparePatterns } from './comparePatterns';
import type { PatternComparison, PatternRelation } from './types';

// `npm run prove` asks for more
const COUNT = Number(process.env.PROVE_COUNT ?? 300);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);
const MOST_UNKNOWN = 0.05;

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The pattern with one clause wider, narrower, gone or different. */
function edited(draw: Draw, pattern: JsonObject): JsonObject {
  const keys = Object.keys(pattern);
  const key = draw.of(keys);
  const value = pattern[key];
  if (isObject(value)) {
    return { ...pattern, [key]: edited(draw, value) };
  }
  if (key === '$or') {
    return { ...pattern, $or: [...(value as readonly Json[])].reverse() };
  }
  const values = value as readonly Json[];
  const other = OPERATORS[draw.of(Object.keys(OPERATORS))](draw).matcher;
  const clause = draw.of<readonly Json[]>([
    [...values, other],
    [other],
    [...values].reverse(),
    values.length > 1 ? values.slice(1) : [{ exists: true }],
  ]);
  const rest = Object.fromEntries(Object.entries(pattern).filter(([name]) => name !== key));
  return keys.length > 1 && draw.chance(0.2) ? rest : { ...pattern, [key]: clause };
}

/** Whether AWS's own fields are as AWS writes them. */
function isFromAws(event: JsonObject): boolean {
  return ['source', 'time'].every(name => event[name] === undefined || typeof event[name] === 'string');
}

function contradiction(
  a: JsonObject,
  b: JsonObject,
  { relation, both, onlyFirst, onlySecond }: PatternComparison,
  events: readonly JsonObject[],
): string | undefined {
  const is = (event: JsonObject) => [oracleMatches(a, event), oracleMatches(b, event)].join();
  const witnesses = [
    [both, 'true,true'],
    [onlyFirst, 'true,false'],
    [onlySecond, 'false,true'],
  ] as const;
  for (const [event, wanted] of witnesses) {
    if (event && is(event) !== wanted) return `${JSON.stringify(event)} is ${is(event)}, not ${wanted}`;
  }
  const impossible: { readonly [kind in PatternRelation]: readonly string[] } = {
    equal: ['true,false', 'false,true'],
    narrower: ['true,false'],
    wider: ['false,true'],
    disjoint: ['true,true'],
    overlapping: [],
    unknown: [],
  };
  const wrong = events.filter(isFromAws).find(event => impossible[relation].includes(is(event)));
  return wrong && `${relation}, but ${JSON.stringify(wrong)} is ${is(wrong)}`;
}

test(`relations of ${COUNT} pairs of patterns, seed ${SEED}`, () => {
  const relations = new Map<string, number>();
  const reasons = new Map<string, number>();
  let time = 0;
  fc.assert(
    fc.property(fc.gen(), g => {
      const draw: Draw = {
        of: values => values[g(fc.nat, { max: values.length - 1 })],
        upTo: max => g(fc.nat, { max }),
        chance: share => g(fc.nat, { max: 999 }) < share * 1000,
      };
      const first = makePair(draw);
      const other = makePair(draw);
      let second = draw.chance(0.15) ? other.pattern : first.pattern;
      for (let i = draw.upTo(2); i > 0; i--) second = edited(draw, second);
      const before = performance.now();
      const comparison = comparePatterns(first.pattern, second);
      time += performance.now() - before;
      const { event } = first;
      const events = [event, other.event, { ...event, ...other.event }, { ...other.event, ...event }];
      for (const key of Object.keys(event)) {
        const { [key]: _, ...rest } = event;
        events.push(rest);
      }
      relations.set(comparison.relation, (relations.get(comparison.relation) ?? 0) + 1);
      if (comparison.reason !== undefined) {
        reasons.set(comparison.reason, (reasons.get(comparison.reason) ?? 0) + 1);
        if (process.env.PROVE_UNKNOWN)
          process.stdout.write(`${JSON.stringify([comparison.reason, first.pattern, second])}\n`);
      }
      expect([contradiction(first.pattern, second, comparison, events), first.pattern, second]).toEqual([
        undefined,
        first.pattern,
        second,
      ]);
    }),
    { numRuns: COUNT, seed: SEED, endOnFailure: true },
  );
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries(relations))}, ${(time / COUNT).toFixed(2)} ms each; unknown: ${JSON.stringify([
      ...reasons,
    ])}\n`,
  );
  expect((relations.get('unknown') ?? 0) / COUNT).toBeLessThan(MOST_UNKNOWN);
  // Shares say nothing of a few hundred pairs.
  if (COUNT < 2000) return;
  for (const relation of ['equal', 'narrower', 'wider', 'overlapping', 'disjoint']) {
    expect([relation, (relations.get(relation) ?? 0) / COUNT > 0.02]).toEqual([relation, true]);
  }
});
