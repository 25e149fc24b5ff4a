import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  PurgeQueueCommand,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCESS, clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';

afterEach(stopAll);

async function startSqs(account = PLATFORM) {
  const { endpoint } = await start();
  return { endpoint, sqs: clientsOf(endpoint, account).sqs };
}

describe('queues', () => {
  it('are created with defaults and described', async () => {
    const { endpoint, sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    expect(QueueUrl).toBe(`${endpoint}/${PLATFORM}/orders`);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toEqual({
      QueueArn: `arn:aws:sqs:eu-west-1:${PLATFORM}:orders`,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
      LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: '30',
      SqsManagedSseEnabled: 'true',
    });
  });

  it('are created again as long as nothing differs', async () => {
    const { sqs } = await startSqs();
    const first = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'orders',
        Attributes: { VisibilityTimeout: '10' },
      }),
    );
    const again = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    expect(again.QueueUrl).toBe(first.QueueUrl);
    const different = sqs.send(
      new CreateQueueCommand({
        QueueName: 'orders',
        Attributes: { VisibilityTimeout: '11' },
      }),
    );
    await expect(different).rejects.toBeInstanceOf(QueueNameExists);
    await expect(different).rejects.toThrow(
      'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    );
  });

  it.each([
    ['', {}, 'Can only include alphanumeric characters'],
    ['../etc', {}, 'Can only include alphanumeric characters'],
    ['orders.fifo', {}, 'Can only include alphanumeric characters'],
    ['orders', { FifoQueue: 'true' }, 'must end with .fifo suffix'],
    ['orders', { VisibilityTimeout: '43201' }, 'Invalid value for the parameter VisibilityTimeout.'],
    ['orders', { DelaySeconds: 'soon' }, 'Invalid value for the parameter DelaySeconds.'],
    ['orders', { Colour: 'red' }, 'Unknown Attribute Colour.'],
    ['orders', { ContentBasedDeduplication: 'true' }, 'Unknown Attribute ContentBasedDeduplication.'],
    ['orders', { Policy: '{' }, 'Invalid value for the parameter Policy.'],
    ['orders', { Policy: '{"Statement":[{"Effect":"Allow"}]}' }, 'Invalid value for the parameter Policy.'],
    ['orders', { RedrivePolicy: '{"maxReceiveCount":1}' }, 'deadLetterTargetArn'],
    [
      'orders',
      {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${PLATFORM}:none`,
          maxReceiveCount: 3,
        }),
      },
      'Dead letter target does not exist.',
    ],
  ])('are refused: %s %j', async (QueueName, Attributes, message) => {
    const { sqs } = await startSqs();
    await expect(
      sqs.send(
        new CreateQueueCommand({
          QueueName,
          Attributes: Attributes as Record<string, string>,
        }),
      ),
    ).rejects.toThrow(message);
  });

  it('that are missing give AWS’s error, also after deletion', async () => {
    const { sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'gone' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    const failure = sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' }));
    await expect(failure).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(failure).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      $metadata: { httpStatusCode: 400 },
    });
    await sqs.send(new CreateQueueCommand({ QueueName: 'gone' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toBeUndefined();
  });

  it('are listed by prefix, page by page, in their own account and Region only', async () => {
    const { endpoint, sqs } = await startSqs();
    for (const QueueName of ['b2', 'b1', 'b3', 'a']) {
      await sqs.send(new CreateQueueCommand({ QueueName }));
    }
    const pages: string[][] = [];
    for await (const page of paginateListQueues({ client: sqs, pageSize: 2 }, { QueueNamePrefix: 'b' })) {
      pages.push((page.QueueUrls ?? []).map(url => url.split('/').at(-1)!));
    }
    expect(pages).toEqual([['b1', 'b2'], ['b3']]);
    for (const other of [clientsOf(endpoint, DELIVERY).sqs, clientsOf(endpoint, PLATFORM, 'us-east-1').sqs]) {
      const { QueueUrls } = await other.send(new ListQueuesCommand({}));
      expect(QueueUrls).toBeUndefined();
    }
  });

  it('change and lose attributes', async () => {
    const { sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'orders',
        Attributes: { KmsMasterKeyId: 'alias/own' },
      }),
    );
    const read = async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['KmsMasterKeyId', 'SqsManagedSseEnabled', 'KmsDataKeyReusePeriodSeconds'],
        }),
      );
      return Attributes;
    };
    expect(await read()).toEqual({
      KmsMasterKeyId: 'alias/own',
      KmsDataKeyReusePeriodSeconds: '300',
      SqsManagedSseEnabled: 'false',
    });
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: { SqsManagedSseEnabled: 'true' },
      }),
    );
    expect(await read()).toEqual({ SqsManagedSseEnabled: 'true' });
    await expect(
      sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['Colour' as never],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
    });
  });

  it('carry tags', async () => {
    const { sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', tags: { team: 'access' } }));
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { stage: 'dev' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['team'] }));
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
    expect(Tags).toEqual({ stage: 'dev' });
  });

  it('know the queues that give up into them, and may refuse them', async () => {
    const { sqs } = await startSqs();
    const arn = `arn:aws:sqs:eu-west-1:${PLATFORM}:dead`;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const redrive = {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arn,
        maxReceiveCount: 3,
      }),
    };
    const source = await sqs.send(new CreateQueueCommand({ QueueName: 'source', Attributes: redrive }));
    const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
    expect(queueUrls).toEqual([source.QueueUrl]);
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: {
          RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }),
        },
      }),
    );
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'other', Attributes: redrive }))).rejects.toThrow(
      'Dead letter target does not allow this source queue.',
    );
  });

  it('are purged', async () => {
    const { sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toBeUndefined();
  });

  it('and their messages outlive the server', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
    const first = await start({ stateDir });
    const before = clientsOf(first.endpoint, PLATFORM).sqs;
    const created = await before.send(new CreateQueueCommand({ QueueName: 'q', tags: { a: 'b' } }));
    for (const MessageBody of ['one', 'two']) {
      await before.send(new SendMessageCommand({ QueueUrl: created.QueueUrl, MessageBody }));
    }
    await stopAll();
    const second = await start({ stateDir });
    const after = clientsOf(second.endpoint, PLATFORM).sqs;
    const { QueueUrl } = await after.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    const { Messages } = await after.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages?.map(message => message.Body)).toEqual(['one', 'two']);
  });
});

describe('queue policies', () => {
  it('decide for other accounts', async () => {
    const { endpoint, sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'shared' }));
    const stranger = clientsOf(endpoint, DELIVERY).sqs;
    const send = () => stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await expect(send()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^User: arn:aws:iam::444455556666:root is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:shared because no resource-based policy allows/,
      ),
      $metadata: { httpStatusCode: 403 },
    });
    await sqs.send(
      new AddPermissionCommand({
        QueueUrl,
        Label: 'delivery',
        AWSAccountIds: [DELIVERY],
        Actions: ['SendMessage', 'GetQueueUrl'],
      }),
    );
    await send();
    const found = await stranger.send(
      new GetQueueUrlCommand({
        QueueName: 'shared',
        QueueOwnerAWSAccountId: PLATFORM,
      }),
    );
    expect(found.QueueUrl).toBe(QueueUrl);
    await expect(stranger.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow('sqs:receivemessage');
    await expect(
      clientsOf(endpoint, ACCESS).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' })),
    ).rejects.toThrow('not authorized');
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'delivery' }));
    await expect(send()).rejects.toThrow('not authorized');
  });

  it('never open the queue’s own settings to other accounts', async () => {
    const { endpoint, sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'open',
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: '*',
                Action: 'sqs:*',
                Resource: '*',
              },
            ],
          }),
        },
      }),
    );
    const stranger = clientsOf(endpoint, DELIVERY).sqs;
    await expect(
      stranger.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } })),
    ).rejects.toThrow('sqs:setqueueattributes');
    await stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  });

  it('name the statement that denies', async () => {
    const { endpoint, sqs } = await startSqs();
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'closed',
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'Open',
                Effect: 'Allow',
                Principal: '*',
                Action: 'sqs:*',
                Resource: '*',
              },
              {
                Sid: 'NotDelivery',
                Effect: 'Deny',
                Principal: { AWS: DELIVERY },
                Action: 'sqs:SendMessage',
                Resource: '*',
              },
            ],
          }),
        },
      }),
    );
    await expect(
      clientsOf(endpoint, DELIVERY).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
    ).rejects.toThrow(/explicit deny.*NotDelivery/);
  });
});
