import { optionalBoolean, optionalNumber, optionalText, text, texts } from '../input';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { actingCaller, allow, stackArn } from './authority';
import { changedTypes, changesFor } from './changes';
import { newStack, scopeOf, stackFor, type CloudFormationContext } from './context';
import { alreadyExists, validationError } from './errors';
import { isBusy, type Before, type OnFailure, type Stack, type StackSettings } from './stack';
import { newStackName, settingsOf } from './stackRequest';

/** The states from which a stack may be updated. */
const UPDATABLE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED']);
/** So many tokens are remembered for each stack. */
const MAX_TOKENS = 50;

export function stackOperations(context: CloudFormationContext): readonly (readonly [string, Operation])[] {
  return [
    ['CreateStack', createStack(context)],
    ['UpdateStack', updateStack(context)],
    ['DeleteStack', deleteStack(context)],
    ['CancelUpdateStack', cancelUpdateStack(context)],
    ['ContinueUpdateRollback', continueUpdateRollback(context)],
    ['UpdateTerminationProtection', updateTerminationProtection(context)],
  ];
}

/**
 * Whether a request with this token was accepted before: then it is answered as it was.
 * @throws AwsError TokenAlreadyExistsException where the token stood for something else
 */
function acceptedBefore(stack: Stack | undefined, token: string | undefined, operation: string): boolean {
  const known = token !== undefined && stack && Object.hasOwn(stack.requestTokens, token);
  if (!known) return false;
  if (stack.requestTokens[token] === operation) return true;
  throw new AwsError('TokenAlreadyExistsException', `A client request token already exists for ${stack.name}.`);
}

function withToken(stack: Stack, token: string | undefined, operation: string): Stack {
  if (token === undefined) return stack;
  const kept = Object.entries(stack.requestTokens).slice(1 - MAX_TOKENS);
  return { ...stack, requestTokens: Object.fromEntries([...kept, [token, operation]]) };
}

function createStack(context: CloudFormationContext): Operation {
  const { environment, stacks, deployer } = context;
  return (input, request) => {
    const name = newStackName(input);
    const scope = scopeOf(request);
    const roleArn = optionalText(input, 'RoleARN');
    const token = optionalText(input, 'ClientRequestToken');
    allow(environment, request, stackArn(scope, name), roleArn);
    const existing = stacks.find(scope, name);
    if (existing && acceptedBefore(existing, token, 'CreateStack')) return { StackId: existing.id };
    if (existing) throw alreadyExists(`Stack [${name}] already exists`);
    const settings = settingsOf(environment, input, undefined);
    const caller = actingCaller(environment, request, roleArn, undefined);
    const stack = withToken(
      newStack(context, request, name, settings, { ...failureHandling(input), roleArn }),
      token,
      'CreateStack',
    );
    stacks.save(stack);
    deployer.start(stack, { kind: 'create', caller, token });
    return { StackId: stack.id };
  };
}

function failureHandling(input: JsonObject): Partial<Stack> {
  const onFailure = optionalText(input, 'OnFailure') as OnFailure | undefined;
  const disableRollback = optionalBoolean(input, 'DisableRollback');
  if (onFailure !== undefined && disableRollback !== undefined) {
    throw validationError('You cannot specify both OnFailure and DisableRollback in the same request.');
  }
  return {
    onFailure: onFailure ?? 'ROLLBACK',
    disableRollback: disableRollback ?? onFailure === 'DO_NOTHING',
    retainExceptOnCreate: optionalBoolean(input, 'RetainExceptOnCreate') ?? false,
    timeoutMinutes: optionalNumber(input, 'TimeoutInMinutes'),
    terminationProtection: optionalBoolean(input, 'EnableTerminationProtection') ?? false,
  };
}

