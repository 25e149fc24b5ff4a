import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { generatedTypeName, writeGeneratedRepository } from './generate';
import { table } from './statistics';

/** One `busline check --against` of a generated event repository. */
export interface EvolutionRun {
  readonly eventTypes: number;
  readonly changed: number;
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly memoryMb: number;
  /** What it said at the end. */
  readonly summary: string;
}

/** A file of its own for each event type; what other subscriptions say is of no weight here. */
const SUBSCRIPTIONS_PER_TYPE = 1;

interface Schema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

const git = (dir: string, ...args: readonly string[]) =>
  execFileSync('git', ['-C', dir, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    maxBuffer: 1 << 30,
  });

/** What comes with the next version: of four changes two break somebody. */
const CHANGES: readonly ((schema: Schema) => Schema)[] = [
  schema => ({ ...schema, properties: { ...schema.properties, note: { type: 'string', description: 'A word.' } } }),
  schema => ({ ...schema, required: [...schema.required, 'amount'] }),
  schema => ({ ...schema, properties: { ...schema.properties, channel: { enum: ['email', 'push', 'sms', 'post'] } } }),
  schema => ({ ...schema, properties: { ...schema.properties, amount: { type: 'number', minimum: -1 } } }),
];

/** Gives an event type a further version; the change is another one for each. */
function addVersion(dir: string, index: number): void {
  const { source, slug } = generatedTypeName(index);
  const folder = path.join(dir, 'events', source, slug);
  const last = readdirSync(folder)
    .filter(name => /^\d/.test(name))
    .sort()
    .at(-1)!;
  const schema = JSON.parse(readFileSync(path.join(folder, last, 'schema.json'), 'utf8')) as Schema;
  mkdirSync(path.join(folder, '1.2.0'));
  const changed = CHANGES[index % CHANGES.length](schema);
  writeFileSync(path.join(folder, '1.2.0', 'schema.json'), JSON.stringify(changed, undefined, 2));
}

/** Times `busline check --against` on repositories of which a part, and then all, has a new version. */
export function benchEvolution(dir: string, eventTypes: number): readonly EvolutionRun[] {
  writeGeneratedRepository(dir, { eventTypes, subscriptionsPerType: SUBSCRIPTIONS_PER_TYPE });
  git(dir, 'init', '-q', '-b', 'main');
  git(dir, 'add', '-A');
  git(dir, 'commit', '-q', '-m', 'Released');
  const runs: EvolutionRun[] = [];
  let done = 0;
  for (const changed of [Math.ceil(eventTypes / 100), eventTypes]) {
    for (; done < changed; done += 1) addVersion(dir, done);
    runs.push(timeCheck(dir, eventTypes, changed));
  }
  return runs;
}

const BUSLINE = path.join(root, 'packages/cli/bin/busline');
/** Tells the largest memory at the end, in kilobytes. */
const TELL_MEMORY = `process.on('exit', () => process.stderr.write('MAXRSS ' + process.resourceUsage().maxRSS))`;

function timeCheck(dir: string, eventTypes: number, changed: number): EvolutionRun {
  const teller = path.join(dir, '..', 'tell-memory.cjs');
  writeFileSync(teller, TELL_MEMORY);
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', teller, BUSLINE, 'check', dir, '--against', 'main'],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 2 ** 30 },
  );
  const seconds = (performance.now() - from) / 1000;
  // Half of the changes break somebody.
  if (status !== 1) throw new Error(`busline check ended with ${status}: ${stderr}`);
  const memoryMb = Number(/MAXRSS (\d+)/.exec(stderr)?.[1] ?? NaN) / 1024;
  return { eventTypes, changed, seconds, memoryMb, summary: stdout.trimEnd().split('\n').at(-2) ?? '' };
}

export function evolutionTable(runs: readonly EvolutionRun[]): string {
  return table([
    ['event types', 'changed', 'busline check --against', 'memory', 'what it found'],
    ...runs.map(({ eventTypes, changed, seconds, memoryMb, summary }) => [
      eventTypes.toLocaleString('en'),
      changed.toLocaleString('en'),
      `${seconds.toFixed(1)} s`,
      `${memoryMb.toFixed(0)} MB`,
      summary.replace(/^against main: /, ''),
    ]),
  ]);
}
