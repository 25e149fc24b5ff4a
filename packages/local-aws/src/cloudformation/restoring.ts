import type { DeploymentParts } from './deployer';
import { equal } from './equal';
import { handlerFailure } from './failureReason';
import { isUnsettled } from './plan';
import { handlerFor } from './resources/handlers';
import type { Stack, StackOperation, StackResource } from './stack';
import { asAwsError } from './worker';

/** Makes a resource what it was before the update. Where it was replaced, the old one still stands. */
export async function restoreResource(
  parts: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  before: StackResource,
): Promise<StackOperation> {
  const { stacks, events, worker, environment } = parts;
  const { logicalId } = before;
  const records = stacks.resources(stack);
  const now = records.get(logicalId) ?? before;
  const done: StackOperation = { ...operation, done: [...operation.done, logicalId] };
  const settle = (status: string, statusReason?: string) => {
    const resource: StackResource = { ...before, status, statusReason, timestamp: environment.clock.now() };
    records.set(logicalId, resource);
    events.ofResource(stack, resource, operation.token);
  };
  const replaced = now.physicalId !== before.physicalId;
  const untouched =
    !replaced &&
    !isUnsettled(now) &&
    equal(now.properties, before.properties) &&
    equal(now.stackTags, before.stackTags);
  if (untouched) {
    records.set(logicalId, before);
    return done;
  }
  events.ofResource(
    stack,
    { ...before, status: 'UPDATE_IN_PROGRESS', statusReason: undefined, timestamp: environment.clock.now() },
    operation.token,
  );
  if (replaced || before.physicalId === undefined || operation.skipped.includes(logicalId)) {
    settle('UPDATE_COMPLETE');
    return done;
  }
  try {
    const context = worker.contextFor(stack, logicalId, operation.caller, () => {});
    await handlerFor(before.type).update(context, before.physicalId, before.properties, now.properties);
    settle('UPDATE_COMPLETE');
    return done;
  } catch (error) {
    const reason = handlerFailure(asAwsError(environment, error));
    records.set(logicalId, { ...now, status: 'UPDATE_FAILED', statusReason: reason });
    events.ofResource(stack, { ...now, status: 'UPDATE_FAILED', statusReason: reason }, operation.token);
    return { ...operation, failed: [...operation.failed, { logicalId, action: 'update' }] };
  }
}
