/**
 * Our matcher beside AWS's own library event-ruler (Maven Central): the same generated pairs must get the same answers, and the same
 * rules and events are timed in the same run. `--count N`, `--seed N`, `--rules 5,500,5000`. Exit status 1 at a disagreement.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compileEventPattern } from '@busline/event-pattern';
import { makePair } from '../../packages/event-pattern/src/__testUtils__/pairs';
import { randomFrom, RULE_COUNTS } from '../bench/patternRules';
import { measureOurs, patternRows, perSecond } from '../bench/patterns';
import { table } from '../bench/statistics';

const SOURCES = path.join(__dirname, 'event-ruler');
const VERSION = /<version>(\d+\.\d+\.\d+)</.exec(readFileSync(path.join(SOURCES, 'pom.xml'), 'utf8'))?.[1];
const HOME = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
  'busline',
  `event-ruler-${VERSION}`,
);

/** Fetches the library where it is not there yet, and compiles the host. Gives the class path. */
function prepare(): string {
  const lib = path.join(HOME, 'lib');
  mkdirSync(lib, { recursive: true });
  if (!readdirSync(lib).some(file => file.startsWith('event-ruler'))) {
    copyFileSync(path.join(SOURCES, 'pom.xml'), path.join(HOME, 'pom.xml'));
    execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`], {
      cwd: HOME,
      stdio: 'inherit',
    });
  }
  execFileSync('javac', ['-cp', path.join(lib, '*'), '-d', HOME, path.join(SOURCES, 'Host.java')], {
    stdio: 'inherit',
  });
  return `${HOME}${path.delimiter}${path.join(lib, '*')}`;
}

type Ask = (question: object) => Promise<string>;

function startHost(classPath: string): { readonly ask: Ask; readonly stop: () => void } {
  const java = spawn('java', ['-Xmx2g', '-cp', classPath, 'Host'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: java.stdout }).on('line', line => waiting.shift()?.resolve(line));
  java.on('close', code => waiting.forEach(({ reject }) => reject(new Error(`The Java host ended with ${code}`))));
  return {
    ask: question =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        java.stdin.write(`${JSON.stringify(question)}\n`);
      }),
    stop: () => java.stdin.end(),
  };
}

async function comparePairs(ask: Ask, count: number, seed: number): Promise<number> {
  const random = randomFrom(seed);
  const upTo = (max: number) => Math.floor(random() * (max + 1));
  const draw = {
    upTo,
    of: <T>(values: readonly T[]) => values[upTo(values.length - 1)],
    chance: (share: number) => random() < share,
  };
  let matched = 0;
  let disagreements = 0;
  for (let i = 0; i < count; i += 1) {
    const pair = makePair(draw);
    const [pattern, event] = [JSON.stringify(pair.pattern), JSON.stringify(pair.event)];
    const ours = compileEventPattern(pattern, { maxCharacters: Infinity }).matches(event);
    const theirs = await ask({ pattern, event });
    matched += ours ? 1 : 0;
    if (String(ours) !== theirs) {
      disagreements += 1;
      if (disagreements <= 10) process.stdout.write(`  ours ${ours}, theirs ${theirs}\n    ${pattern}\n    ${event}\n`);
    }
  }
  process.stdout.write(`  ${count} pairs, seed ${seed}: ${matched} match, ${disagreements} disagreements\n`);
  return disagreements;
}

async function compareSpeed(ask: Ask, ruleCounts: readonly number[]): Promise<number> {
  const rows: string[][] = [['rules', 'number', 'matching', 'ours, events/s', 'event-ruler, events/s', 'ours is']];
  let wrong = 0;
  for (const { row, rules, set } of patternRows()) {
    if (!ruleCounts.includes(rules)) continue;
    const question = {
      patterns: set.patterns.map(each => JSON.stringify(each)),
      events: set.events,
      runMs: 30,
      runs: 5,
      warmUps: 5,
    };
    const [theirs, theirMatches] = (await ask(question)).split(' ').map(Number);
    const ours = measureOurs(set);
    if (ours.matches !== theirMatches) {
      wrong += 1;
      process.stdout.write(`  ${row}, ${rules} rules: ${ours.matches} matches, theirs ${theirMatches}\n`);
    }
    const factor = `${(ours.eventsPerSecond / theirs).toFixed(1)} × as fast`;
    rows.push([row, String(rules), String(set.matching), perSecond(ours.eventsPerSecond), perSecond(theirs), factor]);
    process.stderr.write(`  ${row}, ${rules} rules, ${set.matching} matching: ${factor}\n`);
  }
  process.stdout.write(`${table(rows)}\n`);
  return wrong;
}

/** As CI has it: whether the answers agree, on fewer pairs, and no speeds. */
const IS_QUICK = Boolean(process.env.INTEROP_QUICK);

async function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: IS_QUICK ? '30000' : '100000' },
      seed: { type: 'string', default: '1' },
      rules: { type: 'string', default: RULE_COUNTS.join(',') },
    },
  });
  const host = startHost(prepare());
  try {
    const disagreements = await comparePairs(host.ask, Number(values.count), Number(values.seed));
    // A hundred rows of five runs take a quarter of an hour, and say nothing about right or wrong.
    const wrong = IS_QUICK ? 0 : await compareSpeed(host.ask, values.rules.split(',').map(Number));
    process.exitCode = disagreements + wrong === 0 ? 0 : 1;
  } finally {
    host.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