/** @throws AwsError ValidationError where something is being done to the stack, or it can only be deleted */
export function checkUpdatable(stack: Stack): void {
  const afterFailedCreate = stack.status === 'CREATE_FAILED' && stack.disableRollback;
  if (UPDATABLE.has(stack.status) || afterFailedCreate) return;
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

/** @throws AwsError ValidationError where a logical id would become another kind of thing */
export function checkTypesStay(context: CloudFormationContext, stack: Stack, settings: StackSettings): void {
  const changed = changedTypes(context.stacks, stack, settings.templateBody);
  if (changed.length === 0) return;
  throw validationError(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: ' +
      `[${changed.join(', ')}]`,
  );
}

/** What a rollback will bring back. */
export function beforeUpdate({ stacks }: CloudFormationContext, stack: Stack): Before {
  const { templateBody, parameters, tags, capabilities, notificationArns, rollbackConfiguration } = stack;
  return {
    settings: { templateBody, parameters, tags, capabilities, notificationArns, rollbackConfiguration },
    outputs: stack.outputs,
    imports: stack.imports,
    description: stack.description,
    resources: [...stacks.resources(stack).values()].filter(({ status }) => !status.startsWith('DELETE_')),
  };
}

function updateStack(context: CloudFormationContext): Operation {
  const { environment, stacks, deployer } = context;
  return (input, request) => {
    const roleArn = optionalText(input, 'RoleARN');
    const token = optionalText(input, 'ClientRequestToken');
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]', roleArn);
    if (acceptedBefore(stack, token, 'UpdateStack')) return { StackId: stack.id };
    checkUpdatable(stack);
    const settings = settingsOf(environment, input, stack);
    checkTypesStay(context, stack, settings);
    const changes = changesFor(stacks, stack, settings);
    if (!changes.anything) throw validationError('No updates are to be performed.');
    const caller = actingCaller(environment, request, roleArn, stack.roleArn);
    const updating: Stack = {
      ...withToken(stack, token, 'UpdateStack'),
      ...settings,
      roleArn: roleArn ?? stack.roleArn,
      disableRollback: optionalBoolean(input, 'DisableRollback') ?? false,
      retainExceptOnCreate: optionalBoolean(input, 'RetainExceptOnCreate') ?? stack.retainExceptOnCreate,
      status: 'UPDATE_IN_PROGRESS',
      statusReason: 'User Initiated',
      updated: environment.clock.now(),
    };
    stacks.save(updating);
    context.changeSets.makeObsolete(stack);
    deployer.start(updating, { kind: 'update', caller, token, before: beforeUpdate(context, stack) });
    return { StackId: stack.id };
  };
}

function deleteStack(context: CloudFormationContext): Operation {
  const { environment, stacks, changeSets, deployer } = context;
  return (input, request) => {
    const nameOrId = text(input, 'StackName');
    const scope = scopeOf(request);
    const roleArn = optionalText(input, 'RoleARN');
    const token = optionalText(input, 'ClientRequestToken');
    const stack = stacks.find(scope, nameOrId);
    allow(environment, request, stackArn(scope, nameOrId, stack), roleArn);
    // "If the stack does not exist, the operation succeeds."
    if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return;
    if (acceptedBefore(stack, token, 'DeleteStack')) return;
    checkDeletable(stack, input);
    const caller = actingCaller(environment, request, roleArn, stack.roleArn);
    for (const { id } of changeSets.ofStack(stack)) changeSets.all(stack).delete(id);
    const deleting: Stack = {
      ...withToken(stack, token, 'DeleteStack'),
      status: 'DELETE_IN_PROGRESS',
      statusReason: 'User Initiated',
    };
    stacks.save(deleting);
    deployer.start(deleting, { kind: 'delete', caller, token, skipped: texts(input, 'RetainResources') });
  };
}

function checkDeletable(stack: Stack, input: JsonObject): void {
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (isBusy(stack) && !/^(CREATE|ROLLBACK)_IN_PROGRESS$/.test(stack.status)) {
    throw validationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  }
  if (texts(input, 'RetainResources').length > 0 && stack.status !== 'DELETE_FAILED') {
    throw validationError(
      'Invalid operation on stack. Specifying resources to retain is valid only when the stack is in the DELETE_FAILED state.',
    );
  }
}

function cancelUpdateStack(context: CloudFormationContext): Operation {
  return (input, request) => {
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]');
    if (stack.status !== 'UPDATE_IN_PROGRESS') {
      throw validationError('CancelUpdateStack cannot be called from current stack status');
    }
    context.deployer.cancel(stack);
  };
}

function continueUpdateRollback(context: CloudFormationContext): Operation {
  const { environment, deployer } = context;
  return (input, request) => {
    const roleArn = optionalText(input, 'RoleARN');
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]', roleArn);
    const token = optionalText(input, 'ClientRequestToken');
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
    }
    const skipped = texts(input, 'ResourcesToSkip');
    checkSkipped(context, stack, skipped);
    deployer.continueRollback(stack, actingCaller(environment, request, roleArn, stack.roleArn), skipped, token);
  };
}

function checkSkipped({ stacks }: CloudFormationContext, stack: Stack, skipped: readonly string[]): void {
  const resources = stacks.resources(stack);
  for (const logicalId of skipped) {
    const status = resources.get(logicalId)?.status;
    if (status === undefined) {
      throw validationError(`The following resource(s) to skip do not exist in the stack: [${logicalId}]`);
    }
    if (status !== 'UPDATE_FAILED') {
      throw validationError(`The following resource(s) to skip are not in UPDATE_FAILED state: [${logicalId}]`);
    }
  }
}

function updateTerminationProtection(context: CloudFormationContext): Operation {
  return (input, request: ServiceRequest) => {
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]');
    if (stack.status.startsWith('DELETE_')) {
      throw validationError(`Stack [${stack.id}] cannot be updated while in status ${stack.status}`);
    }
    const terminationProtection = optionalBoolean(input, 'EnableTerminationProtection') ?? false;
    context.stacks.save({ ...stack, terminationProtection });
    return { StackId: stack.id };
  };
}
