import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { readEventRepository } from '@busline/event-repository';
import { ForgeError, type Forge } from '@busline/forge';
import { generatedStacks } from '@busline/infrastructure';
import type { ChangeRequestAnswer, ChangeRequestDetail, PlanAnswer } from '@busline/plugin-eventbridge-common';
import { publish, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { accountOf, createWorld, EVENTS, REGION, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, openTestDatabase } from '../testing/databases';

jest.setTimeout(120_000);

const PLATFORM = 'user:default/platform';
const AUTHOR = { name: 'x', email: 'x@y.invalid' };

let world: ChangesWorld;
let harness: ChangesHarness;
/** What the forge fails with from now on, by the name of the function. */
const failures = new Map<string, ForgeError>();

function failing(forge: Forge): Forge {
  return new Proxy(forge, {
    get(target, property) {
      const failure = failures.get(String(property));
      if (failure) return () => Promise.reject(failure);
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

beforeAll(async () => {
  world = await createWorld({ services: 9 });
  harness = await createChangesHarness({ world, knex: await openTestDatabase('SQLite'), wrapForge: failing });
});
afterEach(() => failures.clear());
afterAll(async () => {
  await harness.close();
  await closeDatabases();
  await world.close();
});

const as = (service: number) => harness.as(`user:default/team-${service}`);
const see = (id: string) => harness.as(PLATFORM).get<ChangeRequestDetail>(`/change-requests/${id}`);
const merge = (id: string) => harness.as(PLATFORM).tryPost(`/change-requests/${id}/merge`);
const followNow = async (id: string) => {
  await harness.knex('change_requests').where({ id }).update({ look_at: '2000-01-01T00:00:00.000Z' });
  await harness.follow();
};
/** Commits to main by hand, past the portal. */
async function commitToMain(path: string, content: string): Promise<void> {
  const forge = harness.ground.portalForge.forge;
  await forge.commitFiles({
    repository: EVENTS,
    branch: 'main',
    base: 'main',
    message: 'By hand',
    author: AUTHOR,
    changes: [{ path, content }],
  });
}

it('a plan that main has made old is a problem, and a key is taken for the plan that was read only', async () => {
  const request = subscribing(1);
  const planned = await as(1).post<PlanAnswer>('/plans', { request });
  await commitToMain('services/service-1.yaml', SERVICE_1.replace('thing 1', 'many things'));
  const digest = planned.kind === 'plan' ? planned.digest : '';
  const sent = { request: { ...request, reason: 'x' }, key: 'stale', digest: `${digest.slice(1)}0` };
  expect(await as(1).post<ChangeRequestAnswer>('/change-requests', sent)).toMatchObject({
    kind: 'problems',
    problems: [{ rule: 'stale-form', wayOut: expect.stringContaining('Go back one step') }],
  });
});

it('a conflict with a commit by hand is told with its paths, and updating is the way out', async () => {
  const { id, pullRequests } = await as(2).ask(subscribing(2));
  const file = `subscriptions/service-2/granted.yaml`;
  await commitToMain(
    file,
    'description: By hand.\npattern: { source: [com.key.access] }\ntarget: { type: sqs, name: by-hand }\n',
  );
  const refused = await merge(id);
  expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining(file) } } });
  expect(refused.body.error!.message).toContain('bring it up to date');
  await followNow(id);
  const conflicting = await see(id);
  expect(conflicting.waitsFor).toMatch(/conflicts with main: bring it up to date/);
  expect(conflicting.turn).toEqual(['user:default/team-2']);
  expect(conflicting.actions.update).toEqual({ allowed: true });
  expect(conflicting.actions.merge).toMatchObject({ allowed: false });
  // The name is taken on main now: planning again says so at the field.
  expect(await as(2).post<ChangeRequestAnswer>(`/change-requests/${id}/update`)).toMatchObject({ kind: 'problems' });
  await removeFromMain(file);
  await subscribeByHand('service-2', 'by-hand');
  await followNow(id);

  const updated = await as(2).post<ChangeRequestAnswer>(`/change-requests/${id}/update`);
  if (updated.kind !== 'change') throw new Error(JSON.stringify(updated));
  const { change } = updated;
  expect(change.state).toBe('open');
  const events = change.pullRequests.find(({ role }) => role === 'events')!;
  const before = pullRequests.find(({ role }) => role === 'events')!;
  expect(events.number).toBeGreaterThan(before.number!);
  const forge = harness.ground.portalForge.forge;
  expect(await forge.getPullRequest(EVENTS, before.number!)).toMatchObject({ state: 'closed' });
  expect(await forge.getPullRequest(EVENTS, events.number!)).toMatchObject({
    body: expect.stringContaining(`In place of ${EVENTS}#${before.number}`),
  });
  expect((await merge(id)).status).toBe(200);
  await harness.until(id, 'deployed');
  expect((await as(2).tryPost(`/change-requests/${id}/update`)).status).toBe(409);
});

it('with one of two merged it waits, and says for which; one closed by hand is told with a way out', async () => {
  const { id, pullRequests } = await as(3).ask(subscribing(3));
  const forge = harness.ground.portalForge.forge;
  const events = pullRequests.find(({ role }) => role === 'events')!;
  await forge.merge({ repository: EVENTS, number: events.number!, by: PLATFORM, author: AUTHOR });
  const waiting = await harness.until(id, 'open', ({ stacks }) => stacks.some(({ state }) => state === 'waiting'));
  expect(waiting.waitsFor).toBe('The merge of key/service-3#1');
  expect(waiting.stacks.find(({ state }) => state === 'waiting')!.detail).toMatch(/merge key\/service-3#1/);
  expect((await as(3).tryPost(`/change-requests/${id}/close`)).status).toBe(409);
  await forge.close('key/service-3', 1, { by: PLATFORM });
  const failed = await harness.until(id, 'failed');
  expect(failed.waitsFor).toBe(
    `key/service-3#1 was closed while key/events#${events.number} is merged: try again to have a new one opened in its place, or send a request that takes the merged one back`,
  );
  await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
  const again = await harness.until(id, 'open', ({ waitsFor }) => waitsFor === 'The merge of key/service-3#2');
  expect(again.pullRequests.map(({ state, number }) => [state, number])).toEqual([
    ['merged', events.number],
    ['open', 2],
  ]);
  expect((await merge(id)).status).toBe(200);
  await harness.until(id, 'deployed');
});

it('a request whose pull requests are all closed by hand is closed', async () => {
  const { id, pullRequests } = await as(4).ask(subscribing(4));
  const forge = harness.ground.portalForge.forge;
  for (const { repository, number } of pullRequests) {
    await forge.close(repository, number!, { by: PLATFORM });
  }
  expect((await harness.until(id, 'closed')).waitsFor).toBeUndefined();
});

it('a deployment that fails says AWS’s reason, and goes on once that is mended', async () => {
  const { sqs } = world.clientsFor(accountOf(5), REGION);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'service-5-granted' }));
  const { id } = await as(5).ask(subscribing(5));
  expect((await merge(id)).status).toBe(200);
  const failed = await harness.until(id, 'failed');
  expect(failed.waitsFor).toMatch(/^Stack busline-prod-service-5 ended as .*service-5-granted.*already exists/is);
  expect(failed.actions.retry).toEqual({ allowed: true });
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
  await harness.until(id, 'deployed', ({ live }) => live.length > 0);
  await publish(world);
  const live = await harness.until(id, 'live');
  expect(live.history.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^could not deploy: Stack busline-prod-service-5 ended as ROLLBACK_COMPLETE; /),
      'had it tried again',
      expect.stringMatching(/live$/),
    ]),
  );
});

