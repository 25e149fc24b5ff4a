import type { JsonObject } from '@busline/event-repository';
import { parseArn } from '../arns';
import type { RuleResource } from '../resources';

/** Seconds. Metrics of rules and queues come by the minute; five of them keep one hiccup from ringing twice. */
const PERIOD_SECONDS = 300;

/** An `AWS::CloudWatch::Alarm` with its logical id's last part. */
export interface TemplateAlarm {
  readonly kind: 'DeadLettersAlarm' | 'FailedInvocationsAlarm' | 'ThrottledAlarm';
  readonly resource: JsonObject;
}

/**
 * What should wake the team whose rule it is: dead letters waiting, deliveries that were given up, deliveries held back by
 * EventBridge's rate. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 *
 * @param deadLetterQueue - name of the queue that is made for the rule
 * @param topic - ARN of the SNS topic to notify; none where the declarations name none
 */
export function ruleAlarms(
  rule: RuleResource,
  deadLetterQueue: string | undefined,
  topic: string | undefined,
): readonly TemplateAlarm[] {
  const dimensions = [
    // Metrics of the default bus come without its name.
    ...(rule.busName === 'default' ? [] : [{ Name: 'EventBusName', Value: rule.busName }]),
    { Name: 'RuleName', Value: rule.name },
  ];
  const where = `rule ${rule.name} on bus ${rule.busName}`;
  const ofRule = (kind: TemplateAlarm['kind'], metric: string, description: string) => ({
    kind,
    resource: alarm({ namespace: 'AWS/Events', metric, statistic: 'Sum', dimensions, description, topic }),
  });
  const alarms: TemplateAlarm[] = [
    ofRule('FailedInvocationsAlarm', 'FailedInvocations', `Deliveries by ${where} were given up.`),
    ofRule('ThrottledAlarm', 'ThrottledRules', `Deliveries by ${where} are held back by the invocation quota.`),
  ];
  if (deadLetterQueue === undefined) return alarms;
  const deadLetters = alarm({
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    dimensions: [{ Name: 'QueueName', Value: deadLetterQueue }],
    description: `Dead letters of ${where} are waiting.`,
    topic,
  });
  return [{ kind: 'DeadLettersAlarm', resource: deadLetters }, ...alarms];
}

function alarm(input: {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: readonly JsonObject[];
  readonly description: string;
  readonly topic: string | undefined;
}): JsonObject {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: input.description,
      Namespace: input.namespace,
      MetricName: input.metric,
      Dimensions: input.dimensions,
      Statistic: input.statistic,
      Period: PERIOD_SECONDS,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      // Zero is often absent.
      TreatMissingData: 'notBreaching',
      ...(input.topic === undefined ? {} : { AlarmActions: [input.topic] }),
    },
  };
}

/** Whether an alarm in a Region can notify a topic. */
export function canNotify(topic: string, region: string): boolean {
  return parseArn(topic)?.region === region;
}
