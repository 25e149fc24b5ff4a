/*
 * Every release of GitHub's webhook schemas (`@octokit/webhooks-schemas`) with the next one, event by event: no crash, each
 * `breaking` confirmed by Ajv, next to no `unknown`. Prints the table of docs/figures.md.
 *
 * The releases come from the npm registry (`npm pack`) and are kept in `.busline/tools/webhooks-schemas`. INTEROP_QUICK=1 takes
 * every tenth pair.
 *
 *   node --require @backstage/cli/config/nodeTransform.cjs scripts/interop/webhook-schemas.ts [--open]
 */
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { extractDefinition } from '../../packages/json-schema/src';
import { compareSchemas, type ContentModel, type Verdict } from '../../packages/schema-evolution/src';
import { median, quantile, table } from '../bench/statistics';

const PACKAGE = '@octokit/webhooks-schemas';
const KEPT = path.resolve(__dirname, '../../.busline/tools/webhooks-schemas');
/** Of the pairs that differ. */
const MOST_UNKNOWN = 0.01;

function versions(): readonly string[] {
  const text = execFileSync('npm', ['view', PACKAGE, 'versions', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(text);
}

/** The file of a release, downloaded once. */
function archiveOf(version: string): string {
  const file = path.join(KEPT, `octokit-webhooks-schemas-${version}.tgz`);
  if (!existsSync(file)) {
    mkdirSync(KEPT, { recursive: true });
    execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${version}`], { cwd: KEPT, stdio: 'ignore' });
  }
  return file;
}

/** Each event's schema by itself, as JSON. */
function eventsOf(version: string): ReadonlyMap<string, string> {
  const text = execFileSync('tar', ['xzOf', archiveOf(version), 'package/schema.json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const bundle = JSON.parse(text) as { definitions: object };
  const names = Object.keys(bundle.definitions).filter(name => name.includes('$'));
  return new Map(names.map(name => [name, JSON.stringify(extractDefinition(bundle, `/definitions/${name}`))]));
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(text: string): ValidateFunction {
  const known = validators.get(text);
  if (known) return known;
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
  addFormats(ajv);
  const made = ajv.compile(JSON.parse(text));
  validators.set(text, made);
  return made;
}

interface Row {
  readonly step: string;
  pairs: number;
  compatible: number;
  backward: number;
  forward: number;
  unknown: number;
  findings: number;
}

const row = (step: string): Row => ({
  step,
  pairs: 0,
  compatible: 0,
  backward: 0,
  forward: 0,
  unknown: 0,
  findings: 0,
});

/** What Ajv says against the counterexamples of one direction. */
function refuted(verdict: Verdict, writer: string, reader: string): readonly string[] {
  if (verdict.kind !== 'breaking') return [];
  return verdict.findings
    .filter(({ counterexample }) => !validatorOf(writer)(counterexample) || validatorOf(reader)(counterexample))
    .map(({ message }) => message);
}

function count(tally: Row, backward: Verdict, forward: Verdict): void {
  const both = [backward, forward];
  tally.pairs += 1;
  tally.backward += backward.kind === 'breaking' ? 1 : 0;
  tally.forward += forward.kind === 'breaking' ? 1 : 0;
  tally.compatible += both.every(({ kind }) => kind === 'compatible') ? 1 : 0;
  tally.unknown += both.some(({ kind }) => kind === 'unknown') ? 1 : 0;
  tally.findings += both.reduce((sum, each) => sum + (each.kind === 'breaking' ? each.findings.length : 0), 0);
}

function cells({ step, pairs, compatible, backward, forward, unknown, findings }: Row): string[] {
  return [step, ...[pairs, compatible, backward, forward, unknown, findings].map(String)];
}

function main(args: readonly string[]): number {
  const contentModel: ContentModel = args.includes('--open') ? 'open' : 'closed-world';
  const every = process.env.INTEROP_QUICK ? 10 : 1;
  const releases = versions();
  const rows: Row[] = [];
  const taken: number[] = [];
  const problems: string[] = [];
  let seen = 0;
  let before = eventsOf(releases[0]);
  for (const [i, release] of releases.slice(1).entries()) {
    const tally = row(`${releases[i]} → ${release}`);
    const after = eventsOf(release);
    for (const [name, next] of after) {
      const old = before.get(name);
      if (old === undefined || old === next) continue;
      seen += 1;
      if (seen % every !== 0) continue;
      const versionsOfEvent = [JSON.parse(old), JSON.parse(next)];
      const { user, system } = process.threadCpuUsage();
      const { backward, forward } = compareSchemas(versionsOfEvent[0], versionsOfEvent[1], { contentModel });
      const now = process.threadCpuUsage();
      taken.push((now.user - user + now.system - system) / 1000);
      count(tally, backward, forward);
      problems.push(
        ...[...refuted(backward, old, next), ...refuted(forward, next, old)].map(
          each => `${name}, ${tally.step}: ${each}`,
        ),
      );
      [backward, forward].forEach(
        each => each.kind === 'unknown' && process.stdout.write(`${name}, ${tally.step}: ${each.reason}\n`),
      );
    }
    rows.push(tally);
    validators.clear();
    before = after;
  }
  const total = rows.reduce<Row>((sum, each) => {
    for (const key of ['pairs', 'compatible', 'backward', 'forward', 'unknown', 'findings'] as const)
      sum[key] += each[key];
    return sum;
  }, row('all'));
  const head = [
    'releases',
    'pairs that differ',
    'compatible',
    'breaking backward',
    'breaking forward',
    'unknown',
    'findings',
  ];
  process.stdout.write(`${table([head, ...rows.map(cells), cells(total)])}\n`);
  process.stdout.write(
    `${contentModel}; a pair takes ${median(taken).toFixed(1)} ms (median), ${quantile(taken, 0.95).toFixed(
      0,
    )} ms (p95) of one thread\n`,
  );
  problems.forEach(each => process.stdout.write(`Ajv does not confirm ${each}\n`));
  return problems.length > 0 || total.unknown >= MOST_UNKNOWN * total.pairs ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
