import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createLocalForge } from '@busline/forge';
import type { ChangeRequestAnswer, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import createKnex from 'knex';
import { publish, subscribing } from '../testing/changeStories';
import { createWorld, accountOf, PLATFORM_ACCOUNT, REGION, type ChangesWorld } from '../testing/changesWorld';
import { createPullRequestTable } from './PullRequestTable';

jest.setTimeout(600_000);

const PACKAGE = '@busline/plugin-eventbridge-backend';
const SCRIPT = resolvePackagePath(PACKAGE, 'src/testing/mortalPortal.ts');
const LONGEST_LIFE_MS = 60_000;
/** Each death costs a start of the portal, hence some in `npm test`, whose slice is a thousand, and all in `npm run prove`. */
const IS_WHOLE = Number(process.env.PROVE_COUNT ?? 0) > 1000;
const STEPS = IS_WHOLE
  ? '.'
  : '^(after (commitFiles|openPullRequest) key/events|after openPullRequest key/service-1|after merge key/service-1|while busline-prod-service-1: .*|after the deployment.*)$';
/** And at most so many while stacks are made. */
const STACK_STEPS = IS_WHOLE ? 1000 : 2;

/** Starts the portal again whenever it has died. */
class Portal {
  readonly #options: object;
  #child: ChildProcess | undefined;
  #port: Promise<number> | undefined;
  deaths = 0;
  /** Why it ended by itself. */
  failure: string | undefined;

  constructor(options: object) {
    this.#options = options;
  }

  async ask<T>(user: string, method: 'GET' | 'POST', url: string, body?: object): Promise<T | undefined> {
    const port = await this.#alive();
    if (port === undefined) return undefined;
    const answered = await fetch(`http://127.0.0.1:${port}${url}`, {
      method,
      headers: { authorization: mockCredentials.user.header(user), 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
      .then(async response => ({ status: response.status, answer: (await response.json()) as T }))
      // It died in the middle of the answer, or before.
      .catch(() => undefined);
    if (!answered || answered.status === 404 || answered.status === 409) return undefined;
    if (answered.status === 200) return answered.answer;
    throw new Error(`${method} ${url}: ${answered.status} ${JSON.stringify(answered.answer)}`);
  }

  async #alive(): Promise<number | undefined> {
    this.#port ??= this.#start();
    return this.#port.catch(() => undefined);
  }

  #start(): Promise<number> {
    const child = spawn(
      process.execPath,
      ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs'), SCRIPT],
      {
        env: { ...process.env, NODE_OPTIONS: '', MORTAL_PORTAL: JSON.stringify(this.#options) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    let errors = '';
    child.stderr!.on('data', data => (errors += data));
    return new Promise((resolve, reject) => {
      child.stdout!.once('data', data => resolve(JSON.parse(String(data)).port));
      child.once('exit', (code, signal) => {
        this.#port = undefined;
        if (signal === 'SIGKILL') this.deaths += 1;
        else this.failure = `It ended with ${code}: ${errors}`;
        reject(new Error(errors));
      });
    });
  }

  async end(): Promise<void> {
    this.#child?.removeAllListeners('exit');
    this.#child?.kill('SIGKILL');
  }
}

let world: ChangesWorld;
let portal: Portal;

beforeAll(async () => {
  world = await createWorld({ services: 1 });
});
afterAll(async () => {
  await portal.end();
  await world.close();
});

it('killed at every step, ends in exactly one pull request each and one deployment', async () => {
  const deaths = path.join(world.folder, 'deaths');
  const database = path.join(world.folder, 'portal.sqlite');
  const { forgeDirectory, endpoint } = world;
  const migrations = resolvePackagePath(PACKAGE, 'migrations');
  portal = new Portal({
    database,
    migrations,
    forgeDirectory,
    endpoint,
    deaths,
    steps: STEPS,
    stackSteps: STACK_STEPS,
  });
  const ada = 'user:default/team-1';
  const sent = { request: subscribing(1), key: 'task 1' };

  let change: ChangeRequestDetail | undefined;
  let lastDeath = Date.now();
  let died = 0;
  for (let published = false; change?.state !== 'live'; ) {
    if (portal.failure) throw new Error(portal.failure);
    if (portal.deaths > died) [died, lastDeath] = [portal.deaths, Date.now()];
    if (Date.now() - lastDeath > LONGEST_LIFE_MS)
      throw new Error(`It stands still: ${JSON.stringify(change, undefined, 1)}`);
    // A recovered task sends the same again, with the same key.
    const answer = await portal.ask<ChangeRequestAnswer>(ada, 'POST', '/change-requests', sent);
    if (answer?.kind === 'problems') throw new Error(JSON.stringify(answer.problems));
    if (!answer) continue;
    change = answer.change;
    if (change.state === 'open') {
      await portal.ask('user:default/platform', 'POST', `/change-requests/${change.id}/merge`);
    }
    if (change.state === 'deployed' && !published) {
      await publish(world);
      published = true;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }

  const steps = readFileSync(deaths, 'utf8').trim().split('\n');
  expect(portal.deaths).toBe(steps.length);
  expect(steps).toEqual(
    expect.arrayContaining([
      'after commitFiles key/events',
      'after openPullRequest key/events',
      'after openPullRequest key/service-1',
      'after merge key/service-1',
      expect.stringMatching(/^while busline-/),
      'after the deployment, which is deployed',
    ]),
  );
  await expectOneOfEach(database, change);
});

async function expectOneOfEach(database: string, change: ChangeRequestDetail): Promise<void> {
  await portal.end();
  const knex = createKnex({ client: 'better-sqlite3', connection: database, useNullAsDefault: true });
  const forge = createLocalForge({ root: world.forgeDirectory, store: createPullRequestTable(knex) });
  for (const repository of ['key/events', 'key/service-1']) {
    const pulls = await forge.listPullRequests(repository);
    expect(pulls.map(({ number, state }) => [number, state])).toEqual([[1, 'merged']]);
  }
  expect(await knex('change_requests').select('id')).toEqual([{ id: change.id }]);
  await knex.destroy();
  const texts = change.history.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (const accountId of [PLATFORM_ACCOUNT, accountOf(1)]) {
    const { cloudformation } = world.clientsFor(accountId, REGION);
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({}));
    expect(Stacks.filter(({ StackStatus }) => !/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus!))).toEqual([]);
  }
}
