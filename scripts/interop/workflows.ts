/**
 * Holds the workflows that `busline init` writes to actionlint, and runs the scripts of the one about approvals as GitHub does, in
 * a real git repository, with stand-ins for `gh` and `npx`. Exit status 1 on any finding. Needs go, bash and jq.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { actionlint } from './lib/actionlint';

const BUSLINE = path.resolve(__dirname, '../../packages/cli/bin/busline');
const WORKFLOWS = '.github/workflows';
const EVENT = 'events/com.example.orders/order-placed/event.yaml';
const SUBSCRIPTION = 'subscriptions/shipping-service/order-placed.yaml';

const root = mkdtempSync(path.join(tmpdir(), 'busline-workflows-'));
const folder = path.join(root, 'events');
const problems: string[] = [];
try {
  run(process.execPath, [BUSLINE, 'init', folder], root);
  const files = ['check', 'approvals', 'deploy'].map(name => path.join(folder, WORKFLOWS, `${name}.yaml`));
  problems.push(...actionlint(files));
  problems.push(...approvals());
} finally {
  rmSync(root, { recursive: true, force: true });
}
for (const problem of problems) process.stdout.write(`  ${problem}\n`);
process.stdout.write(
  problems.length === 0 ? '  actionlint and the scripts agree\n' : `  ${problems.length} problems\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** A pull request that subscribes to a restricted event type: without an approval, with a stranger's, and with the team's. */
function approvals(): readonly string[] {
  const event = path.join(folder, EVENT);
  const subscription = path.join(folder, SUBSCRIPTION);
  writeFileSync(event, readFileSync(event, 'utf8').replace('classification: internal', 'classification: restricted'));
  const declared = readFileSync(subscription);
  rmSync(subscription);
  git('init', '-q', '-b', 'main');
  commit('Before');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  mkdirSync(path.dirname(subscription), { recursive: true });
  writeFileSync(subscription, declared);
  commit('Subscribe');
  const head = git('rev-parse', 'HEAD').trim();
  const tools = standIns();
  const expected = [
    { by: [], status: 'failure', description: '1 of 1 approval missing; awaited: group:default/orders' },
    { by: ['mallory'], status: 'failure', description: '1 of 1 approval missing; awaited: group:default/orders' },
    { by: ['mallory', 'olga'], status: 'success', description: '1 approval needed, all given' },
  ];
  return expected.flatMap(({ by, status, description }) => {
    const reviews = by.map(login => ({ user: { login }, state: 'APPROVED', commit_id: head, body: 'line\nline' }));
    const sent = runSteps(tools, head, JSON.stringify(reviews));
    const wanted = [`state=${status}`, 'context=busline approvals', `description=${description}`];
    const isSo =
      sent.path === `repos/your-organisation/events/statuses/${head}` && wanted.every(w => sent.fields.includes(w));
    return isSo
      ? []
      : [`approved by ${by.join(', ') || 'nobody'}: expected ${wanted.join(', ')}; sent ${JSON.stringify(sent)}`];
  });
}

function standIns(): string {
  const tools = path.join(root, 'tools');
  mkdirSync(tools);
  const gh = `#!${process.execPath}
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const path = args.find(arg => /^(repos|orgs)\\//.test(arg));
if (path.includes('/statuses/')) {
  const fields = args.filter((arg, index) => args[index - 1] === '-f');
  writeFileSync(process.env.SENT, JSON.stringify({ path, fields }));
} else {
  const isTeam = path.startsWith('orgs/');
  if (isTeam && process.env.GH_TOKEN !== 'sees teams') process.exit(1);
  const answer = isTeam ? (path.includes('/teams/orders/') ? '[{"login":"olga"}]' : '[]') : process.env.REVIEWS;
  process.stdout.write(execFileSync('jq', ['-r', args[args.indexOf('--jq') + 1]], { input: answer }));
}
`;
  const npx = `#!/bin/sh
shift 2
exec ${process.execPath} ${BUSLINE} "$@"
`;
  for (const [name, text] of Object.entries({ gh, npx })) {
    writeFileSync(path.join(tools, name), text);
    chmodSync(path.join(tools, name), 0o755);
  }
  return tools;
}

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runSteps(tools: string, head: string, reviews: string): { path?: string; fields: readonly string[] } {
  const { jobs } = parse(readFileSync(path.join(folder, WORKFLOWS, 'approvals.yaml'), 'utf8'));
  const sent = path.join(root, 'sent.json');
  rmSync(sent, { force: true });
  const temporary = mkdtempSync(path.join(root, 'runner-'));
  for (const { run: script, env } of jobs.approvals.steps as readonly Step[]) {
    if (script === undefined) continue;
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${tools}:${process.env.PATH}`,
        HOME: root,
        ...{ BASE: 'main', NUMBER: '7', AUTHOR: 'sam', HEAD: head },
        ...{ GITHUB_REPOSITORY: 'your-organisation/events', GITHUB_WORKSPACE: folder, RUNNER_TEMP: temporary },
        ...(env?.GH_TOKEN ? { GH_TOKEN: 'of the workflow' } : {}),
        ...(env?.TEAMS_TOKEN ? { TEAMS_TOKEN: 'sees teams' } : {}),
        ...{ REVIEWS: reviews, SENT: sent },
      },
    });
    if (status !== 0) return { fields: [`a step ended with ${status}: ${stderr}`] };
  }
  return JSON.parse(readFileSync(sent, 'utf8'));
}

function commit(message: string): void {
  git('add', '.');
  git(
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.com',
    '-c',
    'commit.gpgsign=false',
    'commit',
    '-q',
    '-m',
    message,
  );
}

function git(...args: readonly string[]): string {
  return run('git', args, folder);
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
