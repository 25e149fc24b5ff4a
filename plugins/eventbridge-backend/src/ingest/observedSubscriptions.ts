import type { Account, JsonObject, Service } from '@busline/event-repository';
import { parseArn, type RuleState } from '@busline/infrastructure';
import type { AccountRef, ServiceSummary } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import { SUBSCRIPTION_RULES, type RowOf } from '../database/tables';
import { toAccountRef } from './declaredContext';
import { toServiceSummary } from './eventTypeRecords';
import type { EventTypeIndex } from './links';
import { subscriptionId, toSubscriptionRecord, toTargetSummary, type SubscriptionInput } from './subscriptionRecords';
import { inChunks } from './TableSync';
import { writeSubscriptions, type PendingSubscription } from './writeSubscriptions';

/** Whoever receives the events of a rule that nobody declared, in an account where no or several services run. */
const UNKNOWN_SERVICE: ServiceSummary = { name: 'unknown', title: 'Unknown service', owner: 'unknown' };
const CHUNK = 2000;
/** EventBridge's own defaults: 24 hours and 185 attempts. */
const DEFAULT_DELIVERY = { maximumEventAgeSeconds: 86_400, maximumRetryAttempts: 185 };

interface UndeclaredRule {
  readonly id: number;
  readonly sourceId: string;
  readonly rule: RuleState;
}

/**
 * Subscriptions that were only observed: a rule with a pattern and a target that is no bus, which nobody declared. The
 * rules on other buses that forward to its bus are its first hop. Rules that an AWS service manages are left out.
 */
export async function writeObservedSubscriptions(
  trx: Knex,
  index: EventTypeIndex,
): Promise<{ readonly subscriptions: readonly number[]; readonly eventTypes: ReadonlySet<number> }> {
  const sources: { id: string; title: string }[] = await trx('sources').where({ kind: 'aws' }).select('id', 'title');
  const subscriptions: number[] = [];
  const eventTypes = new Set<number>();
  if (sources.length === 0) return { subscriptions, eventTypes };

  const rules = await undeclaredRules(trx);
  const people = await readPeople(trx);
  const forwardsTo = byTarget(rules);
  const links: Link[] = [];
  for (const source of sources) {
    const pending = rules
      .filter(({ sourceId, rule }) => sourceId === source.id && isLeaf(rule))
      .map(leaf => toPending(leaf, forwardsTo.get(leaf.rule.busArn) ?? [], source, people, links));
    const written = await writeSubscriptions(trx, source.id, pending, index);
    subscriptions.push(...written.changed);
    for (const id of written.eventTypes) eventTypes.add(id);
  }
  await writeRuleLinks(trx, rules, links);
  return { subscriptions, eventTypes };
}

interface UndeclaredRow {
  readonly id: number | string;
  readonly observed_source: string;
  readonly observed: string;
}

async function undeclaredRules(trx: Knex): Promise<readonly UndeclaredRule[]> {
  const rows: UndeclaredRow[] = await trx('rules')
    .where('declared', '')
    .whereNot('observed', '')
    .orderBy('arn')
    .select('id', 'observed_source', 'observed');
  return rows
    .map(row => ({
      id: Number(row.id),
      sourceId: row.observed_source,
      rule: JSON.parse(row.observed) as RuleState,
    }))
    .filter(({ rule }) => rule.managedBy === undefined && rule.pattern !== undefined);
}

function byTarget(rules: readonly UndeclaredRule[]): ReadonlyMap<string, readonly UndeclaredRule[]> {
  const byArn = new Map<string, UndeclaredRule[]>();
  for (const rule of rules) {
    for (const { arn } of rule.rule.targets) byArn.set(arn, [...(byArn.get(arn) ?? []), rule]);
  }
  return byArn;
}

function isLeaf(rule: RuleState): boolean {
  return rule.targets.some(({ arn }) => !isBus(arn));
}

function isBus(arn: string): boolean {
  const parsed = parseArn(arn);
  return parsed?.service === 'events' && parsed.resource.startsWith('event-bus/');
}

interface People {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly servicesOf: ReadonlyMap<string, readonly Service[]>;
  readonly metadataPath: string | undefined;
}

