import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { createClients } from '@busline/aws-estate';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { keepShort } from './keepShort';

const AT = { accountId: '222222222222', region: 'eu-west-1' };

let folder: string;
let aws: LocalAws;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'busline-keep-'));
  aws = await startLocalAws({ stateDir: folder });
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

describe('keepShort', () => {
  it('changes how long the queues that are named keep messages, and no others', async () => {
    const credentials = { accessKeyId: AT.accountId, secretAccessKey: 'x' };
    const clients = createClients(AT.region, { endpoint: aws.endpoint, credentials });
    const urls: string[] = [];
    for (const QueueName of ['old', 'young']) {
      urls.push((await clients.sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!);
    }
    await keepShort(
      [
        { name: 'old', ...AT },
        { name: 'not there yet', ...AT },
      ],
      () => clients,
      90,
    );
    const kept = await Promise.all(
      urls.map(async QueueUrl => {
        const AttributeNames = ['MessageRetentionPeriod' as const];
        return (await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
      }),
    );
    expect(kept).toEqual([{ MessageRetentionPeriod: '90' }, { MessageRetentionPeriod: '345600' }]);
  });
});
