import { NotFoundError } from '@backstage/errors';
import { describePolicy, type PolicyDocument } from '@busline/access-policy';
import { couldMatchType } from '@busline/event-pattern';
import { quotaUse, type BusState, type Quotas, type RuleState } from '@busline/infrastructure';
import type {
  BusDetail,
  BusQuery,
  BusSummary,
  Difference,
  EventTypeRef,
  Json,
  Page,
  Standing,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn, whereTextIn } from '../database/dialect';
import { toPublicId } from '../database/ids';
import { ruleOfText, type RuleColumns } from '../ingest/ruleText';
import { busId } from '../ingest/writeDeclaredEstate';
import { toPermission } from './getSubscription';
import { afterCursor, decodeCursor, encodeCursor, sortBy, type SortColumn } from './keyset';
import { readAccounts, toBusRefOf } from './places';
import { visibleSubscriptions } from './subscriptionFilters';
import { hiddenEventTypes, hidingText, type Visibility } from './visibility';

const DEFAULT_LIMIT = 100;

interface BusRow {
  readonly id: number | string;
  readonly arn: string;
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly environment: string;
  readonly role: BusSummary['role'];
  readonly standing: Standing;
  readonly sort_key: string;
  readonly declared: string;
  readonly observed: string;
  readonly differences: string;
  readonly origin: string | null;
}

interface RuleRow extends RuleColumns {
  readonly id: number | string;
  readonly bus_id: number | string;
  readonly subscription_id: number | string | null;
  readonly standing: Standing;
  readonly declared: string;
  readonly observed: string;
}