async function readPeople(trx: Knex): Promise<People> {
  const accountRows: { document: string }[] = await trx('accounts').select('document');
  const serviceRows: { document: string }[] = await trx('services').select('document');
  const accounts = accountRows.map(row => JSON.parse(row.document) as Account);
  const idOf = new Map(accounts.map(account => [account.name, account.id]));
  const servicesOf = new Map<string, Service[]>();
  for (const row of serviceRows) {
    const service = JSON.parse(row.document) as Service;
    for (const id of new Set(service.environments.map(({ account }) => idOf.get(account) ?? account))) {
      servicesOf.set(id, [...(servicesOf.get(id) ?? []), service]);
    }
  }
  const settings: { settings: string | null }[] = await trx('sources').whereNotNull('settings').select('settings');
  const paths = settings.map(row => (JSON.parse(row.settings!) as { eventPaths?: { metadata?: string } }).eventPaths);
  return {
    accounts: new Map(accounts.map(account => [account.id, account])),
    servicesOf,
    metadataPath: paths.find(path => path?.metadata !== undefined)?.metadata,
  };
}

function toPending(
  leaf: UndeclaredRule,
  forwards: readonly UndeclaredRule[],
  source: { readonly id: string; readonly title: string },
  people: People,
  links: Link[],
): PendingSubscription {
  const { rule } = leaf;
  const services = people.servicesOf.get(rule.accountId) ?? [];
  const account = people.accounts.get(rule.accountId);
  const id = subscriptionId(source.id, rule.arn, '', '');
  links.push({ subscription_id: id, rule_id: leaf.id, hop: forwards.length });
  forwards.forEach((forward, hop) => links.push({ subscription_id: id, rule_id: forward.id, hop }));
  return {
    id,
    make: () =>
      toSubscriptionRecord(
        id,
        toInput(rule, {
          sourceId: source.id,
          sourceTitle: source.title,
          service: services.length === 1 ? toServiceSummary(services[0]!) : UNKNOWN_SERVICE,
          account: toAccountRef(rule.accountId, account),
          environment: account?.environment ?? '',
          metadataPath: people.metadataPath,
          bus: busNameOf(forwards[0]?.rule ?? rule),
        }),
      ),
  };
}

function toInput(
  rule: RuleState,
  context: Pick<SubscriptionInput, 'sourceId' | 'sourceTitle' | 'service' | 'environment' | 'metadataPath' | 'bus'> & {
    readonly account: AccountRef;
  },
): SubscriptionInput {
  const target = rule.targets.find(({ arn }) => !isBus(arn))!;
  return {
    ...context,
    name: rule.name,
    region: rule.region,
    description: rule.description ?? '',
    pattern: rule.pattern as JsonObject,
    enabled: rule.enabled,
    target: toTargetSummary(target),
    delivery: {
      maximumEventAgeSeconds: target.maximumEventAgeSeconds ?? DEFAULT_DELIVERY.maximumEventAgeSeconds,
      maximumRetryAttempts: target.maximumRetryAttempts ?? DEFAULT_DELIVERY.maximumRetryAttempts,
      ...(target.deadLetterArn !== undefined && { deadLetterQueue: target.deadLetterArn }),
    },
  };
}

function busNameOf(rule: RuleState): string {
  return rule.busArn.slice(rule.busArn.indexOf('/') + 1);
}

type Link = RowOf<typeof SUBSCRIPTION_RULES>;

async function writeRuleLinks(trx: Knex, rules: readonly UndeclaredRule[], links: readonly Link[]): Promise<void> {
  const textOf = (link: Link) => `${link.subscription_id} ${link.rule_id} ${link.hop}`;
  const wanted = new Map(links.map(link => [textOf(link), link]));
  for (const chunk of inChunks(rules, CHUNK)) {
    const ids = chunk.map(({ id }) => id);
    const known: { subscription_id: number | string; rule_id: number | string; hop: number }[] = await trx(
      'subscription_rules',
    ).whereRaw(whereIdIn(trx, 'rule_id', ids));
    for (const { subscription_id, rule_id, hop } of known) {
      const link = { subscription_id: Number(subscription_id), rule_id: Number(rule_id), hop };
      if (wanted.delete(textOf(link))) continue;
      await trx('subscription_rules').where({ subscription_id, rule_id }).delete();
    }
  }
  await upsertRows(trx, SUBSCRIPTION_RULES, [...wanted.values()]);
}
