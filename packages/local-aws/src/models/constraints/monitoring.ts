import { atMost, constraintTable, length, oneOf, range, text, type ConstraintRow } from '../constraint';

const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds'],
  ...['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'],
  ...['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'],
  ...['Percent', 'Count'],
  ...['Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second'],
  ...['Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second', 'Terabits/Second'],
  ...['Count/Second', 'None'],
];

const COMPARISONS = [
  ...['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
  ...['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'],
];

const ACTION_LISTS = ['OKActions', 'AlarmActions', 'InsufficientDataActions'].map(
  list => `PutMetricAlarmInput.${list}`,
);

const TAG_KEY_LISTS = ['IncludedTagKeys', 'ExcludedTagKeys'].map(list => `AlarmTagsPropagation.${list}`);

const ALARMS: readonly ConstraintRow[] = [
  [
    length(1, 255),
    ...['AlarmName', 'TreatMissingData', 'EvaluateLowSampleCountPercentile', 'ThresholdMetricId'].map(
      member => `PutMetricAlarmInput.${member}`,
    ),
    '*.AlarmNames[]',
    ...['AlarmNamePrefix', 'ChildrenOfAlarmName', 'ParentsOfAlarmName'].map(member => `DescribeAlarmsInput.${member}`),
  ],
  [length(1, 1024), 'DescribeAlarmsInput.ActionPrefix', ...ACTION_LISTS.map(list => `${list}[]`)],
  [atMost(5), ...ACTION_LISTS],
  [atMost(1024), 'PutMetricAlarmInput.AlarmDescription'],
  [oneOf(...COMPARISONS), 'PutMetricAlarmInput.ComparisonOperator'],
  [oneOf('SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'), 'PutMetricAlarmInput.Statistic'],
  [range(1), 'PutMetricAlarmInput.EvaluationPeriods', 'PutMetricAlarmInput.DatapointsToAlarm'],
  [range(10, 3600), 'PutMetricAlarmInput.EvaluationInterval'],
  [length(1, 10_000), 'AlarmPromQLCriteria.Query'],
  [range(0, 86_400), 'AlarmPromQLCriteria.PendingPeriod', 'AlarmPromQLCriteria.RecoveryPeriod'],
  [length(1, 50), 'WallClockWindow.Timezone', ...TAG_KEY_LISTS],
  [range(1, 2_880), 'WarmUpConfiguration.WarmUpPeriodDurationInMinutes'],
  [length(1, 128), 'Tag.Key', ...TAG_KEY_LISTS.map(list => `${list}[]`)],
  [atMost(256), 'Tag.Value'],
  [atMost(100), '*.AlarmNames'],
  [oneOf('CompositeAlarm', 'MetricAlarm', 'LogAlarm'), 'DescribeAlarmsInput.AlarmTypes[]'],
  [oneOf('OK', 'ALARM', 'INSUFFICIENT_DATA'), 'DescribeAlarmsInput.StateValue'],
  [range(1, 100), 'DescribeAlarmsInput.MaxRecords'],
];

/** Service `monitoring`, CloudWatch (2010-08-01): the operations that this server has. */
export const monitoringConstraints = constraintTable([
  [length(1, 255), '*.MetricName', 'MetricDataQuery.Id'],
  ...ALARMS,
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
