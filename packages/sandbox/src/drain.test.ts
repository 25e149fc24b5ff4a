import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createClients } from '@busline/aws-estate';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { startDrain } from './drain';

const ACCOUNT = '222222222222';
const REGION = 'eu-west-1';

let folder: string;
let aws: LocalAws;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'busline-drain-'));
  aws = await startLocalAws({ stateDir: folder });
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

describe('drain', () => {
  it('takes old messages and leaves young ones', async () => {
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'x' };
    const clients = createClients(REGION, { endpoint: aws.endpoint, credentials });
    const urls: string[] = [];
    for (const QueueName of ['old', 'young']) {
      const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName }));
      urls.push(QueueUrl!);
      for (let i = 0; i < 25; i++) await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${i}` }));
    }
    const count = async (QueueUrl: string) => {
      const AttributeNames = ['ApproximateNumberOfMessages'] as const;
      const { Attributes } = await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      );
      return Number(Attributes?.ApproximateNumberOfMessages);
    };
    const at = { accountId: ACCOUNT, region: REGION };
    const drains = [
      startDrain(
        [
          { name: 'nowhere', ...at },
          { name: 'old', ...at },
        ],
        () => clients,
        { keepMs: 0, everyMs: 20 },
      ),
      startDrain([{ name: 'young', ...at }], () => clients, { keepMs: 60_000, everyMs: 20 }),
    ];
    while ((await count(urls[0])) > 0) await new Promise(resolve => setTimeout(resolve, 20));
    await Promise.all(drains.map(drain => drain.stop()));
    expect(await count(urls[1])).toBe(25);
  });
});
