import { NotFoundError } from '@backstage/errors';
import { asList, describePolicy, type PolicyDocument } from '@busline/access-policy';
import { deliveryStatements, nameInArn, type BusState, type RuleState } from '@busline/infrastructure';
import type {
  Difference,
  Json,
  PermissionInWords,
  RuleHop,
  Standing,
  SubscriptionDetail,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { fromPublicId } from '../database/ids';
import { ruleOfText } from '../ingest/ruleText';
import type { StoredSubscriptionDetail } from '../ingest/subscriptionRecords';
import { SUBSCRIPTION_ROW_COLUMNS, toSubscriptionSummaries, type SubscriptionRow } from './listSubscriptions';
import { readAccounts, ruleConsoleUrl, toBusRefOf, type BusPlaceRow } from './places';
import { hiddenCount, visibleSubscriptions } from './subscriptionFilters';
import { hidingText, type Visibility } from './visibility';

interface HopRow {
  readonly rule_arn: string;
  readonly rule_name: string;
  readonly rule_standing: Standing;
  readonly rule_declared: string;
  readonly rule_observed: string;
  readonly rule_differences: string;
  readonly bus_declared: string | null;
  readonly bus_observed: string | null;
  readonly arn: string | null;
  readonly name: string | null;
  readonly account_id: string;
  readonly region: string;
  readonly environment: string | null;
}

/** GET /subscriptions/:id. Throws `NotFoundError`, also for what may not be seen. */
export async function getSubscription(
  knex: Knex,
  publicId: string,
  visibility: Visibility,
): Promise<SubscriptionDetail> {
  const id = fromPublicId(publicId);
  const row: (SubscriptionRow & { detail: string }) | undefined =
    id === undefined
      ? undefined
      : await visibleSubscriptions(knex, visibility)
          .innerJoin({ d: 'subscription_documents' }, 'd.id', 's.id')
          .where('s.id', id)
          .first(...SUBSCRIPTION_ROW_COLUMNS, 'd.detail', hiddenCount(knex, visibility));
  if (!row) throw new NotFoundError(`There is no subscription "${publicId}", or you may not see it`);

  const [summary] = await toSubscriptionSummaries(knex, [row], visibility);
  const stored = JSON.parse(row.detail) as StoredSubscriptionDetail;
  const hops = await readHops(knex, Number(row.id));
  const accounts = await readAccounts(knex);
  const accountName = (account: string) => accounts.get(account)?.name;
  const isShown = await hidingText(knex, visibility);
  return {
    ...summary!,
    ...stored,
    hops: hops.map(hop => toRuleHop(hop, accounts)),
    // The rule that forwards may be shared with subscriptions to event types that the person may not see.
    differences: hops
      .flatMap(hop => toDifferences(hop, hops.length > 1))
      .filter(({ declared, observed }) => isShown(declared) && isShown(observed)),
    permissions: [...deliveriesOf(hops, accountName), ...permissionsOf(hops, accountName)],
  };
}

function readHops(knex: Knex, subscriptionId: number): Promise<HopRow[]> {
  return knex({ h: 'subscription_rules' })
    .join({ r: 'rules' }, 'r.id', 'h.rule_id')
    .leftJoin({ b: 'buses' }, 'b.id', 'r.bus_id')
    .where('h.subscription_id', subscriptionId)
    .orderBy(['h.hop', 'r.arn'])
    .select({
      rule_arn: 'r.arn',
      rule_name: 'r.name',
      rule_standing: 'r.standing',
      rule_declared: 'r.declared',
      rule_observed: 'r.observed',
      rule_differences: 'r.differences',
      bus_declared: 'b.declared',
      bus_observed: 'b.observed',
      arn: 'b.arn',
      name: 'b.name',
      account_id: 'r.account_id',
      region: 'r.region',
      environment: 'b.environment',
    });
}

/** What runs where it is known, else what should. */
function ruleOf(hop: HopRow): RuleState {
  return hop.rule_observed ? (JSON.parse(hop.rule_observed) as RuleState) : declaredRuleOf(hop);
}

function declaredRuleOf({
  rule_arn: arn,
  rule_name: name,
  account_id,
  region,
  rule_declared: text,
}: HopRow): RuleState {
  return ruleOfText({ arn, name, account_id, region }, text);
}

function toRuleHop(hop: HopRow, accounts: Awaited<ReturnType<typeof readAccounts>>): RuleHop {
  const rule = ruleOf(hop);
  const bus: BusPlaceRow = {
    arn: hop.arn ?? rule.busArn,
    name: hop.name ?? nameInArn(rule.busArn),
    account_id: hop.account_id,
    region: hop.region,
    environment: hop.environment ?? '',
  };
  return {
    bus: toBusRefOf(bus, accounts),
    rule: {
      name: rule.name,
      arn: rule.arn,
      enabled: rule.enabled,
      consoleUrl: ruleConsoleUrl(rule.arn, bus.name, rule.name),
    },
    targets: rule.targets.map(({ id, arn, roleArn, deadLetterArn }) => ({
      id,
      arn,
      ...(roleArn !== undefined && { roleArn }),
      ...(deadLetterArn !== undefined && { deadLetterArn }),
    })),
    standing: hop.rule_standing,
  };
}

function toDifferences(hop: HopRow, several: boolean): Difference[] {
  const on = `rule ${hop.rule_name} on ${hop.name ?? 'its bus'}`;
  if (hop.rule_standing === 'declared-only') return [{ field: on, declared: 'there' }];
  if (hop.rule_standing === 'observed-only') return [{ field: on, observed: 'there' }];
  const differences = JSON.parse(hop.rule_differences) as Difference[];
  return several ? differences.map(({ field, ...rest }) => ({ field: `${hop.name}: ${field}`, ...rest })) : differences;
}

/** What the rules that are declared need, target by target: their roles' and queues' policies follow from the declaration. */
function deliveriesOf(
  hops: readonly HopRow[],
  accountName: (account: string) => string | undefined,
): PermissionInWords[] {
  const Statement = hops.flatMap(hop => (hop.rule_declared ? deliveryStatements(declaredRuleOf(hop)) : []));
  return describePolicy({ Version: '2012-10-17', Statement }, { accountName }).map(toPermission);
}

/** Statements of the receiving bus's policy that name the role by which events come, or its account. */
function permissionsOf(
  hops: readonly HopRow[],
  accountName: (account: string) => string | undefined,
): PermissionInWords[] {
  const roles = new Set(hops.flatMap(hop => ruleOf(hop).targets.map(({ roleArn }) => roleArn ?? '')));
  return hops.slice(1).flatMap(hop => {
    const text = hop.bus_observed || hop.bus_declared;
    const policy = text ? (JSON.parse(text) as BusState).policy : undefined;
    if (!policy) return [];
    return describePolicy(policy as unknown as PolicyDocument, {
      accountName,
      self: { arn: hop.arn ?? '', words: 'this bus' },
    })
      .filter(({ statement }) => principalsOf(statement.Principal).some(principal => roles.has(principal)))
      .map(toPermission);
  });
}

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal === 'string') return [principal];
  if (principal === null || typeof principal !== 'object') return [];
  return asList((principal as { AWS?: string | readonly string[] }).AWS);
}

export function toPermission(described: {
  readonly effect: 'Allow' | 'Deny';
  readonly words: string;
  readonly statement: object;
}): PermissionInWords {
  const { effect, words, statement } = described;
  return { effect, words, statement: statement as Json };
}
