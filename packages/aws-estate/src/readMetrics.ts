import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { createCallLimits, createCaller, type CallCounts, type Caller, type CallLimits } from './calls';
import type { AwsClients } from './clients';

/** "CloudWatch service quotas": queries in one GetMetricData call. */
const MAX_QUERIES = 500;
const NAMESPACE = 'AWS/Events';
const HOUR_SECONDS = 3_600;
const HOUR_MS = HOUR_SECONDS * 1000;
const DEFAULT_HOURS = 24;

/** Metrics of `AWS/Events` that are counted by rule. */
export type RuleMetric =
  | 'MatchedEvents'
  | 'TriggeredRules'
  | 'Invocations'
  | 'FailedInvocations'
  | 'InvocationAttempts'
  | 'SuccessfulInvocationAttempts'
  | 'RetryInvocationAttempts'
  | 'InvocationsSentToDlq'
  | 'InvocationsFailedToBeSentToDlq'
  | 'ThrottledRules';

/** A rule, or a bus where `rule` is left out. */
export interface MetricSubject {
  readonly bus: string;
  readonly rule?: string;
}

export interface MetricPoint {
  /** ISO time at which the hour begins. */
  readonly time: string;
  readonly value: number;
}

export interface MetricSeries {
  readonly subject: MetricSubject;
  readonly metric: RuleMetric;
  /** Oldest first. Hours that are absent are unknown: CloudWatch often leaves zero out, and delivers by best effort. */
  readonly points: readonly MetricPoint[];
}

export interface ReadMetricsOptions {
  readonly clients: Pick<AwsClients, 'cloudwatch'>;
  /** 12 digits: the account in which the rules stand. */
  readonly accountId: string;
  readonly region: string;
  readonly subjects: readonly MetricSubject[];
  readonly metrics: readonly RuleMetric[];
  /** Up to when, in milliseconds since 1970; the hour in which this lies is part of it. */
  readonly until: number;
  /** Hours to read; 24 if left out. */
  readonly hours?: number;
  readonly signal?: AbortSignal;
  readonly limits?: CallLimits;
}

export interface MetricsRead {
  /** One for each subject and metric, in the order asked for. */
  readonly series: readonly MetricSeries[];
  readonly calls: CallCounts;
  /** AWS charges for GetMetricData by this number. */
  readonly metricsRequested: number;
}

/**
 * Sums by hour from CloudWatch.
 * @throws AwsCallError
 */
export async function readMetrics(options: ReadMetricsOptions): Promise<MetricsRead> {
  const { accountId, region, signal } = options;
  const caller = createCaller({ accountId, region, signal }, options.limits ?? createCallLimits());
  const asked = options.subjects.flatMap(subject => options.metrics.map(metric => ({ subject, metric })));
  const end = Math.ceil(options.until / HOUR_MS) * HOUR_MS;
  const range = { StartTime: new Date(end - (options.hours ?? DEFAULT_HOURS) * HOUR_MS), EndTime: new Date(end) };
  const series: MetricSeries[] = [];
  for (let at = 0; at < asked.length; at += MAX_QUERIES) {
    const batch = asked.slice(at, at + MAX_QUERIES);
    const queries = batch.map(({ subject, metric }, i) => query(`m${i}`, subject, metric));
    const points = await readBatch(caller, options.clients.cloudwatch, queries, range);
    batch.forEach((wanted, i) => series.push({ ...wanted, points: points.get(`m${i}`) ?? [] }));
  }
  return { series, calls: caller.counts(), metricsRequested: asked.length };
}

function query(id: string, subject: MetricSubject, metric: RuleMetric): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: NAMESPACE, MetricName: metric, Dimensions: dimensions(subject) },
      Period: HOUR_SECONDS,
      Stat: 'Sum',
    },
  };
}

/** "Metrics that specify only the RuleName dimension refer to the default event bus." */
function dimensions({ bus, rule }: MetricSubject) {
  const ofRule = rule === undefined ? [] : [{ Name: 'RuleName', Value: rule }];
  return bus === 'default' && rule !== undefined ? ofRule : [{ Name: 'EventBusName', Value: bus }, ...ofRule];
}

async function readBatch(
  caller: Caller,
  client: AwsClients['cloudwatch'],
  queries: readonly MetricDataQuery[],
  range: { readonly StartTime: Date; readonly EndTime: Date },
): Promise<ReadonlyMap<string, readonly MetricPoint[]>> {
  const found = new Map<string, MetricPoint[]>();
  let token: string | undefined;
  do {
    const NextToken: string | undefined = token;
    const page = await caller.call('cloudwatch:GetMetricData', options =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries: [...queries],
          ...range,
          ScanBy: 'TimestampAscending',
          NextToken,
        }),
        options,
      ),
    );
    for (const { Id, Timestamps, Values } of page.MetricDataResults ?? []) {
      const points = found.get(Id!) ?? [];
      Timestamps?.forEach((time, i) => points.push({ time: time.toISOString(), value: Values![i] }));
      found.set(Id!, points);
    }
    token = page.NextToken === token ? undefined : page.NextToken;
  } while (token);
  return found;
}
