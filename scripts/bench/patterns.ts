/**
 * How fast events meet their rules, in one thread and from the events' text: a row per operator, number of rules and number of rules
 * that match, beside `JSON.parse` of the same texts.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventMatcher } from '@busline/event-pattern';
import { MATCHING, ROWS, RULE_COUNTS, ruleSet, SEED, type RuleSet } from './patternRules';
import { median, table } from './statistics';

/** A run takes at least this long, or a timer's grain shows. */
const RUN_MS = 30;
const RUNS = 5;

export interface Measured {
  readonly eventsPerSecond: number;
  /** Matches over all events, once. */
  readonly matches: number;
}

/** Milliseconds of this thread's own work: what else the machine does is not counted. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function rate(events: readonly string[], work: (event: string) => number): Measured {
  const once = () => events.reduce((sum, event) => sum + work(event), 0);
  const run = () => {
    const from = threadMs();
    let done = 0;
    let taken = 0;
    for (; taken < RUN_MS; taken = threadMs() - from) {
      once();
      done += events.length;
    }
    return (done / taken) * 1000;
  };
  const matches = once();
  run();
  return { eventsPerSecond: median(Array.from({ length: RUNS }, run)), matches };
}

export function measureOurs({ patterns, events }: RuleSet): Measured {
  const matcher = new EventMatcher<number>();
  patterns.forEach((pattern, i) => matcher.add(i, JSON.stringify(pattern)));
  return rate(events, event => matcher.match(event).length);
}

export function measureParse({ events }: RuleSet): Measured {
  return rate(events, event => (JSON.parse(event) ? 1 : 0));
}

export interface PatternRow {
  readonly row: string;
  readonly rules: number;
  readonly set: RuleSet;
}

/** Every row of the table, one rule set at a time. */
export function* patternRows(): Generator<PatternRow> {
  for (const row of ROWS) {
    for (const rules of RULE_COUNTS) {
      for (const matching of MATCHING) {
        yield { row, rules, set: ruleSet(row, rules, matching) };
      }
    }
  }
}

export function checkCount({ row, rules, set }: PatternRow, matches: number): void {
  const expected = set.events.length * set.matching;
  if (matches !== expected) {
    throw new Error(`${row}, ${rules} rules: ${matches} matches instead of ${expected}`);
  }
}

export const perSecond = (value: number) => Math.round(value).toLocaleString('en');

export function compileFigures(): string {
  const texts = ruleSet('mix', 5000, 1).patterns.map(pattern => JSON.stringify(pattern));
  const compile = () => {
    const matcher = new EventMatcher<number>();
    texts.forEach((text, i) => matcher.add(i, text));
    return matcher;
  };
  compile();
  const times = Array.from({ length: RUNS }, () => {
    const from = performance.now();
    compile();
    return performance.now() - from;
  });
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept = compile();
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  const megabytes = (bytes / 2 ** 20).toFixed(0);
  const rules = kept.size.toLocaleString('en');
  return `Adding ${rules} rules (mix) from text takes ${median(times).toFixed(0)} ms and ${megabytes} MB.`;
}

export function benchPatterns(): string {
  const rows: string[][] = [['rules', 'number', 'matching', 'events per second', 'JSON.parse alone', 'of its time']];
  for (const each of patternRows()) {
    const parse = measureParse(each.set);
    const ours = measureOurs(each.set);
    checkCount(each, ours.matches);
    process.stderr.write(`  ${each.row}, ${each.rules} rules, ${each.set.matching} matching\n`);
    rows.push([
      each.row,
      each.rules.toLocaleString('en'),
      String(each.set.matching),
      perSecond(ours.eventsPerSecond),
      perSecond(parse.eventsPerSecond),
      `${(parse.eventsPerSecond / ours.eventsPerSecond).toFixed(2)} ×`,
    ]);
  }
  const bytes = ruleSet('mix', 500, 1).events.reduce((sum, event) => sum + event.length, 0) / 1000;
  return [
    `Seed ${SEED}, events of ${bytes.toFixed(0)} bytes, one thread, medians of ${RUNS} after a warm-up.`,
    table(rows),
    compileFigures(),
  ].join('\n\n');
}
