import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DisableRuleCommand, EnableRuleCommand, PutPermissionCommand, type Target } from '@aws-sdk/client-eventbridge';
import { DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { queueStatement } from '@busline/access-policy';
import { createVirtualClock } from '../clock';
import { DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import {
  accountOf,
  busArn,
  eventBridgeTrust,
  failure,
  openTo,
  policyDocument,
  queueArn,
  roleArn,
  ruleArn,
} from '../testing/fixture';

// Many calls in one test; a busy machine takes its time.
jest.setTimeout(60_000);

afterEach(stopAll);

const HOUR = 3_600_000;

async function twoAccounts() {
  const clock = createVirtualClock();
  const server = await start({ clock });
  return {
    clock,
    server,
    platform: accountOf(server.endpoint, PLATFORM),
    delivery: accountOf(server.endpoint, DELIVERY),
  };
}

describe('to a queue', () => {
  it('as EventBridge, for the rule that the queue names', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const rule = ruleArn(PLATFORM, 'central', 'access');
    const arn = queueArn(PLATFORM, 'q');
    const q = await platform.queue('q', [queueStatement({ queueArn: arn, ruleArn: rule })]);
    await platform.rule('central', 'access', [{ Id: 'q', Arn: arn }]);
    await platform.put('central');
    expect((await q.take()).map(m => m.body.detail)).toEqual([{ data: { home: 1 } }]);
  });

  it('not for another rule: the dead letter says why', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const arn = queueArn(PLATFORM, 'q');
    const q = await platform.queue('q', [
      queueStatement({
        queueArn: arn,
        ruleArn: ruleArn(PLATFORM, 'central', 'other'),
      }),
    ]);
    const dead = await platform.queue('dead');
    await platform.rule('central', 'access', [{ Id: 'q', Arn: arn, DeadLetterConfig: { Arn: dead.arn } }]);
    const put = await platform.put('central');
    expect(await q.take()).toEqual([]);
    const [letter] = await dead.take();
    expect(letter.body.id).toBe(put.Entries![0].EventId);
    expect(letter.attributes).toEqual({
      RULE_ARN: ruleArn(PLATFORM, 'central', 'access'),
      TARGET_ARN: arn,
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringContaining('because no resource-based policy allows the sqs:SendMessage action'),
    });
  });

  it('the dead-letter queue lets the rule that it names, and no other', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const arn = queueArn(PLATFORM, 'dead');
    const dead = await platform.queue('dead', [
      queueStatement({
        queueArn: arn,
        ruleArn: ruleArn(PLATFORM, 'central', 'one'),
      }),
    ]);
    const gone = {
      Id: 'q',
      Arn: queueArn(PLATFORM, 'gone'),
      DeadLetterConfig: { Arn: arn },
    };
    await platform.rule('central', 'one', [gone]);
    await platform.rule('central', 'two', [gone]);
    await platform.put('central');
    expect((await dead.take()).map(m => m.attributes.RULE_ARN)).toEqual([ruleArn(PLATFORM, 'central', 'one')]);
  });

  it('in another account, as the role that the queue names', async () => {
    const { platform, delivery } = await twoAccounts();
    await platform.bus('central');
    const arn = queueArn(DELIVERY, 'q');
    const role = await platform.role('send', eventBridgeTrust(ruleArn(PLATFORM, 'central', 'access')), [
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn },
    ]);
    const q = await delivery.queue('q', [
      {
        Effect: 'Allow',
        Principal: { AWS: role },
        Action: 'sqs:SendMessage',
        Resource: arn,
      },
    ]);
    await platform.rule('central', 'access', [{ Id: 'q', Arn: arn, RoleArn: role }]);
    await platform.put('central');
    expect(await q.take()).toHaveLength(1);
    // The role alone is not enough, and neither is the queue alone.
    await platform.iam.send(new DeleteRolePolicyCommand({ RoleName: 'send', PolicyName: 'inline' }));
    await platform.put('central');
    expect(await q.take()).toEqual([]);
  });

  it('that is gone: one attempt, and the dead letter says so', async () => {
    const { platform, clock } = await twoAccounts();
    await platform.bus('central');
    const q = await platform.queue('q');
    const dead = await platform.queue('dead');
    await platform.rule('central', 'access', [{ Id: 'q', Arn: q.arn, DeadLetterConfig: { Arn: dead.arn } }]);
    const { QueueUrl } = await platform.sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    await platform.sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await platform.put('central');
    await clock.advance(25 * HOUR);
    const letters = await dead.take();
    expect(letters.map(letter => letter.attributes.ERROR_CODE)).toEqual(['NO_RESOURCE']);
  });

  it('of first-in-first-out order, in its message group', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const q = await platform.queue('q.fifo');
    await platform.rule('central', 'access', [
      {
        Id: 'q',
        Arn: q.arn,
        SqsParameters: { MessageGroupId: 'homes' },
      },
    ]);
    await platform.put('central', { Detail: '{"n":1}' });
    await platform.put('central', { Detail: '{"n":2}' });
    expect((await q.take()).map(m => m.body.detail.n)).toEqual([1, 2]);
  });
});

