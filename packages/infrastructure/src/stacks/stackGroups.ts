import type { EventRepository } from '@busline/event-repository';
import { queueArn } from '../arns';
import {
  deploymentsOf,
  type DeclaredOptions,
  type EnvironmentDeployment,
  type SubscriptionDeployment,
} from '../deployments';
import { resourcesOfDeployment } from '../declaredResources';
import type {
  BusPolicyStatementResource,
  BusResource,
  DeadLetterQueueResource,
  FunctionPermissionResource,
  QueueResource,
  Resource,
  RoleResource,
  RuleResource,
} from '../resources';
import type { StackOwner } from './stack';
import { stackName } from './stackNames';

/** What a template can hold: everything but what is there already or made by the service's own team. */
export type StackedResource =
  | BusResource
  | BusPolicyStatementResource
  | RuleResource
  | RoleResource
  | QueueResource
  | DeadLetterQueueResource
  | FunctionPermissionResource;

export interface StackGroup {
  readonly name: string;
  readonly owner: StackOwner;
  readonly part?: string;
  readonly accountId: string;
  readonly region: string;
  readonly resources: readonly StackedResource[];
}

/** All of an environment, told apart by stack. */
export interface EnvironmentGroups {
  readonly environment: string;
  readonly deployment: EnvironmentDeployment;
  readonly groups: readonly StackGroup[];
}

/** Which resource goes into which stack: by owner, and by account and Region where an owner has several. */
export function stackGroups(
  repository: EventRepository,
  environment: string,
  options: DeclaredOptions & { readonly services?: readonly string[] } = {},
): EnvironmentGroups {
  const deployment = deploymentsOf(repository, environment, options);
  const subscriptions = options.services ? concerning(deployment, new Set(options.services)) : deployment.subscriptions;
  const resources = resourcesOfDeployment(repository, { ...deployment, subscriptions }).filter(isStacked);
  const named = new Set(
    resources.flatMap(r => (r.kind === 'function-permission' && 'roleArn' in r.grantee ? [r.grantee.roleArn] : [])),
  );
  const groups = new Map<
    string,
    { readonly group: Omit<StackGroup, 'resources'>; readonly members: StackedResource[] }
  >();
  for (const resource of resources) {
    const owner = stackOwner(resource, named);
    const { accountId, region } = resource;
    const key = JSON.stringify([owner.side, 'service' in owner ? owner.service : '', accountId, region]);
    const known = groups.get(key);
    if (known) {
      known.members.push(resource);
      continue;
    }
    const part = isFirstPlace(resource, owner, deployment) ? undefined : `${accountId}-${region}`;
    const name = stackName(environment, owner, part);
    groups.set(key, { group: { name, owner, part, accountId, region }, members: [resource] });
  }
  return {
    environment,
    deployment,
    groups: [...groups.values()].map(({ group, members }) => ({ ...group, resources: members })),
  };
}

/**
 * The subscriptions that decide what stands in the stacks of some services: their own, and others that share a bus or a queue with
 * them, of which the first has it in its stack. Among tens of thousands of subscriptions these are few.
 */
function concerning(
  { subscriptions }: EnvironmentDeployment,
  services: ReadonlySet<string>,
): EnvironmentDeployment['subscriptions'] {
  const shared = new Set(
    subscriptions.filter(({ subscription }) => services.has(subscription.service)).flatMap(sharable),
  );
  return subscriptions.filter(
    deployment => services.has(deployment.subscription.service) || sharable(deployment).some(key => shared.has(key)),
  );
}

function sharable({ forwardsTo, home, subscription }: SubscriptionDeployment): readonly string[] {
  const targets = subscription.targets.flatMap(target => {
    if (target.type === 'sqs') return [queueArn(home.accountId, home.region, target.name)];
    return target.type === 'arn' ? [target.arn] : [];
  });
  return forwardsTo ? [forwardsTo.arn, ...targets] : targets;
}

function isStacked(resource: Resource): resource is StackedResource {
  if (resource.kind === 'function' || resource.kind === 'state-machine') return false;
  return resource.kind !== 'bus' || !resource.exists;
}

/**
 * AWS Lambda takes no condition on who calls: its permission names the role, which must exist by then. The role goes ahead in
 * a stack of its own, since the rule that uses it comes after the permission.
 */
function stackOwner(resource: StackedResource, namedByFunctions: ReadonlySet<string>): StackOwner {
  const { owner } = resource;
  if (resource.kind === 'role' && owner.side === 'central' && namedByFunctions.has(resource.arn)) {
    return { side: 'central-roles', service: owner.service };
  }
  return owner;
}

function isFirstPlace(
  place: { readonly accountId: string; readonly region: string },
  owner: StackOwner,
  { buses, services }: EnvironmentDeployment,
): boolean {
  const first = owner.side === 'service' ? services.get(owner.service) : buses[0]?.place;
  return first?.accountId === place.accountId && first.region === place.region;
}
