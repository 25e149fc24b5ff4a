import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { eventBridgeTrust, policyDocument, type PolicyDocument, type PolicyStatement } from '@busline/access-policy';
import { clientsOf, REGION, type Clients } from './clients';

/** What a queue held: the body parsed, and the attributes as text. */
export interface Received {
  readonly body: any;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TestQueue {
  readonly arn: string;
  /** Takes everything out that is there. */
  take(): Promise<Received[]>;
}

/** One account of a server, with what the tests do again and again. */
export function accountOf(endpoint: string, account: string) {
  const clients = clientsOf(endpoint, account);
  return {
    account,
    ...clients,
    queue: (name: string, statements?: readonly PolicyStatement[]) => createQueue(clients, account, name, statements),
    bus: (name: string, policy?: PolicyDocument) => createBus(clients, name, policy),
    rule: (bus: string, name: string, targets: Target[], pattern?: object) =>
      createRule(clients, bus, name, targets, pattern),
    role: (name: string, trust: PolicyDocument, statements: readonly PolicyStatement[]) =>
      createRole(clients, name, trust, statements),
    put: (bus: string, entry: Partial<PutEventsRequestEntry> = {}) => putEvent(clients, bus, entry),
  };
}

export type TestAccount = ReturnType<typeof accountOf>;

export const queueArn = (account: string, name: string) => `arn:aws:sqs:${REGION}:${account}:${name}`;
export const busArn = (account: string, name: string) => `arn:aws:events:${REGION}:${account}:event-bus/${name}`;
export const ruleArn = (account: string, bus: string, name: string) =>
  `arn:aws:events:${REGION}:${account}:rule/${bus}/${name}`;
export const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** Lets EventBridge send for every rule: for tests that are about something else. */
export function openTo(arn: string): PolicyStatement {
  return {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arn,
  };
}

async function createQueue(
  { sqs }: Clients,
  account: string,
  name: string,
  statements?: readonly PolicyStatement[],
): Promise<TestQueue> {
  const arn = queueArn(account, name);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        Policy: JSON.stringify(policyDocument(statements ?? [openTo(arn)])),
        ...(name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}),
      },
    }),
  );
  async function take(): Promise<Received[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return [];
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    const received = Messages.map(message => ({
      body: parsed(message.Body!),
      attributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([key, value]) => [key, value.StringValue!]),
      ),
    }));
    return [...received, ...(await take())];
  }
  return { arn, take };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function createBus({ events }: Clients, name: string, policy?: PolicyDocument): Promise<string> {
  const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: name }));
  if (policy) {
    await events.send(
      new PutPermissionCommand({
        EventBusName: name,
        Policy: JSON.stringify(policy),
      }),
    );
  }
  return EventBusArn!;
}

async function createRule(
  { events }: Clients,
  bus: string,
  name: string,
  targets: Target[],
  pattern: object = { source: [{ prefix: '' }] },
): Promise<string> {
  const { RuleArn } = await events.send(
    new PutRuleCommand({
      Name: name,
      EventBusName: bus,
      EventPattern: JSON.stringify(pattern),
    }),
  );
  if (targets.length > 0) {
    await events.send(
      new PutTargetsCommand({
        Rule: name,
        EventBusName: bus,
        Targets: targets,
      }),
    );
  }
  return RuleArn!;
}

async function createRole(
  { iam }: Clients,
  name: string,
  trust: PolicyDocument,
  statements: readonly PolicyStatement[],
): Promise<string> {
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  );
  if (statements.length > 0) {
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'inline',
        PolicyDocument: JSON.stringify(policyDocument(statements)),
      }),
    );
  }
  return Role!.Arn!;
}

function putEvent({ events }: Clients, bus: string, entry: Partial<PutEventsRequestEntry>) {
  return events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'com.key.access',
          DetailType: 'Access Granted',
          Detail: '{"data":{"home":1}}',
          EventBusName: bus,
          ...entry,
        },
      ],
    }),
  );
}

export { eventBridgeTrust, policyDocument };

/** The error that a call ends with, as clients see it. */
export async function failure(call: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('The call succeeded.');
}

/** A message to compare with: the whole of it, or a part by pattern. */
export function wording(message: string | RegExp): unknown {
  return typeof message === 'string' ? message : expect.stringMatching(message);
}
