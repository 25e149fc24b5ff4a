import { DeleteMessageBatchCommand, GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { AwsClients, ClientsFor } from '@busline/aws-estate';

/** How often queues are looked at. */
const EVERY_MS = 15_000;
/** Messages stay this long, so that a person or a test finds what was just sent. */
const KEEP_MS = 10 * 60_000;
const BATCH = 10;
/** Of one queue at one time, so that a flood does not keep the others waiting. */
const MAX_BATCHES = 100;

export interface QueueAt {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

export interface Drain {
  stop(): Promise<void>;
}

/** Takes old messages out of queues, as the services would that are not there. */
export function startDrain(
  queues: readonly QueueAt[],
  clientsFor: ClientsFor,
  options: { readonly keepMs?: number; readonly everyMs?: number } = {},
): Drain {
  const { keepMs = KEEP_MS, everyMs = EVERY_MS } = options;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    for (const queue of queues) {
      if (stopped) return;
      // A queue that somebody deleted, or a server that is going down: the next round looks again.
      await drainQueue(clientsFor(queue.accountId, queue.region).sqs, queue.name, keepMs).catch(() => {});
    }
  };
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    running = round().finally(() => {
      isBusy = false;
    });
  }, everyMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function drainQueue(sqs: AwsClients['sqs'], QueueName: string, keepMs: number): Promise<void> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  for (let i = 0; i < MAX_BATCHES; i++) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: BATCH,
        // What is not old enough is seen again at once.
        VisibilityTimeout: 0,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    const old = Messages.filter(message => Number(message.Attributes?.SentTimestamp) <= Date.now() - keepMs);
    if (old.length === 0) return;
    const Entries = old.map((message, n) => ({ Id: String(n), ReceiptHandle: message.ReceiptHandle! }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
