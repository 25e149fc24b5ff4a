import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';

afterEach(stopAll);

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const at = (milliseconds: number) => new Date(START + milliseconds);

async function startServer() {
  const clock = createVirtualClock(START);
  const { endpoint } = await start({ clock });
  return { clock, endpoint, ...clientsOf(endpoint, PLATFORM) };
}

/** Puts values of `own`/`m`, each at so many milliseconds from the start. */
async function put(cloudwatch: CloudWatchClient, values: readonly (readonly [number, number])[]) {
  await cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'own',
      MetricData: values.map(([time, Value]) => ({
        MetricName: 'm',
        Timestamp: at(time),
        Value,
      })),
    }),
  );
}

const query = (Id: string, Stat: string, seconds = 60, more: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'own', MetricName: 'm' },
    Period: seconds,
    Stat,
  },
  ...more,
});

async function read(
  cloudwatch: CloudWatchClient,
  input: Partial<GetMetricDataCommandInput> & Pick<GetMetricDataCommandInput, 'MetricDataQueries'>,
) {
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: at(0),
      EndTime: at(24 * HOUR),
      ScanBy: 'TimestampAscending',
      ...input,
    }),
  );
  return MetricDataResults.map(({ Timestamps = [], Values }) =>
    Timestamps.map((time, i) => [time.getTime() - START, Values![i]]),
  );
}

describe('metrics of AWS/Events', () => {
  it('are counted by bus and rule, and by rule alone on the default bus', async () => {
    const { endpoint, cloudwatch, events, sqs } = await startServer();
    await events.send(new CreateEventBusCommand({ Name: 'central' }));
    await sqs.send(
      new CreateQueueCommand({
        QueueName: 'q',
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: `arn:aws:sqs:eu-west-1:${PLATFORM}:q`,
              },
            ],
          }),
        },
      }),
    );
    for (const EventBusName of ['central', 'default']) {
      await events.send(
        new PutRuleCommand({
          Name: `to-q-of-${EventBusName}`,
          EventBusName,
          EventPattern: '{"source":["a"]}',
        }),
      );
      await events.send(
        new PutTargetsCommand({
          Rule: `to-q-of-${EventBusName}`,
          EventBusName,
          Targets: [{ Id: 'q', Arn: `arn:aws:sqs:eu-west-1:${PLATFORM}:q` }],
        }),
      );
      await events.send(
        new PutEventsCommand({
          Entries: Array.from({ length: 3 }, () => ({
            Source: 'a',
            DetailType: 'b',
            Detail: '{}',
            EventBusName,
          })),
        }),
      );
    }
    const { Metrics = [] } = await cloudwatch.send(
      new ListMetricsCommand({
        Namespace: 'AWS/Events',
        MetricName: 'Invocations',
      }),
    );
    expect(Metrics.map(metric => metric.Dimensions)).toEqual([
      [
        { Name: 'EventBusName', Value: 'central' },
        { Name: 'RuleName', Value: 'to-q-of-central' },
      ],
      [{ Name: 'RuleName', Value: 'to-q-of-default' }],
    ]);
    const queries = Metrics.map((Metric, i) => ({
      Id: `q${i}`,
      MetricStat: { Metric, Period: 60, Stat: 'Sum', Unit: 'Count' as const },
    }));
    expect(await read(cloudwatch, { MetricDataQueries: queries })).toEqual([[[0, 3]], [[0, 3]]]);
    const elsewhere = await clientsOf(endpoint, DELIVERY).cloudwatch.send(new ListMetricsCommand({}));
    expect(elsewhere.Metrics).toEqual([]);
  });
});

