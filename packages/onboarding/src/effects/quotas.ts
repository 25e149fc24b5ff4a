import type { EventRepository } from '@busline/event-repository';
import {
  type BusState,
  defaultQuotas,
  planEstate,
  type PlannedHop,
  plannedRule,
  type Quotas,
  quotaUse,
  type QuotaUse,
  roleCounts,
} from '@busline/infrastructure';
import type { QuotaChange } from '../plan/plan';

/** Quotas that add up over services; the others are the largest of any one rule. */
const SUMS = new Set(['rules', 'policy size', 'rules with a wildcard', 'buses', 'roles']);

interface Place {
  readonly key: string;
  readonly of: string;
  readonly arn?: string;
  readonly uses: readonly Counted[];
}

/** Roles are IAM's, and counted here: no estate that is read from AWS has them. */
type Counted = Omit<QuotaUse, 'unit'> & { readonly unit: QuotaChange['unit'] };

type Use = ReadonlyMap<string, Place>;

const POLICY_WRAPPER = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

/** Use by bus and by account. A policy is counted by its statements, so that parts of a repository add up. */
function useOf(repository: EventRepository, environment: string, limits: Partial<Quotas>): Use {
  const { buses: states, hops } = planEstate(repository, environment);
  const estate = { buses: states, rules: hops.map(plannedRule) };
  const report = quotaUse(estate, limits);
  const buses = new Map(estate.buses.map(bus => [bus.arn, bus]));
  const places: Place[] = [
    ...report.buses.map(({ arn, uses }): Place => {
      const bus = buses.get(arn)!;
      return {
        key: arn,
        of: `bus ${bus.name}`,
        arn,
        uses: uses.map(use => (use.name === 'policy size' ? { ...use, used: statementsSize(bus) } : use)),
      };
    }),
    ...report.accounts.map(({ accountId, region, uses }) => ({
      key: `${accountId} ${region}`,
      of: `account ${accountId} in ${region}`,
      uses,
    })),
    ...roleUse(hops, limits),
  ];
  return new Map(places.map(place => [place.key, place]));
}

/** IAM knows no Regions. */
function roleUse(hops: readonly PlannedHop[], limits: Partial<Quotas>): readonly Place[] {
  const limit = limits.rolesPerAccount ?? defaultQuotas.rolesPerAccount;
  return [...roleCounts(hops)].map(([accountId, used]) => ({
    key: `roles ${accountId}`,
    of: `account ${accountId}`,
    uses: [{ name: 'roles', used, limit, unit: 'roles' }],
  }));
}

/** Characters of the statements, each with the comma behind it. */
function statementsSize({ policy }: BusState): number {
  const statements = policy?.Statement;
  if (!Array.isArray(statements)) return 0;
  return statements.reduce((sum: number, statement) => sum + JSON.stringify(statement).length + 1, 0);
}

const totals = new WeakMap<EventRepository, Map<string, Use>>();

/**
 * Of the whole environment; worked out once for a repository, since it costs what the repository is large. Rules are counted
 * without being worked out: of several hundred thousand only the number is needed.
 */
function totalUse(repository: EventRepository, environment: string, limits: Partial<Quotas>): Use {
  const known = totals.get(repository) ?? new Map<string, Use>();
  totals.set(repository, known);
  const key = JSON.stringify([environment, limits]);
  const use = known.get(key) ?? countedUse(repository, environment, limits);
  known.set(key, use);
  return use;
}

/**
 * Counts ahead what every plan compares with: the quota use of the whole repository, an environment a step. The first plan counts
 * what has not been counted, which takes a second for a hundred thousand subscriptions.
 */
export function* countQuotas(repository: EventRepository, limits: Partial<Quotas>): Generator<void> {
  for (const { name } of repository.environments) {
    totalUse(repository, name, limits);
    yield;
  }
}

