import { randomUUID } from 'node:crypto';
import { optionalBoolean, optionalText, text } from '../input';
import { sortedBy } from '../paging';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { actingCaller, allow, stackArn } from './authority';
import type { ChangeSet } from './changeSet';
import { describeParameters } from './describeOperations';
import { changesFor, type ChangeDetail, type ResourceChange } from './changes';
import { newStack, pageFor, scopeOf, stackFor, type CloudFormationContext } from './context';
import { alreadyExists, changeSetNotFound, notImplemented, stackDoesNotExist, validationError } from './errors';
import type { OnFailure, Stack, StackSettings } from './stack';
import { beforeUpdate, checkTypesStay, checkUpdatable } from './stackOperations';
import { newStackName, settingsOf } from './stackRequest';

export function changeSetOperations(context: CloudFormationContext): readonly (readonly [string, Operation])[] {
  return [
    ['CreateChangeSet', createChangeSet(context)],
    ['DescribeChangeSet', describeChangeSet(context)],
    ['ExecuteChangeSet', executeChangeSet(context)],
    ['DeleteChangeSet', deleteChangeSet(context)],
    ['ListChangeSets', listChangeSets(context)],
  ];
}

/** Until a change set is worked out, as on AWS things take a moment. */
const CREATE_MILLISECONDS = 5;
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

function createChangeSet(context: CloudFormationContext): Operation {
  const { environment, changeSets, stacks } = context;
  return (input, request) => {
    const scope = scopeOf(request);
    const stackName = text(input, 'StackName');
    const name = text(input, 'ChangeSetName');
    const type = optionalText(input, 'ChangeSetType') ?? 'UPDATE';
    if (type === 'IMPORT') throw notImplemented('ChangeSetType IMPORT');
    const roleArn = optionalText(input, 'RoleARN');
    const existing = stacks.find(scope, stackName);
    allow(environment, request, stackArn(scope, stackName, existing), roleArn);
    const token = optionalText(input, 'ClientToken');
    const same = existing && changeSets.find(scope, name, existing);
    if (same && token !== undefined && same.token === token) return { Id: same.id, StackId: same.stackId };
    if (same) throw alreadyExists(`ChangeSet ${name} already exists for stack ${existing.name}`);
    const stack =
      type === 'CREATE' ? stackToCreate(context, input, request, existing) : stackToUpdate(existing, stackName);
    const settings = settingsOf(environment, input, type === 'CREATE' ? undefined : stack);
    if (type === 'UPDATE') checkTypesStay(context, stack, settings);
    actingCaller(environment, request, roleArn, stack.roleArn);
    if (!existing || existing.status === 'DELETE_COMPLETE') beginReview(context, stack, settings);
    const changeSet: ChangeSet = {
      id: `arn:aws:cloudformation:${scope.region}:${scope.account}:changeSet/${name}/${randomUUID()}`,
      name,
      stackId: stack.id,
      stackName: stack.name,
      type: type === 'CREATE' ? 'CREATE' : 'UPDATE',
      status: 'CREATE_PENDING',
      executionStatus: 'UNAVAILABLE',
      created: environment.clock.now(),
      description: optionalText(input, 'Description'),
      settings,
      roleArn,
      onStackFailure: optionalText(input, 'OnStackFailure') as OnFailure | undefined,
      includeNestedStacks: optionalBoolean(input, 'IncludeNestedStacks') ?? false,
      changes: [],
      token,
    };
    changeSets.all(scope).set(changeSet.id, changeSet);
    workOutLater(context, changeSet);
    return { Id: changeSet.id, StackId: stack.id };
  };
}

