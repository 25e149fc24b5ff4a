import { AwsError, type JsonObject } from '../service';
import { attributeOf, numberOf } from './attributes';
import type { MessageAttribute, MessageAttributes } from './checksums';
import { invalidParameter, invalidValueOf, missingParameter } from './errors';
import { deduplicationIdOf, type NewMessage } from './messages';
import { isFifo, type Queue } from './queue';

const MAX_ATTRIBUTES = 10;
const MAX_DELAY_SECONDS = 900;
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/;
const ATTRIBUTE_TYPE = /^(String|Number|Binary)(\..{1,249})?$/;
const FIFO_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;
/** What XML 1.0 has: "a message can include only XML, JSON, and unformatted text". */
const ALLOWED_TEXT = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/**
 * Reads what SendMessage and an entry of SendMessageBatch have in common.
 * @throws AwsError with SQS's own texts
 */
export function readNewMessage(queue: Queue, input: JsonObject, senderId: string): NewMessage {
  const body = String(input.MessageBody);
  if (body === '') throw missingParameter('MessageBody');
  if (!ALLOWED_TEXT.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Message body contains characters outside the allowed set: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  const attributes = readAttributes(input);
  const limit = numberOf(queue, 'MaximumMessageSize');
  if (sizeOf(input) > limit) {
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  }
  return {
    body,
    attributes,
    traceHeader: readTraceHeader(input),
    senderId,
    delaySeconds: readDelay(queue, input),
    ...readFifo(queue, input, body),
  };
}

/** Bytes that count against the size limit: body, and name, type and value of every attribute. */
export function sizeOf(input: JsonObject): number {
  const attributes = attributesIn(input, 'MessageAttributes');
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (StringValue === undefined ? Buffer.byteLength(BinaryValue ?? '', 'base64') : Buffer.byteLength(StringValue)),
    Buffer.byteLength(String(input.MessageBody ?? '')),
  );
}

/** The model check has seen to it that the member has this shape. */
function attributesIn(input: JsonObject, member: string): MessageAttributes {
  return (input[member] ?? {}) as unknown as MessageAttributes;
}

function readAttributes(input: JsonObject): MessageAttributes {
  const attributes = attributesIn(input, 'MessageAttributes');
  const names = Object.keys(attributes);
  if (names.length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  for (const name of names) checkAttribute(name, attributes[name]);
  return attributes;
}

function checkAttribute(name: string, attribute: MessageAttribute): void {
  if (!ATTRIBUTE_NAME.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(`Message (user) attribute name '${name}' is invalid.`);
  }
  const type = ATTRIBUTE_TYPE.exec(attribute.DataType)?.[1];
  if (!type) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const member = type === 'Binary' ? 'BinaryValue' : 'StringValue';
  if (!attribute[member]) {
    throw invalidParameter(
      `The message (user) attribute '${name}' must contain a non-empty message attribute value for message attribute type (${type}).`,
    );
  }
  if (type === 'Number' && isNaN(Number(attribute.StringValue))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

function readTraceHeader(input: JsonObject): string | undefined {
  const attributes = attributesIn(input, 'MessageSystemAttributes');
  for (const [name, { DataType }] of Object.entries(attributes)) {
    if (name !== 'AWSTraceHeader' || DataType !== 'String') {
      throw invalidParameter(`Message system attribute '${name}' is invalid.`);
    }
  }
  return attributes.AWSTraceHeader?.StringValue;
}

function readDelay(queue: Queue, input: JsonObject): number | undefined {
  const delay = input.DelaySeconds ?? undefined;
  if (delay === undefined) return undefined;
  const seconds = Number(delay);
  if (isFifo(queue)) {
    throw invalidValueOf(
      seconds,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  if (seconds < 0 || seconds > MAX_DELAY_SECONDS) {
    throw invalidValueOf(seconds, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  }
  return seconds;
}

function readFifo(queue: Queue, input: JsonObject, body: string): Pick<NewMessage, 'groupId' | 'deduplicationId'> {
  const groupId = readFifoId(input, 'MessageGroupId');
  const given = readFifoId(input, 'MessageDeduplicationId');
  if (!isFifo(queue)) {
    if (given !== undefined) {
      throw invalidValueOf(
        given,
        'MessageDeduplicationId',
        'The request include parameter that is not valid for this queue type.',
      );
    }
    // On a standard queue the group only serves fairness between tenants; order is not kept.
    return {};
  }
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  const contentBased = attributeOf(queue, 'ContentBasedDeduplication') === 'true';
  if (given === undefined && !contentBased) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return { groupId, deduplicationId: given ?? deduplicationIdOf(body) };
}

function readFifoId(input: JsonObject, parameter: string): string | undefined {
  const value = input[parameter] ?? undefined;
  if (value === undefined) return undefined;
  if (FIFO_ID.test(String(value))) return String(value);
  throw invalidValueOf(
    value,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
