import { isForeign, keysBelowDetail } from './envelope';
import { commentText, pythonLiteral, scriptText, shellText } from './literals';
import { camelCase, pascalCase, snakeCase } from './names';
import type { Snippet, SnippetLanguage } from './snippet';
import type { DescribedEventType, DescribedVersion } from './types';

export interface ConsumeSnippetOptions {
  readonly language: SnippetLanguage;
  /** Queue that a subscription fills; a placeholder if left out. */
  readonly queueUrl?: string;
  readonly region?: string;
}

const SOME_REGION = 'eu-west-1';

/**
 * Code that takes events of this type from the queue of a subscription: reads, tells what it is, and deletes only what
 * was handled, since delivery is at least once.
 */
export function consumeSnippet(
  eventType: DescribedEventType,
  version: DescribedVersion,
  options: ConsumeSnippetOptions,
): Snippet {
  const region = options.region ?? SOME_REGION;
  const queueUrl =
    options.queueUrl ?? `https://sqs.${region}.amazonaws.com/111122223333/my-service-${slug(eventType.detailType)}`;
  const input = { eventType, version, region, queueUrl };
  switch (options.language) {
    case 'typescript':
      return { language: 'typescript', file: 'consume.ts', code: typescript(input) };
    case 'python':
      return { language: 'python', file: 'consume.py', code: python(input) };
    default:
      return { language: 'shell', file: 'consume.sh', code: cli(input) };
  }
}

interface Input {
  readonly eventType: DescribedEventType;
  readonly version: DescribedVersion;
  readonly region: string;
  readonly queueUrl: string;
}

function typescript({ eventType, version, region, queueUrl }: Input): string {
  const data = `event.detail${scriptPath(eventType.eventPaths.data)}`;
  const id = keysBelowDetail(eventType.eventPaths.metadata);
  const name = pascalCase(eventType.detailType);
  const key = id ? `event.detail${scriptPath(eventType.eventPaths.metadata)}.id` : 'event.id';
  return `import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({ region: ${scriptText(region)} });
const QueueUrl = ${scriptText(queueUrl)};

/** ${commentText(eventType.title)}, schema version ${commentText(version.version)}. */
async function on${name}(${camelCase(eventType.detailType)}: unknown, id: string) {
  // Delivery is at least once and unordered: an id that was seen before is the same event.
  console.log(id, ${camelCase(eventType.detailType)});
}

for (;;) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 }),
  );
  for (const { Body, ReceiptHandle } of Messages) {
    const event = JSON.parse(Body!);
    if (event.source === ${scriptText(eventType.source)} && event['detail-type'] === ${scriptText(
    eventType.detailType,
  )}) {
      await on${name}(${data}, ${key});
    }
    // Only now: a message that is not deleted comes again.
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}
`;
}

function python({ eventType, version, region, queueUrl }: Input): string {
  const function_ = `on_${snakeCase(eventType.detailType)}`;
  const data = `event["detail"]${pythonPath(eventType.eventPaths.data)}`;
  const key = keysBelowDetail(eventType.eventPaths.metadata)
    ? `event["detail"]${pythonPath(eventType.eventPaths.metadata)}["id"]`
    : 'event["id"]';
  return `import json

import boto3

sqs = boto3.client("sqs", region_name=${pythonLiteral(region)})
queue_url = ${pythonLiteral(queueUrl)}


# ${commentText(eventType.title)}, schema version ${commentText(version.version)}.
def ${function_}(data, event_id):
    # Delivery is at least once and unordered: an id that was seen before is the same event.
    print(event_id, data)


while True:
    answer = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    for message in answer.get("Messages", []):
        event = json.loads(message["Body"])
        if (event["source"], event["detail-type"]) == (${pythonLiteral(eventType.source)}, ${pythonLiteral(
    eventType.detailType,
  )}):
            ${function_}(${data}, ${key})
        # Only now: a message that is not deleted comes again.
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
`;
}

function cli({ eventType, region, queueUrl }: Input): string {
  const what = isForeign(eventType) ? 'The event is in Body.' : 'The event is in Body; its data in Body.detail.';
  return `# ${what} Reading does not delete: messages come again after the queue's visibility timeout.
aws sqs receive-message --region ${shellText(region)} --queue-url ${shellText(queueUrl)} \\
  --max-number-of-messages 10 --wait-time-seconds 20
`;
}

function scriptPath(path: string | undefined): string {
  return (keysBelowDetail(path) ?? [])
    .map(key => (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${scriptText(key)}]`))
    .join('');
}

function pythonPath(path: string | undefined): string {
  return (keysBelowDetail(path) ?? []).map(key => `[${pythonLiteral(key)}]`).join('');
}

function slug(text: string): string {
  return snakeCase(text).replace(/_/g, '-');
}
