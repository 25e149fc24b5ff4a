import type { DeploymentParts } from './deployer';
import { handlerFailure } from './failureReason';
import { handlerFor } from './resources/handlers';
import type { Doomed, Stack, StackOperation, StackResource } from './stack';
import { asAwsError } from './worker';

/** Whether a policy, or the caller, says that a resource stays while the stack lets go of it. */
export function retained(operation: StackOperation, stack: Stack, { resource, own }: Doomed): boolean {
  if (operation.skipped.includes(resource.logicalId) && operation.kind === 'delete') return true;
  const policy = own ? resource.deletionPolicy : resource.updateReplacePolicy;
  if (policy === 'Delete' || policy === 'Snapshot') return false;
  // What a failed operation has just made goes, where the policy or the stack says "except on create".
  const justMade = operation.undoing && (policy === 'RetainExceptOnCreate' || stack.retainExceptOnCreate);
  return !justMade;
}

/** Removes one of the doomed resources, or lets it stay where it is to be retained. */
export async function removeResource(
  parts: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  index: number,
): Promise<StackOperation> {
  const { worker, environment } = parts;
  const item = operation.doomed[index];
  const { resource } = item;
  const { physicalId, type, logicalId, properties } = resource;
  if (retained(operation, stack, item)) {
    return settled(parts, stack, operation, index, 'removed', 'DELETE_SKIPPED');
  }
  if (physicalId !== undefined) {
    try {
      const context = worker.contextFor(stack, logicalId, operation.caller, () => {});
      await handlerFor(type).delete(context, physicalId, properties);
    } catch (error) {
      const reason = handlerFailure(asAwsError(environment, error));
      return settled(parts, stack, operation, index, 'failed', 'DELETE_FAILED', reason);
    }
  }
  return settled(parts, stack, operation, index, 'removed', 'DELETE_COMPLETE');
}

function settled(
  { stacks, events, environment }: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  index: number,
  state: Doomed['state'],
  status: string,
  statusReason?: string,
): StackOperation {
  const { resource, own } = operation.doomed[index];
  const ended: StackResource = { ...resource, status, statusReason, timestamp: environment.clock.now() };
  if (own) stacks.resources(stack).set(resource.logicalId, ended);
  events.ofResource(stack, ended, operation.token);
  return {
    ...operation,
    doomed: operation.doomed.map((other, i) => (i === index ? { ...other, state } : other)),
  };
}
