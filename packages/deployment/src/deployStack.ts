import { ContinueUpdateRollbackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { AwsCallError } from '@busline/aws-estate';
import type { Stack } from '@busline/infrastructure';
import { createChangeSet, executeChangeSet } from './changeSet';
import { failedResources, type FailedResource } from './failure';
import type { PreparedStack } from './prepare';
import { describeStack, settled, type Place, type StackState } from './stackState';

/** A stack that CloudFormation could not bring where it should be. The message holds the reasons that AWS gives. */
export class StackFailedError extends Error {
  readonly status: string;
  readonly resources: readonly FailedResource[];

  constructor(stack: string, status: string, resources: readonly FailedResource[], reason?: string) {
    const reasons = resources.map(({ logicalId, type, reason: why }) => `${logicalId} (${type}): ${why}`);
    super([`Stack ${stack} ended as ${status}${reason ? `: ${reason}` : ''}`, ...reasons].join('; '));
    this.name = 'StackFailedError';
    this.status = status;
    this.resources = resources;
  }
}

export type StackStep = 'deleting what failed' | 'rolling back' | 'making' | 'updating';

/**
 * Brings a stack where its file has it, whatever an earlier attempt left.
 * @returns whether anything changed
 * @throws StackFailedError, AwsCallError
 */
export async function deployStack(
  prepared: Extract<PreparedStack, { action: 'create' | 'recreate' | 'update' | 'recover' }>,
  place: Place,
  onStep: (step: StackStep) => void,
): Promise<boolean> {
  const { stack } = prepared.planned;
  switch (prepared.action) {
    case 'update':
      onStep('updating');
      return (await tryExecute(place, prepared.changeSetId)) ? finish(place, stack) : update(place, stack);
    case 'recover':
      onStep('rolling back');
      await continueRollback(place, stack);
      onStep('updating');
      return update(place, stack);
    case 'recreate':
      onStep('deleting what failed');
      await deleteStack(place, stack.name);
      onStep('making');
      return make(place, stack, 'CREATE');
    default:
      onStep('making');
      return make(place, stack, 'CREATE');
  }
}

/** A change set is of no use once the stack has changed since: then it is made again. */
async function tryExecute(place: Place, changeSetId: string): Promise<boolean> {
  try {
    await executeChangeSet(place, changeSetId);
    return true;
  } catch (error) {
    const code = error instanceof AwsCallError ? error.code : undefined;
    if (code === 'InvalidChangeSetStatus' || code === 'InvalidChangeSetStatusException') return false;
    if (code === 'ChangeSetNotFound' || code === 'ChangeSetNotFoundException') return false;
    throw error;
  }
}

async function update(place: Place, stack: Stack): Promise<boolean> {
  await settled(place, stack.name);
  return make(place, stack, 'UPDATE');
}

async function make(place: Place, stack: Stack, type: 'CREATE' | 'UPDATE'): Promise<boolean> {
  const changeSet = await createChangeSet(place, stack, type);
  if (!changeSet) return false;
  await executeChangeSet(place, changeSet.id);
  return finish(place, stack);
}

async function finish(place: Place, stack: Stack): Promise<true> {
  const state = await settled(place, stack.name);
  if (state.kind === 'standing' && !state.status.includes('ROLLBACK')) return true;
  throw await failureOf(place, stack.name, state);
}

async function failureOf(place: Place, name: string, state: StackState): Promise<StackFailedError> {
  if (state.kind === 'absent') return new StackFailedError(name, 'DELETE_COMPLETE', []);
  const id = state.stack.StackId ?? name;
  return new StackFailedError(name, state.status, await failedResources(place, id), state.stack.StackStatusReason);
}

async function continueRollback(place: Place, stack: Stack): Promise<void> {
  const { caller, clients } = place;
  await caller.call('cloudformation:ContinueUpdateRollback', options =>
    clients.cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: stack.name }), options),
  );
  const state = await settled(place, stack.name);
  if (state.kind !== 'standing') throw await failureOf(place, stack.name, state);
}

/** Deletes a stack and waits until it is gone. */
export async function deleteStack(place: Place, name: string): Promise<void> {
  const before = await describeStack(place, name);
  if (before.kind === 'absent') return;
  // By id: a deleted stack is not found by its name any more.
  const id = before.stack.StackId ?? name;
  const { caller, clients } = place;
  await caller.call('cloudformation:DeleteStack', options =>
    clients.cloudformation.send(new DeleteStackCommand({ StackName: id }), options),
  );
  const after = await settled(place, id);
  if (after.kind !== 'absent') throw await failureOf(place, id, after);
}
