import * as fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileEventPattern } from './compile';
import { EventMatcher } from './eventMatcher';
import { oracleMatches } from './__testUtils__/oracle';
import { OPERATORS, pairs } from './__testUtils__/pairs';
import type { CompiledPattern } from './types';

// `npm run prove` asks for more
const COUNT = Number(process.env.PROVE_COUNT ?? 3000);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);

/** Patterns in one matcher, each with an event made for it. */
const TOGETHER = 25;
/** Least share of the patterns in which each operator must be. */
const LEAST_SHARE = 0.03;

test(`${TOGETHER} patterns at once agree with the oracle, ${COUNT} pairs, seed ${SEED}`, () => {
  const seen = new Map<string, number>();
  let total = 0;
  let matched = 0;
  let elsewhere = 0;
  fc.assert(
    fc.property(fc.array(pairs, { minLength: TOGETHER, maxLength: TOGETHER }), fc.nat(), (group, deleted) => {
      const matcher = new EventMatcher<number>();
      const isDeleted = (key: number) => (key + deleted) % 5 === 0;
      group.forEach(({ pattern }, key) => matcher.add(key, pattern));
      // what was deleted is gone, and what stays is not harmed
      group.forEach((_, key) => isDeleted(key) && matcher.delete(key));
      group.forEach(({ event, pattern, operators }, i) => {
        const expected = group.flatMap((other, key) =>
          !isDeleted(key) && oracleMatches(other.pattern, event) ? [key] : [],
        );
        expect([matcher.match(event), matcher.match(JSON.stringify(event))]).toEqual([expected, expected]);
        total += 1;
        matched += oracleMatches(pattern, event) ? 1 : 0;
        elsewhere += expected.some(key => key !== i) ? 1 : 0;
        operators.forEach(name => seen.set(name, (seen.get(name) ?? 0) + 1));
      });
    }),
    { numRuns: Math.ceil(COUNT / TOGETHER), seed: SEED },
  );
  const rare = [...Object.keys(OPERATORS), '$or'].filter(name => (seen.get(name) ?? 0) < LEAST_SHARE * total);
  // Pairs come 25 at a time and each group has a turn of its own, so that a share says nothing of a few groups.
  if (total < ENOUGH_FOR_SHARES) return;
  expect(rare).toEqual([]);
  expect(matched / total).toBeGreaterThan(0.4);
  expect(matched / total).toBeLessThan(0.6);
  // events meet patterns that were not made for them, and match some
  expect(elsewhere / total).toBeGreaterThan(0.4);
});

const ENOUGH_FOR_SHARES = 10_000;

/** Ten times as many cycles as pairs: a million in `npm run prove`. */
const CYCLES = COUNT * 10;
/** A leak of a few bytes a cycle would be more. */
const MOST_GROWTH_BYTES = Math.max(4_000_000, CYCLES * 4);

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test(`adding and deleting while matching leaks nothing: ${CYCLES} cycles`, () => {
  const samples = fc.sample(pairs, { numRuns: 400, seed: SEED });
  const patterns: readonly CompiledPattern[] = samples.map(({ pattern }) => compileEventPattern(pattern));
  const texts = samples.map(({ event }) => JSON.stringify(event));
  const own = texts.map((text, i) => patterns[i].matches(text));
  const matcher = new EventMatcher<number>();
  let wrong = 0;
  const cycle = (i: number) => {
    const which = i % samples.length;
    // every key is new; so is a field and a value in one pattern of ten
    matcher.add(i, i % 10 === 0 ? `{"field${i}":["value${i}"]}` : patterns[which]);
    if (i % 20 === 1) {
      wrong += matcher.match(texts[which]).includes(i) === own[which] ? 0 : 1;
    }
    matcher.delete(i - 50);
  };
  const warmUp = 2000;
  for (let i = 0; i < warmUp; i++) {
    cycle(i);
  }
  const before = heapUsed();
  for (let i = warmUp; i < warmUp + CYCLES; i++) {
    cycle(i);
  }
  expect([wrong, matcher.size]).toEqual([0, 50]);
  expect(heapUsed() - before).toBeLessThan(MOST_GROWTH_BYTES);
});
