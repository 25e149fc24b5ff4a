import type { Environment, QueueDelivery, QueueDeliveryResult, QueueSink } from '../environment';
import { queuePolicy } from './access';
import { attributeOf, numberOf } from './attributes';
import { deduplicationIdOf, type Messages } from './messages';
import { isFifo, parseQueueArn, queuesOf, type Queue } from './queue';

/** How EventBridge puts a message into a queue: the queue's policy decides, or the target's role. */
export function createQueueSink(environment: Environment, messages: Messages): QueueSink {
  return {
    deliver(delivery) {
      const address = parseQueueArn(delivery.queueArn);
      const queue = address && queuesOf(environment.store, address).get(address.name);
      if (!queue) {
        return failed('NO_RESOURCE', 'The specified queue does not exist.');
      }
      const refusal =
        refusedByPolicy(environment, queue, delivery) ??
        refusedByEncryption(queue, delivery) ??
        refusedByQueue(queue, delivery);
      if (refusal) return refusal;
      const { id } = messages.send(queue, {
        body: delivery.body,
        attributes: delivery.messageAttributes ?? {},
        senderId: senderOf(delivery),
        ...(isFifo(queue)
          ? {
              groupId: delivery.messageGroupId,
              deduplicationId: deduplicationIdOf(delivery.body),
            }
          : {}),
      });
      return { kind: 'delivered', messageId: id };
    },
  };
}

function failed(code: string, message: string): QueueDeliveryResult {
  return { kind: 'failed', code, message, retryable: false };
}

function refusedByPolicy(
  { authorizer }: Environment,
  queue: Queue,
  delivery: QueueDelivery,
): QueueDeliveryResult | undefined {
  const { decision, because } = authorizer.decide({
    principal: delivery.principal,
    action: 'sqs:SendMessage',
    resource: queue.arn,
    resourceAccount: queue.account,
    resourcePolicy: queuePolicy(queue),
    context: {
      'aws:SourceArn': delivery.sourceArn,
      'aws:SourceAccount': delivery.sourceArn?.split(':')[4],
    },
  });
  return decision === 'allow'
    ? undefined
    : failed(
        'NO_PERMISSIONS',
        `${senderOf(delivery)} is not authorized to perform: sqs:SendMessage on resource: ${queue.arn} ${because}`,
      );
}

/** AWS's own key for SQS has a policy that nobody can open to EventBridge. */
function refusedByEncryption(queue: Queue, { principal }: QueueDelivery): QueueDeliveryResult | undefined {
  return principal.kind === 'service' && queue.attributes.KmsMasterKeyId === 'alias/aws/sqs'
    ? failed(
        'NO_PERMISSIONS',
        `The queue is encrypted with the key alias/aws/sqs, whose policy does not let ${principal.service} use it.`,
      )
    : undefined;
}

function refusedByQueue(queue: Queue, { body, messageGroupId }: QueueDelivery): QueueDeliveryResult | undefined {
  const limit = numberOf(queue, 'MaximumMessageSize');
  if (Buffer.byteLength(body) > limit) {
    return failed(
      'INVALID_PARAMETER',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  if (!isFifo(queue)) return undefined;
  if (messageGroupId === undefined) {
    return failed('INVALID_PARAMETER', 'The request must contain the parameter MessageGroupId.');
  }
  return attributeOf(queue, 'ContentBasedDeduplication') === 'true'
    ? undefined
    : failed(
        'INVALID_PARAMETER',
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
}

function senderOf({ principal }: QueueDelivery): string {
  switch (principal.kind) {
    case 'service':
      return principal.service;
    case 'role':
      return principal.sessionArn ?? principal.arn;
    default:
      return principal.account;
  }
}