describe('GetMetricData', () => {
  it('gives statistics by period, and nothing for periods without values', async () => {
    const { cloudwatch } = await startServer();
    await put(cloudwatch, [
      [0, 1],
      [30_000, 3],
      [5 * MINUTE, 10],
    ]);
    const stats = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p99'];
    expect(
      await read(cloudwatch, {
        MetricDataQueries: stats.map(stat => query(stat.toLowerCase(), stat)),
      }),
    ).toEqual([
      [
        [0, 4],
        [5 * MINUTE, 10],
      ],
      [
        [0, 2],
        [5 * MINUTE, 10],
      ],
      [
        [0, 1],
        [5 * MINUTE, 10],
      ],
      [
        [0, 3],
        [5 * MINUTE, 10],
      ],
      [
        [0, 2],
        [5 * MINUTE, 1],
      ],
      [
        [0, 1],
        [5 * MINUTE, 10],
      ],
      [
        [0, 3],
        [5 * MINUTE, 10],
      ],
    ]);
    expect(await read(cloudwatch, { MetricDataQueries: [query('m', 'Sum', 600)] })).toEqual([[[0, 14]]]);
  });

  it('gives percentiles within 1 %', async () => {
    const { cloudwatch } = await startServer();
    await put(
      cloudwatch,
      Array.from({ length: 100 }, (_, i) => [0, (i + 1) * 10] as const),
    );
    const [[[, p90]]] = await read(cloudwatch, {
      MetricDataQueries: [query('m', 'p90')],
    });
    expect(Math.abs(p90! - 900)).toBeLessThanOrEqual(9);
  });

  it('goes from old to new or from new to old', async () => {
    const { cloudwatch } = await startServer();
    await put(cloudwatch, [
      [0, 1],
      [MINUTE, 2],
    ]);
    const newestFirst = await read(cloudwatch, {
      MetricDataQueries: [query('m', 'Sum')],
      ScanBy: undefined,
    });
    expect(newestFirst).toEqual([
      [
        [MINUTE, 2],
        [0, 1],
      ],
    ]);
  });

  it('begins at the period that StartTime falls into and ends before EndTime', async () => {
    const { cloudwatch } = await startServer();
    await put(
      cloudwatch,
      [0, 1, 2, 3].map(minute => [minute * MINUTE, minute] as const),
    );
    expect(
      await read(cloudwatch, {
        MetricDataQueries: [query('m', 'Sum')],
        StartTime: at(90_000),
        EndTime: at(3 * MINUTE),
      }),
    ).toEqual([
      [
        [MINUTE, 1],
        [2 * MINUTE, 2],
      ],
    ]);
  });

  it('comes in pages of datapoints', async () => {
    const { cloudwatch } = await startServer();
    await put(
      cloudwatch,
      [0, 1, 2].map(minute => [minute * MINUTE, minute + 1] as const),
    );
    const input = {
      StartTime: at(0),
      EndTime: at(HOUR),
      ScanBy: 'TimestampAscending' as const,
      MaxDatapoints: 2,
      MetricDataQueries: [query('a', 'Sum', 60, { Label: 'A' }), query('b', 'Maximum')],
    };
    const pages: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudwatch.send(new GetMetricDataCommand({ ...input, NextToken }));
      pages.push(page.MetricDataResults!.map(result => [result.Id, result.Label, result.Values, result.StatusCode]));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(pages).toEqual([
      [['a', 'A', [1, 2], 'PartialData']],
      [
        ['a', 'A', [3], 'Complete'],
        ['b', 'm', [1], 'PartialData'],
      ],
      [['b', 'm', [2, 3], 'Complete']],
    ]);
  });

  it.each([
    [[query('1st', 'Sum')], 'parameter MetricDataQueries.member.Id is not matching'],
    [[query('m', 'Sum'), query('m', 'Sum')], 'are not unique'],
    [[query('m', 'Mode')], 'The value Mode for parameter Stat is not supported'],
    [[query('m', 'Sum', 90)], 'The parameter Period must be a multiple of 60'],
    [[{ Id: 'm', Expression: 'a + b' }], 'has no metric math'],
    [[{ Id: 'm' }], 'MetricStat or Expression is required'],
    [
      [{ Id: 'm', MetricStat: { Metric: {}, Period: 0, Stat: 'Sum' } }],
      "1 validation error detected: Value '0' at 'metricDataQueries.1.member.metricStat.period' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ])('refuses %j', async (MetricDataQueries, message) => {
    const { cloudwatch } = await startServer();
    await expect(read(cloudwatch, { MetricDataQueries })).rejects.toThrow(message);
  });

  it('refuses an end before the start', async () => {
    const { cloudwatch } = await startServer();
    await expect(
      read(cloudwatch, {
        MetricDataQueries: [query('m', 'Sum')],
        EndTime: at(0),
      }),
    ).rejects.toThrow('The parameter StartTime must be less than the parameter EndTime.');
  });
});

describe('GetMetricStatistics', () => {
  const ask = {
    Namespace: 'own',
    MetricName: 'm',
    StartTime: at(0),
    EndTime: at(HOUR),
    Period: 60,
  };

  it('gives several statistics at once', async () => {
    const { cloudwatch } = await startServer();
    await put(cloudwatch, [
      [0, 1],
      [1, 2],
    ]);
    const { Datapoints, Label } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...ask,
        Statistics: ['Sum', 'Average'],
        ExtendedStatistics: ['p100'],
      }),
    );
    expect(Label).toBe('m');
    expect(Datapoints).toEqual([
      {
        Timestamp: at(0),
        Unit: 'None',
        Sum: 3,
        Average: 1.5,
        ExtendedStatistics: { p100: 2 },
      },
    ]);
  });

  it('refuses to give none, and more than 1,440 datapoints', async () => {
    const { cloudwatch } = await startServer();
    await expect(cloudwatch.send(new GetMetricStatisticsCommand(ask))).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message: 'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
    });
    await expect(
      cloudwatch.send(
        new GetMetricStatisticsCommand({
          ...ask,
          EndTime: at(25 * HOUR),
          Statistics: ['Sum'],
        }),
      ),
    ).rejects.toThrow('You have requested up to 1500 datapoints');
  });
});

