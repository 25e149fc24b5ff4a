import { validatePolicy } from '@busline/access-policy';
import { AwsError } from '../service';
import { invalidAttribute, unknownAttribute } from './errors';
import { isFifo, parseQueueArn, type Queue } from './queue';

/**
 * A queue attribute that can be set. Source: "SetQueueAttributes" and "CreateQueue" in the Amazon SQS API reference.
 */
interface SettableAttribute {
  readonly default?: string;
  /** Says what is wrong with a value, or nothing. */
  readonly problem: (value: string) => string | undefined;
  /** An empty text takes the attribute away. */
  readonly removable?: true;
  /** Standard queues do not have it. */
  readonly fifoOnly?: true;
  /** Set by CreateQueue only. */
  readonly fixed?: true;
}

const integer = (min: number, max: number) => (value: string) =>
  /^\d{1,7}$/.test(value) && Number(value) >= min && Number(value) <= max
    ? undefined
    : `Must be an integer from ${min} to ${max}.`;

const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value) ? undefined : `Must be ${values.join(' or ')}.`;

const BOOLEAN = oneOf('true', 'false');

const SETTABLE: ReadonlyMap<string, SettableAttribute> = new Map<string, SettableAttribute>([
  ['DelaySeconds', { default: '0', problem: integer(0, 900) }],
  ['MaximumMessageSize', { default: '1048576', problem: integer(1_024, 1_048_576) }],
  ['MessageRetentionPeriod', { default: '345600', problem: integer(60, 1_209_600) }],
  ['ReceiveMessageWaitTimeSeconds', { default: '0', problem: integer(0, 20) }],
  ['VisibilityTimeout', { default: '30', problem: integer(0, 43_200) }],
  ['Policy', { problem: policyProblem, removable: true }],
  ['RedrivePolicy', { problem: redriveProblem, removable: true }],
  ['RedriveAllowPolicy', { problem: redriveAllowProblem, removable: true }],
  ['KmsMasterKeyId', { problem: () => undefined, removable: true }],
  ['KmsDataKeyReusePeriodSeconds', { problem: integer(60, 86_400) }],
  ['SqsManagedSseEnabled', { default: 'true', problem: BOOLEAN }],
  ['FifoQueue', { problem: oneOf('true'), fifoOnly: true, fixed: true }],
  ['ContentBasedDeduplication', { default: 'false', problem: BOOLEAN, fifoOnly: true }],
  [
    'DeduplicationScope',
    {
      default: 'queue',
      problem: oneOf('queue', 'messageGroup'),
      fifoOnly: true,
    },
  ],
  [
    'FifoThroughputLimit',
    {
      default: 'perQueue',
      problem: oneOf('perQueue', 'perMessageGroupId'),
      fifoOnly: true,
    },
  ],
]);

const COUNTED = [
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

const READABLE: ReadonlySet<string> = new Set(['All', ...SETTABLE.keys(), ...COUNTED]);

/** @throws AwsError InvalidAttributeName for the first name that no queue has */
export function checkAttributeNames(names: readonly string[]): void {
  for (const name of names) {
    if (!READABLE.has(name)) throw unknownAttribute(name);
  }
}

/**
 * Puts new values over those that a queue has.
 * @param creating - true for CreateQueue
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue
 */
export function changeAttributes(
  current: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
  creating: boolean,
): Readonly<Record<string, string>> {
  const fifo = { ...current, ...changes }.FifoQueue === 'true';
  const attributes: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(changes)) {
    const attribute = SETTABLE.get(name);
    if (!attribute || (attribute.fifoOnly && !fifo)) {
      throw unknownAttribute(name);
    }
    if (attribute.fixed && !creating && current[name] !== value) {
      throw invalidAttribute(name, 'Modifying queue type is not supported.');
    }
    if (attribute.removable && value === '') {
      delete attributes[name];
      continue;
    }
    const problem = attribute.problem(value);
    if (problem !== undefined) throw invalidAttribute(name, problem);
    attributes[name] = value;
  }
  return oneEncryption(attributes, changes);
}

