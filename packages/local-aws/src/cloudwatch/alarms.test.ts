import { DeleteAlarmsCommand, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { failure } from '../testing/fixture';

afterEach(stopAll);

async function alarmsOf(account = PLATFORM) {
  const { endpoint } = await start();
  const { cloudwatch } = clientsOf(endpoint, account);
  const put = (AlarmName: string, more = {}) =>
    cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'AWS/Events',
        MetricName: 'FailedInvocations',
        Dimensions: [{ Name: 'RuleName', Value: 'r' }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0.5,
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:team'],
        ...more,
      }),
    );
  const names = async (input = {}) =>
    (await cloudwatch.send(new DescribeAlarmsCommand(input))).MetricAlarms!.map(({ AlarmName }) => AlarmName);
  return { endpoint, cloudwatch, put, names };
}

describe('alarms', () => {
  it('are described as they were put', async () => {
    const { cloudwatch, put } = await alarmsOf();
    await put('a');
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['a'] }));
    expect(MetricAlarms).toEqual([
      expect.objectContaining({
        AlarmName: 'a',
        AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a',
        ActionsEnabled: true,
        AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:team'],
        OKActions: [],
        Dimensions: [{ Name: 'RuleName', Value: 'r' }],
        Threshold: 0.5,
        StateValue: 'INSUFFICIENT_DATA',
        AlarmConfigurationUpdatedTimestamp: expect.any(Date),
      }),
    ]);
  });

  it('are replaced as a whole, listed in pages and by what they do, and deleted', async () => {
    const { cloudwatch, put, names } = await alarmsOf();
    for (const name of ['a1', 'a2', 'b']) await put(name, { AlarmDescription: 'first' });
    await put('b', { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:others'] });
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'b' }));
    expect(MetricAlarms![0].AlarmDescription).toBeUndefined();
    expect(await names({ AlarmNamePrefix: 'a' })).toEqual(['a1', 'a2']);
    expect(await names({ ActionPrefix: 'arn:aws:sns:eu-west-1:111122223333:oth' })).toEqual(['b']);
    expect(await names({ StateValue: 'ALARM' })).toEqual([]);
    const { NextToken } = await cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 2 }));
    expect(await names({ NextToken })).toEqual(['b']);
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a1', 'a2', 'never'] }));
    expect(await names()).toEqual(['b']);
  });

  it('belong to their account', async () => {
    const { endpoint, put } = await alarmsOf();
    await put('a');
    const { cloudwatch } = clientsOf(endpoint, DELIVERY);
    expect((await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
  });

  it.each([
    [{ MetricName: undefined }, 'Either MetricName or Metrics must be specified.'],
    [{ Statistic: undefined }, 'Either Statistic or ExtendedStatistic must be specified.'],
    [{ Period: undefined }, 'Period must be specified for an alarm on a metric.'],
    [{ ComparisonOperator: 'MoreThan' }, "Value 'MoreThan' at 'comparisonOperator' failed to satisfy constraint"],
  ])('are checked: %j', async (wrong, message) => {
    const { put } = await alarmsOf();
    expect((await failure(put('a', wrong))).message).toContain(message);
  });
});