describe('only what matches', () => {
  it('an enabled rule, a matching pattern, each target once', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const [a, b, c] = [await platform.queue('a'), await platform.queue('b'), await platform.queue('c')];
    await platform.rule(
      'central',
      'granted',
      [
        { Id: 'a', Arn: a.arn },
        { Id: 'b', Arn: b.arn },
      ],
      { 'detail-type': ['Access Granted'] },
    );
    await platform.rule('central', 'off', [{ Id: 'c', Arn: c.arn }]);
    const off = { Name: 'off', EventBusName: 'central' };
    await platform.events.send(new DisableRuleCommand(off));
    await platform.put('central');
    await platform.put('central', { DetailType: 'Access Denied' });
    await platform.put('default');
    expect([await a.take(), await b.take(), await c.take()]).toEqual([[expect.anything()], [expect.anything()], []]);
    await platform.events.send(new EnableRuleCommand(off));
    await platform.put('central', { DetailType: 'Access Denied' });
    expect([await a.take(), await c.take()]).toEqual([[], [expect.anything()]]);
  });
});

describe('to a bus', () => {
  /** central -> subscriber bus of another account -> its queue */
  async function forwarding(more: { policy?: boolean } = {}) {
    const accounts = await twoAccounts();
    const { platform, delivery } = accounts;
    await platform.bus('central');
    const target = busArn(DELIVERY, 'events');
    const role = await platform.role('forward', eventBridgeTrust(ruleArn(PLATFORM, 'central', 'to-delivery')), [
      { Effect: 'Allow', Action: 'events:PutEvents', Resource: target },
    ]);
    await delivery.bus(
      'events',
      more.policy === false
        ? undefined
        : policyDocument([
            {
              Sid: 'central',
              Effect: 'Allow',
              Principal: { AWS: role },
              Action: 'events:PutEvents',
              Resource: target,
            },
          ]),
    );
    const q = await delivery.queue('q');
    await delivery.rule('events', 'all', [{ Id: 'q', Arn: q.arn }]);
    const dead = await platform.queue('dead');
    const forward: Target = {
      Id: 'bus',
      Arn: target,
      RoleArn: role,
      DeadLetterConfig: { Arn: dead.arn },
    };
    return { ...accounts, role, target, q, dead, forward };
  }

  it('in another account, unchanged', async () => {
    const { platform, q, forward } = await forwarding();
    await platform.rule('central', 'to-delivery', [forward]);
    const put = await platform.put('central');
    const [message] = await q.take();
    expect(message.body).toMatchObject({
      id: put.Entries![0].EventId,
      account: PLATFORM,
      region: 'eu-west-1',
      detail: { data: { home: 1 } },
    });
  });

  it('needs the policy of the bus before PutTargets', async () => {
    const { platform, forward, target } = await forwarding({ policy: false });
    expect(await failure(platform.rule('central', 'to-delivery', [forward]))).toEqual({
      name: 'AccessDeniedException',
      message: `Account ${PLATFORM} is not authorized to perform: events:PutEvents on resource: ${target} because no resource-based policy allows the events:PutEvents action`,
      status: 400,
    });
  });

  it('needs a role', async () => {
    const { platform, forward, target } = await forwarding();
    expect(await failure(platform.rule('central', 'to-delivery', [{ ...forward, RoleArn: undefined }]))).toMatchObject({
      name: 'ValidationException',
      message: `RoleArn is required for target ${target}.`,
    });
  });

  it('needs a role that trusts EventBridge for this rule', async () => {
    const { platform, forward, dead, q } = await forwarding();
    await platform.rule('central', 'another-rule', [forward]);
    await platform.put('central');
    expect(await q.take()).toEqual([]);
    expect((await dead.take())[0].attributes).toMatchObject({
      ERROR_CODE: 'FAILED_TO_ASSUME_ROLE',
      ERROR_MESSAGE: expect.stringContaining('because the role trust policy does not allow the sts:AssumeRole action'),
    });
  });

  it('needs a role that may', async () => {
    const { platform, forward, dead } = await forwarding();
    await platform.rule('central', 'to-delivery', [forward]);
    await platform.iam.send(
      new DeleteRolePolicyCommand({
        RoleName: 'forward',
        PolicyName: 'inline',
      }),
    );
    await platform.put('central');
    expect((await dead.take())[0].attributes).toMatchObject({
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringContaining('because no identity-based policy allows the events:PutEvents action'),
    });
  });

  it('a denial names the statement of the bus that decides', async () => {
    const { platform, delivery, forward, dead, role, target } = await forwarding();
    await platform.rule('central', 'to-delivery', [forward]);
    await delivery.events.send(
      new PutPermissionCommand({
        EventBusName: 'events',
        Policy: JSON.stringify(
          policyDocument([
            {
              Sid: 'NoAccessEvents',
              Effect: 'Deny',
              Principal: { AWS: role },
              Action: 'events:PutEvents',
              Resource: target,
              Condition: {
                StringEquals: { 'events:source': 'com.key.access' },
              },
            },
          ]),
        ),
      }),
    );
    await platform.put('central');
    expect((await dead.take())[0].attributes.ERROR_MESSAGE).toContain(
      'with an explicit deny in the resource-based policy of event bus ' + `${target} (statement "NoAccessEvents")`,
    );
  });

  it('one hop only: not on to a third bus, also within the account', async () => {
    const { platform, delivery, forward, q } = await forwarding();
    await platform.rule('central', 'to-delivery', [forward]);
    const third = await delivery.bus('third');
    const dead = await delivery.queue('dead-third');
    await delivery.rule('events', 'on', [{ Id: 'bus', Arn: third, DeadLetterConfig: { Arn: dead.arn } }]);
    await platform.put('central');
    expect(await q.take()).toHaveLength(1);
    expect((await dead.take())[0].attributes).toMatchObject({
      RULE_ARN: ruleArn(DELIVERY, 'events', 'on'),
      TARGET_ARN: third,
      ERROR_CODE: 'THIRD_ACCOUNT_HOP_DETECTED',
    });
    // What is put on the second bus itself is forwarded.
    await delivery.put('events');
    expect(await dead.take()).toEqual([]);
  });

  it('a bus that forwards to itself does not go round', async () => {
    const { platform } = await twoAccounts();
    const bus = await platform.bus('loop');
    const dead = await platform.queue('dead');
    const q = await platform.queue('q');
    await platform.rule('loop', 'round', [
      { Id: 'bus', Arn: bus, DeadLetterConfig: { Arn: dead.arn } },
      { Id: 'q', Arn: q.arn },
    ]);
    await platform.put('loop');
    expect(await q.take()).toHaveLength(2);
    expect(await dead.take()).toHaveLength(1);
  });
});

