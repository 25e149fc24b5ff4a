import { AwsError, type JsonObject } from '../service';
import { numberOf } from './attributes';
import { md5, md5OfAttributes, type MessageAttributes } from './checksums';
import { invalidValueOf } from './errors';
import type { ReceiveOptions, StoredMessage } from './messages';
import type { Queue } from './queue';

export interface ReceiveRequest extends ReceiveOptions {
  readonly waitSeconds: number;
  /** System attributes to show; `All` for all. */
  readonly systemAttributes: readonly string[];
  /** Message attributes to show: names, `All`, or prefixes such as `bar.*`. */
  readonly messageAttributes: readonly string[];
}

const SYSTEM_ATTRIBUTES: Readonly<Record<string, (message: StoredMessage) => string | undefined>> = {
  SenderId: message => message.senderId,
  SentTimestamp: message => String(message.sent),
  ApproximateReceiveCount: message => String(message.receives),
  ApproximateFirstReceiveTimestamp: message => String(message.firstReceived),
  SequenceNumber: message => message.sequence,
  MessageDeduplicationId: message => message.deduplicationId,
  MessageGroupId: message => message.groupId,
  AWSTraceHeader: message => message.traceHeader,
  DeadLetterQueueSourceArn: message => message.deadLetterSourceArn,
};

/** @throws AwsError where a number is out of bounds or an attribute unknown */
export function readReceiveRequest(queue: Queue, input: JsonObject): ReceiveRequest {
  const systemAttributes = [
    ...((input.MessageSystemAttributeNames ?? []) as readonly string[]),
    ...((input.AttributeNames ?? []) as readonly string[]),
  ];
  for (const name of systemAttributes) {
    if (name !== 'All' && !Object.hasOwn(SYSTEM_ATTRIBUTES, name)) {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
  return {
    max: bounded(input, 'MaxNumberOfMessages', 1, 10, 1),
    waitSeconds: bounded(input, 'WaitTimeSeconds', 0, 20, numberOf(queue, 'ReceiveMessageWaitTimeSeconds')),
    visibilitySeconds: bounded(input, 'VisibilityTimeout', 0, 43_200, numberOf(queue, 'VisibilityTimeout')),
    systemAttributes,
    messageAttributes: (input.MessageAttributeNames ?? []) as readonly string[],
  };
}

function bounded(input: JsonObject, parameter: string, min: number, max: number, otherwise: number): number {
  const value = Number(input[parameter] ?? otherwise);
  if (value >= min && value <= max) return value;
  throw invalidValueOf(value, parameter, `Must be between ${min} and ${max}, if provided.`);
}

/** A message as ReceiveMessage gives it. */
export function showMessage(message: StoredMessage, wanted: ReceiveRequest): object {
  const attributes = pick(message.attributes, wanted.messageAttributes);
  const system = showSystemAttributes(message, wanted.systemAttributes);
  const checksum = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(checksum ? { MessageAttributes: attributes, MD5OfMessageAttributes: checksum } : {}),
  };
}

function showSystemAttributes(message: StoredMessage, names: readonly string[]): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, read] of Object.entries(SYSTEM_ATTRIBUTES)) {
    const value = read(message);
    if (value === undefined) continue;
    if (names.includes('All') || names.includes(name)) shown[name] = value;
  }
  return shown;
}

function pick(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const wanted = (name: string) =>
    names.some(
      pattern =>
        pattern === 'All' ||
        pattern === '.*' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
