import { atMost, constraintTable, length, oneOf, range, text } from '../constraint';

const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds'],
  ...['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'],
  ...['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'],
  ...['Percent', 'Count'],
  ...['Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second'],
  ...['Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second', 'Terabits/Second'],
  ...['Count/Second', 'None'],
];

/** Service `monitoring`, CloudWatch (2010-08-01): the operations that this server has. */
export const monitoringConstraints = constraintTable([
  [length(1, 255), '*.MetricName', 'MetricDataQuery.Id'],
  [text(1, 255, '[^:].*'), '*.Namespace'],
  [length(1, 255), 'Dimension.Name', 'DimensionFilter.Name'],
  [length(1, 1024), 'Dimension.Value', 'DimensionFilter.Value'],
  [atMost(30), '*.Dimensions'],
  [atMost(10), 'ListMetricsInput.Dimensions'],
  [length(1, 255), 'MetricDataQuery.AccountId', 'ListMetricsInput.OwningAccount'],
  [length(1, 2048), 'MetricDataQuery.Expression'],
  [range(1), '*.Period'],
  [oneOf(...UNITS), '*.Unit'],
  [oneOf('TimestampDescending', 'TimestampAscending'), 'GetMetricDataInput.ScanBy'],
  [oneOf('PT3H'), 'ListMetricsInput.RecentlyActive'],
  [length(1, 5), 'GetMetricStatisticsInput.Statistics'],
  [oneOf('SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'), 'GetMetricStatisticsInput.Statistics[]'],
  [length(1, 10), 'GetMetricStatisticsInput.ExtendedStatistics'],
  [range(1), 'MetricDatum.StorageResolution'],
  [length(0, 10), 'Entity.Attributes'],
  [length(1, 256), 'Entity.Attributes<key>'],
  [length(1, 2048), 'Entity.Attributes<value>', 'Entity.KeyAttributes<value>'],
  [length(2, 4), 'Entity.KeyAttributes'],
  [length(1, 32), 'Entity.KeyAttributes<key>'],
]);
