import type { PolicyStatement } from '@busline/access-policy';
import type { EventRepository } from '@busline/event-repository';
import { nameInArn, parseArn } from './arns';
import { declaredBuses, type DeclaredBus } from './busPolicies';
import { ruleOf } from './declaredEstate';
import { deploymentsOf, type DeclaredOptions, type EnvironmentDeployment } from './deployments';
import { hopsOf, type Hop } from './hops';
import { resourceStatementId } from './names';
import {
  DEAD_LETTER_STATEMENT_ID,
  denyPlainText,
  policyDocument,
  queueStatementForRole,
  queueStatementForRule,
  rolePolicy,
  roleTrust,
} from './policies';
import type {
  BusPolicyStatementResource,
  BusResource,
  DeadLetterQueueResource,
  FunctionPermissionResource,
  FunctionResource,
  QueueResource,
  Resource,
  ResourceOwner,
  RoleResource,
  RuleResource,
  StateMachineResource,
} from './resources';
import { targetAccess } from './targets';

/** SQS's longest: a dead letter should outlive a holiday. */
const DEAD_LETTER_RETENTION_SECONDS = 1_209_600;
/** Times that a message is received before it counts as one that nobody can handle. */
const MAX_RECEIVES = 5;

/**
 * Every resource that the declarations of one environment ask for, each once, in an order in which they can be made:
 * buses, roles, queues, bus policies before the rules that rely on them.
 */
export function declaredResources(
  repository: EventRepository,
  environment: string,
  options: DeclaredOptions = {},
): readonly Resource[] {
  return resourcesOfDeployment(repository, deploymentsOf(repository, environment, options));
}

/** The same of references that are resolved already, or of some of its subscriptions. */
export function resourcesOfDeployment(
  repository: EventRepository,
  deployment: EnvironmentDeployment,
): readonly Resource[] {
  const hops = hopsOf(deployment.subscriptions);
  const buses = [...declaredBuses(repository, deployment, hops).values()];
  return [
    ...buses.map(busResource),
    ...roles(hops),
    ...namedTargets(hops),
    ...queues(hops),
    ...hops.flatMap(deadLetterQueue),
    ...buses.flatMap(bus => policyStatements(bus, deployment)),
    ...functionPermissions(hops),
    ...hops.map(ruleResource),
  ];
}

function ownerOf(hop: Hop): ResourceOwner {
  const { deployment, bus } = hop;
  const service = deployment.subscription.service;
  const isCentral = bus.arn === deployment.listensOn.arn && bus.accountId !== deployment.home.accountId;
  const isFirstOfTwo = bus.arn === deployment.listensOn.arn && deployment.forwardsTo !== undefined;
  return { side: isCentral || isFirstOfTwo ? 'central' : 'service', service };
}

function busResource({ place, description, kmsKeyIdentifier, subscriberBusOf }: DeclaredBus): BusResource {
  return {
    kind: 'bus',
    ...place,
    owner: subscriberBusOf ? { side: 'service', service: subscriberBusOf } : { side: 'platform' },
    description,
    kmsKeyIdentifier,
    exists: place.name === 'default',
  };
}

function policyStatements(bus: DeclaredBus, deployment: EnvironmentDeployment): BusPolicyStatementResource[] {
  const isCentral = bus.place.arn === deployment.buses[0]?.place.arn;
  return bus.statements.map(({ statement, service }, index) => ({
    kind: 'bus-policy-statement',
    ...bus.place,
    name: statement.Sid ?? `statement-${index + 1}`,
    busName: bus.place.name,
    owner: service ? { side: isCentral ? 'central' : 'service', service } : { side: 'platform' },
    statement,
  }));
}

function roles(hops: readonly Hop[]): readonly RoleResource[] {
  interface Draft {
    readonly hop: Hop;
    readonly name: string;
    readonly grants: Map<string, { readonly actions: readonly string[]; readonly resource: string }>;
    readonly rules: Set<string>;
  }
  const drafts = new Map<string, Draft>();
  for (const hop of hops) {
    for (const { state, role } of hop.targets) {
      if (!role) continue;
      const draft = drafts.get(role.arn) ?? { hop, name: role.name, grants: new Map(), rules: new Set() };
      drafts.set(role.arn, draft);
      draft.rules.add(hop.ruleArn);
      draft.grants.set(state.arn, { actions: role.actions, resource: state.arn });
    }
  }
  return [...drafts].map(([arn, { hop, name, grants, rules }]) => ({
    kind: 'role',
    arn,
    name,
    accountId: hop.bus.accountId,
    region: hop.bus.region,
    owner: ownerOf(hop),
    description: `EventBridge sends events of ${hop.bus.name} for ${hop.deployment.subscription.service}`,
    trust: roleTrust(hop.bus.accountId, [...rules]),
    policy: { name: 'deliver', document: rolePolicy([...grants.values()]) },
  }));
}

