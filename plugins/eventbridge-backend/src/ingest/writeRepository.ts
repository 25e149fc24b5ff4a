import { contentHash, rowId } from '../database/ids';
import { upsertRows } from '../database/dialect';
import { ACCOUNTS, DOMAINS, SERVICES, SOURCE_PROBLEMS } from '../database/tables';
import type { Problem } from '@busline/event-repository';
import type { Knex } from 'knex';
import type { DeclaredContext } from './declaredContext';
import { derivePrimary } from './derive';
import { toEventTypeRecord } from './eventTypeRecords';
import { syncRows } from './syncRows';
import { writeEventTypes } from './writeEventTypes';

/** Problems kept of one source; past that, mending the first ones comes first. */
const MAX_PROBLEMS = 10_000;

/** Makes the database say what the event repository declares. Call it in a transaction. */
export async function writeRepository(
  trx: Knex,
  context: DeclaredContext,
  problems: readonly Problem[],
): Promise<Readonly<Record<string, number>>> {
  const { repository, sourceId } = context;
  await syncRows(trx, ACCOUNTS, sourceId, repository.accounts.map(account => ({
    ...identity('account', sourceId, account.id, account),
    account_id: account.id,
    name: account.name,
  })));
  await syncRows(trx, DOMAINS, sourceId, repository.domains.map(domain => ({
    ...identity('domain', sourceId, domain.name, domain),
    name: domain.name,
  })));
  await syncRows(trx, SERVICES, sourceId, repository.services.map(service => ({
    ...identity('service', sourceId, service.name, service),
    name: service.name,
    component: service.component?.toLowerCase() ?? null,
  })));
  await writeEventTypes(trx, sourceId, repository.eventTypes.map(type => toEventTypeRecord(type, context)));
  await writeProblems(trx, sourceId, problems);
  await derivePrimary(trx);
  return {
    eventTypes: repository.eventTypes.length,
    services: repository.services.length,
    subscriptions: repository.subscriptions.length,
    accounts: repository.accounts.length,
    domains: repository.domains.length,
  };
}

function identity(kind: string, sourceId: string, key: string, value: object) {
  const document = JSON.stringify(value);
  return { id: rowId(kind, sourceId, key), source_id: sourceId, hash: contentHash(document), document };
}

export async function writeProblems(trx: Knex, sourceId: string, problems: readonly Problem[]): Promise<void> {
  await trx('source_problems').where({ source_id: sourceId }).delete();
  await upsertRows(trx, SOURCE_PROBLEMS, problems.slice(0, MAX_PROBLEMS).map((problem, position) => ({
    source_id: sourceId,
    position,
    file: problem.file,
    line: problem.line,
    column: problem.column,
    rule: problem.rule,
    severity: problem.severity,
    message: problem.message,
  })));
}
