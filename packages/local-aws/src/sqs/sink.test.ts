import type { Target } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, queueArn } from '../testing/fixture';

afterEach(stopAll);

/** A rule that sends everything to the queue `target`, with a dead-letter queue. */
async function startDelivering(name: string, attributes: Record<string, string> = {}, target: Partial<Target> = {}) {
  const { endpoint } = await start();
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus('central');
  const queue = await platform.queue(name);
  const dead = await platform.queue('dead');
  const { QueueUrl } = await platform.sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  await platform.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
  await platform.rule('central', 'all', [
    {
      Id: 'q',
      Arn: queueArn(PLATFORM, name),
      DeadLetterConfig: { Arn: dead.arn },
      ...target,
    },
  ]);
  await platform.put('central');
  return { platform, QueueUrl, queue, dead };
}

describe('a delivery of EventBridge', () => {
  it('comes from EventBridge, in the group that the target names', async () => {
    const { platform, QueueUrl } = await startDelivering('q.fifo', {}, { SqsParameters: { MessageGroupId: 'homes' } });
    const { Messages } = await platform.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['SenderId', 'MessageGroupId'],
      }),
    );
    expect(Messages!.map(message => message.Attributes)).toEqual([
      { SenderId: 'events.amazonaws.com', MessageGroupId: 'homes' },
    ]);
  });

  it.each([
    [
      'a FIFO queue that cannot tell messages apart',
      'q.fifo',
      { ContentBasedDeduplication: 'false' },
      { SqsParameters: { MessageGroupId: 'homes' } },
      'INVALID_PARAMETER',
      'ContentBasedDeduplication',
    ],
    [
      'a queue under a key that EventBridge cannot use',
      'q',
      { KmsMasterKeyId: 'alias/aws/sqs' },
      {},
      'NO_PERMISSIONS',
      'whose policy does not let events.amazonaws.com use it',
    ],
    [
      'a queue whose messages are smaller',
      'q',
      { MaximumMessageSize: '1024' },
      { Input: JSON.stringify('x'.repeat(1024)) },
      'INVALID_PARAMETER',
      'Message must be shorter than 1024 bytes.',
    ],
  ])('fails at once for %s', async (_what, name, attributes, target, code, message) => {
    const { queue, dead } = await startDelivering(name, attributes as Record<string, string>, target);
    expect(await queue.take()).toEqual([]);
    const letters = await dead.take();
    expect(letters.map(letter => letter.attributes)).toMatchObject([
      { ERROR_CODE: code, ERROR_MESSAGE: expect.stringContaining(message) },
    ]);
  });
});
