import type { Resource } from '@busline/infrastructure';
import { applyBus, applyQueue, applyRole, applyRule, applyStatements, type ResourceOf } from './applyResource';
import { createCallLimits, createCaller, mapBounded, type CallCounts, type Caller, type CallLimits } from './calls';
import type { ClientsFor } from './clients';

const AT_ONCE = 16;

export interface ApplyOptions {
  readonly clientsFor: ClientsFor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly name: string }) => void;
  readonly limits?: CallLimits;
}

export interface Applied {
  readonly calls: CallCounts;
  /** What others make: functions with their permissions, and state machines. */
  readonly left: readonly Resource[];
}

/**
 * Makes resources stand through the AWS API, or changes those that stand to what is declared; doing it twice changes
 * nothing. Nothing is deleted but targets that a declared rule does not have. For laptops and tests: on AWS, deploy by
 * CloudFormation, which also takes away what is no longer declared.
 *
 * @throws AwsCallError; what was made until then stays, and a second call goes on from there
 */
export async function applyResources(resources: readonly Resource[], options: ApplyOptions): Promise<Applied> {
  const limits = options.limits ?? createCallLimits();
  const callers = new Map<string, Caller>();
  const at = (accountId: string, region: string) => {
    const key = `${accountId} ${region}`;
    const caller = callers.get(key) ?? createCaller({ accountId, region, signal: options.signal }, limits);
    callers.set(key, caller);
    return { caller, clients: options.clientsFor(accountId, region) };
  };
  const of = <K extends Resource['kind']>(...kinds: readonly K[]) =>
    resources.filter((resource): resource is ResourceOf<K> => (kinds as readonly string[]).includes(resource.kind));
  const left = of('function', 'state-machine', 'function-permission');
  const total = resources.length - left.length;
  let done = 0;
  const phase = async <T extends { readonly accountId: string; readonly region: string; readonly name: string }>(
    items: readonly T[],
    apply: (item: T, where: ReturnType<typeof at>) => Promise<void>,
  ) =>
    mapBounded(items, AT_ONCE, async item => {
      await apply(item, at(item.accountId, item.region));
      done += 1;
      options.onProgress?.({ done, total, name: item.name });
    });

  // A policy may name a role only once it exists, and a rule may target a bus only once its policy lets it.
  await phase(of('bus'), applyBus);
  await phase(of('role'), applyRole);
  await phase(of('queue', 'dead-letter-queue'), applyQueue);
  await phase(
    byBus(of('bus-policy-statement')).map(group => ({ ...group[0], group })),
    async ({ group }, where) => {
      await applyStatements(group, where);
      done += group.length - 1;
    },
  );
  // Receiving rules first: an event that is forwarded while the rest is made already has somewhere to go.
  const rules = of('rule');
  await phase(
    rules.filter(rule => rule.owner.side !== 'central'),
    applyRule,
  );
  await phase(
    rules.filter(rule => rule.owner.side === 'central'),
    applyRule,
  );

  const calls: Record<string, number> = {};
  for (const caller of callers.values()) {
    for (const [action, count] of Object.entries(caller.counts())) calls[action] = (calls[action] ?? 0) + count;
  }
  return { calls, left };
}

/** A bus has one policy: its statements go together. */
function byBus(
  statements: readonly ResourceOf<'bus-policy-statement'>[],
): readonly (readonly ResourceOf<'bus-policy-statement'>[])[] {
  const groups = new Map<string, ResourceOf<'bus-policy-statement'>[]>();
  for (const statement of statements) {
    const group = groups.get(statement.arn);
    if (group) group.push(statement);
    else groups.set(statement.arn, [statement]);
  }
  return [...groups.values()];
}
