import type { EventsContext } from './context';
import type { Delivery } from './delivery';
import type { Outcome } from './targets';

/**
 * Puts what failed into the target's dead-letter queue, as EventBridge itself: the queue's policy must let
 * `events.amazonaws.com` send for this rule. The body is the event as it matched.
 * @param exhausted - which limit of the retry policy was reached, where one was
 */
export function sendToDeadLetterQueue(
  { queues }: EventsContext,
  delivery: Delivery,
  failure: Extract<Outcome, { kind: 'failed' }>,
  exhausted?: string,
): 'sent' | 'failed' | 'none' {
  const queueArn = delivery.target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return 'none';
  const attributes: Record<string, { DataType: string; StringValue: string }> = {
    RULE_ARN: asString(delivery.rule.arn),
    TARGET_ARN: asString(delivery.target.Arn),
    ERROR_CODE: asString(failure.code),
    ERROR_MESSAGE: asString(failure.message),
  };
  if (exhausted !== undefined) {
    attributes.EXHAUSTED_RETRY_CONDITION = asString(exhausted);
    attributes.RETRY_ATTEMPTS = {
      DataType: 'Number',
      StringValue: String(delivery.attempts),
    };
  }
  const result = queues.deliver({
    queueArn,
    body: JSON.stringify(delivery.event),
    messageAttributes: attributes,
    principal: { kind: 'service', service: 'events.amazonaws.com' },
    sourceArn: delivery.rule.arn,
  });
  return result.kind === 'delivered' ? 'sent' : 'failed';
}

function asString(value: string) {
  return { DataType: 'String', StringValue: value };
}