describe('the CBOR protocol', () => {
  async function startCbor() {
    const { endpoint } = await start({ clock: createVirtualClock(START) });
    return new CloudWatchClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: PLATFORM, secretAccessKey: 'any' },
      protocol: SmithyRpcV2CborProtocol,
    });
  }

  it('is spoken by newer clients', async () => {
    const cloudwatch = await startCbor();
    await put(cloudwatch, [
      [0, 1.5],
      [MINUTE, 2],
    ]);
    expect(await read(cloudwatch, { MetricDataQueries: [query('m', 'Sum')] })).toEqual([
      [
        [0, 1.5],
        [MINUTE, 2],
      ],
    ]);
  });

  it('carries errors', async () => {
    const cloudwatch = await startCbor();
    await expect(
      read(cloudwatch, {
        MetricDataQueries: [query('m', 'Sum')],
        ScanBy: 'Upwards' as never,
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'Upwards' at 'scanBy' failed to satisfy constraint: Member must satisfy enum value set: [TimestampDescending, TimestampAscending]",
    });
  });
});

describe('retention', () => {
  const sums = (cloudwatch: CloudWatchClient, seconds: number) =>
    read(cloudwatch, {
      MetricDataQueries: [query('m', 'Sum', seconds)],
      EndTime: at(30 * 24 * HOUR),
    });

  it('keeps minutes for hours, five minutes for a day, hours for 15 days, and counts nothing twice', async () => {
    const { clock, cloudwatch } = await startServer();
    await put(cloudwatch, [
      [0, 1],
      [MINUTE, 2],
      [7 * MINUTE, 4],
      [HOUR, 8],
    ]);
    expect(await sums(cloudwatch, 60)).toEqual([
      [
        [0, 1],
        [MINUTE, 2],
        [7 * MINUTE, 4],
        [HOUR, 8],
      ],
    ]);
    await clock.advance(5 * HOUR);
    await put(cloudwatch, [[5 * HOUR, 16]]);
    expect(await sums(cloudwatch, 60)).toEqual([
      [
        [0, 3],
        [5 * MINUTE, 4],
        [HOUR, 8],
        [5 * HOUR, 16],
      ],
    ]);
    await clock.advance(21 * HOUR);
    for (const seconds of [60, 300, 3600]) {
      expect(await sums(cloudwatch, seconds)).toEqual([
        [
          [0, 7],
          [HOUR, 8],
          [5 * HOUR, 16],
        ],
      ]);
    }
    await clock.advance(20 * 24 * HOUR);
    await put(cloudwatch, [[21 * 24 * HOUR, 32]]);
    expect(await sums(cloudwatch, 3600)).toEqual([[[21 * 24 * HOUR, 32]]]);
  });

  it('outlives the server', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
    const clock = createVirtualClock(START);
    const first = await start({ stateDir, clock });
    await put(clientsOf(first.endpoint, PLATFORM).cloudwatch, [[0, 1]]);
    await stopAll();
    const second = await start({ stateDir, clock });
    const { cloudwatch } = clientsOf(second.endpoint, PLATFORM);
    await put(cloudwatch, [[1, 2]]);
    expect(await sums(cloudwatch, 60)).toEqual([[[0, 3]]]);
  });

  it('forgets metrics without data in the list', async () => {
    const { clock, cloudwatch } = await startServer();
    await put(cloudwatch, [[0, 1]]);
    const list = async (recent: boolean) => {
      const { Metrics } = await cloudwatch.send(
        new ListMetricsCommand({ RecentlyActive: recent ? 'PT3H' : undefined }),
      );
      return Metrics!.length;
    };
    expect(await list(true)).toBe(1);
    await clock.advance(4 * HOUR);
    expect([await list(true), await list(false)]).toEqual([0, 1]);
    await clock.advance(15 * 24 * HOUR);
    expect(await list(false)).toBe(0);
  });
});

describe('ListMetrics', () => {
  it('filters by dimension and comes in pages of 500', async () => {
    const { cloudwatch } = await startServer();
    await cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'own',
        MetricData: Array.from({ length: 501 }, (_, i) => ({
          MetricName: 'm',
          Dimensions: [
            { Name: 'n', Value: String(i) },
            { Name: 'even', Value: String(i % 2 === 0) },
          ],
          Value: 1,
        })),
      }),
    );
    const first = await cloudwatch.send(new ListMetricsCommand({}));
    const rest = await cloudwatch.send(new ListMetricsCommand({ NextToken: first.NextToken }));
    expect([first.Metrics!.length, rest.Metrics!.length, rest.NextToken]).toEqual([500, 1, undefined]);
    const even = await cloudwatch.send(
      new ListMetricsCommand({
        Dimensions: [{ Name: 'even', Value: 'true' }, { Name: 'n' }],
      }),
    );
    expect(even.Metrics).toHaveLength(251);
  });
});
