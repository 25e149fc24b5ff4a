import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { createVirtualClock } from '../clock';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';

afterEach(stopAll);

/** A queue with its operations, on a clock that the test moves. */
async function startQueue(attributes: Record<string, string> = {}, name = 'q') {
  const clock = createVirtualClock();
  const { endpoint } = await start({ clock });
  const { sqs } = clientsOf(endpoint, PLATFORM);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return {
    clock,
    sqs,
    QueueUrl,
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          ...more,
        }),
      );
      return Messages;
    },
    bodies: async (more: Partial<ReceiveMessageCommandInput> = {}) => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          ...more,
        }),
      );
      return Messages.map(message => message.Body);
    },
  };
}

describe('a message', () => {
  it('is received, hidden, seen again, and deleted', async () => {
    const { clock, sqs, QueueUrl, send, receive, bodies } = await startQueue({
      VisibilityTimeout: '30',
    });
    await send('héllo €');
    const [first] = await receive();
    expect(first.Body).toBe('héllo €');
    expect(await bodies()).toEqual([]);
    await clock.advance(29_999);
    expect(await bodies()).toEqual([]);
    await clock.advance(1);
    const [second] = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(second.MessageId).toBe(first.MessageId);
    expect(second.Attributes).toEqual({
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: '1767225600000',
      SentTimestamp: '1767225600000',
      SenderId: PLATFORM,
    });
    // The first handle is old: it is accepted, and deletes nothing.
    await sqs.send(
      new DeleteMessageCommand({
        QueueUrl,
        ReceiptHandle: first.ReceiptHandle,
      }),
    );
    await clock.advance(30_000);
    const [third] = await receive();
    await sqs.send(
      new DeleteMessageCommand({
        QueueUrl,
        ReceiptHandle: third.ReceiptHandle,
      }),
    );
    await clock.advance(30_000);
    expect(await bodies()).toEqual([]);
  });

  it('carries attributes with checksums that the SDK accepts', async () => {
    const { send, receive } = await startQueue();
    const sent = await send('body', {
      MessageAttributes: {
        RULE_ARN: { DataType: 'String', StringValue: 'arn:aws:events:…' },
        count: { DataType: 'Number.int', StringValue: '42' },
        blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 7]) },
      },
      MessageSystemAttributes: {
        AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' },
      },
    });
    // Computed apart from this code, in Python, from the developer guide's description.
    expect(sent.MD5OfMessageAttributes).toBe('08f2753b682acbbf3d33775dcd07e2f3');
    const [message] = await receive({
      MessageAttributeNames: ['RULE_.*', 'blob'],
      MessageSystemAttributeNames: ['AWSTraceHeader'],
    });
    expect(message.MessageAttributes).toEqual({
      RULE_ARN: { DataType: 'String', StringValue: 'arn:aws:events:…' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 7]) },
    });
    expect(message.Attributes).toEqual({ AWSTraceHeader: 'Root=1-2-3' });
    expect(message.MD5OfMessageAttributes).not.toBe(sent.MD5OfMessageAttributes);
  });

  it('is delayed by the queue or by itself', async () => {
    const { clock, send, bodies } = await startQueue({ DelaySeconds: '10' });
    await send('late');
    await send('now', { DelaySeconds: 0 });
    expect(await bodies()).toEqual(['now']);
    await clock.advance(10_000);
    expect(await bodies()).toEqual(['late']);
  });

  it('is gone after the retention period', async () => {
    const { clock, send, bodies } = await startQueue({
      MessageRetentionPeriod: '60',
    });
    await send('old');
    await clock.advance(30_000);
    await send('young');
    await clock.advance(30_000);
    expect(await bodies()).toEqual(['young']);
  });

  it('is hidden longer, or shown at once, by changing its visibility', async () => {
    const { clock, sqs, QueueUrl, send, receive, bodies } = await startQueue();
    await send('x');
    const [{ ReceiptHandle }] = await receive();
    const change = (VisibilityTimeout: number) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await change(100);
    await clock.advance(99_000);
    expect(await bodies()).toEqual([]);
    await change(0);
    await expect(change(10)).rejects.toMatchObject({
      name: 'MessageNotInflight',
    });
    expect(await bodies()).toEqual(['x']);
    await expect(change(10)).rejects.toThrow(
      'Message does not exist or is not available for visibility timeout change.',
    );
    await expect(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'no handle' }))).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
      message: 'The input receipt handle "no handle" is not a valid receipt handle.',
    });
  });

  it('is counted', async () => {
    const { sqs, QueueUrl, send, receive } = await startQueue();
    await send('visible');
    await send('flying');
    await send('delayed', { DelaySeconds: 5 });
    await receive({ MaxNumberOfMessages: 1 });
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    expect(Object.values(Attributes!)).toEqual(['1', '1', '1']);
  });

  it.each([
    [{ MessageBody: '' }, 'The request must contain the parameter MessageBody.'],
    [{ MessageBody: undefined }, 'The request must contain the parameter MessageBody.'],
    [{ MessageBody: 'a\u0000b' }, 'Message body contains characters outside the allowed set'],
    [{ MessageBody: '€'.repeat(342) }, 'Message must be shorter than 1024 bytes.'],
    [{ MessageBody: 'x', DelaySeconds: 901 }, 'Value 901 for parameter DelaySeconds is invalid.'],
    [{ MessageBody: 'x', MessageDeduplicationId: 'd' }, 'not valid for this queue type'],
    [
      {
        MessageBody: 'x',
        MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } },
      },
      "The type of message (user) attribute 'a' is invalid.",
    ],
    [
      {
        MessageBody: 'x',
        MessageAttributes: {
          'aws.a': { DataType: 'String', StringValue: 'x' },
        },
      },
      "Message (user) attribute name 'aws.a' is invalid.",
    ],
    [
      { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String' } } },
      'must contain a non-empty message attribute value for message attribute type (String)',
    ],
    [
      {
        MessageBody: 'x',
        MessageAttributes: { a: { DataType: 'Number', StringValue: 'ten' } },
      },
      "Can't cast the value of message (user) attribute 'a' to a number.",
    ],
  ])('is refused: %j', async (input, message) => {
    const { sqs, QueueUrl } = await startQueue({ MaximumMessageSize: '1024' });
    await expect(
      sqs.send(
        new SendMessageCommand({
          QueueUrl,
          ...(input as { MessageBody: string }),
        }),
      ),
    ).rejects.toThrow(message);
  });
});

