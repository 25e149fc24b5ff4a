import type { Collection, Scope, Store } from '../store/store';

/** A queue as it is stored. */
export interface Queue {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly modified: number;
  /** What was set, as SQS spells it; what was not set has a default. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The queues of an account and Region, by name. */
export function queuesOf(store: Store, scope: Scope): Collection<Queue> {
  return store.collection<Queue>('sqs/queues', scope);
}

export function queueArn({ account, region }: Scope, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

export interface QueueAddress extends Scope {
  readonly name: string;
}

/** Takes an ARN apart, or gives nothing where it names no queue. */
export function parseQueueArn(arn: string): QueueAddress | undefined {
  const match = /^arn:[^:]+:sqs:([^:]+):(\d{12}):([^:/]+)$/.exec(arn);
  if (!match) return undefined;
  const [, region, account, name] = match;
  return { account, region, name };
}

/** Takes the path of a queue URL apart: `http://host:port/111122223333/name`. The host may be any. */
export function parseQueueUrl(url: string, region: string): QueueAddress | undefined {
  const match = /^https?:\/\/[^/]+\/(\d{12})\/([^/?#]+)$/.exec(url);
  if (!match) return undefined;
  const [, account, name] = match;
  return { account, region, name };
}

export function queueUrl(endpoint: string, queue: QueueAddress): string {
  return `${endpoint}/${queue.account}/${queue.name}`;
}

export const isFifo = (queue: Queue) => queue.attributes.FifoQueue === 'true';
