import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { Collection, Store } from '../store/store';
import { numberOf, redrivePolicyOf, type QueueCounts } from './attributes';
import type { MessageAttributes } from './checksums';
import { isFifo, parseQueueArn, queuesOf, type Queue } from './queue';

/** A message as it is stored. Times are milliseconds since 1970. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly senderId: string;
  readonly sent: number;
  /** Until then nobody receives it: it is delayed, or in flight. */
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceived?: number;
  /** The newest receipt handle. */
  readonly receipt?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequence?: string;
  /** The queue that gave the message up. */
  readonly deadLetterSourceArn?: string;
}

export interface NewMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly senderId: string;
  /** Overrides the queue's own delay. */
  readonly delaySeconds?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly visibilitySeconds: number;
}

/** The messages of all queues: what SQS does with them between sending and deleting. */
export interface Messages {
  send(queue: Queue, message: NewMessage): StoredMessage;
  /** Takes what is visible, oldest first, and gives up what was received too often. */
  receive(queue: Queue, options: ReceiveOptions): readonly StoredMessage[];
  /** The message that a receipt handle was the newest one for. */
  find(queue: Queue, receipt: string): StoredMessage | undefined;
  delete(queue: Queue, id: string): void;
  hideFor(queue: Queue, id: string, seconds: number): void;
  counts(queue: Queue): QueueCounts;
  purge(queue: Queue): void;
  /** When the next hidden message comes into sight, if one does. */
  nextVisible(queue: Queue): number | undefined;
  /** Calls back after each message sent to the queue, until the returned function is called. */
  onArrival(queue: Queue, callback: () => void): () => void;
}

/** A message with the same deduplication id is taken for the same message for five minutes. */
const DEDUPLICATION_MILLISECONDS = 5 * 60_000;

interface Deduplication {
  readonly message: StoredMessage;
  readonly until: number;
}

export function createMessages(store: Store, clock: Clock): Messages {
  const arrivals = new Map<string, Set<() => void>>();
  const messagesOf = (queue: Queue) => store.collection<StoredMessage>(`sqs/messages/${queue.name}`, queue);
  const deduplicationsOf = (queue: Queue) => store.collection<Deduplication>(`sqs/deduplication/${queue.name}`, queue);

  const isExpired = (queue: Queue, message: StoredMessage) =>
    message.sent + numberOf(queue, 'MessageRetentionPeriod') * 1000 <= clock.now();

  /** Messages stand in the order in which they came, so the first that is young enough ends the search. */
  function dropExpired(queue: Queue): Collection<StoredMessage> {
    const messages = messagesOf(queue);
    for (const message of messages.values()) {
      if (!isExpired(queue, message)) break;
      messages.delete(message.id);
    }
    return messages;
  }

  function put(queue: Queue, message: StoredMessage): void {
    dropExpired(queue).set(message.id, message);
    for (const callback of [...(arrivals.get(queue.arn) ?? [])]) callback();
  }

  function send(queue: Queue, message: NewMessage): StoredMessage {
    const now = clock.now();
    const duplicate = findDuplicate(queue, message, now);
    if (duplicate) return duplicate;
    const delay = message.delaySeconds ?? numberOf(queue, 'DelaySeconds');
    const { delaySeconds: _done, ...kept } = message;
    const stored: StoredMessage = {
      ...kept,
      id: randomUUID(),
      sent: now,
      visibleAt: now + delay * 1000,
      receives: 0,
      ...(isFifo(queue) ? { sequence: nextSequence(store, queue) } : {}),
    };
    put(queue, stored);
    if (stored.deduplicationId !== undefined) {
      deduplicationsOf(queue).set(deduplicationKey(queue, stored), {
        message: stored,
        until: now + DEDUPLICATION_MILLISECONDS,
      });
    }
    return stored;
  }

  function findDuplicate(queue: Queue, message: NewMessage, now: number): StoredMessage | undefined {
    if (message.deduplicationId === undefined) return undefined;
    const deduplications = deduplicationsOf(queue);
    for (const [key, { until }] of deduplications.entries()) {
      if (until > now) break;
      deduplications.delete(key);
    }
    return deduplications.get(deduplicationKey(queue, message))?.message;
  }

  function receive(queue: Queue, options: ReceiveOptions): readonly StoredMessage[] {
    const now = clock.now();
    const messages = dropExpired(queue);
    const redrive = redrivePolicyOf(queue);
    const deadLetters = redrive && findQueue(store, redrive.deadLetterTargetArn);
    const received: StoredMessage[] = [];
    const blockedGroups = new Set<string>();
    for (const message of messages.values()) {
      if (received.length >= options.max) break;
      if (message.visibleAt > now) {
        if (message.groupId !== undefined) blockedGroups.add(message.groupId);
      } else if (blockedGroups.has(message.groupId ?? '')) {
        continue;
      } else if (deadLetters && message.receives >= redrive.maxReceiveCount) {
        messages.delete(message.id);
        giveUp(queue, deadLetters, message);
      } else if (!isExpired(queue, message)) {
        const taken = take(message, now, options.visibilitySeconds);
        messages.set(message.id, taken);
        received.push(taken);
      }
    }
    return received;
  }

  function giveUp(from: Queue, to: Queue, message: StoredMessage): void {
    const { receipt: _receipt, firstReceived: _first, ...kept } = message;
    put(to, {
      ...kept,
      visibleAt: clock.now(),
      receives: 0,
      deadLetterSourceArn: from.arn,
    });
  }

  return {
    send,
    receive,
    find(queue, receipt) {
      const message = messagesOf(queue).get(idOfReceipt(receipt) ?? '');
      return message?.receipt === receipt && !isExpired(queue, message) ? message : undefined;
    },
    delete: (queue, id) => {
      messagesOf(queue).delete(id);
    },
    hideFor(queue, id, seconds) {
      const messages = messagesOf(queue);
      const message = messages.get(id);
      if (!message) return;
      messages.set(id, { ...message, visibleAt: clock.now() + seconds * 1000 });
      for (const callback of [...(arrivals.get(queue.arn) ?? [])]) callback();
    },
    counts: queue => countMessages([...dropExpired(queue).values()], clock.now()),
    purge(queue) {
      for (const collection of [messagesOf(queue), deduplicationsOf(queue)]) {
        for (const key of [...collection.keys()]) collection.delete(key);
      }
    },
    nextVisible(queue) {
      let next: number | undefined;
      for (const { visibleAt } of messagesOf(queue).values()) {
        if (visibleAt <= clock.now()) continue;
        next = Math.min(next ?? visibleAt, visibleAt);
      }
      return next;
    },
    onArrival(queue, callback) {
      const callbacks = arrivals.get(queue.arn) ?? new Set();
      arrivals.set(queue.arn, callbacks.add(callback));
      return () => {
        callbacks.delete(callback);
        if (callbacks.size === 0) arrivals.delete(queue.arn);
      };
    },
  };
}

