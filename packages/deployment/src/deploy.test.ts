import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { createClients, type AwsClients } from '@busline/aws-estate';
import { readEventRepository, type EventRepository, type RepositoryFiles } from '@busline/event-repository';
import { generatedStacks } from '@busline/infrastructure';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { deployStacks, discardDeployment, prepareDeployment } from './deploy';
import { DeploymentPlanError, planDeployment } from './plan';
import { deleteLeftovers, findLeftovers } from './prune';
import type { DeploymentReport } from './report';

const PLATFORM = '111111111111';
const SHOP = '222222222222';
const PARCELS = '333333333333';
const REGION = 'eu-west-1';

const DECLARED: Readonly<Record<string, string>> = {
  'busline.yaml': `
name: shop
owner: group:default/platform
environments:
  prod: { buses: [{ name: central, account: platform, region: ${REGION} }] }
`,
  'accounts.yaml': `
accounts:
  platform: { id: '${PLATFORM}', owner: unknown }
  shop: { id: '${SHOP}', owner: unknown }
  parcels: { id: '${PARCELS}', owner: unknown }
`,
  'services/orders.yaml': `
owner: group:default/orders
environments: { prod: { account: shop, region: ${REGION} } }
publishes: [{ source: com.shop.orders, detailType: Order Placed }]
`,
  'services/parcels.yaml': `
owner: group:default/parcels
repository: https://github.com/shop/parcels
environments: { prod: { account: parcels, region: ${REGION} } }
`,
  'subscriptions/parcels/placed.yaml': `
description: Pack it.
pattern: { source: [com.shop.orders], detail-type: [Order Placed] }
target: { type: sqs, name: parcels-placed }
`,
};
const CANCELLED = `
description: Unpack it.
pattern: { source: [com.shop.orders], detail-type: [Order Cancelled] }
target: { type: sqs, name: parcels-cancelled }
`;

const filesOf = (files: Readonly<Record<string, string>>): RepositoryFiles => ({
  paths: () => Object.keys(files),
  read: path => (Object.hasOwn(files, path) ? files[path] : undefined),
});

/** What the two repositories have on main once everything is generated and merged. */
function onMain(changes: Readonly<Record<string, string>> = {}) {
  const files = { ...DECLARED, ...changes };
  const { repository } = readEventRepository(filesOf(files));
  const stacks = generatedStacks(repository, 'prod');
  const of = (role: string) =>
    Object.fromEntries(stacks.filter(s => s.repository === role).map(({ path, text }) => [path, text]));
  return { repository, events: { ...files, ...of('events') }, parcels: of('service') };
}

const plan = (events: Readonly<Record<string, string>>, parcels?: Readonly<Record<string, string>>) =>
  planDeployment({
    events: { name: 'shop/events', files: filesOf(events) },
    services: parcels ? [{ name: 'shop/parcels', files: filesOf(parcels) }] : [],
  });

let aws: LocalAws;
let known: Map<string, AwsClients>;
const clientsFor = (accountId: string, region: string): AwsClients => {
  const key = `${accountId} ${region}`;
  const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
  const clients = known.get(key) ?? createClients(region, { endpoint: aws.endpoint, credentials });
  known.set(key, clients);
  return clients;
};

beforeEach(async () => {
  known = new Map();
  aws = await startLocalAws();
});
afterEach(() => aws.close());

const outcomes = (report: DeploymentReport) =>
  Object.fromEntries(report.stacks.map(({ planned, outcome }) => [planned.stack.name, outcome]));

async function statusOf(accountId: string, name: string): Promise<string | undefined> {
  const { cloudformation } = clientsFor(accountId, REGION);
  const { Stacks } = await cloudformation
    .send(new DescribeStacksCommand({ StackName: name }))
    .catch(() => ({ Stacks: [] }));
  return Stacks?.[0]?.StackStatus;
}

const ALL = {
  'busline-prod-platform': 'deployed',
  'busline-prod-parcels': 'deployed',
  'busline-prod-central-orders': 'deployed',
  'busline-prod-central-parcels': 'deployed',
};

