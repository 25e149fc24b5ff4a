import type { DeliverySettings, Json, JsonObject } from '@busline/event-repository';
import { canonicalPattern } from './canonical';
import type { SubscriptionDeployment } from './deployments';
import { eventTypesTaken, mayOverlap } from './eventTypesTaken';
import { defaultQuotas } from './quotas';

/** Comparing each with each grows with the square; past this, one service's subscriptions share one rule. */
const MAX_COMPARISONS = 1_000_000;

/**
 * Which rules forward events to subscriber buses.
 *
 * Each rule that matches an event forwards a copy of its own. Were every subscription to have its forwarding rule, two
 * subscriptions of one service to one event type would each receive the event twice. So subscriptions whose patterns
 * may match the same event, on their way to the same subscriber bus, share one rule; its pattern takes what any of them
 * takes, and their own rules on the subscriber bus tell the events apart.
 */
export interface Forwarding {
  /** By name; the first gives the rule its name. */
  readonly members: readonly SubscriptionDeployment[];
  readonly pattern: JsonObject;
  readonly enabled: boolean;
  readonly delivery: DeliverySettings;
}

/** Groups the subscriptions that go by a subscriber bus; what cannot be told apart is taken to overlap. */
export function forwardingsOf(deployments: readonly SubscriptionDeployment[]): readonly Forwarding[] {
  const byWay = new Map<string, SubscriptionDeployment[]>();
  const forwardings: Forwarding[] = [];
  for (const deployment of deployments) {
    if (!deployment.forwardsTo) continue;
    if (deployment.subscription.rule !== undefined) {
      // Built by hand: declared as it is.
      forwardings.push(forwarding([deployment]));
      continue;
    }
    const way = `${deployment.listensOn.arn} ${deployment.forwardsTo.arn}`;
    const others = byWay.get(way);
    if (others) others.push(deployment);
    else byWay.set(way, [deployment]);
  }
  for (const way of byWay.values()) for (const group of overlapping(way)) forwardings.push(forwarding(group));
  return forwardings;
}

/** Sets of deployments of which no event can match patterns of two sets. */
function overlapping(deployments: readonly SubscriptionDeployment[]): readonly (readonly SubscriptionDeployment[])[] {
  const takes = deployments.map(deployment => eventTypesTaken(deployment.subscription.pattern));
  const parents = deployments.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parents[root] !== root) root = parents[root];
    parents[i] = root;
    return root;
  };
  const join = (i: number, j: number) => {
    parents[rootOf(i)] = rootOf(j);
  };
  const firstWith = new Map<string, number>();
  takes.forEach((taken, i) => {
    if (taken.kind !== 'listed') return;
    for (const { source, detailType } of taken.eventTypes) {
      const type = JSON.stringify([source, detailType]);
      const other = firstWith.get(type);
      if (other === undefined) firstWith.set(type, i);
      else join(i, other);
    }
  });
  const open = takes.flatMap((taken, i) => (taken.kind === 'open' ? [i] : []));
  const isTooMany = open.length * deployments.length > MAX_COMPARISONS;
  for (const i of open) {
    takes.forEach((other, j) => {
      if (i !== j && (isTooMany || mayOverlap(takes[i], other))) join(i, j);
    });
  }
  const groups = new Map<number, SubscriptionDeployment[]>();
  deployments.forEach((deployment, i) => {
    const root = rootOf(i);
    const group = groups.get(root);
    if (group) group.push(deployment);
    else groups.set(root, [deployment]);
  });
  return [...groups.values()];
}

function forwarding(group: readonly SubscriptionDeployment[]): Forwarding {
  if (group.length === 1) {
    const { pattern, enabled, delivery } = group[0].subscription;
    return { members: group, pattern, enabled, delivery };
  }
  const members = [...group].sort((a, b) => (a.ruleName < b.ruleName ? -1 : 1));
  const running = members.filter(member => member.subscription.enabled);
  const taken = (running.length > 0 ? running : members).map(member => member.subscription.pattern);
  const settings = members.map(member => member.subscription.delivery);
  return {
    members,
    pattern: union(taken),
    enabled: running.length > 0,
    // The most patient one: what one subscriber gives up, another may still wait for.
    delivery: {
      maximumEventAgeSeconds: Math.max(...settings.map(s => s.maximumEventAgeSeconds)),
      maximumRetryAttempts: Math.max(...settings.map(s => s.maximumRetryAttempts)),
      deadLetterQueue: settings.map(s => s.deadLetterQueue).find(Boolean) ?? false,
    },
  };
}

/** A pattern that takes what any of these takes; more where the exact one would be too long for AWS. */
function union(patterns: readonly JsonObject[]): JsonObject {
  const distinct = [...new Map(patterns.map(pattern => [canonicalPattern(pattern), pattern])).values()];
  if (distinct.length === 1) return distinct[0];
  const exact = { $or: distinct };
  return JSON.stringify(exact).length <= defaultQuotas.eventPatternSize ? exact : coarse(distinct);
}

function coarse(patterns: readonly JsonObject[]): JsonObject {
  const fields = ['source', 'detail-type'].flatMap(field => {
    const values = patterns.map(pattern => pattern[field]);
    if (!values.every(value => Array.isArray(value))) return [];
    const all = values.flatMap(value => value as readonly Json[]);
    return [[field, [...new Map(all.map(value => [JSON.stringify(value), value])).values()]] as const];
  });
  // Every event has a source; this one takes any.
  return fields.length > 0 ? Object.fromEntries(fields) : { source: [{ prefix: '' }] };
}
