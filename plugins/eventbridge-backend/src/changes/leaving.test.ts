import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import type { OnboardingRequest } from '@busline/onboarding';
import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { publish, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { accountOf, createWorld, PLATFORM_ACCOUNT, REGION, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, openTestDatabase } from '../testing/databases';

jest.setTimeout(180_000);

const PLATFORM = 'user:default/platform';
const ADA = 'user:default/team-1';

let world: ChangesWorld;
let harness: ChangesHarness;

beforeAll(async () => {
  world = await createWorld({ services: 2 });
  harness = await createChangesHarness({ world, knex: await openTestDatabase('SQLite') });
});
afterAll(async () => {
  await harness.close();
  await closeDatabases();
  await world.close();
});

/** From the form to live: asked for, merged by the platform team, deployed from main, observed. */
async function goesLive(request: OnboardingRequest, withEvent = false): Promise<ChangeRequestDetail> {
  const { id } = await harness.as(ADA).ask(request);
  await harness.as(PLATFORM).post(`/change-requests/${id}/merge`);
  if (withEvent) {
    await harness.until(id, 'deployed');
    await publish(world);
  }
  return harness.until(id, 'live');
}

const rulesIn = async (accountId: string, EventBusName: string) => {
  const { events } = world.clientsFor(accountId, REGION);
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName })).catch(() => ({ Rules: [] }));
  return Rules.map(({ Name }) => Name);
};
const stacksIn = async (accountId: string) => {
  const { cloudformation } = world.clientsFor(accountId, REGION);
  const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName }) => StackName);
};
const onMain = async () => (await harness.ground.events.current()).files.paths();

it('a subscription that is left is gone from main and from AWS, and the other stays', async () => {
  await goesLive(subscribing(1), true);
  const other = { name: 'revoked', eventTypes: [{ source: 'com.key.access', detailType: 'Access Revoked' }] };
  const { id } = await harness.as(ADA).ask(subscribing(1, { ...other, target: { type: 'sqs', name: 'revoked' } }));
  await harness.as(PLATFORM).post(`/change-requests/${id}/merge`);
  await harness.until(id, 'deployed');
  await publish(world, 'Access Revoked');
  await harness.until(id, 'live');
  expect(await rulesIn(PLATFORM_ACCOUNT, 'key-central')).toEqual(
    expect.arrayContaining([expect.stringContaining('granted'), expect.stringContaining('revoked')]),
  );

  const left = await goesLive({ kind: 'leave', service: 'service-1', subscriptions: ['granted'] });
  expect(left.live.filter(({ detail }) => detail === 'gone from AWS').length).toBeGreaterThan(0);
  const rules = await rulesIn(PLATFORM_ACCOUNT, 'key-central');
  expect(rules.filter(name => name!.includes('granted'))).toEqual([]);
  expect(rules.filter(name => name!.includes('revoked'))).toHaveLength(1);
  expect((await onMain()).filter(path => path.startsWith('subscriptions/service-1/'))).toEqual([
    'subscriptions/service-1/revoked.yaml',
  ]);
});

it('a service that leaves the bus takes its stacks with it', async () => {
  expect(await stacksIn(accountOf(1))).toContain('busline-prod-service-1');
  const left = await goesLive({ kind: 'leave', service: 'service-1', everything: true });
  expect(left.stacks.filter(({ detail }) => /deleted/.test(detail ?? '')).length).toBeGreaterThan(0);
  expect(await stacksIn(accountOf(1))).toEqual([]);
  expect((await stacksIn(PLATFORM_ACCOUNT)).filter(name => name!.includes('service-1'))).toEqual([]);
  expect((await onMain()).filter(path => path.includes('service-1'))).toEqual([]);
});

it('an event type that is deprecated says so on main, deploys nothing, and is live with the next read', async () => {
  const deprecated = await goesLive({
    kind: 'deprecate',
    eventType: { source: 'com.key.access', detailType: 'Access Granted' },
    since: '2026-11-20',
    sunset: '2027-06-30',
    reason: 'Access Revoked says it as well.',
    replacement: { source: 'com.key.access', detailType: 'Access Revoked' },
  });
  expect(deprecated.pullRequests.map(({ role }) => role)).toEqual(['events']);
  expect(deprecated.stacks.filter(({ state }) => state === 'done')).toEqual([]);
  expect(deprecated.history.map(({ text }) => text)).toContain('had nothing to deploy');
  const { read } = await harness.ground.events.current();
  const granted = read.repository.eventTypes.find(({ detailType }) => detailType === 'Access Granted');
  expect(granted).toMatchObject({ lifecycle: 'deprecated', deprecation: { sunset: '2027-06-30' } });
});
