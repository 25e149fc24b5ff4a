import {
  plannedRule,
  planEstate,
  ruleArnOf,
  type BusState,
  type PlannedHop,
  type RuleState,
  type SubscriptionDeployment,
} from '@busline/infrastructure';
import type { Subscription } from '@busline/event-repository';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn, whereTextIn } from '../database/dialect';
import { filling, isEmpty } from '../database/firstLoad';
import { contentHash, rowId } from '../database/ids';
import { DECLARED_BUSES, DECLARED_RULES, SUBSCRIPTION_RULES, type RowOf } from '../database/tables';
import type { FlowPart } from './changedFlow';
import type { DeclaredContext } from './declaredContext';
import { toRuleText } from './ruleText';
import { subscriptionId } from './subscriptionRecords';
import { chunksById, deleteById, inChunks, TableSync } from './TableSync';
import { toSortKey } from './texts';

/** Rules whose rows are made at once. */
const CHUNK = 500;
const LINKS_AT_ONCE = 2000;

export interface DeclaredEstates {
  readonly buses: readonly { readonly bus: BusState; readonly environment: string; readonly isCentral: boolean }[];
  /** Rules still to be worked out: as many as there are, they would not all fit in memory. */
  readonly hops: readonly PlannedHop[];
  /** A subscription in an environment with all that its rules need; undefined where it cannot be deployed. */
  deploymentOf(subscription: Subscription, environment: string): SubscriptionDeployment | undefined;
  /** Id of the subscription in its environment. */
  idOf(deployment: SubscriptionDeployment): number;
}

/** What should stand on AWS in all environments. */
export function declaredEstates(
  context: DeclaredContext,
  subscriptions = context.repository.subscriptions,
): DeclaredEstates {
  const repository = { ...context.repository, subscriptions };
  const buses: DeclaredEstates['buses'][number][] = [];
  const hops: PlannedHop[] = [];
  const deployments = new Map<string, Map<Subscription, SubscriptionDeployment>>();
  for (const { name: environment, buses: declared } of repository.environments) {
    const estate = planEstate(repository, environment);
    const central = declared[0];
    const centralId = central && context.account(central.account).id;
    for (const bus of estate.buses) {
      const isCentral =
        central !== undefined &&
        bus.name === central.name &&
        bus.region === central.region &&
        bus.accountId === centralId;
      buses.push({ bus, environment, isCentral });
    }
    for (const hop of estate.hops) hops.push(hop);
    const bySubscription = new Map<Subscription, SubscriptionDeployment>();
    for (const deployment of estate.deployment.subscriptions) bySubscription.set(deployment.subscription, deployment);
    deployments.set(environment, bySubscription);
  }
  const { sourceId } = context;
  return {
    buses,
    hops,
    idOf: remembering(({ subscription: { service, name }, environment }: SubscriptionDeployment) =>
      subscriptionId(sourceId, service, name, environment),
    ),
    deploymentOf: (subscription, environment) => deployments.get(environment)?.get(subscription),
  };
}

export interface EstateChanges {
  readonly buses: readonly number[];
  readonly rules: readonly number[];
  /** Subscriptions whose rules changed or went away. */
  readonly subscriptions: readonly number[];
  /** Whether these are the first rules that anybody declares: then none has a standing yet, unless it is seen on AWS. */
  readonly isFirst: boolean;
}

export function busId(arn: string): number {
  return rowId('bus', arn);
}

export function ruleId(arn: string): number {
  return rowId('rule', arn);
}

const COLUMNS = { hash: 'hash', source: 'declared_source' };

/** Makes the declared halves of buses and rules equal to what one source declares, or some of its services. */
export async function writeDeclaredEstate(
  trx: Knex,
  context: DeclaredContext,
  estates: DeclaredEstates,
  part?: FlowPart,
): Promise<EstateChanges> {
  const { sourceId } = context;
  const buses = await TableSync.open(trx, 'buses', sourceId, {
    ...COLUMNS,
    ...(part && { ids: [...part.buses].map(busId) }),
  });
  await upsertRows(
    trx,
    DECLARED_BUSES,
    estates.buses
      .filter(({ bus }) => !part || part.buses.has(bus.arn))
      .map(bus => toBusRow(bus, sourceId))
      .filter(row => buses.isChanged(row.id!, row.hash!)),
  );
  const goneBuses = buses.rest;
  await dropHalf(trx, 'buses', goneBuses, { environment: '', role: 'other' });

  const rules = await TableSync.open(trx, 'rules', sourceId, {
    ...COLUMNS,
    ...(part && { ids: await rulesOfServices(trx, sourceId, part.services) }),
  });
  const subscriptions = new Set<number>();
  const idOfBus = remembering(busId);
  await breathe();
  const isFirst = (await isEmpty(trx, 'rules')) && (await isEmpty(trx, 'subscription_rules'));
  const links: Link[] = [];
  await filling(trx, ['rules', 'subscription_rules'], async () => {
    for (const chunk of chunksById(estates.hops, hop => ruleId(ruleArnOf(hop)), CHUNK)) {
      const rows: RowOf<typeof DECLARED_RULES>[] = [];
      for (const { id, item: hop } of chunk) {
        const row = toRuleRow(id, plannedRule(hop), idOfBus, sourceId);
        if (!rules.isChanged(id, row.hash!)) continue;
        rows.push(row);
        links.push(...toLinks(hop, id, estates.idOf));
      }
      await upsertRows(trx, DECLARED_RULES, rows);
      const ids = rows.map(({ id }) => id!);
      if (!isFirst) for (const id of await dropLinks(trx, ids)) subscriptions.add(id);
      await breathe();
    }
    for (const chunk of chunksById(links, link => link.subscription_id!, LINKS_AT_ONCE)) {
      await upsertRows(
        trx,
        SUBSCRIPTION_RULES,
        chunk.map(({ item }) => item),
      );
      for (const { id } of chunk) subscriptions.add(id);
      await breathe();
    }
  });
  const goneRules = rules.rest;
  for (const id of await dropLinks(trx, goneRules)) subscriptions.add(id);
  await dropHalf(trx, 'rules', goneRules, {});
  return {
    buses: [...buses.changed, ...goneBuses],
    rules: [...rules.changed, ...goneRules],
    subscriptions: [...subscriptions],
    isFirst,
  };
}

