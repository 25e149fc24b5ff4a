import { authorize } from '../authorize';
import type { Environment } from '../environment';
import { AwsError, type JsonObject, type Operation } from '../service';
import type { Scope } from '../store/store';
import { getMetricData } from './getMetricData';
import type { Metrics } from './metrics';
import { pageOf } from './paging';
import { readPutMetricData } from './putMetricData';
import { seriesOf, type Dimension } from './series';
import { statisticOf } from './statistics';
import { readPeriod, readTimeRange } from './timeRange';

const LIST_METRICS_PAGE = 500;
const MAX_STATISTICS_DATAPOINTS = 1_440;
/** "Metrics that have not had any new data points in the past two weeks do not appear." */
const LISTED_MILLISECONDS = 14 * 24 * 3_600_000;
const RECENT_MILLISECONDS = 3 * 3_600_000;

/** The CloudWatch operations that a reader of `AWS/Events` needs. */
export function cloudwatchOperations(environment: Environment, metrics: Metrics): ReadonlyMap<string, Operation> {
  function listMetrics(input: JsonObject, scope: Scope) {
    const recent = input.RecentlyActive === 'PT3H';
    const since = environment.clock.now() - (recent ? RECENT_MILLISECONDS : LISTED_MILLISECONDS);
    const filters = (input.Dimensions ?? []) as unknown as readonly Partial<Dimension>[];
    const matching = metrics
      .list(scope, since)
      .filter(
        ({ namespace, metric, dimensions }) =>
          (input.Namespace ?? namespace) === namespace &&
          (input.MetricName ?? metric) === metric &&
          filters.every(filter =>
            dimensions.some(({ Name, Value }) => Name === filter.Name && (filter.Value ?? Value) === Value),
          ),
      );
    const { page, next } = pageOf(matching, input.NextToken, LIST_METRICS_PAGE);
    return {
      Metrics: page.map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensions,
      })),
      NextToken: next,
    };
  }

  function getMetricStatistics(input: JsonObject, scope: Scope) {
    const names = (input.Statistics ?? []) as readonly string[];
    const extended = (input.ExtendedStatistics ?? []) as readonly string[];
    if (names.length + extended.length === 0) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
      );
    }
    const period = readPeriod(input.Period);
    const range = readTimeRange(input, period);
    const asked = Math.ceil((range.to - range.from) / period);
    if (asked > MAX_STATISTICS_DATAPOINTS) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        `You have requested up to ${asked} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const series = seriesOf(
      String(input.Namespace),
      String(input.MetricName),
      (input.Dimensions ?? []) as unknown as readonly Dimension[],
    );
    const unit = metrics.find(scope, series)?.unit;
    const wrongUnit = input.Unit && input.Unit !== unit;
    const found = wrongUnit ? [] : [...metrics.read(scope, series, range)];
    return {
      Label: series.metric,
      Datapoints: found.map(([time, summary]) => ({
        Timestamp: time / 1000,
        Unit: unit,
        ...Object.fromEntries(names.map(name => [name, readStatistic(name)(summary)])),
        ...(extended.length > 0
          ? {
              ExtendedStatistics: Object.fromEntries(extended.map(name => [name, readStatistic(name)(summary)])),
            }
          : {}),
      })),
    };
  }

  function putMetricData(input: JsonObject, scope: Scope) {
    for (const { series, unit, time, value } of readPutMetricData(input, environment.clock.now())) {
      metrics.add(scope, series, unit, time, value);
    }
  }

  const authorized =
    (operation: (input: JsonObject, scope: Scope) => object | void): Operation =>
    (input, request) => {
      // CloudWatch has no resource policies for these: the caller's own decide.
      authorize(environment.authorizer, request.caller, {
        action: `cloudwatch:${request.operation}`,
        resource: '*',
        httpStatus: 403,
      });
      return operation(input, {
        account: request.caller.account,
        region: request.region,
      });
    };

  return new Map<string, Operation>([
    ['GetMetricData', authorized((i, scope) => getMetricData(metrics, i, scope))],
    ['GetMetricStatistics', authorized(getMetricStatistics)],
    ['ListMetrics', authorized(listMetrics)],
    ['PutMetricData', authorized(putMetricData)],
  ]);
}

function readStatistic(name: string) {
  const statistic = statisticOf(name);
  if (statistic) return statistic;
  throw new AwsError(
    'InvalidParameterValueException',
    `The value ${name} for parameter ExtendedStatistics is not supported.`,
  );
}