function namedTargets(hops: readonly Hop[]): readonly (FunctionResource | StateMachineResource)[] {
  const found = new Map<string, FunctionResource | StateMachineResource>();
  for (const { deployment, targets } of hops) {
    for (const { state, resolved } of targets) {
      const type = resolved?.declaration.type;
      if (type !== 'lambda' && type !== 'step-functions') continue;
      found.set(state.arn, {
        kind: type === 'lambda' ? 'function' : 'state-machine',
        arn: state.arn,
        name: nameInArn(state.arn),
        accountId: deployment.home.accountId,
        region: deployment.home.region,
        owner: { side: 'service', service: deployment.subscription.service },
      });
    }
  }
  return [...found.values()];
}

/** Queues that are made for targets; several rules may share one, each with a statement of its own. */
function queues(hops: readonly Hop[]): readonly QueueResource[] {
  const drafts = new Map<string, { readonly hop: Hop; readonly statements: Map<string, PolicyStatement> }>();
  for (const hop of hops) {
    for (const { state, resolved, role } of hop.targets) {
      if (resolved?.declaration.type !== 'sqs') continue;
      const draft = drafts.get(state.arn) ?? { hop, statements: new Map<string, PolicyStatement>() };
      drafts.set(state.arn, draft);
      const byRole = role?.arn ?? resolved.declaration.roleArn;
      const statement = byRole
        ? queueStatementForRole(state.arn, byRole)
        : queueStatementForRule(state.arn, hop.ruleArn);
      draft.statements.set(statement.Sid!, statement);
    }
  }
  return [...drafts].map(([arn, { hop, statements }]) => ({
    kind: 'queue',
    arn,
    name: nameInArn(arn),
    accountId: hop.deployment.home.accountId,
    region: hop.deployment.home.region,
    owner: { side: 'service', service: hop.deployment.subscription.service },
    fifo: arn.endsWith('.fifo'),
    redrive: redriveOf(arn, hop),
    policy: policyDocument([...statements.values(), denyPlainText(arn)]),
  }));
}

/**
 * What nobody manages to handle goes where the rule puts what it cannot deliver, so that one alarm tells of both. A FIFO
 * queue would need a FIFO queue, and a rule cannot put dead letters into one.
 */
function redriveOf(queue: string, hop: Hop): QueueResource['redrive'] {
  const dead = hop.deadLetterQueue && parseArn(hop.deadLetterQueue.arn);
  const at = parseArn(queue);
  if (!dead || !at || queue.endsWith('.fifo')) return undefined;
  if (dead.accountId !== at.accountId || dead.region !== at.region) return undefined;
  return { deadLetterArn: hop.deadLetterQueue!.arn, maxReceiveCount: MAX_RECEIVES };
}

function deadLetterQueue(hop: Hop): DeadLetterQueueResource[] {
  if (!hop.deadLetterQueue) return [];
  const { name, arn } = hop.deadLetterQueue;
  return [
    {
      kind: 'dead-letter-queue',
      arn,
      name,
      accountId: hop.bus.accountId,
      region: hop.bus.region,
      owner: ownerOf(hop),
      ruleArn: hop.ruleArn,
      policy: policyDocument([queueStatementForRule(arn, hop.ruleArn, DEAD_LETTER_STATEMENT_ID), denyPlainText(arn)]),
      retentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
    },
  ];
}

/** Only for functions of the service's own account: the others belong to somebody else. */
function functionPermissions(hops: readonly Hop[]): readonly FunctionPermissionResource[] {
  const found = hops.flatMap(hop =>
    hop.targets.flatMap(({ state, resolved, role }): FunctionPermissionResource[] => {
      const { home, subscription } = hop.deployment;
      const target = parseArn(state.arn);
      if (!resolved || subscription.rule !== undefined) return [];
      if (target?.service !== 'lambda' || target.accountId !== home.accountId) return [];
      const byRole = role?.arn ?? resolved.declaration.roleArn;
      const isOpen = !byRole && targetAccess(state.arn, hop.bus.accountId).by === 'resource-policy';
      if (!byRole && !isOpen) return [];
      return [
        {
          kind: 'function-permission',
          arn: state.arn,
          name: resourceStatementId(state.arn, byRole ?? hop.ruleArn),
          accountId: home.accountId,
          region: target.region,
          owner: { side: 'service', service: subscription.service },
          functionName: nameInArn(state.arn),
          grantee: byRole ? { roleArn: byRole } : { service: 'events.amazonaws.com', sourceArn: hop.ruleArn },
        },
      ];
    }),
  );
  return [...new Map(found.map(permission => [`${permission.arn} ${permission.name}`, permission])).values()];
}

function ruleResource(hop: Hop): RuleResource {
  const rule = ruleOf(hop);
  return {
    kind: 'rule',
    arn: rule.arn,
    name: rule.name,
    accountId: rule.accountId,
    region: rule.region,
    owner: ownerOf(hop),
    busArn: rule.busArn,
    busName: hop.bus.name,
    description: rule.description,
    pattern: hop.pattern,
    enabled: rule.enabled,
    targets: rule.targets,
    subscription: rule.subscription!,
    sharedBy: rule.sharedBy,
  };
}
