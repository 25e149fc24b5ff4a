import type { DeliverySettings } from '@busline/event-repository';
import { parseArn, queueArn, roleArn, ruleArn } from './arns';
import type { BusPlace, SubscriptionDeployment } from './deployments';
import type { TargetState } from './estate';
import { deadLetterQueueName, targetRoleName } from './names';
import { resolveTargets, targetAccess, type ResolvedTarget } from './targets';

/** Id of the target that forwards to the subscriber bus. */
export const FORWARD_TARGET_ID = 'subscriber-bus';

/** One rule on an event's way: from the central bus to the subscriber bus, or from a bus to the targets. */
export interface Hop {
  readonly deployment: SubscriptionDeployment;
  readonly bus: BusPlace;
  readonly ruleArn: string;
  readonly targets: readonly HopTarget[];
  /** The queue that is made for this rule's dead letters. */
  readonly deadLetterQueue?: { readonly name: string; readonly arn: string };
}

export interface HopTarget {
  readonly state: TargetState;
  /** Absent on the hop to the subscriber bus. */
  readonly resolved?: ResolvedTarget;
  /** The role that is made for this target. */
  readonly role?: { readonly name: string; readonly arn: string; readonly action: string };
}

/** The rules that a subscription needs, in the order in which an event passes them. */
export function hopsOf(deployment: SubscriptionDeployment): readonly Hop[] {
  if (!deployment.forwardsTo) return [targetHop(deployment, deployment.listensOn)];
  return [forwardHop(deployment, deployment.forwardsTo), targetHop(deployment, deployment.forwardsTo)];
}

function forwardHop(deployment: SubscriptionDeployment, to: NonNullable<SubscriptionDeployment['forwardsTo']>): Hop {
  const from = deployment.listensOn;
  const rule = ruleArn(from.accountId, from.region, from.name, deployment.ruleName);
  const deadLetters = deadLettersOf(deployment, from, rule);
  const role = { ...to.role, action: 'events:PutEvents' };
  const state = {
    id: FORWARD_TARGET_ID,
    arn: to.arn,
    roleArn: role.arn,
    ...deliveryOf(deployment.subscription.delivery, deadLetters.arn),
  };
  return { deployment, bus: from, ruleArn: rule, targets: [{ state, role }], deadLetterQueue: deadLetters.made };
}

function targetHop(deployment: SubscriptionDeployment, bus: BusPlace): Hop {
  const { subscription, home, ruleName } = deployment;
  const rule = ruleArn(bus.accountId, bus.region, bus.name, ruleName);
  const deadLetters = deadLettersOf(deployment, bus, rule);
  const targets = resolveTargets(subscription.targets, home.accountId, home.region).map(resolved => {
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
      ...deliveryOf(subscription.delivery, deadLetters.arn),
    };
    return { state, resolved, role };
  });
  return { deployment, bus, ruleArn: rule, targets, deadLetterQueue: deadLetters.made };
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
  return { name, arn: roleArn(bus.accountId, bus.region, name), action: access.action };
}

/** A dead-letter queue stands in the rule's own account and Region; an existing one elsewhere serves another hop. */
function deadLettersOf(
  deployment: SubscriptionDeployment,
  bus: BusPlace,
  rule: string,
): { readonly arn?: string; readonly made?: { readonly name: string; readonly arn: string } } {
  const declared = deployment.subscription.delivery.deadLetterQueue;
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