describe('long polling', () => {
  it('answers as soon as a message is there', async () => {
    const { send, receive } = await startQueue();
    const waiting = receive({ WaitTimeSeconds: 20 });
    // The clock stands still, so only the message can end the wait.
    await send('there');
    expect((await waiting).map(message => message.Body)).toEqual(['there']);
  });

  it('ends empty when the time is over, which the queue may set', async () => {
    const { clock, receive } = await startQueue({
      ReceiveMessageWaitTimeSeconds: '5',
    });
    const waiting = receive();
    let ended = false;
    void waiting.then(() => {
      ended = true;
    });
    await receive({ WaitTimeSeconds: 0 });
    await clock.advance(4_999);
    await receive({ WaitTimeSeconds: 0 });
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(await waiting).toEqual([]);
  });

  it('sees a message whose visibility timeout ends', async () => {
    const { clock, send, receive } = await startQueue({
      VisibilityTimeout: '2',
    });
    await send('again');
    await receive();
    const waiting = receive({ WaitTimeSeconds: 20 });
    await receive({ WaitTimeSeconds: 0 });
    await clock.advance(2_000);
    expect((await waiting).map(message => message.Body)).toEqual(['again']);
  });

  it('takes nothing for a client that has gone', async () => {
    const { sqs, QueueUrl, send, bodies } = await startQueue();
    const abort = new AbortController();
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: abort.signal,
    });
    await bodies();
    abort.abort();
    await expect(waiting).rejects.toThrow('aborted');
    // Asked after the connection closed, so answered after the server has seen it close.
    await bodies();
    await bodies();
    await send('for the next');
    expect(await bodies()).toEqual(['for the next']);
  });
});