/** What nobody declares any more stays as long as it is observed. */
async function dropHalf(
  trx: Knex,
  table: 'buses' | 'rules',
  ids: readonly number[],
  reset: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (ids.length === 0) return;
  await trx(table).whereRaw(whereIdIn(trx, 'id', ids)).where('observed', '').delete();
  await trx(table)
    .whereRaw(whereIdIn(trx, 'id', ids))
    .update({ declared: '', declared_source: '', hash: '', ...reset });
}

export async function subscriptionsOfRules(trx: Knex, ruleIds: readonly number[]): Promise<readonly number[]> {
  const ids = new Set<number>();
  for (const chunk of inChunks(ruleIds, CHUNK)) {
    const rows: { subscription_id: number | string }[] = await trx('subscription_rules')
      .whereRaw(whereIdIn(trx, 'rule_id', chunk))
      .distinct('subscription_id');
    for (const row of rows) ids.add(Number(row.subscription_id));
  }
  return [...ids];
}

async function rulesOfServices(trx: Knex, sourceId: string, services: ReadonlySet<string>): Promise<number[]> {
  const rows: { rule_id: number | string }[] = await trx({ h: 'subscription_rules' })
    .join({ s: 'subscriptions' }, 's.id', 'h.subscription_id')
    .where('s.source_id', sourceId)
    .whereRaw(whereTextIn(trx, 's.service', [...services]))
    .distinct('h.rule_id');
  return rows.map(row => Number(row.rule_id));
}

type Link = RowOf<typeof SUBSCRIPTION_RULES>;

function toLinks({ forwarding, deployment: first }: PlannedHop, id: number, idOf: DeclaredEstates['idOf']): Link[] {
  const deployments = forwarding ? forwarding.members : [first];
  return deployments.map(deployment => ({
    subscription_id: idOf(deployment),
    rule_id: id,
    hop: !forwarding && deployment.forwardsTo ? 1 : 0,
  }));
}

/** Gives the subscriptions that had one of the rules. */
async function dropLinks(trx: Knex, ruleIds: readonly number[]): Promise<readonly number[]> {
  const before = await subscriptionsOfRules(trx, ruleIds);
  await deleteById(trx, 'subscription_rules', 'rule_id', ruleIds);
  return before;
}

function toBusRow(
  { bus, environment, isCentral }: DeclaredEstates['buses'][number],
  sourceId: string,
): RowOf<typeof DECLARED_BUSES> {
  const declared = JSON.stringify(bus);
  return {
    id: busId(bus.arn),
    hash: contentHash(`${declared} ${environment} ${isCentral}`),
    arn: bus.arn,
    name: bus.name,
    account_id: bus.accountId,
    region: bus.region,
    environment,
    role: isCentral ? 'central' : 'subscriber',
    sort_key: busSortKey(bus),
    declared_source: sourceId,
    declared,
  };
}

export function busSortKey(bus: BusState): string {
  return `${toSortKey(bus.name)}\n${bus.accountId}\n${bus.region}`;
}

function toRuleRow(
  id: number,
  rule: RuleState,
  idOfBus: (arn: string) => number,
  sourceId: string,
): RowOf<typeof DECLARED_RULES> {
  const declared = toRuleText(rule);
  return {
    id,
    hash: contentHash(declared),
    arn: rule.arn,
    bus_id: idOfBus(rule.busArn),
    name: rule.name,
    account_id: rule.accountId,
    region: rule.region,
    declared_source: sourceId,
    declared,
  };
}

/** An id takes a hash to find, and rules ask for the same ones over and over. */
function remembering<T>(idOf: (item: T) => number): (item: T) => number {
  const known = new Map<T, number>();
  return item => {
    const found = known.get(item);
    if (found !== undefined) return found;
    const id = idOf(item);
    known.set(item, id);
    return id;
  };
}
