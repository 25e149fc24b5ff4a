import {
  PutEventsCommand,
  PutRuleCommand,
  CreateEventBusCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { createCallLimits } from './calls';
import { readMetrics } from './readMetrics';
import { startTestServer, type TestServer } from './__testUtils__/testServer';

const REGION = 'eu-west-1';
const ACCOUNT = '222222222222';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { events, sqs } = server.clientsFor(ACCOUNT, REGION);
  await events.send(new CreateEventBusCommand({ Name: 'orders' }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  for (const EventBusName of ['orders', 'default']) {
    await events.send(new PutRuleCommand({ Name: 'r', EventBusName, EventPattern: '{"source":["shop"]}' }));
    await events.send(
      new PutTargetsCommand({
        Rule: 'r',
        EventBusName,
        Targets: [{ Id: 'q', Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:nowhere` }],
      }),
    );
  }
  const entry = (EventBusName: string) => ({ EventBusName, Source: 'shop', DetailType: 'Order', Detail: '{}' });
  await events.send(new PutEventsCommand({ Entries: [entry('orders'), entry('orders'), entry('default')] }));
  await server.aws.idle();
});
afterAll(() => server.close());

const read = (subjects: Parameters<typeof readMetrics>[0]['subjects'], options = {}) =>
  readMetrics({
    clients: server.clientsFor(ACCOUNT, REGION),
    accountId: ACCOUNT,
    region: REGION,
    subjects,
    metrics: ['MatchedEvents', 'FailedInvocations', 'RetryInvocationAttempts'],
    until: Date.now(),
    limits: createCallLimits({ attempts: 2 }),
    ...options,
  });
const total = (points: readonly { value: number }[]) => points.reduce((sum, point) => sum + point.value, 0);

describe('readMetrics', () => {
  it('sums by hour, for rules on custom buses and on the default bus', async () => {
    const { series, metricsRequested } = await read([
      { bus: 'orders', rule: 'r' },
      { bus: 'default', rule: 'r' },
    ]);
    expect(series.map(s => [s.subject.bus, s.metric, total(s.points)])).toEqual([
      ['orders', 'MatchedEvents', 2],
      ['orders', 'FailedInvocations', 2],
      ['orders', 'RetryInvocationAttempts', 0],
      ['default', 'MatchedEvents', 1],
      ['default', 'FailedInvocations', 1],
      ['default', 'RetryInvocationAttempts', 0],
    ]);
    expect(metricsRequested).toBe(6);
    const [point] = series[0].points;
    expect(Date.parse(point.time) % 3_600_000).toBe(0);
    expect(Date.now() - Date.parse(point.time)).toBeLessThan(2 * 3_600_000);
  });

  it('leaves hours out of which nothing is known', async () => {
    const { series } = await read([{ bus: 'orders', rule: 'nobody' }]);
    expect(series.map(s => s.points)).toEqual([[], [], []]);
  });

  it('asks for many in as few calls as AWS takes', async () => {
    const subjects = Array.from({ length: 400 }, (_, i) => ({ bus: 'orders', rule: i === 399 ? 'r' : `r-${i}` }));
    const { series, calls, metricsRequested } = await read(subjects);
    expect(series).toHaveLength(1200);
    expect(total(series[1197].points)).toBe(2);
    expect(series[1197]).toMatchObject({ subject: { bus: 'orders', rule: 'r' }, metric: 'MatchedEvents' });
    expect(calls).toEqual({ 'cloudwatch:GetMetricData': 3 });
    expect(metricsRequested).toBe(1200);
  });
});
