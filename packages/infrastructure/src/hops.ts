import type { DeliverySettings, JsonObject } from '@busline/event-repository';
import { parseArn, queueArn, roleArn, ruleArn } from './arns';
import type { BusPlace, SubscriptionDeployment } from './deployments';
import type { TargetState } from './estate';
import { forwardingsOf, type Forwarding } from './forwarding';
import { deadLetterQueueName, targetRoleName } from './names';
import { resolveTargets, targetAccess, type ResolvedTarget } from './targets';

/** Id of the target that forwards to the subscriber bus. */
export const FORWARD_TARGET_ID = 'subscriber-bus';

/** One rule on an event's way: from the central bus to the subscriber bus, or from a bus to the targets. */
export interface Hop {
  /** Whose rule it is; the first of them where several share it. */
  readonly deployment: SubscriptionDeployment;
  /** All of them. */
  readonly members: readonly SubscriptionDeployment[];
  readonly bus: BusPlace;
  readonly ruleArn: string;
  readonly pattern: JsonObject;
  readonly enabled: boolean;
  readonly targets: readonly HopTarget[];
  /** The queue that is made for this rule's dead letters. */
  readonly deadLetterQueue?: { readonly name: string; readonly arn: string };
}

export interface HopTarget {
  readonly state: TargetState;
  /** Absent on the hop to the subscriber bus. */
  readonly resolved?: ResolvedTarget;
  /** The role that is made for this target. */
  readonly role?: { readonly name: string; readonly arn: string; readonly actions: readonly string[] };
}

/** A rule before it is worked out: several hundred thousand of these fit where as many rules would not. */
export interface PlannedHop {
  /** Whose rule it is; the first of them where several share it. */
  readonly deployment: SubscriptionDeployment;
  /** On the hop to the subscriber bus. */
  readonly forwarding?: Forwarding;
  readonly bus: BusPlace;
}

/** The rules that subscriptions need: those that forward, then those that deliver. */
export function planHops(deployments: readonly SubscriptionDeployment[]): readonly PlannedHop[] {
  const forwards = forwardingsOf(deployments).map((forwarding): PlannedHop => {
    const [deployment] = forwarding.members;
    return { deployment, forwarding, bus: deployment.listensOn };
  });
  return [...forwards, ...deployments.map(planTargetHop)];
}

/** The hop that delivers a subscription's events. */
export function planTargetHop(deployment: SubscriptionDeployment): PlannedHop {
  return { deployment, bus: deployment.forwardsTo ?? deployment.listensOn };
}

export function hopsOf(deployments: readonly SubscriptionDeployment[]): readonly Hop[] {
  return planHops(deployments).map(workOut);
}

/** The rule of a planned hop, with its targets. */
export function workOut(hop: PlannedHop): Hop {
  return hop.forwarding ? forwardHop(hop.forwarding) : targetHop(hop.deployment);
}

export function ruleArnOf({ bus, deployment }: Pick<PlannedHop, 'bus' | 'deployment'>): string {
  return ruleArn(bus.accountId, bus.region, bus.name, deployment.ruleName);
}

function forwardHop({ members, pattern, enabled, delivery }: Forwarding): Hop {
  const [deployment] = members;
  const from = deployment.listensOn;
  const to = deployment.forwardsTo!;
  const rule = ruleArnOf({ bus: from, deployment });
  const deadLetters = deadLettersOf(deployment, delivery, from, rule);
  const role = { ...to.role, actions: ['events:PutEvents'] };
  const state = {
    id: FORWARD_TARGET_ID,
    arn: to.arn,
    roleArn: role.arn,
    ...deliveryOf(delivery, deadLetters.arn),
  };
  const targets = [{ state, role }];
  return {
    deployment,
    members,
    bus: from,
    ruleArn: rule,
    pattern,
    enabled,
    targets,
    deadLetterQueue: deadLetters.made,
  };
}

function targetHop(deployment: SubscriptionDeployment): Hop {
  const { subscription, home } = deployment;
  const { pattern, enabled, delivery } = subscription;
  const bus = deployment.forwardsTo ?? deployment.listensOn;
  const rule = ruleArnOf({ bus, deployment });
  const resolvedTargets = resolveTargets(subscription.targets, home.accountId, home.region);
  // A target found by hand may have delivery settings of its own; the rule's made queue is one all the same.
  const deadLetters = resolvedTargets.map(({ declaration }) =>
    deadLettersOf(deployment, declaration.delivery ?? delivery, bus, rule),
  );
  const targets = resolvedTargets.map((resolved, index) => {
    const role = targetRole(deployment, bus, rule, resolved);
    const { roleArn: declaredRole, input, inputPath, inputTransformer, parameters } = resolved.declaration;
    const state: TargetState = {
      id: resolved.id,
      arn: resolved.arn,
      roleArn: declaredRole ?? role?.arn,
      input,
      inputPath,
      inputTransformer,
      parameters,
      ...deliveryOf(resolved.declaration.delivery ?? delivery, deadLetters[index].arn),
    };
    return { state, resolved, role };
  });
  return {
    deployment,
    members: [deployment],
    bus,
    ruleArn: rule,
    pattern,
    enabled,
    targets,
    deadLetterQueue: deadLetters.find(({ made }) => made)?.made,
  };
}

/** A rule that was built by hand is declared as it is: no role is thought up for it. */
function targetRole(
  deployment: SubscriptionDeployment,
  bus: BusPlace,
  rule: string,
  target: ResolvedTarget,
): HopTarget['role'] {
  if (target.declaration.roleArn !== undefined || deployment.subscription.rule !== undefined) return undefined;
  const access = targetAccess(target.arn, bus.accountId);
  if (access.by !== 'role') return undefined;
  const name = targetRoleName(rule, deployment.ruleName);
  return { name, arn: roleArn(bus.accountId, bus.region, name), actions: access.actions };
}

/** A dead-letter queue stands in the rule's own account and Region; an existing one elsewhere serves another hop. */
function deadLettersOf(
  deployment: SubscriptionDeployment,
  delivery: DeliverySettings,
  bus: BusPlace,
  rule: string,
): { readonly arn?: string; readonly made?: { readonly name: string; readonly arn: string } } {
  const declared = delivery.deadLetterQueue;
  if (declared === false) return {};
  if (typeof declared === 'string') {
    const existing = parseArn(declared);
    const isHere = existing?.accountId === bus.accountId && existing.region === bus.region;
    if (isHere || !deployment.forwardsTo) return { arn: declared };
  }
  const name = deadLetterQueueName(rule, deployment.ruleName);
  const made = { name, arn: queueArn(bus.accountId, bus.region, name) };
  return { arn: made.arn, made };
}

function deliveryOf(delivery: DeliverySettings, deadLetterArn: string | undefined) {
  return {
    deadLetterArn,
    maximumEventAgeSeconds: delivery.maximumEventAgeSeconds,
    maximumRetryAttempts: delivery.maximumRetryAttempts,
  };
}
