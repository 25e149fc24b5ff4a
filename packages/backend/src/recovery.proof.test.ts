import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRequestDetail, ChangeRequestPage } from '@busline/plugin-eventbridge-common';

jest.setTimeout(600_000);

const ROOT = path.resolve(__dirname, '../../..');
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
/** Longest that is waited for anything; a start of the whole backend takes a third of a minute on a busy machine. */
const LONGEST_MS = 180_000;
/** Each death costs a start of the portal, hence one in `npm test`, whose slice is a thousand, and all in `npm run prove`. */
const KILLED_AT: readonly RegExp[] =
  Number(process.env.PROVE_COUNT ?? 0) > 1000
    ? [/Beginning step Plan/, /Beginning step Open the pull requests/, /Change request [0-9a-f]+:/]
    : [/Change request [0-9a-f]+:/];

const folder = mkdtempSync(path.join(tmpdir(), 'busline-recovery-'));
let portal: ChildProcess | undefined;
let url = '';

afterAll(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** The portal as `npm start` starts it: forge and databases in a folder, and no AWS. */
async function start(port: number): Promise<void> {
  const overlay = path.join(folder, 'overlay.json');
  const repositories = [{ id: 'key-suite', title: 'Key Suite', forge: 'key/events' }];
  writeFileSync(
    overlay,
    JSON.stringify({
      eventbridge: { sources: { repositories, aws: [] }, changes: { deployment: null } },
      // A task whose process is silent for so long was cut off.
      scaffolder: { taskRecovery: { enabled: true, staleTimeout: { seconds: 3 } } },
    }),
  );
  url = `http://127.0.0.1:${port}`;
  const args = ['--require', TRANSFORM, 'src/index.ts', '--config', path.join(ROOT, 'app-config.yaml')];
  portal = spawn(process.execPath, [...args, '--config', overlay], {
    cwd: path.join(ROOT, 'packages/backend'),
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      BUSLINE_PORT: String(port),
      BUSLINE_STATE_DIR: folder,
    },
  });
  await until('The portal', async () => (await signIn().catch(() => undefined)) !== undefined);
}

async function kill(): Promise<void> {
  if (!portal || portal.exitCode !== null || portal.signalCode !== null) return;
  const ended = new Promise(resolve => portal!.once('close', resolve));
  portal.kill('SIGKILL');
  await ended;
}

async function until(what: string, isThere: () => Promise<boolean>, everyMs: number = 200): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; !(await isThere()); await sleep(everyMs)) {
    if (Date.now() > end) throw new Error(`${what} did not come`);
  }
}

async function signIn(): Promise<string> {
  const response = await fetch(`${url}/api/auth/sample/refresh?env=development`, {
    headers: { 'x-busline-sample-user': 'access-owner', 'x-requested-with': 'XMLHttpRequest' },
  });
  return (await response.json()).backstageIdentity.token;
}

async function ask<T>(route: string, body?: object): Promise<T> {
  const response = await fetch(`${url}/api/${route}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const REQUEST = {
  kind: 'leave',
  service: 'fraud-guard',
  subscriptions: ['payments'],
};

it('a task that was cut off by SIGKILL goes on by itself, and ends in exactly one pull request each', async () => {
  mkdirSync(path.join(folder, 'forge'), { recursive: true });
  const seed = `require('./src/seedForge').seedForge(${JSON.stringify({
    directory: path.join(folder, 'forge'),
    events: { folder: path.join(ROOT, 'examples/key-suite'), repository: 'key/events' },
    servicesFolder: path.join(ROOT, 'examples/service-repositories'),
  })})`;
  execFileSync(process.execPath, ['--require', TRANSFORM, '-e', seed], { cwd: path.join(ROOT, 'packages/sandbox') });
  const port = await freePort();
  await start(port);
  const templateRef = 'template:default/leave-bus';
  await until('The template', async () => {
    const found = await ask<{ items: unknown[] }>('catalog/entities/by-refs', { entityRefs: [templateRef] });
    return Boolean(found.items[0]);
  });
  await until('A plan', async () => {
    const planned = await ask<{ kind: string }>('eventbridge/plans', { request: REQUEST }).catch(() => undefined);
    return planned?.kind === 'plan';
  });

  const values = { leave: {}, plan: { request: REQUEST } };
  const { id } = await ask<{ id: string }>('scaffolder/v2/tasks', { templateRef, values });
  type TaskEvent = { readonly type: string; readonly body: { readonly message?: string } };
  const events = () => ask<TaskEvent[]>(`scaffolder/v2/tasks/${id}/events`).catch((): TaskEvent[] => []);
  for (const moment of KILLED_AT) {
    const times = async () => (await events()).filter(({ body }) => moment.test(body.message ?? '')).length;
    // What is in the log from before the last death does not count: recovery takes ten seconds to begin.
    const before = moment === KILLED_AT[0] ? 0 : await times();
    await until(String(moment), async () => (await times()) > before, 20);
    await kill();
    await start(port);
  }

  await until('The end of the task', async () => {
    const task = await ask<{ status: string }>(`scaffolder/v2/tasks/${id}`);
    if (task.status === 'failed') throw new Error(JSON.stringify(await events()));
    return task.status === 'completed';
  });
  const seen = await events();
  expect(seen.filter(({ type }) => type === 'recovered').length).toBeGreaterThanOrEqual(1);

  const { items } = await ask<ChangeRequestPage>('eventbridge/change-requests');
  expect(items).toHaveLength(1);
  const change = await ask<ChangeRequestDetail>(`eventbridge/change-requests/${items[0]!.id}`);
  expect(change.state).toBe('open');
  expect(change.pullRequests.map(({ repository, number }) => [repository, number])).toEqual([
    ['key/events', 1],
    ['key/fraud-guard', 1],
  ]);
  expect(change.history.map(({ text }) => text)).toEqual([
    'sent the form',
    'opened the pull request key/events#1',
    'opened the pull request key/fraud-guard#1',
  ]);
  for (const { repository, branch } of change.pullRequests) {
    const bare = path.join(folder, 'forge', `${repository}.git`);
    const branches = execFileSync('git', ['-C', bare, 'for-each-ref', '--format=%(refname:short)', 'refs/heads']);
    expect(String(branches).trim().split('\n')).toEqual([branch, 'main']);
    expect(String(execFileSync('git', ['-C', bare, 'rev-list', '--count', `main..${branch}`])).trim()).toBe('1');
  }
});
