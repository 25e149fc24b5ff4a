import type { EventType, JsonObject, Problem, SchemaVersion } from '@busline/event-repository';
import type { BusState, RuleState } from '@busline/infrastructure';
import type { EstatePart, RegistrySchema } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { upsertRows, whereIdIn } from '../database/dialect';
import { contentHash, rowId } from '../database/ids';
import { OBSERVED_BUSES, OBSERVED_RULES, REGISTRY_SCHEMAS, SOURCE_PARTS, type RowOf } from '../database/tables';
import { createDeclaredContext } from './declaredContext';
import {
  countEventTypes,
  deriveEventTypes,
  deriveStandings,
  eventTypesOfSubscriptions,
  subscriptionsOfEventTypes,
} from './derive';
import { readEventTypeIndex, relinkOpenPatterns } from './links';
import { writeObservedSubscriptions } from './observedSubscriptions';
import { updateBusStandings, updateRuleStandings, type Part } from './standings';
import { deleteById, inChunks, TableSync } from './TableSync';
import { busId, busSortKey, ruleId, subscriptionsOfRules } from './writeDeclaredEstate';
import { writeEventTypes } from './writeEventTypes';
import { allEventTypes, writeProblems } from './writeRepository';

const CHUNK = 1000;

type ReadPart = Extract<EstatePart, { outcome: 'read' }>;

/** Writes one account in one Region that was read to the end. Call it in a transaction. */
export async function writeEstatePart(trx: Knex, sourceId: string, part: ReadPart, now: Date): Promise<void> {
  const { accountId, region, estate, warning } = part;
  await syncObserved(
    trx,
    'buses',
    sourceId,
    part,
    estate.buses.map(bus => toBusRow(bus, sourceId)),
  );
  await syncObserved(
    trx,
    'rules',
    sourceId,
    part,
    estate.rules.map(rule => toRuleRow(rule, sourceId)),
  );
  if (part.registries) await writeRegistries(trx, sourceId, part, part.registries);
  await upsertRows(trx, SOURCE_PARTS, [
    {
      source_id: sourceId,
      account_id: accountId,
      region,
      state: 'fresh',
      reason: warning?.reason ?? null,
      rule: warning?.rule ?? null,
      last_read_at: now.toISOString(),
    },
  ]);
  await deriveFromPart(trx, part, now);
}

/** Takes note that an account could not be read. Its last good data stay. */
export async function writeFailedPart(
  trx: Knex,
  sourceId: string,
  { accountId, region, reason, rule }: Extract<EstatePart, { outcome: 'failed' }>,
): Promise<void> {
  await trx('source_parts')
    .insert({ source_id: sourceId, account_id: accountId, region, state: 'stale', reason, rule })
    .onConflict(['source_id', 'account_id', 'region'])
    .merge({ state: 'stale', reason, rule });
}

export interface EstateWritten {
  readonly counts: Readonly<Record<string, number>>;
  readonly problemCount: number;
  /** Why some of it is stale, if any is. */
  readonly staleReason?: string;
}

/** After all parts: what no longer belongs to the source, event types of registries, subscriptions nobody declared. */
export async function finishEstate(
  trx: Knex,
  source: { readonly id: string; readonly title: string },
  covered: readonly Part[],
  now: Date,
): Promise<EstateWritten> {
  await retireParts(trx, source.id, covered, now);
  const context = createDeclaredContext(NOTHING_DECLARED, { sourceId: source.id, sourceTitle: source.title });
  const types = await writeEventTypes(trx, context, await registryEventTypes(trx, source.id));
  const index = await readEventTypeIndex(trx);
  const observed = await writeObservedSubscriptions(trx, index);
  const subscriptions = new Set(observed.subscriptions);
  const touched = new Set([...types.added, ...types.changed, ...observed.eventTypes]);
  if (types.added.length + types.deleted.length > 0) {
    const relinked = await relinkOpenPatterns(trx, index);
    for (const id of relinked.eventTypes) touched.add(id);
    const recounted = new Set(relinked.subscriptions);
    for (const id of await subscriptionsOfEventTypes(trx, [...types.added, ...types.deleted])) recounted.add(id);
    await countEventTypes(trx, [...recounted]);
    for (const id of recounted) subscriptions.add(id);
  }
  await deriveStandings(trx, [...subscriptions]);
  for (const id of await eventTypesOfSubscriptions(trx, [...subscriptions])) touched.add(id);
  await deriveEventTypes(trx, [...touched], dayOf(now));
  return summarise(trx, source.id);
}

type ObservedRow = { readonly id: number | null; readonly observed_hash: string | null };

