import { AwsError, type JsonObject } from '../service';
import type { Scope } from '../store/store';
import type { Metrics } from './metrics';
import { pageOf } from './paging';
import { seriesOf, type Dimension } from './series';
import { statisticOf } from './statistics';
import { readPeriod, readTimeRange } from './timeRange';

const MAX_QUERIES = 500;
const MAX_DATAPOINTS = 100_800;
const QUERY_ID = /^[a-z][a-zA-Z0-9_]*$/;

interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace?: string;
      readonly MetricName?: string;
      readonly Dimensions?: readonly Dimension[];
    };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

interface Datapoint {
  readonly query: number;
  /** Seconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/** Several metrics at once, in pages of datapoints. Metric math is not there, and a query that asks for it is refused. */
export function getMetricData(metrics: Metrics, input: JsonObject, scope: Scope): object {
  const queries = (input.MetricDataQueries ?? []) as unknown as readonly Query[];
  checkQueries(queries);
  const ascending = input.ScanBy === 'TimestampAscending';
  const points = queries.map((query, index) => readQuery(metrics, query, index, input, scope, ascending));
  const size = Math.min(Number(input.MaxDatapoints ?? MAX_DATAPOINTS), MAX_DATAPOINTS);
  const { page, next } = pageOf(points.flat(), input.NextToken, size);
  const firstPage = !input.NextToken;
  return {
    MetricDataResults: queries
      .map((query, index) => showQuery(query, index, points[index], page))
      .filter(
        ({ Timestamps }, index) =>
          queries[index].ReturnData !== false && (Timestamps.length > 0 || (firstPage && points[index].length === 0)),
      ),
    NextToken: next,
    Messages: [],
  };
}

function showQuery(
  { Id, Label, MetricStat }: Query,
  index: number,
  all: readonly Datapoint[],
  page: readonly Datapoint[],
) {
  const own = page.filter(point => point.query === index);
  const complete = all.length === 0 || own.at(-1) === all.at(-1);
  return {
    Id,
    Label: Label ?? MetricStat?.Metric.MetricName,
    Timestamps: own.map(point => point.time),
    Values: own.map(point => point.value),
    StatusCode: complete ? 'Complete' : 'PartialData',
  };
}

function readQuery(
  metrics: Metrics,
  { MetricStat }: Query,
  query: number,
  input: JsonObject,
  scope: Scope,
  ascending: boolean,
): readonly Datapoint[] {
  if (!MetricStat) return [];
  const { Metric, Period, Stat, Unit } = MetricStat;
  const statistic = statisticOf(Stat);
  if (!statistic) {
    throw validationError(
      `The value ${Stat} for parameter Stat is not supported by this local server: it has SampleCount, Sum, Average, Minimum, Maximum and percentiles such as p90.`,
    );
  }
  const range = readTimeRange(input, readPeriod(Period));
  const series = seriesOf(Metric.Namespace ?? '', Metric.MetricName ?? '', Metric.Dimensions ?? []);
  if (Unit && metrics.find(scope, series)?.unit !== Unit) return [];
  const points = [...metrics.read(scope, series, range)].map(([time, summary]) => ({
    query,
    time: time / 1000,
    value: statistic(summary),
  }));
  return ascending ? points : points.reverse();
}

function checkQueries(queries: readonly Query[]): void {
  if (queries.length > MAX_QUERIES) {
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
  }
  const ids = new Set<string>();
  for (const { Id, Expression, MetricStat } of queries) {
    if (!QUERY_ID.test(Id)) {
      throw validationError(
        `The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    if (ids.has(Id)) {
      throw validationError(`The values for parameter id in MetricDataQueries are not unique.`);
    }
    ids.add(Id);
    if (Expression) {
      throw validationError(
        `This local server has no metric math: query ${Id} must use MetricStat instead of Expression.`,
      );
    }
    if (!MetricStat) {
      throw validationError(
        `The parameter MetricDataQueries.member.MetricStat or Expression is required for query ${Id}.`,
      );
    }
  }
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
