import { declaredEstate, type BusState, type RuleState, type SubscriptionReference } from '@busline/infrastructure';
import type { Subscription } from '@busline/event-repository';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn } from '../database/dialect';
import { contentHash, rowId } from '../database/ids';
import { DECLARED_BUSES, DECLARED_RULES, SUBSCRIPTION_RULES, type RowOf } from '../database/tables';
import type { DeclaredContext } from './declaredContext';
import { subscriptionId } from './subscriptionRecords';
import { byId, deleteById, inChunks, TableSync } from './TableSync';
import { toSortKey } from './texts';

/** Rules whose rows are made at once. */
const CHUNK = 1000;

export interface DeclaredEstates {
  readonly buses: readonly { readonly bus: BusState; readonly environment: string; readonly isCentral: boolean }[];
  readonly rules: readonly RuleState[];
  /** Rules that a subscription asks for in an environment, in the order of hops. */
  rulesOf(subscription: Pick<Subscription, 'service' | 'name'>, environment: string): readonly RuleState[];
}

/** What should stand on AWS in all environments. */
export function declaredEstates(context: DeclaredContext): DeclaredEstates {
  const buses: DeclaredEstates['buses'][number][] = [];
  const rules: RuleState[] = [];
  const bySubscription = new Map<string, RuleState[]>();
  const keyOf = (service: string, name: string, environment: string) => `${service}\n${name}\n${environment}`;
  for (const { name: environment, buses: declared } of context.repository.environments) {
    const estate = declaredEstate(context.repository, environment);
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
    for (const rule of estate.rules) {
      rules.push(rule);
      for (const asked of subscriptionsOf(rule)) {
        const key = keyOf(asked.service, asked.name, asked.environment);
        const known = bySubscription.get(key);
        if (known) known.push(rule);
        else bySubscription.set(key, [rule]);
      }
    }
  }
  return {
    buses,
    rules,
    rulesOf: ({ service, name }, environment) => bySubscription.get(keyOf(service, name, environment)) ?? [],
  };
}

function subscriptionsOf(rule: RuleState): readonly SubscriptionReference[] {
  return rule.sharedBy ?? (rule.subscription ? [rule.subscription] : []);
}

export interface EstateChanges {
  readonly buses: readonly number[];
  readonly rules: readonly number[];
  /** Subscriptions whose rules changed or went away. */
  readonly subscriptions: readonly number[];
}

export function busId(arn: string): number {
  return rowId('bus', arn);
}

export function ruleId(arn: string): number {
  return rowId('rule', arn);
}

const COLUMNS = { hash: 'hash', source: 'declared_source' };

/** Makes the declared halves of buses and rules equal to what one source declares. */
export async function writeDeclaredEstate(
  trx: Knex,
  context: DeclaredContext,
  estates: DeclaredEstates,
): Promise<EstateChanges> {
  const { sourceId } = context;
  const buses = await TableSync.open(trx, 'buses', sourceId, COLUMNS);
  await upsertRows(
    trx,
    DECLARED_BUSES,
    estates.buses.map(bus => toBusRow(bus, sourceId)).filter(row => buses.isChanged(row.id!, row.hash!)),
  );
  const goneBuses = buses.rest;
  await dropHalf(trx, 'buses', goneBuses, { environment: '', role: 'other' });

  const rules = await TableSync.open(trx, 'rules', sourceId, COLUMNS);
  const subscriptions = new Set<number>();
  for (const chunk of inChunks(byId(estates.rules, ({ arn }) => ruleId(arn)), CHUNK)) {
    const changed = chunk
      .map(rule => ({ rule, row: toRuleRow(rule, sourceId) }))
      .filter(({ row }) => rules.isChanged(row.id!, row.hash!));
    await upsertRows(trx, DECLARED_RULES, changed.map(({ row }) => row));
    const links = changed.flatMap(({ rule, row }) => toLinks(rule, row.id!, sourceId, estates));
    for (const id of await replaceLinks(trx, changed.map(({ row }) => row.id!), links)) subscriptions.add(id);
    await breathe();
  }
  const goneRules = rules.rest;
  for (const id of await replaceLinks(trx, goneRules, [])) subscriptions.add(id);
  await dropHalf(trx, 'rules', goneRules, {});
  return {
    buses: [...buses.changed, ...goneBuses],
    rules: [...rules.changed, ...goneRules],
    subscriptions: [...subscriptions],
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

type Link = RowOf<typeof SUBSCRIPTION_RULES>;

function toLinks(rule: RuleState, id: number, sourceId: string, estates: DeclaredEstates): Link[] {
  return subscriptionsOf(rule).map(({ service, name, environment }) => ({
    subscription_id: subscriptionId(sourceId, service, name, environment),
    rule_id: id,
    hop: estates.rulesOf({ service, name }, environment).indexOf(rule),
  }));
}

/** Gives the subscriptions that had or have one of the rules. */
async function replaceLinks(trx: Knex, ruleIds: readonly number[], links: readonly Link[]): Promise<readonly number[]> {
  const before = await subscriptionsOfRules(trx, ruleIds);
  await deleteById(trx, 'subscription_rules', 'rule_id', ruleIds);
  await upsertRows(trx, SUBSCRIPTION_RULES, links);
  return [...before, ...links.map(link => link.subscription_id!)];
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

function toRuleRow(rule: RuleState, sourceId: string): RowOf<typeof DECLARED_RULES> {
  const declared = JSON.stringify(rule);
  return {
    id: ruleId(rule.arn),
    hash: contentHash(declared),
    arn: rule.arn,
    bus_id: busId(rule.busArn),
    name: rule.name,
    account_id: rule.accountId,
    region: rule.region,
    declared_source: sourceId,
    declared,
  };
}
