import { dirname, join } from 'node:path';
import { analysePattern, compileEventPattern, couldMatchType, type PatternVerdict } from '@busline/event-pattern';
import { type EventType, type Json, type JsonObject, readEventRepository } from '@busline/event-repository';
import { compileSchema, listFieldPaths } from '@busline/json-schema';
import { filesIn } from '../diskFiles';
import { busline, removeFolders, temporaryFolder } from '../testing/busline';

// `npm run prove` asks for more
const COUNT = Number(process.env.PROVE_COUNT ?? 60);
const SEED = process.env.PROVE_SEED ? Number(process.env.PROVE_SEED) : Math.floor(Math.random() * 2 ** 31);
const MOST_UNKNOWN = 0.01;
const ROOT = join(__dirname, '../../../..');

afterAll(removeFolders);

/** Counts verdicts, and says what is wrong with one that names two events. */
class Tally {
  readonly verdicts: Record<PatternVerdict, number> = { always: 0, sometimes: 0, never: 0, unknown: 0 };
  readonly wrong: unknown[] = [];
  #time = 0;

  judge(pattern: JsonObject, { source, detailType, eventPaths }: EventType, version: string, schema: Json): void {
    const options = { source, detailType, eventPaths, schemaVersion: version };
    const before = performance.now();
    const analysis = analysePattern(pattern, schema, options);
    this.#time += performance.now() - before;
    this.verdicts[analysis.verdict] += 1;
    if (analysis.verdict === 'sometimes') {
      const { matches } = compileEventPattern(pattern);
      const { isValid } = compileSchema(schema);
      const { matching, notMatching } = analysis;
      const data = (event: JsonObject) =>
        (eventPaths.data ?? 'detail').split('.').reduce<Json>((at, key) => (at as JsonObject)[key], event);
      if (!matches(matching) || matches(notMatching) || !isValid(data(matching)) || !isValid(data(notMatching))) {
        this.wrong.push([pattern, source, detailType, version]);
      }
    }
  }

  get count(): number {
    return Object.values(this.verdicts).reduce((sum, each) => sum + each, 0);
  }

  get unknownShare(): number {
    return this.verdicts.unknown / this.count;
  }

  report(name: string): void {
    const mean = (this.#time / this.count).toFixed(2);
    process.stdout.write(`${name}: ${JSON.stringify(this.verdicts)}, ${mean} ms each\n`);
  }
}

test('key-suite: every subscription against every version of its events', () => {
  const { repository } = readEventRepository(filesIn(join(ROOT, 'examples/key-suite')));
  const tally = new Tally();
  for (const { pattern } of repository.subscriptions) {
    for (const type of repository.eventTypes) {
      if (couldMatchType(pattern, type.source, type.detailType)) {
        type.versions.forEach(({ version, schema }) => tally.judge(pattern, type, version, schema));
      }
    }
  }
  expect(tally.count).toBeGreaterThan(250);
  tally.report('key-suite');
  expect(tally.wrong).toEqual([]);
  expect(tally.unknownShare).toBeLessThan(MOST_UNKNOWN);
});

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function leavesOf(value: Json, path: string): readonly (readonly [string, Json])[] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(each => leavesOf(each, path));
  return Object.entries(value as JsonObject).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`));
}

function matchersFor(value: Json): readonly Json[] {
  const text = String(value);
  const letters = text.slice(0, 4).replace(/[\\*]/g, '') || 'a';
  return [
    value,
    'other',
    { exists: true },
    { exists: false },
    { prefix: text.slice(0, 3) },
    { suffix: text.slice(-2) },
    { 'equals-ignore-case': text.toUpperCase() },
    { wildcard: `*${letters}*x` },
    { 'anything-but': typeof value === 'number' ? value : text },
    typeof value === 'number' ? { numeric: ['>', value] } : { 'anything-but': { prefix: letters } },
  ];
}

test(`GitHub: ${COUNT} patterns on fields and values of its events, seed ${SEED}`, async () => {
  const out = join(temporaryFolder(), 'github');
  const [schemas, examples] = ['@octokit/webhooks-schemas', '@octokit/webhooks-examples'].map(name =>
    dirname(require.resolve(`${name}/package.json`)),
  );
  const mapping = join(ROOT, 'examples/github-webhooks/mapping.yaml');
  const example = join(examples, 'api.github.com/index.json');
  const args = ['--mapping', mapping, '--examples', example, '--out', out];
  expect(await busline(['import', 'schemas', join(schemas, 'schema.json'), ...args])).toMatchObject({ code: 0 });
  const { repository } = readEventRepository(filesIn(out));
  const next = random(SEED);
  const of = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)];
  const tally = new Tally();
  while (tally.count < COUNT) {
    const type = repository.eventTypes[tally.count % repository.eventTypes.length];
    const { version, schema, examples: written } = of(type.versions);
    const paths = listFieldPaths(schema).map(path => `detail.${path.replace(/\[\d*\]/g, '')}`);
    const leaves = written.flatMap(({ value }) => leavesOf(value, 'detail'));
    const pattern: { [field: string]: Json } = { source: ['com.github'] };
    for (let i = Math.floor(next() * 3); i >= 0; i--) {
      const [field, value] = leaves.length > 0 && next() < 0.6 ? of(leaves) : [of(paths), 'x'];
      pattern[next() < 0.05 ? `${field}x` : field] = [of(matchersFor(value))];
    }
    tally.judge(pattern, type, version, schema);
  }
  tally.report('GitHub');
  expect(tally.wrong).toEqual([]);
  expect(tally.unknownShare).toBeLessThan(MOST_UNKNOWN);
});
