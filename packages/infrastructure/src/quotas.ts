import type { Json, JsonObject } from '@busline/event-repository';
import type { BusState, Estate, RuleState } from './estate';

/**
 * AWS's default quotas by the names under which configuration raises them.
 * Source: "Amazon EventBridge quotas", "IAM and AWS STS quotas" and "CloudFormation quotas" in their user guides.
 */
export interface Quotas {
  readonly rulesPerBus: number;
  readonly targetsPerRule: number;
  /** Fixed on AWS. */
  readonly wildcardRulesPerBus: number;
  /** Characters. */
  readonly busPolicySize: number;
  /** Characters. */
  readonly eventPatternSize: number;
  /** An account and Region. */
  readonly eventBuses: number;
  /** IAM, an account. */
  readonly rolesPerAccount: number;
  /** CloudFormation, a stack; fixed on AWS. */
  readonly stackResources: number;
}

export const defaultQuotas: Quotas = {
  rulesPerBus: 300,
  targetsPerRule: 5,
  wildcardRulesPerBus: 30,
  busPolicySize: 10_240,
  eventPatternSize: 2_048,
  eventBuses: 100,
  rolesPerAccount: 1_000,
  stackResources: 500,
};

export interface QuotaUse {
  /** In words: `rules`, `policy size`, … */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: 'rules' | 'characters' | 'targets' | 'buses';
}

export interface QuotaReport {
  readonly buses: readonly { readonly arn: string; readonly uses: readonly QuotaUse[] }[];
  readonly accounts: readonly {
    readonly accountId: string;
    readonly region: string;
    readonly uses: readonly QuotaUse[];
  }[];
}

/**
 * How much of each quota an estate uses, for every bus and for every account and Region.
 * @param limits - those that AWS has raised
 */
export function quotaUse(estate: Estate, limits: Partial<Quotas> = {}): QuotaReport {
  const quotas = { ...defaultQuotas, ...limits };
  const rulesByBus = new Map<string, RuleState[]>();
  for (const rule of estate.rules) {
    const rules = rulesByBus.get(rule.busArn);
    if (rules) rules.push(rule);
    else rulesByBus.set(rule.busArn, [rule]);
  }
  return {
    buses: estate.buses.map(bus => ({
      arn: bus.arn,
      uses: busQuotaUse(bus, rulesByBus.get(bus.arn) ?? [], quotas),
    })),
    accounts: accountQuotaUse(estate.buses, quotas),
  };
}

/** What one bus uses, given its rules. */
export function busQuotaUse(
  bus: BusState,
  rules: readonly RuleState[],
  limits: Partial<Quotas> = {},
): readonly QuotaUse[] {
  const quotas = { ...defaultQuotas, ...limits };
  const most = (of: (rule: RuleState) => number) => rules.reduce((top, rule) => Math.max(top, of(rule)), 0);
  const wildcards = rules.filter(rule => rule.pattern !== undefined && usesWildcard(rule.pattern));
  return [
    { name: 'rules', used: rules.length, limit: quotas.rulesPerBus, unit: 'rules' },
    {
      name: 'policy size',
      used: bus.policy ? JSON.stringify(bus.policy).length : 0,
      limit: quotas.busPolicySize,
      unit: 'characters',
    },
    {
      name: 'rules with a wildcard',
      used: wildcards.length,
      limit: quotas.wildcardRulesPerBus,
      unit: 'rules',
    },
    {
      name: 'most targets on a rule',
      used: most(rule => rule.targets.length),
      limit: quotas.targetsPerRule,
      unit: 'targets',
    },
    {
      name: 'largest pattern',
      used: most(rule => (rule.pattern ? JSON.stringify(rule.pattern).length : 0)),
      limit: quotas.eventPatternSize,
      unit: 'characters',
    },
  ];
}

function accountQuotaUse(buses: readonly BusState[], quotas: Quotas): QuotaReport['accounts'] {
  const counts = new Map<string, { accountId: string; region: string; used: number }>();
  for (const { accountId, region } of buses) {
    const key = `${accountId} ${region}`;
    const count = counts.get(key) ?? { accountId, region, used: 0 };
    count.used += 1;
    counts.set(key, count);
  }
  return [...counts.values()].map(({ accountId, region, used }) => ({
    accountId,
    region,
    uses: [{ name: 'buses', used, limit: quotas.eventBuses, unit: 'buses' }],
  }));
}

/** Whether a pattern has the operator; `wildcard` as the name of a field is none. */
function usesWildcard(pattern: Json): boolean {
  if (Array.isArray(pattern)) {
    return (pattern as readonly Json[]).some(
      item =>
        item !== null &&
        typeof item === 'object' &&
        !Array.isArray(item) &&
        (typeof (item as JsonObject).wildcard === 'string' ||
          Object.entries(item).some(([key, inner]) =>
            // Inside an array stand operators, and below `$or` whole patterns.
            key === 'anything-but' ? isWildcardObject(inner) : usesWildcard(inner),
          )),
    );
  }
  if (pattern === null || typeof pattern !== 'object') return false;
  return Object.values(pattern).some(usesWildcard);
}

function isWildcardObject(value: Json): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, 'wildcard');
}
