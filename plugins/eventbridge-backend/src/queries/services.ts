import { NotFoundError } from '@backstage/errors';
import type { Service } from '@busline/event-repository';
import type { AccountSummary, ServiceDetail, ServiceSummary } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { toServiceSummary } from '../ingest/eventTypeRecords';
import { listEventTypes } from './listEventTypes';
import { listSubscriptions } from './listSubscriptions';
import { accountRefOf, readAccounts } from './places';
import type { Visibility } from './visibility';

/** What one service's page shows of each; no service comes near. */
const MAX_LISTED = 500;

/** GET /services */
export async function listServices(knex: Knex): Promise<ServiceSummary[]> {
  const byName = new Map<string, ServiceSummary>();
  for (const service of await readServices(knex)) {
    if (!byName.has(service.name)) byName.set(service.name, toServiceSummary(service));
  }
  return [...byName.values()].sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}

/** GET /services/:name */
export async function getService(knex: Knex, name: string, visibility: Visibility): Promise<ServiceDetail> {
  const [service] = await readServices(knex, { 'v.name': name });
  if (!service) throw new NotFoundError(`There is no service "${name}"`);
  return toServiceDetail(knex, service, visibility);
}

/** GET /services/by-entity */
export async function getServiceByEntity(knex: Knex, ref: string, visibility: Visibility): Promise<ServiceDetail> {
  const [service] = await readServices(knex, { 'v.component': ref.toLowerCase() });
  if (!service) throw new NotFoundError(`No service is declared for ${ref}`);
  return toServiceDetail(knex, service, visibility);
}

async function readServices(knex: Knex, where: Readonly<Record<string, string>> = {}): Promise<Service[]> {
  const rows: { document: string }[] = await knex({ v: 'services' })
    .join({ s: 'sources' }, 's.id', 'v.source_id')
    .where(where)
    .orderBy(['s.position', 'v.name'])
    .select('v.document');
  return rows.map(row => JSON.parse(row.document) as Service);
}

async function toServiceDetail(knex: Knex, service: Service, visibility: Visibility): Promise<ServiceDetail> {
  const accounts = await readAccounts(knex);
  const idOf = new Map([...accounts.values()].map(account => [account.name, account.id]));
  const publishes = await listEventTypes(knex, { publisher: [service.name], limit: MAX_LISTED }, visibility);
  const subscriptions = await listSubscriptions(knex, { service: [service.name], limit: MAX_LISTED }, visibility);
  return {
    ...toServiceSummary(service),
    description: service.description,
    ...(service.repository !== undefined && { repository: service.repository }),
    environments: service.environments.map(({ environment, account, region }) => ({
      environment,
      account: accountRefOf(accounts, idOf.get(account) ?? account),
      region,
    })),
    publishes: publishes.items,
    subscriptions: subscriptions.items,
  };
}

/** GET /accounts: those that are declared, and those in which a bus was seen. */
export async function listAccounts(knex: Knex): Promise<AccountSummary[]> {
  const accounts = await readAccounts(knex);
  const buses = await countBy(knex, 'buses');
  const rules = await countBy(knex, 'rules');
  const idOf = new Map([...accounts.values()].map(account => [account.name, account.id]));
  const services = new Map<string, Set<string>>();
  for (const service of await readServices(knex)) {
    for (const { account } of service.environments) {
      const id = idOf.get(account) ?? account;
      services.set(id, (services.get(id) ?? new Set()).add(service.name));
    }
  }
  const ids = [...new Set([...accounts.keys(), ...buses.keys()])];
  const summaries = ids.map((id): AccountSummary => {
    const account = accounts.get(id);
    return {
      ...accountRefOf(accounts, id),
      owner: account?.owner ?? 'unknown',
      ...(account?.environment !== undefined && { environment: account.environment }),
      regions: [...(buses.get(id)?.regions ?? [])].sort(),
      busCount: buses.get(id)?.count ?? 0,
      ruleCount: rules.get(id)?.count ?? 0,
      services: [...(services.get(id) ?? [])].sort(),
    };
  });
  return summaries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function countBy(
  knex: Knex,
  table: 'buses' | 'rules',
): Promise<ReadonlyMap<string, { count: number; regions: Set<string> }>> {
  const rows: { account_id: string; region: string; count: number | string }[] = await knex(table)
    .groupBy('account_id', 'region')
    .select('account_id', 'region')
    .count({ count: '*' });
  const counts = new Map<string, { count: number; regions: Set<string> }>();
  for (const row of rows) {
    const known = counts.get(row.account_id) ?? { count: 0, regions: new Set<string>() };
    known.count += Number(row.count);
    known.regions.add(row.region);
    counts.set(row.account_id, known);
  }
  return counts;
}