describe('deployStacks', () => {
  it('deploys in order, a receiving bus before the rule that targets it, and a second time nothing', async () => {
    const { events, parcels } = onMain();
    const ended: string[] = [];
    const report = await deployStacks(plan(events, parcels), {
      clientsFor,
      onProgress: ({ stack, step }) => step === 'was made' && ended.push(stack),
    });
    expect(outcomes(report)).toEqual(ALL);
    expect(ended.indexOf('busline-prod-parcels')).toBeLessThan(ended.indexOf('busline-prod-central-parcels'));
    expect(ended.indexOf('busline-prod-platform')).toBeLessThan(ended.indexOf('busline-prod-central-orders'));
    const again = await deployStacks(plan(events, parcels), { clientsFor });
    expect(new Set(Object.values(outcomes(again)))).toEqual(new Set(['unchanged']));
  });

  it('waits where only the event repository is merged, says for what, and goes on once the other is deployed', async () => {
    const { events, parcels } = onMain();
    const hintFor = () => 'merge shop/parcels#12';
    const first = await deployStacks(plan(events), { clientsFor, hintFor });
    expect(outcomes(first)).toEqual({
      'busline-prod-platform': 'deployed',
      'busline-prod-central-orders': 'deployed',
      'busline-prod-central-parcels': 'waiting',
    });
    expect(first.stacks.find(({ outcome }) => outcome === 'waiting')).toMatchObject({
      words: `waits for the subscriber bus busline-parcels in account ${PARCELS}: merge shop/parcels#12`,
    });
    // The service's own workflow deploys its repository.
    await deployStacks(plan({}, parcels), { clientsFor });
    expect(outcomes(await deployStacks(plan(events), { clientsFor }))).toEqual({
      'busline-prod-platform': 'unchanged',
      'busline-prod-central-orders': 'unchanged',
      'busline-prod-central-parcels': 'deployed',
    });
  });

  it('does not forward to a bus on which no rule takes the events yet', async () => {
    const before = onMain();
    await deployStacks(plan(before.events, before.parcels), { clientsFor });
    const after = onMain({ 'subscriptions/parcels/cancelled.yaml': CANCELLED });
    for (const files of [before.parcels, undefined]) {
      const report = await deployStacks(plan(after.events, files), { clientsFor });
      expect(report.stacks.find(({ outcome }) => outcome === 'waiting')).toMatchObject({
        planned: { stack: { name: 'busline-prod-central-parcels' } },
        for: [{ stack: 'busline-prod-parcels', rules: ['parcels-cancelled'] }],
      });
    }
    const whole = await deployStacks(plan(after.events, after.parcels), { clientsFor });
    expect(outcomes(whole)).toMatchObject({
      'busline-prod-parcels': 'deployed',
      'busline-prod-central-parcels': 'deployed',
    });
  });

  it('tells why a stack failed, stops what needs it and nothing else, and makes it again the next time', async () => {
    const { events, parcels } = onMain();
    const { sqs } = clientsFor(PARCELS, REGION);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'parcels-placed' }));
    const report = await deployStacks(plan(events, parcels), { clientsFor });
    expect(outcomes(report)).toEqual({
      ...ALL,
      'busline-prod-parcels': 'failed',
      'busline-prod-central-parcels': 'skipped',
    });
    const failed = report.stacks.find(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject({
      resources: [
        { logicalId: 'ParcelsPlacedQueue', type: 'AWS::SQS::Queue', reason: expect.stringMatching(/exists/) },
      ],
    });
    expect(await statusOf(PARCELS, 'busline-prod-parcels')).toBe('ROLLBACK_COMPLETE');
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    const steps: string[] = [];
    const again = await deployStacks(plan(events, parcels), {
      clientsFor,
      onProgress: ({ stack, step }) => stack === 'busline-prod-parcels' && steps.push(step),
    });
    expect(outcomes(again)).toMatchObject({
      'busline-prod-parcels': 'deployed',
      'busline-prod-central-parcels': 'deployed',
      'busline-prod-platform': 'unchanged',
    });
    expect(steps).toEqual(['looking at what stands', 'deleting what failed', 'making', 'was made']);
  });

  it('leaves alone a stack of that name that somebody else made', async () => {
    const { events, parcels } = onMain();
    await clientsFor(PARCELS, REGION).cloudformation.send(
      new CreateStackCommand({
        StackName: 'busline-prod-parcels',
        TemplateBody: JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } }),
      }),
    );
    const report = await deployStacks(plan(events, parcels), { clientsFor });
    expect(report.stacks.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      reason: `stack busline-prod-parcels in account ${PARCELS} is there already and was not made by Busline`,
    });
  });

  it('goes on where it was stopped', async () => {
    const { events, parcels } = onMain();
    const stopping = new AbortController();
    const cancelled = deployStacks(plan(events, parcels), {
      clientsFor,
      signal: stopping.signal,
      onProgress: ({ step }) => step === 'making' && stopping.abort(),
    });
    await expect(cancelled).rejects.toThrow();
    const report = await deployStacks(plan(events, parcels), { clientsFor });
    expect(report.stacks.map(({ outcome }) => outcome).every(o => o === 'deployed' || o === 'unchanged')).toBe(true);
    expect(await statusOf(PLATFORM, 'busline-prod-central-parcels')).toBe('CREATE_COMPLETE');
  });

  it('refuses the credentials of another account', async () => {
    const { events, parcels } = onMain();
    const deploying = deployStacks(plan(events, parcels), {
      clientsFor: (_account, region) => clientsFor(SHOP, region),
    });
    await expect(deploying).rejects.toThrow(`the credentials are those of account ${SHOP}`);
  });
});