describe('batches', () => {
  it('tell what happened to each entry', async () => {
    const { sqs, QueueUrl, receive } = await startQueue();
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two', DelaySeconds: 1000 },
          { Id: 'c', MessageBody: 'three' },
        ],
      }),
    );
    expect(sent.Successful?.map(entry => entry.Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toEqual([
      {
        Id: 'b',
        SenderFault: true,
        Code: 'InvalidParameterValue',
        Message: expect.stringContaining('DelaySeconds'),
      },
    ]);
    const [{ ReceiptHandle }] = await receive({ MaxNumberOfMessages: 1 });
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle },
          { Id: 'b', ReceiptHandle: '?' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
  });

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, i) => `e${i}`)],
    ['BatchEntryIdsNotDistinct', ['a', 'a']],
    ['InvalidBatchEntryId', ['a b']],
  ])('are refused as a whole: %s', async (name, ids) => {
    const { sqs, QueueUrl } = await startQueue();
    await expect(
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: ids.map(Id => ({ Id, MessageBody: 'x' })),
        }),
      ),
    ).rejects.toMatchObject({ name });
  });

  it('have one size limit together', async () => {
    const { sqs, QueueUrl } = await startQueue();
    await expect(
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: ['a', 'b'].map(Id => ({
            Id,
            MessageBody: 'x'.repeat(600_000),
          })),
        }),
      ),
    ).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.',
    });
  });
});

describe('redrive', () => {
  it('moves a message that was received too often, with its source', async () => {
    const { clock, sqs, send, QueueUrl } = await startQueue({}, 'dead');
    const source = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'source',
        Attributes: {
          VisibilityTimeout: '1',
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${PLATFORM}:dead`,
            maxReceiveCount: '2',
          }),
        },
      }),
    );
    const { MessageId } = await send('poison', { QueueUrl: source.QueueUrl });
    const counts: number[] = [];
    for (let i = 0; i < 3; i++) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: source.QueueUrl }));
      counts.push(Messages.length);
      await clock.advance(1_000);
    }
    expect(counts).toEqual([1, 1, 0]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    expect(Messages).toMatchObject([
      {
        MessageId,
        Body: 'poison',
        Attributes: {
          ApproximateReceiveCount: '1',
          DeadLetterQueueSourceArn: `arn:aws:sqs:eu-west-1:${PLATFORM}:source`,
        },
      },
    ]);
  });
});

describe('FIFO queues', () => {
  const fifo = () => startQueue({ FifoQueue: 'true', ContentBasedDeduplication: 'true' }, 'q.fifo');

  it('keep the order within a group and block it while a message is in flight', async () => {
    const { clock, send, receive, bodies } = await fifo();
    const numbers: string[] = [];
    for (const [body, group] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ]) {
      const { SequenceNumber } = await send(body, { MessageGroupId: group });
      numbers.push(SequenceNumber!);
    }
    expect([...numbers].sort()).toEqual(numbers);
    expect(numbers[0]).toMatch(/^\d{20}$/);
    const [first] = await receive({
      MaxNumberOfMessages: 1,
      MessageSystemAttributeNames: ['All'],
    });
    expect(first.Body).toBe('a1');
    expect(first.Attributes).toMatchObject({
      MessageGroupId: 'a',
      SequenceNumber: numbers[0],
    });
    expect(await bodies()).toEqual(['b1']);
    await clock.advance(30_000);
    expect(await bodies()).toEqual(['a1', 'a2', 'b1']);
  });

  it('take the same message once within five minutes', async () => {
    const { clock, send, bodies } = await fifo();
    const first = await send('same', { MessageGroupId: 'g' });
    const again = await send('same', { MessageGroupId: 'g' });
    expect(again.MessageId).toBe(first.MessageId);
    await clock.advance(5 * 60_000);
    await send('same', { MessageGroupId: 'g' });
    expect(await bodies()).toEqual(['same', 'same']);
  });

  it('need a group and something to tell messages apart by', async () => {
    const { send } = await startQueue({ FifoQueue: 'true' }, 'q.fifo');
    await expect(send('x')).rejects.toThrow('The request must contain the parameter MessageGroupId.');
    await expect(send('x', { MessageGroupId: 'g' })).rejects.toThrow(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
    await send('x', { MessageGroupId: 'g', MessageDeduplicationId: '1' });
  });
});
