import {
  CreateEventBusCommand,
  DescribeEventBusCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, GetQueueUrlCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { asList, type PolicyDocument, type PolicyStatement } from '@busline/access-policy';
import type { Resource, TargetState } from '@busline/infrastructure';
import { listAll, type Caller } from './calls';
import type { AwsClients } from './clients';
import { AwsCallError } from './errors';
import { targetInput } from './targetState';

export type ResourceOf<K extends Resource['kind']> = Extract<Resource, { readonly kind: K }>;

interface Where {
  readonly caller: Caller;
  readonly clients: AwsClients;
}

/** PutTargets and RemoveTargets: entries of one call. */
const MAX_TARGETS = 10;

export async function applyBus(bus: ResourceOf<'bus'>, { caller, clients }: Where): Promise<void> {
  const input = { Name: bus.name, Description: bus.description, KmsKeyIdentifier: bus.kmsKeyIdentifier };
  if (!bus.exists) {
    const create = caller.call('events:CreateEventBus', options =>
      clients.events.send(new CreateEventBusCommand(input), options),
    );
    if (await isNew(create, 'ResourceAlreadyExistsException')) return;
  }
  await caller.call('events:UpdateEventBus', options => clients.events.send(new UpdateEventBusCommand(input), options));
}

export async function applyRole(role: ResourceOf<'role'>, { caller, clients }: Where): Promise<void> {
  const trust = JSON.stringify(role.trust);
  const create = caller.call('iam:CreateRole', options =>
    clients.iam.send(
      new CreateRoleCommand({
        RoleName: role.name,
        Description: role.description,
        AssumeRolePolicyDocument: trust,
      }),
      options,
    ),
  );
  if (!(await isNew(create, 'EntityAlreadyExists', 'EntityAlreadyExistsException'))) {
    await caller.call('iam:UpdateAssumeRolePolicy', options =>
      clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role.name, PolicyDocument: trust }), options),
    );
  }
  await caller.call('iam:PutRolePolicy', options =>
    clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: role.name,
        PolicyName: role.policy.name,
        PolicyDocument: JSON.stringify(role.policy.document),
      }),
      options,
    ),
  );
}

export async function applyQueue(
  queue: ResourceOf<'queue' | 'dead-letter-queue'>,
  { caller, clients }: Where,
): Promise<void> {
  const changeable: Record<string, string> = { Policy: JSON.stringify(queue.policy) };
  if (queue.kind === 'dead-letter-queue') changeable.MessageRetentionPeriod = String(queue.retentionSeconds);
  const fixed: Record<string, string> = queue.kind === 'queue' && queue.fifo ? { FifoQueue: 'true' } : {};
  const create = caller.call('sqs:CreateQueue', options =>
    clients.sqs.send(
      new CreateQueueCommand({ QueueName: queue.name, Attributes: { ...fixed, ...changeable } }),
      options,
    ),
  );
  if (await isNew(create, 'QueueNameExists', 'QueueAlreadyExists')) return;
  const { QueueUrl } = await caller.call('sqs:GetQueueUrl', options =>
    clients.sqs.send(new GetQueueUrlCommand({ QueueName: queue.name }), options),
  );
  await caller.call('sqs:SetQueueAttributes', options =>
    clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: changeable }), options),
  );
}

/** Statements of one bus. Those that stand there under other ids stay. */
export async function applyStatements(
  statements: readonly ResourceOf<'bus-policy-statement'>[],
  { caller, clients }: Where,
): Promise<void> {
  const { busName } = statements[0];
  const bus = await caller.call('events:DescribeEventBus', options =>
    clients.events.send(new DescribeEventBusCommand({ Name: busName }), options),
  );
  const present = bus.Policy ? (JSON.parse(bus.Policy) as PolicyDocument) : undefined;
  const ids = new Set(statements.map(statement => statement.statement.Sid));
  const kept = asList<PolicyStatement>(present?.Statement).filter(statement => !ids.has(statement.Sid));
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [...kept, ...statements.map(s => s.statement)],
  });
  if (policy === bus.Policy) return;
  await caller.call('events:PutPermission', options =>
    clients.events.send(new PutPermissionCommand({ EventBusName: busName, Policy: policy }), options),
  );
}

export async function applyRule(rule: ResourceOf<'rule'>, { caller, clients }: Where): Promise<void> {
  const { events } = clients;
  const at = { Rule: rule.name, EventBusName: rule.busName };
  await caller.call('events:PutRule', options =>
    events.send(
      new PutRuleCommand({
        Name: rule.name,
        EventBusName: rule.busName,
        Description: rule.description,
        EventPattern: JSON.stringify(rule.pattern),
        State: rule.enabled ? 'ENABLED' : 'DISABLED',
      }),
      options,
    ),
  );
  const standing = await listAll(caller, 'events:ListTargetsByRule', async (NextToken, options) => {
    const page = await events.send(new ListTargetsByRuleCommand({ ...at, NextToken }), options);
    return { items: page.Targets, next: page.NextToken };
  });
  const wanted = new Set(rule.targets.map(target => target.id));
  const stray = standing.map(target => target.Id!).filter(id => !wanted.has(id));
  for (let i = 0; i < stray.length; i += MAX_TARGETS) {
    const Ids = stray.slice(i, i + MAX_TARGETS);
    const { FailedEntries } = await caller.call('events:RemoveTargets', options =>
      events.send(new RemoveTargetsCommand({ ...at, Ids }), options),
    );
    refuseFailed(caller, 'RemoveTargets', rule.name, FailedEntries);
  }
  await putTargets(rule.targets, rule.name, at, { caller, clients });
}

async function putTargets(
  targets: readonly TargetState[],
  rule: string,
  at: { readonly Rule: string; readonly EventBusName: string },
  { caller, clients }: Where,
): Promise<void> {
  for (let i = 0; i < targets.length; i += MAX_TARGETS) {
    const Targets = targets.slice(i, i + MAX_TARGETS).map(targetInput);
    const { FailedEntries } = await caller.call('events:PutTargets', options =>
      clients.events.send(new PutTargetsCommand({ ...at, Targets }), options),
    );
    refuseFailed(caller, 'PutTargets', rule, FailedEntries);
  }
}

/** PutTargets and RemoveTargets answer 200 with the entries that failed. */
function refuseFailed(
  { accountId, region }: Caller,
  operation: string,
  rule: string,
  failed: readonly { TargetId?: string; ErrorCode?: string; ErrorMessage?: string }[] | undefined,
): void {
  if (!failed || failed.length === 0) return;
  const reasons = failed.map(entry => `${entry.TargetId}: ${entry.ErrorCode} ${entry.ErrorMessage}`).join('; ');
  const place = { accountId, region, operation, action: `events:${operation}` };
  throw new AwsCallError(place, 'unexpected', `${operation} on rule ${rule} failed for ${reasons}`, {
    code: failed[0].ErrorCode,
  });
}

/** Whether it was made now; false where it was there already. */
async function isNew(create: Promise<unknown>, ...alreadyThere: readonly string[]): Promise<boolean> {
  try {
    await create;
    return true;
  } catch (error) {
    if (error instanceof AwsCallError && error.code && alreadyThere.includes(error.code)) return false;
    throw error;
  }
}