it.each([
  ['rate-limited', 503, true],
  ['timeout', 503, true],
  ['forbidden', 502, false],
  ['rejected', 502, false],
  ['protected', 409, false],
] as const)('a forge that is %s while pull requests are opened answers %s', async (kind, status, passes) => {
  const service = 6 + (['rate-limited', 'timeout', 'forbidden', 'rejected', 'protected'].indexOf(kind) % 4);
  const request = subscribing(service, { name: `during-${kind}`, target: { type: 'sqs', name: `during-${kind}` } });
  failures.set('openPullRequest', new ForgeError(kind, 'key/events: the forge says no to ghp_abcdefghijklmnop'));
  const answer = await as(service).post<ChangeRequestAnswer>('/change-requests', { request, key: `during ${kind}` });
  if (answer.kind !== 'change') throw new Error(JSON.stringify(answer));
  const { id } = answer.change;
  const refused = await as(service).tryPost(`/change-requests/${id}/pull-requests`);
  expect(refused).toMatchObject({ status, body: { error: { message: 'key/events: the forge says no to (token)' } } });
  const troubled = await see(id);
  expect(troubled.state).toBe(passes ? 'opening' : 'failed');
  expect(troubled.waitsFor).toContain('key/events: the forge says no to (token)');
  expect(troubled.history.at(-1)!.text).toContain('the forge says no');
  failures.clear();
  // What passes is tried again by the follower; the rest once somebody says so.
  if (!passes) await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
  const opened = await harness.until(id, 'open');
  expect(opened.waitsFor).not.toContain('says no');
  await as(service).post(`/change-requests/${id}/close`);
});

/** A subscription with the stack that is generated for it, as `busline generate` leaves them. */
async function subscribeByHand(service: string, name: string): Promise<void> {
  const { files } = await harness.ground.events.current();
  const texts = new Map(files.paths().map(path => [path, files.read(path)!]));
  const subscription = `subscriptions/${service}/${name}.yaml`;
  texts.set(
    subscription,
    'description: By hand.\npattern: { source: [com.key.access], detail-type: [Access Revoked] }\ntarget: { type: sqs, name: by-hand }\n',
  );
  const { repository } = readEventRepository({ paths: () => [...texts.keys()], read: path => texts.get(path) });
  const stacks = generatedStacks(repository, 'prod').filter(
    ({ stack, service: of }) => of === undefined && 'service' in stack.owner && stack.owner.service === service,
  );
  await commitToMain(subscription, texts.get(subscription)!);
  for (const { path, text } of stacks) await commitToMain(path, text);
}

async function removeFromMain(path: string): Promise<void> {
  await harness.ground.portalForge.forge.commitFiles({
    repository: EVENTS,
    branch: 'main',
    base: 'main',
    message: 'By hand',
    author: AUTHOR,
    changes: [{ path, remove: true }],
  });
}

const SERVICE_1 = `
title: Service 1
description: Does thing 1.
owner: group:default/team-1
repository: https://github.com/key/service-1
environments: { prod: { account: account-1, region: ${REGION} } }
`;
