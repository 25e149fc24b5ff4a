import { commentText } from '../literals';
import type { ClientInput } from './clientInput';
import type { NamedEventType } from './clientNames';
import type { NamedSubscription } from './handlerModule';
import { publishedOf } from './publisherModule';

/** A name in backticks: whatever it holds, it stays code on one line. */
function code(text: string): string {
  const line = commentText(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

export function readme(
  input: ClientInput,
  names: ReadonlyMap<string, NamedEventType>,
  subscriptions: readonly NamedSubscription[],
  mark: string,
): string {
  const published = publishedOf(input, names);
  return `<!-- ${mark} -->

# Event client of ${code(input.service)}

Types, a publisher and handlers, made from the schemas of the event repository. Node 22.6 or later runs the TypeScript as it is; bundlers take it too,
and \`tsc\` with \`rewriteRelativeImportExtensions\` (TypeScript 5.7). It needs \`ajv\` and \`ajv-formats\`${
    published.length > 0 ? ', and `@aws-sdk/client-eventbridge` for publishing' : ''
  }.
${published.length > 0 ? publishing(published) : ''}${subscriptions.length > 0 ? receiving(subscriptions) : ''}
## What it promises

- Nothing is sent that is not as its schema has it, or that EventBridge would refuse for its size (1 MB).
- \`metadata\` is filled in: \`id\`, \`schemaVersion\`, \`publishedBy\`, and \`traceparent\` where you give one.
- Entries that fail for a while are tried again, those alone. The others fail with the reason that EventBridge gave.
- Where two majors are sent, both carry the same \`id\`.
- Events are validated when they are received. Delivery is at least once and unordered: \`id\` is the idempotency key.
`;
}

function publishing(published: ReturnType<typeof publishedOf>): string {
  const rows = published.map(
    ({ named, versions }) =>
      `| \`publish${named.typeName}\` | ${code(named.eventType.source)} / ${code(
        named.eventType.detailType,
      )} | ${versions.map(({ version }) => code(version.version)).join(', ')} |`,
  );
  return `
## Publishing

\`\`\`ts
import { createPublisher } from './busline/client/index.ts';

const publisher = createPublisher({ environment: 'prod' });
await publisher.publish${published[0].named.typeName}(data);
\`\`\`

| Function | Event type | Versions |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function receiving(subscriptions: readonly NamedSubscription[]): string {
  const rows = subscriptions.map(({ subscription, typeName, versions }) => {
    const isQueue = subscription.target === 'sqs' || subscription.target === 'arn';
    return `| ${code(subscription.name)} | \`handle${typeName}${isQueue ? 'Batch' : ''}\` | ${versions
      .map(({ version }) => code(version.valueName))
      .join(', ')} |`;
  });
  return `
## Receiving

| Subscription | Handler | Events |
| --- | --- | --- |
${rows.join('\n')}

A handler is typed by the version that the subscription's pattern pins. \`…Batch\` is for a Lambda function that reads the queue: set
\`ReportBatchItemFailures\`, and only what failed comes again. \`…Message\` is for one message that you read yourself.
`;
}
