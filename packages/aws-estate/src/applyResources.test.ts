import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { DisableRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { compareEstates, declaredEstate, declaredResources, type Estate } from '@busline/infrastructure';
import type { EventRepository, Subscription } from '@busline/event-repository';
import { applyResources } from './applyResources';
import { createCallLimits } from './calls';
import { createPace } from './pace';
import { readEstates } from './readEstates';
import { startTestServer, type TestServer } from './__testUtils__/testServer';

const REGION = 'eu-west-1';
const PLATFORM = '111111111111';
const ACCESS = '222222222222';
const DELIVERY = '333333333333';
const place = { file: 'f', line: 1, column: 1 };
const delivery = { maximumEventAgeSeconds: 3600, maximumRetryAttempts: 20, deadLetterQueue: true };
const pattern = { source: ['com.key.access'], 'detail-type': ['Access Granted'] };
const subscription = (name: string, more: Partial<Subscription> = {}): Subscription => ({
  name,
  service: 'delivery-service',
  description: 'Plan the drop-off.',
  environments: [],
  pattern,
  targets: [{ type: 'sqs', name }],
  path: 'subscriber-bus',
  delivery,
  enabled: true,
  place,
  ...more,
});
const service = (name: string, account: string) => ({
  name,
  title: name,
  description: '',
  owner: 'unknown',
  environments: [{ environment: 'prod', account, region: REGION }],
  publishes: [],
  place,
});
const repository: EventRepository = {
  name: 'test',
  title: 'Test',
  description: '',
  owner: 'unknown',
  environments: [
    {
      name: 'prod',
      buses: [{ name: 'central', account: 'platform', region: REGION, additionalPolicyStatements: [] }],
    },
  ],
  eventPaths: {},
  naming: {},
  deliveryDefaults: delivery,
  accounts: [
    { name: 'platform', id: PLATFORM, owner: 'unknown', place },
    { name: 'access', id: ACCESS, owner: 'unknown', place },
    { name: 'delivery', id: DELIVERY, owner: 'unknown', place },
  ],
  domains: [],
  services: [
    {
      ...service('access-service', 'access'),
      publishes: [{ source: 'com.key.access', detailType: 'Access Granted', majors: [], place }],
    },
    service('delivery-service', 'delivery'),
  ],
  eventTypes: [],
  subscriptions: [
    subscription('by-bus'),
    subscription('straight', { path: 'direct' }),
    subscription('by-function', {
      targets: [
        { type: 'lambda', name: 'plan' },
        { type: 'step-functions', name: 'steps' },
      ],
    }),
    subscription('paused', { enabled: false }),
  ],
};
const accounts = [PLATFORM, ACCESS, DELIVERY].map(accountId => ({ accountId, region: REGION }));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const limits = () => createCallLimits({ pace: createPace() });
const apply = () =>
  applyResources(declaredResources(repository, 'prod'), { clientsFor: server.clientsFor, limits: limits() });
async function observe(): Promise<Estate> {
  const { reads } = await readEstates({ accounts, clientsFor: server.clientsFor, limits: limits() });
  const estates = reads.map(read => {
    if (read.outcome === 'failed') throw read.error;
    return read.snapshot.estate;
  });
  return { buses: estates.flatMap(e => e.buses), rules: estates.flatMap(e => e.rules) };
}
const drift = async () => compareEstates(declaredEstate(repository, 'prod'), await observe(), { read: accounts });

async function bodies(account: string, queue: string): Promise<readonly any[]> {
  const { sqs } = server.clientsFor(account, REGION);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return (Messages ?? []).map(message => JSON.parse(message.Body!));
}

describe('applyResources', () => {
  it('makes what is declared, so that declared equals observed', async () => {
    const progress: number[] = [];
    const resources = declaredResources(repository, 'prod');
    const { left } = await applyResources(resources, {
      clientsFor: server.clientsFor,
      limits: limits(),
      onProgress: ({ done }) => progress.push(done),
    });
    expect(left.map(resource => resource.kind).sort()).toEqual(['function', 'function-permission', 'state-machine']);
    expect(progress.at(-1)).toBe(resources.length - left.length);
    expect(await drift()).toEqual([]);
  });

  it('lets an event of another account through to the queues, by both ways', async () => {
    await server.clientsFor(ACCESS, REGION).events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: `arn:aws:events:${REGION}:${PLATFORM}:event-bus/central`,
            Source: 'com.key.access',
            DetailType: 'Access Granted',
            Detail: '{"data":{"door":1}}',
          },
        ],
      }),
    );
    await server.aws.idle();
    for (const queue of ['by-bus', 'straight']) {
      expect(await bodies(DELIVERY, queue)).toEqual([
        expect.objectContaining({ source: 'com.key.access', account: ACCESS, detail: { data: { door: 1 } } }),
      ]);
    }
    expect(await bodies(DELIVERY, 'paused')).toEqual([]);
  });

  it('refuses what the publisher did not declare', async () => {
    const { Entries } = await server.clientsFor(ACCESS, REGION).events.send(
      new PutEventsCommand({
        Entries: ['com.key.access', 'com.key.billing'].map(Source => ({
          EventBusName: `arn:aws:events:${REGION}:${PLATFORM}:event-bus/central`,
          Source,
          DetailType: 'Access Denied',
          Detail: '{}',
        })),
      }),
    );
    expect(Entries?.map(entry => entry.ErrorCode)).toEqual([
      expect.stringMatching(/NotAuthorized|AccessDenied/),
      expect.stringMatching(/NotAuthorized|AccessDenied/),
    ]);
  });

  it('puts back what a hand has changed, and changes nothing the second time', async () => {
    const { events } = server.clientsFor(PLATFORM, REGION);
    const at = { EventBusName: 'central' };
    await events.send(new DisableRuleCommand({ ...at, Name: 'delivery-service-by-bus' }));
    await events.send(
      new PutTargetsCommand({
        ...at,
        Rule: 'delivery-service-by-bus',
        Targets: [{ Id: 'tap', Arn: `arn:aws:sqs:${REGION}:${PLATFORM}:tap` }],
      }),
    );
    expect(await drift()).toEqual([
      expect.objectContaining({
        kind: 'different',
        differences: [
          { field: 'state', declared: '"enabled"', observed: '"disabled"' },
          { field: 'target tap', observed: `"arn:aws:sqs:${REGION}:${PLATFORM}:tap"` },
        ],
      }),
    ]);
    await apply();
    expect(await drift()).toEqual([]);
    const before = await observe();
    await apply();
    expect(await observe()).toEqual(before);
  });
});