function stackToUpdate(existing: Stack | undefined, name: string): Stack {
  if (!existing) throw stackDoesNotExist(name);
  if (existing.status === 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack:${existing.id} is in ${existing.status} state and can not be updated.`);
  }
  checkUpdatable(existing);
  return existing;
}

function stackToCreate(
  context: CloudFormationContext,
  input: JsonObject,
  request: ServiceRequest,
  existing: Stack | undefined,
): Stack {
  if (existing?.status === 'REVIEW_IN_PROGRESS') return existing;
  if (existing)
    throw alreadyExists(
      `Stack [${existing.name}] already exists and cannot be created again with the changeSet [${text(
        input,
        'ChangeSetName',
      )}].`,
    );
  const empty = { templateBody: '', parameters: {}, tags: [], capabilities: [], notificationArns: [] };
  return newStack(context, request, newStackName(input), empty, {
    status: 'REVIEW_IN_PROGRESS',
    statusReason: 'User Initiated',
  });
}

/** A stack that has nothing but a change set. */
function beginReview({ stacks, events }: CloudFormationContext, stack: Stack, settings: StackSettings): void {
  stacks.save({ ...stack, tags: settings.tags });
  events.ofStack(stack, stack.status, stack.statusReason);
}

function workOutLater(context: CloudFormationContext, { id, stackId }: ChangeSet): void {
  const { environment } = context;
  environment.clock.after(CREATE_MILLISECONDS, () => workOut(context, id, stackId));
}

/** Compares and stores what is found. A change set that nobody described before is worked out when it is asked for. */
function workOut(context: CloudFormationContext, id: string, stackId: string): void {
  const { stacks, changeSets } = context;
  const [, , , region, account] = id.split(':');
  const all = changeSets.all({ account, region });
  const changeSet = all.get(id);
  const stack = stacks.find({ account, region }, stackId);
  if (!changeSet || !stack || changeSet.status !== 'CREATE_PENDING') return;
  all.set(id, { ...changeSet, ...outcome(context, stack, changeSet) });
}

function outcome({ stacks }: CloudFormationContext, stack: Stack, { settings }: ChangeSet): Partial<ChangeSet> {
  try {
    const { resources, anything } = changesFor(stacks, stack, settings);
    if (!anything) return { status: 'FAILED', statusReason: NO_CHANGES };
    return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', changes: resources };
  } catch (error) {
    if (error instanceof AwsError) return { status: 'FAILED', statusReason: error.message };
    throw error;
  }
}

/**
 * The change set that a request means, once the caller may do this to its stack.
 * @throws AwsError ChangeSetNotFound; ValidationError
 */
function changeSetFor(
  context: CloudFormationContext,
  input: JsonObject,
  request: ServiceRequest,
): { readonly stack: Stack; readonly changeSet: ChangeSet } {
  const { changeSets } = context;
  const name = text(input, 'ChangeSetName');
  const stackName = optionalText(input, 'StackName');
  const byId = name.startsWith('arn:') ? changeSets.find(scopeOf(request), name, undefined) : undefined;
  if (stackName === undefined && !name.startsWith('arn:')) {
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  }
  if (stackName === undefined && !byId) throw changeSetNotFound(name);
  const stack = stackFor(context, request, stackName ?? byId?.stackId ?? '', 'Stack [x]');
  const found = byId ?? changeSets.find(stack, name, stack);
  if (!found || found.stackId !== stack.id) throw changeSetNotFound(name);
  return { stack, changeSet: found };
}

function describeChangeSet(context: CloudFormationContext): Operation {
  return (input, request) => {
    const { changeSet } = changeSetFor(context, input, request);
    const values = optionalBoolean(input, 'IncludePropertyValues') ?? false;
    const { settings } = changeSet;
    const found = pageFor(input, changeSet.changes, ({ logicalId }) => logicalId);
    return {
      ...summaryOf(changeSet),
      Parameters: describeParameters(settings),
      NotificationARNs: settings.notificationArns,
      RollbackConfiguration: settings.rollbackConfiguration ?? {},
      Capabilities: settings.capabilities,
      Tags: settings.tags,
      OnStackFailure: changeSet.onStackFailure,
      Changes: found.items.map(change => ({ Type: 'Resource', ResourceChange: describeChange(change, values) })),
      NextToken: found.nextToken,
    };
  };
}

function summaryOf(changeSet: ChangeSet) {
  return {
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: new Date(changeSet.created),
    Description: changeSet.description,
    IncludeNestedStacks: changeSet.includeNestedStacks,
  };
}

function describeChange(change: ResourceChange, values: boolean) {
  return {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: change.scope,
    Details: change.details.map(detail => describeDetail(detail, values)),
    BeforeContext: values && change.before ? JSON.stringify({ Properties: change.before }) : undefined,
    AfterContext: values && change.after ? JSON.stringify({ Properties: change.after }) : undefined,
  };
}

function describeDetail(detail: ChangeDetail, values: boolean) {
  return {
    Target: {
      Attribute: detail.attribute,
      Name: detail.name,
      RequiresRecreation: detail.requiresRecreation,
      Path: detail.path,
      BeforeValue: values ? detail.beforeValue : undefined,
      AfterValue: values ? detail.afterValue : undefined,
      AttributeChangeType: detail.changeType,
    },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    CausingEntity: detail.causingEntity,
  };
}

function executeChangeSet(context: CloudFormationContext): Operation {
  const { environment, stacks, changeSets, deployer } = context;
  return (input, request) => {
    const { stack, changeSet } = changeSetFor(context, input, request);
    const token = optionalText(input, 'ClientRequestToken');
    const executed = changeSet.executionStatus.startsWith('EXECUTE_');
    if (executed && token !== undefined && Object.hasOwn(stack.requestTokens, token)) return;
    if (changeSet.executionStatus !== 'AVAILABLE') {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
      );
    }
    const creating = changeSet.type === 'CREATE';
    if (!creating) checkUpdatable(stack);
    const caller = actingCaller(environment, request, undefined, changeSet.roleArn ?? stack.roleArn);
    changeSets.execute(stack, changeSet);
    const now = environment.clock.now();
    const disable = optionalBoolean(input, 'DisableRollback') ?? changeSet.onStackFailure === 'DO_NOTHING';
    const started: Stack = {
      ...stack,
      ...changeSet.settings,
      changeSetId: changeSet.id,
      roleArn: changeSet.roleArn ?? stack.roleArn,
      onFailure: changeSet.onStackFailure ?? 'ROLLBACK',
      disableRollback: disable,
      retainExceptOnCreate: optionalBoolean(input, 'RetainExceptOnCreate') ?? stack.retainExceptOnCreate,
      status: creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
      statusReason: 'User Initiated',
      updated: now,
      requestTokens:
        token === undefined ? stack.requestTokens : { ...stack.requestTokens, [token]: 'ExecuteChangeSet' },
    };
    stacks.save(started);
    const before = creating ? undefined : beforeUpdate(context, stack);
    deployer.start(started, { kind: creating ? 'create' : 'update', caller, token, before });
  };
}

function deleteChangeSet(context: CloudFormationContext): Operation {
  const { changeSets } = context;
  return (input, request) => {
    const name = text(input, 'ChangeSetName');
    const scope = scopeOf(request);
    // "If the call successfully completes, CloudFormation successfully deleted the change set": also one that is gone.
    if (name.startsWith('arn:') && !changeSets.find(scope, name, undefined)) {
      allow(context.environment, request, name);
      return;
    }
    const stackName = optionalText(input, 'StackName');
    if (stackName !== undefined && !name.startsWith('arn:')) {
      const stack = stackFor(context, request, stackName, 'Stack [x]');
      const found = changeSets.find(scope, name, stack);
      if (found) changeSets.all(scope).delete(found.id);
      return;
    }
    const { changeSet } = changeSetFor(context, input, request);
    changeSets.all(scope).delete(changeSet.id);
  };
}

function listChangeSets(context: CloudFormationContext): Operation {
  const { changeSets } = context;
  return (input, request) => {
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]');
    const found = pageFor(
      input,
      sortedBy(changeSets.ofStack(stack), ({ id }) => id),
      ({ id }) => id,
    );
    return { Summaries: found.items.map(summaryOf), NextToken: found.nextToken };
  };
}

/** Works out what the last run of the server left. */
export function resumeChangeSets(context: CloudFormationContext): void {
  const { environment, changeSets } = context;
  for (const scope of environment.store.scopes('cloudformation/changeSets')) {
    for (const changeSet of changeSets.all(scope).values()) {
      if (changeSet.status === 'CREATE_PENDING') workOutLater(context, changeSet);
    }
  }
}
