/*
 * `npm run conformance -- DIR [--strict]`: runs the cases under DIR that
 * nobody on this project wrote.
 *
 *   DIR/event-patterns/cases.json    {name, pattern, event, expect, error?}
 *   DIR/schema-evolution/cases.json  {name, old, new, backward?, forward?}
 *
 * Prints each disagreement with both verdicts and closes with a line
 * `N passed, N failed`. Ends with 0 unless something crashes; with `--strict`
 * a disagreement ends it with 1.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileEventPattern, InvalidEventPatternError } from '../packages/event-pattern/src';
import { compareSchemas, type Verdict } from '../packages/schema-evolution/src';
import { confirms } from './lib/confirmByAjv';

interface PatternCase {
  readonly name: string;
  readonly pattern: string;
  readonly event: string;
  readonly expect: 'match' | 'no-match' | 'invalid';
  readonly error?: string;
}

interface EvolutionCase {
  readonly name: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly backward?: boolean;
  readonly forward?: boolean;
}

interface Tally {
  passed: number;
  failed: number;
  crashed: number;
  disputed: number;
}

function readCases<T>(path: string): readonly T[] {
  const cases: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(cases)) {
    throw new Error(`${path} must hold a list of cases`);
  }
  return cases;
}

/** `match`, `no-match`, or `invalid: ` with the first line of the message. */
function judge({ pattern, event }: PatternCase): string {
  try {
    return compileEventPattern(pattern).matches(event) ? 'match' : 'no-match';
  } catch (error) {
    if (error instanceof InvalidEventPatternError) {
      return `invalid: ${error.message.split('\n')[0]}`;
    }
    throw error;
  }
}

function agrees({ expect, error }: PatternCase, verdict: string): boolean {
  if (expect !== 'invalid') {
    return verdict === expect;
  }
  return error === undefined ? verdict.startsWith('invalid: ') : verdict === `invalid: ${error}`;
}

function runPatterns(path: string, tally: Tally): void {
  for (const each of readCases<PatternCase>(path)) {
    const expected = each.error === undefined ? each.expect : `${each.expect}: ${each.error}`;
    let verdict: string;
    try {
      verdict = judge(each);
    } catch (error) {
      tally.crashed += 1;
      verdict = `crash: ${error instanceof Error ? error.stack : error}`;
    }
    if (agrees(each, verdict)) {
      tally.passed += 1;
    } else {
      tally.failed += 1;
      console.log(`event pattern "${each.name}"\n  expected ${expected}\n  got      ${verdict}`);
    }
  }
}

function wordOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'breaking':
      return `breaking, shown by ${JSON.stringify(verdict.counterexample)}`;
    case 'unknown':
      return `unknown: ${verdict.reason}`;
    default:
      return 'compatible';
  }
}

/**
 * One direction of a case. A case that says "compatible" is disputed where another validator confirms the
 * counterexample: it counts as failed all the same, since nobody has settled it.
 */
function judgeDirection(
  name: string,
  expected: boolean | undefined,
  verdict: Verdict,
  sides: readonly [unknown, unknown],
  tally: Tally,
): boolean {
  if (expected === undefined) return true;
  if (verdict.kind === (expected ? 'compatible' : 'breaking')) return true;
  const refuted = verdict.kind === 'breaking' && confirms(sides[0], sides[1], verdict.counterexample);
  tally.disputed += refuted ? 1 : 0;
  console.log(
    `schema evolution "${name}"${refuted ? ', disputed' : ''}\n  expected ${
      expected ? 'compatible' : 'breaking'
    }\n  got      ${wordOf(verdict)}${refuted ? ', confirmed by Ajv' : ''}`,
  );
  return false;
}

function runEvolution(path: string, tally: Tally): void {
  for (const each of readCases<EvolutionCase>(path)) {
    const { name, old, new: next } = each;
    try {
      const { backward, forward } = compareSchemas(old, next, { contentModel: 'open' });
      const one = judgeDirection(`${name}, backward`, each.backward, backward, [old, next], tally);
      const other = judgeDirection(`${name}, forward`, each.forward, forward, [next, old], tally);
      tally[one && other ? 'passed' : 'failed'] += 1;
    } catch (error) {
      tally.crashed += 1;
      tally.failed += 1;
      console.log(`schema evolution "${name}"\n  crash: ${error instanceof Error ? error.stack : error}`);
    }
  }
}

function main(args: readonly string[]): number {
  const strict = args.includes('--strict');
  const [folder, ...more] = args.filter(each => each !== '--strict');
  if (folder === undefined || more.length > 0 || folder.startsWith('-')) {
    console.error('Usage: npm run conformance -- DIR [--strict]');
    return 2;
  }
  const patterns = join(folder, 'event-patterns', 'cases.json');
  const evolution = join(folder, 'schema-evolution', 'cases.json');
  if (!existsSync(patterns) && !existsSync(evolution)) {
    console.error(`There are no cases in ${folder}`);
    return 2;
  }
  const tally: Tally = { passed: 0, failed: 0, crashed: 0, disputed: 0 };
  if (existsSync(patterns)) {
    runPatterns(patterns, tally);
  }
  if (existsSync(evolution)) {
    runEvolution(evolution, tally);
  }
  if (tally.disputed > 0) {
    console.log(`${tally.disputed} disputed: a validator refutes what the case expects`);
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.crashed > 0 || (strict && tally.failed > 0) ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