async function syncObserved(
  trx: Knex,
  name: 'buses' | 'rules',
  sourceId: string,
  { accountId, region }: Part,
  rows: readonly ObservedRow[],
): Promise<void> {
  const sync = await TableSync.open(trx, name, sourceId, {
    hash: 'observed_hash',
    source: 'observed_source',
    where: { account_id: accountId, region },
  });
  const changed = rows.filter(row => sync.isChanged(row.id!, row.observed_hash!));
  if (name === 'buses') await upsertRows(trx, OBSERVED_BUSES, changed as RowOf<typeof OBSERVED_BUSES>[]);
  else await upsertRows(trx, OBSERVED_RULES, changed as RowOf<typeof OBSERVED_RULES>[]);
  await dropObserved(trx, name, sync.rest);
}

async function dropObserved(trx: Knex, name: 'buses' | 'rules', ids: readonly number[]): Promise<void> {
  for (const chunk of inChunks(ids, CHUNK)) {
    if (name === 'rules') {
      const undeclared = trx('rules').whereRaw(whereIdIn(trx, 'id', chunk)).where('declared', '').select('id');
      await trx('subscription_rules').whereIn('rule_id', undeclared).delete();
    }
    await trx(name).whereRaw(whereIdIn(trx, 'id', chunk)).where('declared', '').delete();
    await trx(name)
      .whereRaw(whereIdIn(trx, 'id', chunk))
      .update({ observed: '', observed_source: '', observed_hash: '' });
  }
}

async function deriveFromPart(trx: Knex, part: Part, now: Date): Promise<void> {
  const buses = await updateBusStandings(trx, { part });
  const rules = await updateRuleStandings(trx, { part });
  const subscriptions = await subscriptionsOfRules(trx, rules);
  await deriveStandings(trx, subscriptions);
  const touched = buses.length > 0 ? await allEventTypes(trx) : await eventTypesOfSubscriptions(trx, subscriptions);
  await deriveEventTypes(trx, touched, dayOf(now));
}

async function retireParts(trx: Knex, sourceId: string, covered: readonly Part[], now: Date): Promise<void> {
  const wanted = new Set(covered.map(part => `${part.accountId} ${part.region}`));
  const rows: { account_id: string; region: string }[] = await trx('source_parts')
    .where({ source_id: sourceId })
    .select('account_id', 'region');
  for (const { account_id, region } of rows) {
    if (wanted.has(`${account_id} ${region}`)) continue;
    const part = { accountId: account_id, region };
    await trx('source_parts').where({ source_id: sourceId, account_id, region }).delete();
    await trx('registry_schemas').where({ source_id: sourceId, account_id, region }).delete();
    await syncObserved(trx, 'buses', sourceId, part, []);
    await syncObserved(trx, 'rules', sourceId, part, []);
    await deriveFromPart(trx, part, now);
  }
}

async function writeRegistries(
  trx: Knex,
  sourceId: string,
  { accountId, region }: Part,
  { fresh, schemas }: NonNullable<ReadPart['registries']>,
): Promise<void> {
  const there = new Set(schemas.map(({ registry, name }) => `${registry}\n${name}`));
  const known: { id: number | string; registry: string; name: string }[] = await trx('registry_schemas')
    .where({ source_id: sourceId, account_id: accountId, region })
    .select('id', 'registry', 'name');
  const gone = known.filter(({ registry, name }) => !there.has(`${registry}\n${name}`)).map(({ id }) => Number(id));
  await deleteById(trx, 'registry_schemas', 'id', gone);
  await upsertRows(
    trx,
    REGISTRY_SCHEMAS,
    fresh.map(schema => toRegistryRow(schema, sourceId, { accountId, region })),
  );
}

function toRegistryRow(schema: RegistrySchema, sourceId: string, part: Part): RowOf<typeof REGISTRY_SCHEMAS> {
  const { registry, name, version, source, detailType, createdAt } = schema;
  return {
    id: rowId('registry-schema', sourceId, part.accountId, part.region, registry, name, version),
    source_id: sourceId,
    account_id: part.accountId,
    region: part.region,
    registry,
    name,
    version,
    source,
    detail_type: detailType,
    schema: JSON.stringify(schema.schema),
    created_at: createdAt ?? null,
  };
}

/** An event repository without anything in it. */
export const NOTHING_DECLARED: Parameters<typeof createDeclaredContext>[0] = {
  name: '',
  title: '',
  description: '',
  owner: 'unknown',
  environments: [],
  eventPaths: {},
  naming: {},
  deliveryDefaults: { maximumEventAgeSeconds: 86_400, maximumRetryAttempts: 185, deadLetterQueue: false },
  accounts: [],
  domains: [],
  services: [],
  eventTypes: [],
  subscriptions: [],
};

