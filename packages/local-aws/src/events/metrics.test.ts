import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { createVirtualClock } from '../clock';
import { PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, failure, queueArn } from '../testing/fixture';

// Many calls in one test; a busy machine takes its time.
jest.setTimeout(60_000);

const FUNCTION = `arn:aws:lambda:eu-west-1:${PLATFORM}:function:f`;
const CLOSED = queueArn(PLATFORM, 'closed');

let callback: Server;
let answers: number[];

beforeEach(async () => {
  callback = createServer((_request, response) => {
    response.statusCode = answers.shift() ?? 200;
    response.end();
  });
  await new Promise<void>(resolve => {
    callback.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  await stopAll();
  await new Promise(resolve => {
    callback.close(resolve);
    callback.closeAllConnections();
  });
});

async function withRule(target: object) {
  const clock = createVirtualClock();
  const began = clock.now();
  const { port } = callback.address() as AddressInfo;
  const server = await start({
    clock,
    requestRates: { 'events:PutEvents': 3 },
    lambdaUrls: { [FUNCTION]: `http://127.0.0.1:${port}/` },
  });
  const platform = accountOf(server.endpoint, PLATFORM);
  await platform.bus('central');
  const dead = await platform.queue('dead');
  await platform.queue('closed', [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: CLOSED,
    },
  ]);
  await platform.rule('central', 'r', [{ Id: 't', Arn: FUNCTION, ...target }], {
    source: ['com.key.access'],
  });
  async function pass(seconds: number) {
    await server.idle();
    for (let i = 0; i < seconds; i += 1) {
      await clock.advance(1_000);
      await server.idle();
    }
  }
  /** The sum of every metric of this account, by name. */
  async function sums(): Promise<Record<string, number>> {
    const { Metrics = [] } = await platform.cloudwatch.send(new ListMetricsCommand({ Namespace: 'AWS/Events' }));
    const { MetricDataResults = [] } = await platform.cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(began),
        EndTime: new Date(began + 3_600_000),
        MetricDataQueries: Metrics.map((Metric, i) => ({
          Id: `m${i}`,
          MetricStat: { Metric, Period: 3600, Stat: 'Sum' },
        })),
      }),
    );
    return Object.fromEntries(
      MetricDataResults.map(({ Values }, i) => [Metrics[i].MetricName!, Values!.reduce((a, b) => a + b, 0)]),
    );
  }
  return { platform, dead, pass, sums };
}

describe('what Events counts', () => {
  it('a delivery that succeeds at the third attempt', async () => {
    const { platform, pass, sums } = await withRule({});
    answers = [500, 429];
    await platform.put('central');
    await platform.put('central', { Source: 'com.key.home' });
    await pass(8);
    const counted = await sums();
    expect(counted).toEqual({
      MatchedEvents: 1,
      TriggeredRules: 1,
      InvocationAttempts: 3,
      RetryInvocationAttempts: 2,
      SuccessfulInvocationAttempts: 1,
      Invocations: 1,
      ThrottledRules: 1,
      IngestionToInvocationSuccessLatency: expect.any(Number),
      PutEventsApproximateCallCount: 2,
      PutEventsApproximateSuccessCount: 2,
      PutEventsEntriesCount: 2,
      PutEventsRequestSize: expect.any(Number),
    });
    // The pauses of 1 and 2 seconds, less a tenth at most.
    expect(counted.IngestionToInvocationSuccessLatency).toBeGreaterThanOrEqual(2_700);
  });

  it('a delivery that fails, with its dead letter', async () => {
    const { platform, dead, pass, sums } = await withRule({
      DeadLetterConfig: { Arn: queueArn(PLATFORM, 'dead') },
    });
    answers = [400];
    await platform.put('central');
    await pass(1);
    expect(await dead.take()).toHaveLength(1);
    expect(await sums()).toMatchObject({
      InvocationAttempts: 1,
      Invocations: 1,
      FailedInvocations: 1,
      InvocationsSentToDlq: 1,
    });
  });

  it('a dead letter that is refused', async () => {
    const { platform, pass, sums } = await withRule({
      DeadLetterConfig: { Arn: CLOSED },
    });
    answers = [400];
    await platform.put('central');
    await pass(1);
    const counted = await sums();
    expect(counted).toMatchObject({ InvocationsFailedToBeSentToDlq: 1 });
    expect(counted).not.toHaveProperty('InvocationsSentToDlq');
  });

  it('calls that were throttled or failed, and entries that failed', async () => {
    const { platform, sums } = await withRule({});
    await platform.put('central', { Source: 'aws.x' });
    await failure(platform.put('arn:aws:events:eu-west-1:444455556666:event-bus/default'));
    await platform.put('none');
    expect(await failure(platform.put('none'))).toMatchObject({
      name: 'ThrottlingException',
    });
    expect(await sums()).toEqual({
      PutEventsApproximateCallCount: 3,
      PutEventsApproximateSuccessCount: 2,
      PutEventsApproximateFailedCount: 1,
      PutEventsApproximateThrottledCount: 1,
      PutEventsEntriesCount: 3,
      PutEventsFailedEntriesCount: 1,
      PutEventsRequestSize: expect.any(Number),
    });
  });
});