describe('to a function, by its callback', () => {
  const FUNCTION = `arn:aws:lambda:eu-west-1:${PLATFORM}:function:notify`;
  let callback: Server;
  let answers: number[];
  let payloads: string[];

  beforeEach(async () => {
    answers = [];
    payloads = [];
    callback = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += chunk));
      request.on('end', () => {
        payloads.push(body);
        response.statusCode = answers.shift() ?? 200;
        response.end();
      });
    });
    await new Promise<void>(resolve => {
      callback.listen(0, '127.0.0.1', resolve);
    });
  });
  afterEach(async () => {
    callback.closeAllConnections();
    await new Promise(resolve => {
      callback.close(resolve);
    });
  });

  async function withFunction(retry?: Target['RetryPolicy']) {
    const clock = createVirtualClock();
    const { port } = callback.address() as AddressInfo;
    const server = await start({
      clock,
      lambdaUrls: { [FUNCTION]: `http://127.0.0.1:${port}/` },
    });
    const platform = accountOf(server.endpoint, PLATFORM);
    const dead = await platform.queue('dead');
    await platform.bus('central');
    await platform.rule('central', 'notify', [
      {
        Id: 'f',
        Arn: FUNCTION,
        DeadLetterConfig: { Arn: dead.arn },
        RetryPolicy: retry,
      },
    ]);
    /** Lets time pass in steps, and the answers of each step arrive. */
    async function pass(milliseconds: number, step: number) {
      await server.idle();
      for (let gone = 0; gone < milliseconds; gone += step) {
        await clock.advance(step);
        await server.idle();
      }
    }
    return { platform, dead, server, pass };
  }

  it('gets the event as JSON', async () => {
    const { platform, server } = await withFunction();
    const put = await platform.put('central');
    await server.idle();
    expect(payloads.map(p => JSON.parse(p).id)).toEqual([put.Entries![0].EventId]);
  });

  it.each([429, 500, 503])('tries again after %s', async status => {
    const { platform, dead, pass } = await withFunction();
    answers = [status, status];
    await platform.put('central');
    await pass(10_000, 1_000);
    expect(payloads).toHaveLength(3);
    expect(await dead.take()).toEqual([]);
  });

  it('does not try again after 400', async () => {
    const { platform, dead, pass } = await withFunction();
    answers = [400];
    await platform.put('central');
    await pass(10_000, 1_000);
    expect(payloads).toHaveLength(1);
    expect((await dead.take())[0].attributes).toMatchObject({
      ERROR_CODE: 'ERROR_FROM_TARGET',
      ERROR_MESSAGE: expect.stringContaining('answered 400 Bad Request'),
    });
  });

  it('gives up after the attempts that the retry policy allows', async () => {
    const { platform, dead, pass } = await withFunction({
      MaximumRetryAttempts: 2,
    });
    answers = Array(10).fill(500);
    await platform.put('central');
    await pass(60_000, 1_000);
    expect(payloads).toHaveLength(3);
    expect((await dead.take())[0].attributes).toMatchObject({
      ERROR_CODE: 'ERROR_FROM_TARGET',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
      TARGET_ARN: FUNCTION,
    });
  });

  it('gives up at the age that the retry policy allows', async () => {
    const { platform, dead, pass } = await withFunction({
      MaximumEventAgeInSeconds: 90,
    });
    answers = Array(100).fill(500);
    await platform.put('central');
    await pass(120_000, 1_000);
    // Pauses of 1, 2, 4, 8, 16 and 32 seconds fit into 90 seconds, and 64 more do not, more or less a tenth.
    expect(payloads).toHaveLength(7);
    expect((await dead.take())[0].attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
      RETRY_ATTEMPTS: '6',
    });
  });

  it('gives up after a day without a retry policy', async () => {
    const { platform, dead, pass } = await withFunction();
    answers = Array(500).fill(503);
    await platform.put('central');
    await pass(24 * HOUR, 60_000);
    expect(payloads.length).toBeGreaterThan(150);
    expect(payloads.length).toBeLessThanOrEqual(186);
    const [letter] = await dead.take();
    expect(letter.attributes.EXHAUSTED_RETRY_CONDITION).toMatch(/^Maximum(RetryAttempts|EventAgeInSeconds)$/);
  });

  it('loses what it cannot deliver where there is no dead-letter queue', async () => {
    const { platform, server } = await withFunction();
    await platform.rule('central', 'lost', [{ Id: 'f', Arn: FUNCTION }]);
    answers = [400, 400];
    await platform.put('central');
    await server.idle();
    expect(payloads).toHaveLength(2);
  });
});

describe('what is not delivered to', () => {
  it('other kinds of target are kept and left alone', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const dead = await platform.queue('dead');
    const role = await platform.role('run', eventBridgeTrust(ruleArn(PLATFORM, 'central', 'run')), []);
    await platform.rule('central', 'run', [
      {
        Id: 'machine',
        Arn: `arn:aws:states:eu-west-1:${PLATFORM}:stateMachine:run`,
        RoleArn: role,
        DeadLetterConfig: { Arn: dead.arn },
      },
    ]);
    await platform.put('central');
    expect(await dead.take()).toEqual([]);
  });

  it('a role of another account cannot be passed', async () => {
    const { platform } = await twoAccounts();
    await platform.bus('central');
    const q = await platform.queue('q', [openTo(queueArn(PLATFORM, 'q'))]);
    expect(
      await failure(platform.rule('central', 'r', [{ Id: 'q', Arn: q.arn, RoleArn: roleArn(DELIVERY, 'send') }])),
    ).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('Cross-account pass role is not allowed'),
    });
  });
});
