import type { PlannedHop } from './hops';
import { resolveTargets, targetAccess } from './targets';

/**
 * How many IAM roles the rules of an environment need, by account: one for each pair of buses of which one forwards to the
 * other, and one for each rule with a target that EventBridge calls by a role. Nothing else is worked out of the rules: of
 * several hundred thousand only the number is needed.
 */
export function roleCounts(hops: readonly PlannedHop[]): ReadonlyMap<string, number> {
  const forwarding = new Set<string>();
  const counts = new Map<string, number>();
  for (const hop of hops) {
    const { accountId } = hop.bus;
    if (hop.forwarding) {
      const role = hop.deployment.forwardsTo!.role.arn;
      if (forwarding.has(role)) continue;
      forwarding.add(role);
    } else if (!callsByRole(hop)) continue;
    counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  }
  return counts;
}

/** As `targetHop` gives roles: none to a rule that was built by hand, nor where one is declared. */
function callsByRole({ bus, deployment: { subscription, home } }: PlannedHop): boolean {
  const { targets, rule } = subscription;
  const isHome = bus.accountId === home.accountId;
  if (rule !== undefined || (isHome && targets.every(({ type }) => type === 'sqs' || type === 'lambda'))) return false;
  return resolveTargets(targets, home.accountId, home.region).some(
    ({ arn, declaration }) => declaration.roleArn === undefined && targetAccess(arn, bus.accountId).by === 'role',
  );
}
