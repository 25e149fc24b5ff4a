import {
  CreateEventBusCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { createCallLimits } from './calls';
import { assumeRoleClients } from './clients';
import { AwsCallError } from './errors';
import { createPace } from './pace';
import { readerPolicy } from './readerPolicy';
import { readEstate } from './readEstate';
import { credentials, startTestServer, type TestServer } from './__testUtils__/testServer';

const REGION = 'eu-west-1';
const ACCOUNT = '222222222222';
const PORTAL = '111111111111';
const RULES = 120;

let server: TestServer;
const unpaced = () => createPace({ 'events:*': 1e6 });

beforeAll(async () => {
  server = await startTestServer({ requestRates: { 'events:*': 1e6 } });
  const { events, iam } = server.clientsFor(ACCOUNT, REGION);
  await events.send(new CreateEventBusCommand({ Name: 'orders', Description: 'Orders' }));
  await events.send(
    new PutPermissionCommand({
      EventBusName: 'orders',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'portal',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${PORTAL}:root` },
            Action: 'events:PutEvents',
            Resource: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/orders`,
          },
        ],
      }),
    }),
  );
  for (let i = 0; i < RULES; i++) {
    await events.send(
      new PutRuleCommand({
        Name: `rule-${i}`,
        EventBusName: 'orders',
        EventPattern: JSON.stringify({ source: [`source-${i}`] }),
        State: i === 7 ? 'DISABLED' : 'ENABLED',
      }),
    );
  }
  await events.send(
    new PutTargetsCommand({
      Rule: 'rule-3',
      EventBusName: 'orders',
      Targets: [
        {
          Id: 'queue',
          Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders.fifo`,
          SqsParameters: { MessageGroupId: 'g' },
          DeadLetterConfig: { Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:dlq` },
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
          InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"id": <id>}' },
        },
      ],
    }),
  );
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'busline-reader',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${PORTAL}:root` }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'busline-reader',
      PolicyName: 'read',
      PolicyDocument: JSON.stringify(readerPolicy({ accountId: ACCOUNT })),
    }),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  server.faults = () => undefined;
});

const read = (changes: Partial<Parameters<typeof readEstate>[0]> = {}) =>
  readEstate({
    clients: server.clientsFor(ACCOUNT, REGION),
    accountId: ACCOUNT,
    region: REGION,
    limits: createCallLimits({ pace: unpaced() }),
    ...changes,
  });
const readFaulty = (limits: Parameters<typeof createCallLimits>[0] = {}) =>
  read({
    clients: server.faultyClientsFor(ACCOUNT, REGION),
    limits: createCallLimits({ pace: unpaced(), attempts: 3, ...limits }),
  }).then(
    () => {
      throw new Error('The read should have failed');
    },
    (error: AwsCallError) => error,
  );

describe('readEstate', () => {
  it('reads every bus, policy, rule and target, over all pages', async () => {
    const { estate, calls } = await read();
    expect(estate.buses.map(bus => [bus.name, bus.arn])).toEqual([
      ['default', `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`],
      ['orders', `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/orders`],
    ]);
    expect(estate.buses[1]).toMatchObject({
      description: 'Orders',
      accountId: ACCOUNT,
      region: REGION,
      policy: { Statement: [expect.objectContaining({ Sid: 'portal' })] },
    });
    expect(estate.rules).toHaveLength(RULES);
    expect(estate.rules.filter(rule => !rule.enabled).map(rule => rule.name)).toEqual(['rule-7']);
    expect(estate.rules.find(rule => rule.name === 'rule-3')).toMatchObject({
      arn: `arn:aws:events:${REGION}:${ACCOUNT}:rule/orders/rule-3`,
      busArn: estate.buses[1].arn,
      pattern: { source: ['source-3'] },
      targets: [
        {
          id: 'queue',
          arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders.fifo`,
          deadLetterArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:dlq`,
          maximumEventAgeSeconds: 60,
          maximumRetryAttempts: 3,
          inputTransformer: { inputPathsMap: { id: '$.id' }, inputTemplate: '{"id": <id>}' },
          parameters: { SqsParameters: { MessageGroupId: 'g' } },
        },
      ],
    });
    expect(calls).toEqual({
      'events:ListEventBuses': 1,
      'events:DescribeEventBus': 2,
      'events:ListRules': 3,
      'events:ListTargetsByRule': RULES,
    });
  });

  it('reads as a role in the account, with no more than the reader policy', async () => {
    const clientsFor = assumeRoleClients({
      credentials: credentials(PORTAL),
      roleArn: 'arn:aws:iam::{account}:role/busline-reader',
      endpoint: server.aws.endpoint,
    });
    const { estate } = await read({ clients: clientsFor(ACCOUNT, REGION) });
    expect(estate.rules).toHaveLength(RULES);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await read({ onProgress: progress => seen.push(progress.rulesRead) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(RULES);
  });

  it('says which role may not be assumed', async () => {
    const clientsFor = assumeRoleClients({
      credentials: credentials('999999999999'),
      roleArn: 'arn:aws:iam::{account}:role/busline-reader',
      endpoint: server.aws.endpoint,
    });
    await expect(read({ clients: clientsFor(ACCOUNT, REGION) })).rejects.toMatchObject({
      failure: 'access-denied',
      operation: 'AssumeRole',
      message: expect.stringMatching(
        /^Account 222222222222, eu-west-1: arn:aws:iam::222222222222:role\/busline-reader may not be assumed/,
      ),
    });
  });

  it('names the action that is missing', async () => {
    server.faults = ({ operation }) =>
      operation === 'ListRules'
        ? {
            status: 400,
            error: 'AccessDeniedException',
            message:
              'User: arn:aws:sts::222222222222:assumed-role/busline-reader/busline is not authorized to perform: ' +
              'events:ListRules on resource: arn:aws:events:eu-west-1:222222222222:rule/orders/* because no ' +
              'identity-based policy allows the events:ListRules action',
          }
        : undefined;
    const error = await readFaulty();
    expect(error).toMatchObject({
      failure: 'access-denied',
      operation: 'ListRules',
      accountId: ACCOUNT,
      region: REGION,
    });
    expect(error.message).toMatch(
      /^Account 222222222222, eu-west-1: ListRules was denied; the role needs events:ListRules\. AWS says: User:/,
    );
  });

  it('goes on after being throttled, and counts every call', async () => {
    server.faults = ({ operation, count }) =>
      operation === 'ListRules' && count % 2 === 1
        ? { status: 400, error: 'ThrottlingException', message: 'Rate exceeded' }
        : undefined;
    const { estate, calls } = await read({ clients: server.faultyClientsFor(ACCOUNT, REGION) });
    expect(estate.rules).toHaveLength(RULES);
    expect(calls['events:ListRules']).toBeGreaterThan(3);
  });

  it('gives up when throttling does not end', async () => {
    server.faults = () => ({ status: 400, error: 'ThrottlingException', message: 'Rate exceeded' });
    expect(await readFaulty()).toMatchObject({
      failure: 'throttled',
      message: 'Account 222222222222, eu-west-1: ListEventBuses was throttled until the retries were used up',
    });
  });

  it('does not wait for an answer for ever', async () => {
    server.faults = ({ operation }) => (operation === 'ListTargetsByRule' ? 'hang' : undefined);
    expect(await readFaulty({ callTimeoutMs: 2000, attempts: 1 })).toMatchObject({
      failure: 'timed-out',
      message: 'Account 222222222222, eu-west-1: ListTargetsByRule got no answer in time',
    });
  });

  it('gives nothing where AWS breaks off half-way through the pages', async () => {
    server.faults = ({ operation, count }) => (operation === 'ListRules' && count >= 3 ? 'break' : undefined);
    const error = await readFaulty();
    expect(error).toMatchObject({ failure: 'unreachable', operation: 'ListRules' });
    expect(error.message).toMatch(/^Account 222222222222, eu-west-1: the connection failed during ListRules/);
  });

  it('goes on after a connection that broke once', async () => {
    server.faults = ({ operation, count }) => (operation === 'ListEventBuses' && count === 1 ? 'break' : undefined);
    const { estate } = await read({ clients: server.faultyClientsFor('333333333333', REGION) });
    expect(estate.buses.map(bus => bus.name)).toEqual(['default']);
  });

  it('goes on after AWS failed once', async () => {
    server.faults = ({ count }) =>
      count === 1 ? { status: 500, error: 'InternalException', message: 'oh' } : undefined;
    const { estate } = await read({ clients: server.faultyClientsFor('444444444444', REGION) });
    expect(estate.buses).toHaveLength(1);
  });

  it('leaves out a rule that went away while it was read', async () => {
    server.faults = ({ operation, count }) =>
      operation === 'ListTargetsByRule' && count === 5
        ? { status: 400, error: 'ResourceNotFoundException', message: 'Rule does not exist.' }
        : undefined;
    // Counts go by operation for the whole life of the server; another account starts at 1.
    const account = '555555555555';
    const { events } = server.clientsFor(account, REGION);
    for (let i = 0; i < 8; i++) {
      await events.send(new PutRuleCommand({ Name: `r${i}`, EventPattern: '{"source":["a"]}' }));
    }
    const { estate } = await read({ accountId: account, clients: server.faultyClientsFor(account, REGION) });
    expect(estate.rules).toHaveLength(7);
  });

  it('refuses a page token that leads in a circle', async () => {
    const send = async () => ({ EventBuses: [], NextToken: 'again' });
    await expect(read({ clients: { events: { send } as any } })).rejects.toMatchObject({
      failure: 'unexpected',
      message: expect.stringContaining('ListEventBuses gave the same page token twice'),
    });
  });

  it('says so where AWS hands out a policy that is no JSON', async () => {
    const send = async (command: { constructor: { name: string } }) =>
      command.constructor.name === 'ListEventBusesCommand'
        ? { EventBuses: [{ Name: 'b' }] }
        : { Name: 'b', Arn: 'arn', Policy: '<html>' };
    await expect(read({ clients: { events: { send } as any } })).rejects.toThrow(
      'DescribeEventBus gave the policy of bus b as something that is no JSON object',
    );
  });

  it('stops when it is cancelled', async () => {
    server.faults = () => 'hang';
    const cancel = new AbortController();
    const reading = read({ clients: server.faultyClientsFor(ACCOUNT, REGION), signal: cancel.signal });
    setTimeout(() => cancel.abort(), 20);
    await expect(reading).rejects.toMatchObject({ failure: 'cancelled' });
  });

  it('says that nobody answers', async () => {
    const clientsFor = assumeRoleClients({ credentials: credentials(ACCOUNT), endpoint: 'http://127.0.0.1:1' });
    const limits = createCallLimits({ attempts: 1 });
    await expect(read({ clients: clientsFor(ACCOUNT, REGION), limits })).rejects.toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
