import {
  CreateEventBusCommand,
  DisableRuleCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { createClients, readEstate } from '@busline/aws-estate';
import { readEventRepository } from '@busline/event-repository';
import { compareEstates, declaredEstate } from '@busline/infrastructure';
import { type LocalAws, startLocalAws } from '@busline/local-aws';
import { join } from 'node:path';
import { filesIn } from '../diskFiles';
import { busline, contents, read, removeFolders, temporaryFolder } from '../testing/busline';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const REGION = 'eu-west-1';
const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'any' };
const queue = (name: string, account = ACCOUNT) => `arn:aws:sqs:${REGION}:${account}:${name}`;

let aws: LocalAws;
let client: EventBridgeClient;

async function rule(name: string, pattern: object, targets: Target[], more: object = {}) {
  await client.send(
    new PutRuleCommand({
      Name: name,
      EventBusName: 'hand-made',
      EventPattern: JSON.stringify(pattern),
      ...more,
    }),
  );
  if (targets.length > 0) {
    const { FailedEntries } = await client.send(
      new PutTargetsCommand({
        Rule: name,
        EventBusName: 'hand-made',
        Targets: targets,
      }),
    );
    expect(FailedEntries).toEqual([]);
  }
}

beforeAll(async () => {
  aws = await startLocalAws();
  client = new EventBridgeClient({
    endpoint: aws.endpoint,
    region: REGION,
    credentials,
  });
  await client.send(
    new CreateEventBusCommand({
      Name: 'hand-made',
      Description: 'Built in 2019.',
    }),
  );
  await client.send(
    new PutPermissionCommand({
      EventBusName: 'hand-made',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'orders',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
            Action: 'events:PutEvents',
            Resource: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/hand-made`,
            Condition: { StringEquals: { 'events:source': 'com.shop' } },
          },
        ],
      }),
    }),
  );
  await rule(
    'OrderPlaced',
    { source: ['com.shop'], 'detail-type': ['Order Placed'] },
    [
      {
        Id: 'first',
        Arn: queue('orders'),
        DeadLetterConfig: { Arn: queue('orders-dlq') },
        RetryPolicy: {
          MaximumEventAgeInSeconds: 3600,
          MaximumRetryAttempts: 5,
        },
        InputPath: '$.detail',
      },
    ],
    { Description: 'Yes: "quoted"' },
  );
  await rule(
    'order.closed_v2',
    {
      source: ['com.shop'],
      detail: {
        amount: [{ numeric: ['>', 1.5e3] }],
        yes: ['null', null, true],
      },
    },
    [
      {
        Id: 'transformed',
        Arn: queue('closed', OTHER),
        RoleArn: `arn:aws:iam::${ACCOUNT}:role/deliver`,
        InputTransformer: {
          InputPathsMap: { id: '$.detail.id' },
          InputTemplate: '{"id": <id>}\n',
        },
      },
    ],
  );
  await client.send(
    new DisableRuleCommand({
      Name: 'order.closed_v2',
      EventBusName: 'hand-made',
    }),
  );
  await rule('orderplaced', { account: [OTHER] }, [
    {
      Id: 'fifo',
      Arn: queue('x.fifo'),
      SqsParameters: { MessageGroupId: 'all' },
    },
    { Id: 'constant', Arn: queue('y'), Input: '{ "a": 1 }' },
  ]);
  await rule('without-targets', { source: [{ prefix: '' }] }, []);
});

afterAll(() => aws.close());
afterEach(removeFolders);

const importing = (out: string, bus = 'hand-made') =>
  busline(['import', 'bus', '--bus', bus, '--region', REGION, '--endpoint', aws.endpoint, '--out', out], {
    env: { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'any' },
  });

async function driftOf(out: string) {
  const { repository } = readEventRepository(filesIn(out));
  const clients = createClients(REGION, {
    endpoint: aws.endpoint,
    credentials,
  });
  const { estate } = await readEstate({
    clients,
    accountId: ACCOUNT,
    region: REGION,
  });
  return compareEstates(declaredEstate(repository, 'prod'), estate, {
    read: [{ accountId: ACCOUNT, region: REGION }],
  });
}

describe('busline import bus', () => {
  it('declares what is there: declared equals observed', async () => {
    const out = join(temporaryFolder(), 'out');
    expect(await importing(out)).toMatchObject({
      code: 0,
      note: '',
      out: expect.stringMatching(/^4 rules of bus hand-made in /),
    });
    expect(await driftOf(out)).toEqual([]);
  });

  it('gives an event repository without errors', async () => {
    const out = join(temporaryFolder(), 'out');
    await importing(out);
    expect(await busline(['check', out])).toMatchObject({ code: 0 });
    expect(Object.keys(contents(out))).toEqual([
      'accounts.yaml',
      'busline.yaml',
      'events/com.shop/order-placed/event.yaml',
      'services/unknown-111122223333.yaml',
      'services/unknown-444455556666.yaml',
      'subscriptions/unknown-111122223333/OrderPlaced.yaml',
      'subscriptions/unknown-111122223333/orderplaced-2.yaml',
      'subscriptions/unknown-111122223333/without-targets.yaml',
      'subscriptions/unknown-444455556666/order.closed_v2.yaml',
    ]);
    expect(read(out, 'accounts.yaml')).toContain(OTHER);
    expect(read(out, 'services/unknown-444455556666.yaml')).toContain('owner: unknown');
  });

  it('sees a change by hand as drift until it is imported', async () => {
    const out = join(temporaryFolder(), 'out');
    await importing(out);
    await rule('late', { source: ['com.shop'], 'detail-type': ['Order Late'] }, [{ Id: 'q', Arn: queue('late') }]);
    expect(await driftOf(out)).toMatchObject([{ kind: 'unexpected', resource: { name: 'late' } }]);
    expect((await importing(out)).out).toContain('2 files written');
    expect(await driftOf(out)).toEqual([]);
  });

  it('gives each target its own delivery settings where they differ', async () => {
    const out = join(temporaryFolder(), 'out');
    await rule('mixed', { source: ['com.shop'] }, [
      {
        Id: 'careful',
        Arn: queue('a'),
        DeadLetterConfig: { Arn: queue('a-dlq') },
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
      },
      { Id: 'careless', Arn: queue('b') },
    ]);
    await importing(out);
    const { repository } = readEventRepository(filesIn(out));
    const { targets, delivery } = repository.subscriptions.find(({ name }) => name === 'mixed')!;
    expect(delivery).toEqual({
      maximumEventAgeSeconds: 60,
      maximumRetryAttempts: 3,
      deadLetterQueue: queue('a-dlq'),
    });
    expect(targets[0].delivery).toBeUndefined();
    expect(targets[1].delivery).toEqual({
      maximumEventAgeSeconds: 86400,
      maximumRetryAttempts: 185,
      deadLetterQueue: false,
    });
    expect(await driftOf(out)).toEqual([]);
  });

  it('says so when there is no such bus', async () => {
    const { code, out, note } = await importing(temporaryFolder(), 'nobody');
    expect([code, out]).toEqual([2, '']);
    expect(note).toMatch(/^busline: There is no event bus nobody in eu-west-1: Event bus nobody does not exist\.$/);
  });
});