function findQueue(store: Store, arn: string): Queue | undefined {
  const address = parseQueueArn(arn);
  return address && queuesOf(store, address).get(address.name);
}

function take(message: StoredMessage, now: number, visibilitySeconds: number): StoredMessage {
  return {
    ...message,
    visibleAt: now + visibilitySeconds * 1000,
    receives: message.receives + 1,
    firstReceived: message.firstReceived ?? now,
    receipt: Buffer.from(`${message.id} ${randomUUID()}`).toString('base64'),
  };
}

/** The message that a receipt handle speaks of, or nothing where the text is no receipt handle of this server. */
export function idOfReceipt(receipt: string): string | undefined {
  const [id, nonce] = Buffer.from(receipt, 'base64').toString('utf8').split(' ');
  return id && nonce ? id : undefined;
}

function countMessages(messages: readonly StoredMessage[], now: number): QueueCounts {
  const hidden = messages.filter(message => message.visibleAt > now);
  const delayed = hidden.filter(message => message.receives === 0).length;
  return {
    visible: messages.length - hidden.length,
    notVisible: hidden.length - delayed,
    delayed,
  };
}

function deduplicationKey(queue: Queue, { groupId, deduplicationId }: NewMessage): string {
  return queue.attributes.DeduplicationScope === 'messageGroup'
    ? JSON.stringify([groupId, deduplicationId])
    : String(deduplicationId);
}

/** What stands in for a deduplication id on a queue with content-based deduplication. */
export const deduplicationIdOf = (body: string) => createHash('sha256').update(body).digest('hex');

const FIRST_SEQUENCE = '18870000000000000000';

/** 20 digits that only grow, over restarts too. */
function nextSequence(store: Store, queue: Queue): string {
  const counters = store.collection<{ readonly last: string }>('sqs/sequences', queue);
  const last = BigInt(counters.get(queue.name)?.last ?? FIRST_SEQUENCE);
  const next = String(last + BigInt(1)).padStart(20, '0');
  counters.set(queue.name, { last: next });
  return next;
}
