import { GetQueueUrlCommand, QueueDoesNotExist, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { mapBounded, type AwsClients, type ClientsFor } from '@busline/aws-estate';

/** Messages stay this long, so that a person or a test finds what was just sent. */
const KEEP_SECONDS = 600;
const AT_ONCE = 16;

export interface QueueAt {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

/** Lets queues forget old messages, for the services that would read them are not there. */
export async function keepShort(
  queues: readonly QueueAt[],
  clientsFor: ClientsFor,
  seconds: number = KEEP_SECONDS,
): Promise<void> {
  await mapBounded(queues, AT_ONCE, async ({ name, accountId, region }) => {
    const { sqs } = clientsFor(accountId, region);
    const QueueUrl = await urlOf(sqs, name);
    // One whose stack waits for a pull request is not there yet.
    if (QueueUrl === undefined) return;
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { MessageRetentionPeriod: String(seconds) } }),
    );
  });
}

async function urlOf(sqs: AwsClients['sqs'], QueueName: string): Promise<string | undefined> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}