describe('prepareDeployment', () => {
  it('shows what would change without changing it', async () => {
    const before = onMain();
    await deployStacks(plan(before.events, before.parcels), { clientsFor });
    const after = onMain({
      'subscriptions/parcels/placed.yaml': `${DECLARED['subscriptions/parcels/placed.yaml']}enabled: false\n`,
    });
    const prepared = await prepareDeployment(plan(after.events, after.parcels), { clientsFor });
    const changes = prepared.stacks.flatMap(entry => ('changes' in entry ? entry.changes : []));
    expect(changes).toEqual([
      expect.objectContaining({ action: 'modify', logicalId: 'PlacedRule', replacement: 'no', properties: ['State'] }),
      expect.objectContaining({ action: 'modify', logicalId: 'PlacedRule', replacement: 'no', properties: ['State'] }),
    ]);
    await discardDeployment(prepared, { clientsFor });
    const again = await deployStacks(plan(before.events, before.parcels), { clientsFor });
    expect(new Set(Object.values(outcomes(again)))).toEqual(new Set(['unchanged']));
  });
});

describe('leftovers', () => {
  const search = (repository: EventRepository, keep: ReadonlySet<string>) => ({
    repository: repository.name,
    keep,
    places: [PLATFORM, SHOP, PARCELS].map(accountId => ({ accountId, region: REGION })),
  });

  it('are found by their tags and deleted, what sends before what receives', async () => {
    const { repository, events, parcels } = onMain();
    await deployStacks(plan(events, parcels), { clientsFor });
    const keep = new Set(['busline-prod-platform', 'busline-prod-central-orders']);
    const leftovers = await findLeftovers(search(repository, keep), { clientsFor });
    expect(leftovers.map(({ name, accountId }) => [name, accountId])).toEqual([
      ['busline-prod-central-parcels', PLATFORM],
      ['busline-prod-parcels', PARCELS],
    ]);
    await deleteLeftovers(leftovers, { clientsFor });
    expect(await statusOf(PARCELS, 'busline-prod-parcels')).toBeUndefined();
    expect(await findLeftovers(search(repository, keep), { clientsFor })).toEqual([]);
    expect(await findLeftovers(search({ ...repository, name: 'other' }, new Set()), { clientsFor })).toEqual([]);
  });
});

describe('planDeployment', () => {
  it('names every file that cannot be deployed', () => {
    const { events, parcels } = onMain();
    const broken = {
      ...events,
      'stacks/prod/broken.yaml': 'a: [',
      'stacks/prod/twice.yaml': events['stacks/prod/parcels.yaml'],
      'stacks/prod/notes.txt': 'not looked at',
    };
    expect(() => plan(broken, parcels)).toThrow(DeploymentPlanError);
    expect(() => plan(broken, parcels)).toThrow(/shop\/events: stacks\/prod\/broken\.yaml is no YAML/);
    expect(() => plan({ ...broken, 'stacks/prod/broken.yaml': '' }, parcels)).toThrow(
      'shop/events: stacks/prod/twice.yaml and shop/events: stacks/prod/parcels.yaml both hold stack busline-prod-central-parcels',
    );
  });
});
