import type { Environment } from '../environment';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { openQueue } from './access';
import { runBatch } from './batch';
import { md5, md5OfAttributes } from './checksums';
import { invalidValueOf, receiptHandleIsInvalid } from './errors';
import { idOfReceipt, type Messages, type StoredMessage } from './messages';
import { readNewMessage, sizeOf } from './newMessage';
import type { Queue } from './queue';
import { readReceiveRequest, showMessage, type ReceiveRequest } from './receiving';

const MAX_VISIBILITY_SECONDS = 43_200;
/** "The total size of all messages in a batch: 1 MiB". */
const MAX_BATCH_BYTES = 1_048_576;

/** Operations on messages. A batch is decided as a whole, then its entries one by one. */
export function messageOperations(environment: Environment, messages: Messages): ReadonlyMap<string, Operation> {
  const open = (input: JsonObject, request: ServiceRequest) =>
    openQueue(environment, request, String(input.QueueUrl), request.operation.replace(/Batch$/, ''));

  function send(queue: Queue, input: JsonObject, request: ServiceRequest) {
    const message = readNewMessage(queue, input, request.caller.userId);
    const stored = messages.send(queue, message);
    return {
      MessageId: stored.id,
      MD5OfMessageBody: md5(stored.body),
      MD5OfMessageAttributes: md5OfAttributes(stored.attributes),
      MD5OfMessageSystemAttributes:
        stored.traceHeader === undefined
          ? undefined
          : md5OfAttributes({
              AWSTraceHeader: {
                DataType: 'String',
                StringValue: stored.traceHeader,
              },
            }),
      SequenceNumber: stored.sequence,
    };
  }

  function remove(queue: Queue, input: JsonObject): void {
    const receipt = String(input.ReceiptHandle);
    if (idOfReceipt(receipt) === undefined) throw receiptHandleIsInvalid(receipt);
    // An old handle, or one of a message that is gone, changes nothing and is no error.
    const message = messages.find(queue, receipt);
    if (message) messages.delete(queue, message.id);
  }

  function changeVisibility(queue: Queue, input: JsonObject): void {
    const receipt = String(input.ReceiptHandle);
    const seconds = Number(input.VisibilityTimeout ?? -1);
    if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
      throw invalidValueOf(seconds, 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200.');
    }
    if (idOfReceipt(receipt) === undefined) throw receiptHandleIsInvalid(receipt);
    const message = messages.find(queue, receipt);
    if (!message) {
      throw invalidValueOf(
        receipt,
        'ReceiptHandle',
        'Message does not exist or is not available for visibility timeout change.',
      );
    }
    if (message.visibleAt <= environment.clock.now()) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    messages.hideFor(queue, message.id, seconds);
  }

  async function receive(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const wanted = readReceiveRequest(queue, input);
    const received = await receiveOrWait(queue, wanted, request.signal);
    return received.length > 0 ? { Messages: received.map(message => showMessage(message, wanted)) } : {};
  }

  /** Long polling: ends with the first message, the waiting time, or the client's going away. */
  async function receiveOrWait(
    queue: Queue,
    wanted: ReceiveRequest,
    signal: AbortSignal,
  ): Promise<readonly StoredMessage[]> {
    const deadline = environment.clock.now() + wanted.waitSeconds * 1000;
    for (;;) {
      if (signal.aborted) return [];
      const received = messages.receive(queue, wanted);
      const left = deadline - environment.clock.now();
      if (received.length > 0 || left <= 0) return received;
      await somethingNew(queue, left, signal);
    }
  }

  function somethingNew(queue: Queue, milliseconds: number, signal: AbortSignal): Promise<void> {
    const { clock } = environment;
    const visibleIn = (messages.nextVisible(queue) ?? Infinity) - clock.now();
    return new Promise(resolve => {
      const ends: (() => void)[] = [];
      const wake = () => {
        for (const end of ends) end();
        resolve();
      };
      ends.push(clock.after(Math.min(milliseconds, visibleIn), wake), messages.onArrival(queue, wake), () =>
        signal.removeEventListener('abort', wake),
      );
      signal.addEventListener('abort', wake);
    });
  }

  function checkBatchSize(entries: readonly JsonObject[]): void {
    const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (total <= MAX_BATCH_BYTES) return;
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${total} bytes.`,
    );
  }

  /** The batch form of an operation on one message. */
  const batch =
    (
      one: (queue: Queue, entry: JsonObject, request: ServiceRequest) => object | void,
      check: (entries: readonly JsonObject[]) => void = () => {},
    ): Operation =>
    (input, request) => {
      const queue = open(input, request);
      const entries = input.Entries as readonly JsonObject[];
      check(entries);
      return runBatch(entries, entry => one(queue, entry, request));
    };

  const single =
    (one: (queue: Queue, input: JsonObject, request: ServiceRequest) => object | void): Operation =>
    (input, request) =>
      one(open(input, request), input, request);

  return new Map<string, Operation>([
    ['SendMessage', single(send)],
    ['SendMessageBatch', batch(send, checkBatchSize)],
    ['ReceiveMessage', receive],
    ['DeleteMessage', single(remove)],
    ['DeleteMessageBatch', batch(remove)],
    ['ChangeMessageVisibility', single(changeVisibility)],
    ['ChangeMessageVisibilityBatch', batch(changeVisibility)],
  ]);
}