interface RegistryRow {
  readonly source: string;
  readonly detail_type: string;
  readonly registry: string;
  readonly name: string;
  readonly version: string;
  readonly schema: string;
  readonly created_at: string | null;
}

/** Event types that registries know of. The first registry that has one counts. */
async function registryEventTypes(trx: Knex, sourceId: string): Promise<EventType[]> {
  const rows: RegistryRow[] = await trx('registry_schemas')
    .where({ source_id: sourceId })
    .whereNot('source', '')
    .orderBy(['source', 'detail_type', 'account_id', 'region', 'registry', 'name'])
    .select('source', 'detail_type', 'registry', 'name', 'version', 'schema', 'created_at');
  const byType = new Map<string, RegistryRow[]>();
  for (const row of rows) {
    const key = `${row.source}\n${row.detail_type}`;
    const known = byType.get(key);
    if (!known) byType.set(key, [row]);
    else if (known[0]!.registry === row.registry && known[0]!.name === row.name && !hasVersion(known, row))
      known.push(row);
  }
  return [...byType.values()].map(toEventType);
}

function hasVersion(rows: readonly RegistryRow[], { version }: RegistryRow): boolean {
  return rows.some(row => row.version === version);
}

function toEventType(rows: readonly RegistryRow[]): EventType {
  const [first] = rows;
  return {
    source: first!.source,
    detailType: first!.detail_type,
    slug: '',
    title: first!.detail_type,
    description: `Found in the schema registry ${first!.registry} as ${first!.name}. Nobody has declared it.`,
    owner: 'unknown',
    lifecycle: 'production',
    classification: 'internal',
    tags: [],
    links: [],
    personalData: [],
    eventPaths: {},
    versions: rows.map(toVersion).sort((a, b) => Number.parseInt(a.version, 10) - Number.parseInt(b.version, 10)),
    place: { file: '', line: 1, column: 1 },
  };
}

/** Registries count 1, 2, 3; the portal reads that as majors. */
function toVersion(row: RegistryRow): SchemaVersion {
  return {
    version: `${row.version}.0.0`,
    schema: JSON.parse(row.schema) as JsonObject,
    examples: [],
    ...(row.created_at !== null && { released: row.created_at.slice(0, 10) }),
    size: Buffer.byteLength(row.schema),
    file: '',
  };
}

async function summarise(trx: Knex, sourceId: string): Promise<EstateWritten> {
  const parts: { account_id: string; region: string; state: string; reason: string | null; rule: string | null }[] =
    await trx('source_parts').where({ source_id: sourceId }).orderBy(['account_id', 'region']);
  const problems = parts
    .filter(part => part.reason !== null)
    .map(
      (part): Problem => ({
        file: `${part.account_id}/${part.region}`,
        line: 1,
        column: 1,
        rule: part.rule ?? 'unexpected',
        severity: part.state === 'stale' ? 'error' : 'warning',
        message: part.reason!,
      }),
    );
  await writeProblems(trx, sourceId, problems);
  const stale = parts.filter(part => part.state === 'stale');
  const countOf = async (table: string) => {
    const [row] = await trx(table)
      .where({ observed_source: sourceId })
      // As the index of rules has it.
      .whereRaw("observed_source <> ''")
      .count({ count: '*' });
    return Number(row!.count);
  };
  return {
    counts: {
      accounts: new Set(parts.map(part => part.account_id)).size,
      accountsAndRegions: parts.length,
      buses: await countOf('buses'),
      rules: await countOf('rules'),
    },
    problemCount: problems.length,
    ...(stale.length > 0 && { staleReason: staleReason(stale.length, parts.length, stale[0]!.reason!) }),
  };
}

function staleReason(stale: number, all: number, first: string): string {
  if (all === 1) return first;
  return `${stale} of ${all} accounts and Regions could not be read and show older data. ${first}`;
}

function toBusRow(bus: BusState, sourceId: string): RowOf<typeof OBSERVED_BUSES> {
  const observed = JSON.stringify(bus);
  return {
    id: busId(bus.arn),
    observed_hash: contentHash(observed),
    arn: bus.arn,
    name: bus.name,
    account_id: bus.accountId,
    region: bus.region,
    sort_key: busSortKey(bus),
    observed_source: sourceId,
    observed,
  };
}

function toRuleRow(rule: RuleState, sourceId: string): RowOf<typeof OBSERVED_RULES> {
  const observed = JSON.stringify(rule);
  return {
    id: ruleId(rule.arn),
    observed_hash: contentHash(observed),
    arn: rule.arn,
    bus_id: busId(rule.busArn),
    name: rule.name,
    account_id: rule.accountId,
    region: rule.region,
    observed_source: sourceId,
    observed,
  };
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