/** GET /buses */
export async function listBuses(knex: Knex, query: BusQuery, limits?: Quotas): Promise<Page<BusSummary>> {
  const accounts = await readAccounts(knex);
  const filtered = busRows(knex);
  if (query.account?.length) filtered.whereRaw(whereTextIn(knex, 'b.account_id', query.account));
  if (query.standing?.length) filtered.whereRaw(whereTextIn(knex, 'b.standing', query.standing));
  if (query.environment?.length) filtered.whereRaw(whereTextIn(knex, 'b.environment', query.environment));
  if (query.q) {
    const text = `%${query.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    filtered.whereRaw(`b.sort_key LIKE ? ESCAPE '\\'`, [text]);
  }
  const [{ total }] = await filtered.clone().clearSelect().count({ total: '*' });

  const columns: SortColumn[] = [
    { column: 'b.sort_key', order: 'asc' },
    { column: 'b.id', order: 'asc' },
  ];
  const limit = query.limit ?? DEFAULT_LIMIT;
  const page = filtered.limit(limit + 1);
  sortBy(page, columns);
  if (query.cursor !== undefined) afterCursor(page, columns, decodeCursor(query.cursor, 'buses', 2));
  const rows: BusRow[] = await page;
  const items = rows.slice(0, limit);
  const rules = await rulesOf(
    knex,
    items.map(row => Number(row.id)),
  );
  const last = items.at(-1);
  return {
    items: items.map(row => toBusSummary(row, rules.get(Number(row.id)) ?? [], accounts, limits)),
    totalItems: Number(total),
    ...(rows.length > limit &&
      last && { nextCursor: encodeCursor({ sort: 'buses', values: [last.sort_key, Number(last.id)] }) }),
  };
}

/** GET /buses/:arn. Rules and statements that name an event type which the person may not see are left out. */
export async function getBus(knex: Knex, arn: string, visibility: Visibility, limits?: Quotas): Promise<BusDetail> {
  const row: BusRow | undefined = await busRows(knex).where('b.id', busId(arn)).first();
  if (!row) throw new NotFoundError(`There is no bus "${arn}"`);
  const accounts = await readAccounts(knex);
  const hidden = await hiddenEventTypes(knex, visibility);
  const all = (await rulesOf(knex, [Number(row.id)])).get(Number(row.id)) ?? [];
  const rules = await visibleRules(knex, all, hidden, visibility);
  const { policy } = JSON.parse(row.observed || row.declared) as BusState;
  const permissions = policy
    ? describePolicy(policy as unknown as PolicyDocument, {
        accountName: id => accounts.get(id)?.name,
        self: { arn: row.arn, words: 'this bus' },
      })
    : [];
  const isShown = await hidingText(knex, visibility);
  return {
    ...toBusSummary(row, all, accounts, limits),
    permissions: permissions.filter(({ statement }) => isShown(JSON.stringify(statement))).map(toPermission),
    differences: (JSON.parse(row.differences) as Difference[]).filter(
      ({ declared, observed }) => isShown(declared) && isShown(observed),
    ),
    rules: rules.map(toBusRule),
  };
}

function busRows(knex: Knex): Knex.QueryBuilder {
  return knex({ b: 'buses' })
    .leftJoin({ declaring: 'sources' }, 'declaring.id', 'b.declared_source')
    .leftJoin({ observing: 'sources' }, 'observing.id', 'b.observed_source')
    .select(
      'b.id',
      'b.arn',
      'b.name',
      'b.account_id',
      'b.region',
      'b.environment',
      'b.role',
      'b.standing',
      'b.sort_key',
      'b.declared',
      'b.observed',
      'b.differences',
    )
    .select(knex.raw('coalesce(declaring.title, observing.title) AS origin'));
}

async function rulesOf(knex: Knex, busIds: readonly number[]): Promise<ReadonlyMap<number, RuleRow[]>> {
  const rows: RuleRow[] = await knex({ r: 'rules' })
    .whereRaw(whereIdIn(knex, 'r.bus_id', busIds))
    .orderBy(['r.name', 'r.arn'])
    .select('r.id', 'r.bus_id', 'r.standing', 'r.declared', 'r.observed')
    .select('r.arn', 'r.name', 'r.account_id', 'r.region')
    // Of several that share it, the first.
    .select(
      knex('subscription_rules as h')
        .where('h.rule_id', knex.ref('r.id'))
        .min('h.subscription_id')
        .as('subscription_id'),
    );
  const byBus = new Map<number, RuleRow[]>();
  for (const row of rows) {
    const id = Number(row.bus_id);
    const known = byBus.get(id);
    if (known) known.push(row);
    else byBus.set(id, [row]);
  }
  return byBus;
}

function toBusSummary(
  row: BusRow,
  rules: readonly RuleRow[],
  accounts: Awaited<ReturnType<typeof readAccounts>>,
  limits: Quotas | undefined,
): BusSummary {
  const bus = JSON.parse(row.observed || row.declared) as BusState;
  // What runs counts against the quota; where nothing was read, what should.
  const counted = row.observed === '' ? rules : rules.filter(rule => rule.observed !== '');
  const [use] = quotaUse({ buses: [bus], rules: counted.map(ruleOf) }, limits).buses;
  return {
    ...toBusRefOf(row, accounts),
    ...(bus.description && { description: bus.description }),
    role: row.role,
    standing: row.standing,
    ruleCount: counted.length,
    quotas: use?.uses ?? [],
    origin: row.origin ?? '',
  };
}

function ruleOf(row: RuleRow): RuleState {
  return row.observed ? (JSON.parse(row.observed) as RuleState) : ruleOfText(row, row.declared);
}

async function visibleRules(
  knex: Knex,
  rules: readonly RuleRow[],
  hidden: readonly EventTypeRef[],
  visibility: Visibility,
): Promise<readonly RuleRow[]> {
  if (hidden.length === 0) return rules;
  const rows: { rule_id: number | string; subscription_id: number | string }[] = await visibleSubscriptions(
    knex,
    visibility,
  )
    .join({ r: 'subscription_rules' }, 'r.subscription_id', 's.id')
    .whereRaw(
      whereIdIn(
        knex,
        'r.rule_id',
        rules.map(({ id }) => Number(id)),
      ),
    )
    .select('r.rule_id', 'r.subscription_id');
  const visible = new Map(rows.map(row => [Number(row.rule_id), row.subscription_id]));
  return rules
    .filter(rule => (rule.subscription_id === null || visible.has(Number(rule.id))) && !namesOne(ruleOf(rule), hidden))
    .map(rule => ({ ...rule, subscription_id: visible.get(Number(rule.id)) ?? null }));
}

function namesOne(rule: RuleState, hidden: readonly EventTypeRef[]): boolean {
  if (!rule.pattern) return false;
  const text = JSON.stringify(rule.pattern);
  return hidden.some(
    ({ source, detailType }) =>
      text.includes(JSON.stringify(detailType)) && couldMatchType(rule.pattern!, source, detailType),
  );
}

function toBusRule(row: RuleRow): BusDetail['rules'][number] {
  const rule = ruleOf(row);
  return {
    name: rule.name,
    arn: rule.arn,
    enabled: rule.enabled,
    ...(rule.pattern && { pattern: rule.pattern as Json }),
    standing: row.standing,
    ...(row.subscription_id !== null && { subscriptionId: toPublicId(row.subscription_id) }),
    targetCount: rule.targets.length,
  };
}