function countedUse(repository: EventRepository, environment: string, limits: Partial<Quotas>): Use {
  const { buses, hops } = planEstate(repository, environment);
  const empty = quotaUse({ buses, rules: [] }, limits);
  const counts = new Map<string, { rules: number; wildcards: number; pattern: number; targets: number }>();
  for (const { bus, deployment, forwarding } of hops) {
    const count = counts.get(bus.arn) ?? { rules: 0, wildcards: 0, pattern: 0, targets: 0 };
    counts.set(bus.arn, count);
    const text = JSON.stringify(forwarding?.pattern ?? deployment.subscription.pattern);
    count.rules += 1;
    // Nearly all have none, and whoever names a field so is counted one too many.
    if (text.includes('"wildcard"')) count.wildcards += 1;
    count.pattern = Math.max(count.pattern, text.length);
    count.targets = Math.max(count.targets, forwarding ? 1 : deployment.subscription.targets.length);
  }
  const policies = new Map(buses.map(bus => [bus.arn, bus]));
  const places: Place[] = empty.buses.map(({ arn, uses }) => {
    const bus = policies.get(arn)!;
    const count = counts.get(arn) ?? { rules: 0, wildcards: 0, pattern: 0, targets: 0 };
    const of: Readonly<Record<string, number>> = {
      rules: count.rules,
      'rules with a wildcard': count.wildcards,
      'policy size': statementsSize(bus),
      'largest pattern': count.pattern,
      'most targets on a rule': count.targets,
    };
    return {
      key: arn,
      of: `bus ${bus.name}`,
      arn,
      uses: uses.map(use => ({ ...use, used: of[use.name] ?? use.used })),
    };
  });
  const accounts = empty.accounts.map(({ accountId, region, uses }) => ({
    key: `${accountId} ${region}`,
    of: `account ${accountId} in ${region}`,
    uses,
  }));
  return new Map([...places, ...accounts, ...roleUse(hops, limits)].map(place => [place.key, place]));
}

export interface QuotaInput {
  /** The whole repository before, and the neighbourhood of the service before and after. */
  readonly whole: EventRepository;
  readonly before: EventRepository;
  readonly after: EventRepository;
  readonly environment: string;
  readonly limits: Partial<Quotas>;
}

/** Every quota of which the use changes, and those of the central bus. */
export function quotaChanges(input: QuotaInput): readonly QuotaChange[] {
  const { whole, environment, limits } = input;
  const total = totalUse(whole, environment, limits);
  const before = useOf(input.before, environment, limits);
  const after = useOf(input.after, environment, limits);
  const central = [...total.values()][0]?.key;
  const changes: QuotaChange[] = [];
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const place = after.get(key) ?? before.get(key)!;
    for (const use of place.uses) {
      const own = { before: used(before, key, use.name), after: used(after, key, use.name) };
      const all = used(total, key, use.name);
      const is = SUMS.has(use.name) ? all + own.after - own.before : Math.max(own.after, own.before === all ? 0 : all);
      if (own.before === own.after && key !== central) continue;
      const change = { ...place, ...use, before: withWrapper(use.name, all), after: withWrapper(use.name, is) };
      changes.push(quotaChange(change));
    }
  }
  return changes;
}

/** The wrapper around statements, and the last one has no comma. */
const withWrapper = (name: string, size: number) =>
  name === 'policy size' && size > 0 ? size - 1 + POLICY_WRAPPER : size;

const used = (use: Use, key: string, name: string) => use.get(key)?.uses.find(each => each.name === name)?.used ?? 0;

function quotaChange(change: Counted & Place & { readonly before: number; readonly after: number }): QuotaChange {
  const { name, of, arn, unit, before, after, limit } = change;
  const exceeded = after > limit && after > before;
  return {
    name,
    of,
    ...(arn === undefined ? {} : { arn }),
    unit,
    before,
    after,
    limit,
    exceeded,
    ...(exceeded ? { wayOut: WAYS_OUT[name] ?? 'Ask AWS to raise the quota, and set it in the configuration.' } : {}),
  };
}

const RAISE =
  'or ask AWS to raise the quota (Service Quotas, Amazon EventBridge) and set `eventbridge.quotas` in the configuration';

const WAYS_OUT: Readonly<Record<string, string>> = {
  rules: `Let one subscription of the service take several event types instead of one each, ${RAISE}.`,
  'policy size': `Let the service publish by a role in the account of the bus instead of a statement in the bus's policy, ${RAISE}.`,
  'rules with a wildcard':
    'AWS does not raise this one: write the filter with prefix, suffix or equals-ignore-case instead of wildcard.',
  'most targets on a rule': `Make a second subscription for the further targets, ${RAISE}.`,
  'largest pattern': `Split the subscription in two, or filter in the service, ${RAISE}.`,
  roles:
    'Let subscriptions of the service be delivered by its bus to queues and functions of its own account, which need no role each, or ask AWS to raise the quota (Service Quotas, AWS Identity and Access Management) and set `eventbridge.quotas` in the configuration.',
  buses: `Let the subscription be delivered directly (path: direct), without a bus of its own, ${RAISE}.`,
};
