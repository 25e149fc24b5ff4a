import type { JsonObject } from '../service';
import { checkProperties } from './checkProperties';
import type { DeploymentParts } from './deployer';
import { handlerFailure } from './failureReason';
import { resolvedProperties, scopeFor, standing } from './liveScope';
import { actionFor, declaredPart, nameTaken, newRecord, type Action } from './plan';
import { handlerFor } from './resources/handlers';
import type { Failure, Stack, StackOperation, StackResource } from './stack';
import type { ResourceDeclaration, Template } from './template/template';
import { asAwsError } from './worker';

type Work =
  | { readonly kind: 'do'; readonly action: Action; readonly properties: JsonObject }
  | { readonly kind: 'refused'; readonly action: Action; readonly reason: string };

/** What is to be done to a resource now that what it depends on stands. */
function workFor(parts: DeploymentParts, stack: Stack, template: Template, declaration: ResourceDeclaration): Work {
  const { stacks, environment } = parts;
  const resources = stacks.resources(stack);
  const old = resources.get(declaration.logicalId);
  const fallback: Action = old?.physicalId === undefined ? 'create' : 'update';
  try {
    const scope = scopeFor(
      stacks,
      stack,
      template,
      standing(id => resources.get(id)),
    );
    const { properties, problems } = checkProperties(declaration.type, resolvedProperties(scope, declaration));
    if (problems.length > 0) {
      const reason = `Properties validation failed for resource ${declaration.logicalId} with message:\n${problems.join(
        '\n',
      )}`;
      return { kind: 'refused', action: fallback, reason };
    }
    const action = actionFor(old, declaration.type, properties, stack.tags);
    const taken = action === 'replace' && old ? nameTaken(old, properties) : undefined;
    return taken === undefined
      ? { kind: 'do', action, properties }
      : { kind: 'refused', action: 'update', reason: taken };
  } catch (error) {
    return { kind: 'refused', action: fallback, reason: asAwsError(environment, error).message };
  }
}

const verb = (action: Action) => (action === 'create' ? 'CREATE' : 'UPDATE');

/**
 * Looks what a resource needs. Where that is nothing, it is done; otherwise it is marked as begun, and `makeResource` has
 * to follow.
 */
export function prepareResource(
  parts: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  template: Template,
  declaration: ResourceDeclaration,
): StackOperation {
  const { stacks, events, environment } = parts;
  const { logicalId } = declaration;
  const records = stacks.resources(stack);
  const old = records.get(logicalId);
  const work = workFor(parts, stack, template, declaration);
  if (work.kind === 'do' && work.action === 'none' && old) {
    records.set(logicalId, { ...old, ...declaredPart(declaration) });
    return { ...operation, done: [...operation.done, logicalId] };
  }
  const timestamp = environment.clock.now();
  const status = `${verb(work.action)}_IN_PROGRESS`;
  const known = old?.status === 'DELETE_COMPLETE' ? undefined : old;
  const begun: StackResource = {
    ...(known ?? newRecord(declaration, timestamp)),
    status,
    statusReason:
      work.action === 'replace'
        ? 'Requested update requires the creation of a new physical resource; hence creating one.'
        : undefined,
    timestamp,
  };
  records.set(logicalId, begun);
  // After a restart the resource was begun already.
  if (old?.status !== status) {
    const properties = work.kind === 'do' ? work.properties : begun.properties;
    events.ofResource(stack, { ...begun, properties }, operation.token);
  }
  return work.kind === 'refused' ? failed(parts, stack, operation, begun, work.action, work.reason) : operation;
}

/** Makes, changes or replaces a resource that `prepareResource` has begun. */
export async function makeResource(
  parts: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  template: Template,
  declaration: ResourceDeclaration,
): Promise<StackOperation> {
  const { stacks, worker, environment } = parts;
  const { logicalId, type } = declaration;
  const begun = stacks.resources(stack).get(logicalId) ?? newRecord(declaration, environment.clock.now());
  // Decided again as it was before it was begun: what is under way is never settled.
  const work = workFor(parts, stack, template, declaration);
  if (work.kind === 'refused') return failed(parts, stack, operation, begun, work.action, work.reason);
  const { action, properties } = work;
  let made: string | undefined;
  const context = worker.contextFor(stack, logicalId, operation.caller, id => {
    made = id;
  });
  const handler = handlerFor(type);
  try {
    const physical =
      action === 'create' || action === 'replace' || begun.physicalId === undefined
        ? await handler.create(context, properties)
        : await handler.update(context, begun.physicalId, properties, begun.properties);
    return complete(parts, stack, operation, declaration, action, {
      ...begun,
      properties,
      stackTags: stack.tags,
      physicalId: physical.id,
      attributes: physical.attributes,
    });
  } catch (error) {
    // Something is there: the rollback has to find it.
    const partial = made === undefined ? begun : { ...begun, physicalId: made, properties };
    return failed(parts, stack, operation, partial, action, handlerFailure(asAwsError(environment, error)));
  }
}

function complete(
  { stacks, events, environment }: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  declaration: ResourceDeclaration,
  action: Action,
  resource: StackResource,
): StackOperation {
  const { logicalId } = declaration;
  if (action !== 'update') {
    events.ofResource(stack, { ...resource, statusReason: 'Resource creation Initiated' }, operation.token);
  }
  const done: StackResource = {
    ...resource,
    ...declaredPart(declaration),
    status: `${verb(action)}_COMPLETE`,
    statusReason: undefined,
    timestamp: environment.clock.now(),
  };
  stacks.resources(stack).set(logicalId, done);
  events.ofResource(stack, done, operation.token);
  return { ...operation, done: [...operation.done, logicalId] };
}

function failed(
  { stacks, events, environment }: DeploymentParts,
  stack: Stack,
  operation: StackOperation,
  resource: StackResource,
  action: Action,
  reason: string,
): StackOperation {
  const { logicalId } = resource;
  const failure: StackResource = {
    ...resource,
    status: `${verb(action)}_FAILED`,
    statusReason: reason,
    timestamp: environment.clock.now(),
  };
  stacks.resources(stack).set(logicalId, failure);
  events.ofResource(stack, failure, operation.token);
  const record: Failure = { logicalId, action: action === 'create' ? 'create' : 'update' };
  return { ...operation, failed: [...operation.failed, record] };
}

/** `The following resource(s) failed to create: [A, B]. ` */
export function failureSentence(failures: readonly Failure[]): string {
  return (['create', 'update', 'delete'] as const)
    .map(action => [action, failures.filter(failure => failure.action === action)] as const)
    .filter(([, found]) => found.length > 0)
    .map(
      ([action, found]) =>
        `The following resource(s) failed to ${action}: [${found.map(({ logicalId }) => logicalId).join(', ')}]. `,
    )
    .join('');
}