/** SSE-SQS and SSE-KMS exclude each other; the one that was set last holds. */
function oneEncryption(
  attributes: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { KmsMasterKeyId: key } = changes;
  if (key && changes.SqsManagedSseEnabled === 'true') {
    throw new AwsError(
      'InvalidAttributeValue',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  if (key) return { ...attributes, SqsManagedSseEnabled: 'false' };
  if (changes.SqsManagedSseEnabled !== 'true') return attributes;
  const { KmsMasterKeyId: _replaced, ...others } = attributes;
  return others;
}

/** An attribute's value, or its default; nothing where the queue does not have it. */
export function attributeOf(queue: Queue, name: string): string | undefined {
  return Object.hasOwn(queue.attributes, name) ? queue.attributes[name] : defaultOf(queue, name);
}

function defaultOf(queue: Queue, name: string): string | undefined {
  const attribute = SETTABLE.get(name);
  if (attribute?.fifoOnly && !isFifo(queue)) return undefined;
  if (name === 'KmsDataKeyReusePeriodSeconds') {
    return queue.attributes.KmsMasterKeyId ? '300' : undefined;
  }
  return attribute?.default;
}

/** A whole number that every queue has, such as VisibilityTimeout; in the attribute's own unit. */
export const numberOf = (queue: Queue, name: string) => Number(attributeOf(queue, name) ?? 0);

export interface QueueCounts {
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** What GetQueueAttributes answers for the names asked. */
export function readAttributes(
  queue: Queue,
  names: readonly string[],
  counts: () => QueueCounts,
): Readonly<Record<string, string>> {
  const { visible, notVisible, delayed } = counts();
  const values: Readonly<Record<string, string | undefined>> = {
    ...Object.fromEntries([...SETTABLE.keys()].map(name => [name, attributeOf(queue, name)])),
    QueueArn: queue.arn,
    CreatedTimestamp: seconds(queue.created),
    LastModifiedTimestamp: seconds(queue.modified),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(notVisible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  const all = names.includes('All');
  const answer: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && (all || names.includes(name))) {
      answer[name] = value;
    }
  }
  return answer;
}

function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}

/** The parsed JSON object, or nothing. */
function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function policyProblem(text: string): string | undefined {
  const problems = validatePolicy(jsonObject(text), 'resource');
  return problems.length > 0 ? problems.map(({ path, message }) => `${path}: ${message}`).join('; ') : undefined;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The queue's redrive policy, where it has one. */
export function redrivePolicyOf(queue: Queue): RedrivePolicy | undefined {
  const text = queue.attributes.RedrivePolicy;
  const policy = text === undefined ? undefined : jsonObject(text);
  if (!policy) return undefined;
  return {
    deadLetterTargetArn: String(policy.deadLetterTargetArn),
    maxReceiveCount: Number(policy.maxReceiveCount ?? 10),
  };
}

function redriveProblem(text: string): string | undefined {
  const policy = jsonObject(text);
  if (!policy) return 'Redrive policy is not a valid JSON map.';
  const { deadLetterTargetArn: arn, maxReceiveCount: count } = policy;
  if (arn === undefined) {
    return 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.';
  }
  if (typeof arn !== 'string' || !parseQueueArn(arn)) {
    return 'Invalid value for deadLetterTargetArn.';
  }
  if (count === undefined) {
    return 'Redrive policy does not contain mandatory attribute: maxReceiveCount.';
  }
  return /^\d{1,4}$/.test(String(count)) && Number(count) >= 1 && Number(count) <= 1_000
    ? undefined
    : 'Invalid value for maxReceiveCount: must be between 1 and 1000.';
}

function redriveAllowProblem(text: string): string | undefined {
  const policy = jsonObject(text);
  if (!policy) return 'Redrive allow policy is not a valid JSON map.';
  const { redrivePermission: permission, sourceQueueArns: arns } = policy;
  if (typeof permission !== 'string' || !['allowAll', 'denyAll', 'byQueue'].includes(permission)) {
    return 'redrivePermission must be allowAll, denyAll or byQueue.';
  }
  if (permission !== 'byQueue') {
    return arns === undefined ? undefined : 'sourceQueueArns is only for redrivePermission byQueue.';
  }
  return Array.isArray(arns) && arns.length >= 1 && arns.length <= 10
    ? undefined
    : 'sourceQueueArns must hold 1 to 10 ARNs.';
}

/** Whether a queue lets another use it as its dead-letter queue. */
export function allowsRedriveFrom(deadLetters: Queue, source: string): boolean {
  const text = deadLetters.attributes.RedriveAllowPolicy;
  const policy = text === undefined ? undefined : jsonObject(text);
  if (!policy || policy.redrivePermission === 'allowAll') return true;
  const { sourceQueueArns: arns } = policy;
  return policy.redrivePermission === 'byQueue' && Array.isArray(arns) && arns.includes(source);
}
