import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { createClients, type ClientsFor } from '@busline/aws-estate';
import { deployStacks } from '@busline/deployment';
import type { EventRepository } from '@busline/event-repository';
import { stacksOf } from '@busline/infrastructure';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { fixedDeclarations } from './Declarations';
import { startFirstEvents } from './firstEvents';
import { DECLARATIONS, DEPOT, REGION, repositoryOf, subscription } from './testing/example';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

const clientsFor: ClientsFor = (accessKeyId, region) =>
  createClients(region, { endpoint: aws.endpoint, credentials: { accessKeyId, secretAccessKey: 'local' } });

async function deploy(repository: EventRepository): Promise<void> {
  const file = { repository: 'small', path: '' };
  const stacks = stacksOf(repository, 'prod').map(stack => ({ stack, file, missing: [] }));
  const report = await deployStacks({ stacks }, { clientsFor });
  expect(report.stacks.filter(({ outcome }) => outcome !== 'deployed' && outcome !== 'unchanged')).toEqual([]);
}

async function messagesIn(QueueName: string): Promise<number> {
  const { sqs } = clientsFor(DEPOT, REGION);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.ApproximateNumberOfMessages);
}

describe('startFirstEvents', () => {
  it('sends a service its first event, though another has taken the same for long', async () => {
    const before = repositoryOf(DECLARATIONS);
    const after = repositoryOf({
      ...DECLARATIONS,
      'subscriptions/archive/order-placed.yaml': subscription('archive-orders'),
    });
    await deploy(before);
    const told: string[] = [];
    const onProgress = (line: string) => told.push(line);
    const first = startFirstEvents({
      declarations: fixedDeclarations([before]),
      clientsFor,
      onProgress,
      lookEveryMs: 50,
    });
    await first.ready;
    expect(await messagesIn('depot-orders')).toBe(0);
    await deploy(after);
    while ((await messagesIn('archive-orders')) === 0) await new Promise(resolve => setTimeout(resolve, 50));
    await first.stop();
    expect(told).toEqual([]);
  });
});
