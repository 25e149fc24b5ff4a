import type { EventRepository, EventType, Problem, Publication } from '@busline/event-repository';
import type { Knex } from 'knex';
import { breathe, upsertRows } from '../database/dialect';
import { contentHash, rowId } from '../database/ids';
import { ACCOUNTS, DOMAINS, SERVICES, SOURCE_PROBLEMS } from '../database/tables';
import { changedFlow, type FlowPart } from './changedFlow';
import type { DeclaredContext } from './declaredContext';
import {
  countEventTypes,
  deriveEventTypes,
  deriveStandings,
  eventTypesOfSubscriptions,
  subscriptionsOfEventTypes,
} from './derive';
import { readEventTypeIndex, relinkOpenPatterns } from './links';
import { writeObservedSubscriptions } from './observedSubscriptions';
import { updateBusStandings, updateRuleStandings } from './standings';
import { syncTable } from './TableSync';
import { declaredEstates, subscriptionsOfRules, writeDeclaredEstate } from './writeDeclaredEstate';
import { writeEventTypes, type EventTypeChanges } from './writeEventTypes';
import { declaredSubscriptions, writeSubscriptions } from './writeSubscriptions';

/** Problems kept of one source; past that, mending the first ones comes first. */
const MAX_PROBLEMS = 10_000;

export interface Written {
  readonly counts: Readonly<Record<string, number>>;
  readonly problemCount: number;
}

/** Of the snapshot that stands in the database, and of the one to be written. */
export interface Fingerprints {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Makes the database say what the event repository declares. Call it in a transaction. */
export async function writeRepository(
  trx: Knex,
  context: DeclaredContext,
  problems: readonly Problem[],
  now: Date,
  fingerprints: Fingerprints,
): Promise<Written> {
  const { repository, sourceId } = context;
  await writeNamed(trx, context);
  await breathe();
  const types = await writeEventTypes(trx, context, repository.eventTypes);
  const touched = await writeFlow(trx, context, types, fingerprints);
  await deriveEventTypes(trx, [...touched], now.toISOString().slice(0, 10));
  if (types.deleted.length > 0) await readOthersAgain(trx, sourceId);

  const all = [...problems, ...types.shadowed.map(toShadowedProblem)];
  await writeProblems(trx, sourceId, all);
  return {
    counts: {
      eventTypes: repository.eventTypes.length,
      services: repository.services.length,
      subscriptions: repository.subscriptions.length,
      accounts: repository.accounts.length,
      domains: repository.domains.length,
    },
    problemCount: all.length,
  };
}

async function writeNamed(trx: Knex, { repository, sourceId }: DeclaredContext): Promise<void> {
  await syncTable(
    trx,
    ACCOUNTS,
    sourceId,
    repository.accounts.map(account => ({
      ...identity('account', sourceId, account.id, account),
      account_id: account.id,
      name: account.name,
    })),
  );
  await syncTable(
    trx,
    DOMAINS,
    sourceId,
    repository.domains.map(domain => ({
      ...identity('domain', sourceId, domain.name, domain),
      name: domain.name,
    })),
  );
  await syncTable(
    trx,
    SERVICES,
    sourceId,
    repository.services.map(service => ({
      ...identity('service', sourceId, service.name, { ...service, publishes: service.publishes.map(withoutPlace) }),
      name: service.name,
      component: service.component?.toLowerCase() ?? null,
    })),
  );
}

/** Buses, rules and subscriptions. Gives the event types whose subscribers or standing may have changed. */
async function writeFlow(
  trx: Knex,
  context: DeclaredContext,
  types: EventTypeChanges,
  fingerprints: Fingerprints,
): Promise<ReadonlySet<number>> {
  const touched = new Set([...types.added, ...types.changed]);
  const subscriptions = new Set<number>();
  const counted = new Set<number>();
  const index = await readEventTypeIndex(trx);
  const part = partToMake(context, fingerprints.before);
  if (part !== 'nothing') {
    const some = part === 'all' ? undefined : part;
    const estates = declaredEstates(context, some?.subscriptions);
    await breathe();
    const pending = declaredSubscriptions(context, estates, some?.subscriptions);
    await breathe();
    // Rules are found by the subscriptions that have them, so before any of these goes away.
    const estate = await writeDeclaredEstate(trx, context, estates, some);
    const written = await writeSubscriptions(trx, context.sourceId, pending, index, some?.services);
    const busesChanged = await updateBusStandings(trx, { ids: estate.buses });
    const rulesChanged = await updateRuleStandings(trx, { ids: estate.rules, areFirst: estate.isFirst });
    const observed = await writeObservedSubscriptions(trx, index);
    const changed = [...written.changed, ...observed.subscriptions];
    for (const id of changed) counted.add(id);
    const haveStandings = !estate.isFirst || rulesChanged.length > 0 || observed.subscriptions.length > 0;
    if (haveStandings) for (const id of [...changed, ...estate.subscriptions]) subscriptions.add(id);
    for (const id of await subscriptionsOfRules(trx, rulesChanged)) subscriptions.add(id);
    for (const id of [...written.eventTypes, ...observed.eventTypes]) touched.add(id);
    if (busesChanged.length > 0) for (const id of await allEventTypes(trx)) touched.add(id);
  }
  rememberFlow(context, fingerprints.after);
  if (types.added.length > 0 || types.deleted.length > 0) {
    const relinked = await relinkOpenPatterns(trx, index);
    for (const id of relinked.eventTypes) touched.add(id);
    const recounted = new Set(relinked.subscriptions);
    for (const id of await subscriptionsOfEventTypes(trx, [...types.added, ...types.deleted])) recounted.add(id);
    await countEventTypes(
      trx,
      [...recounted].filter(id => !counted.has(id)),
    );
  }
  await deriveStandings(trx, [...subscriptions]);
  for (const id of await eventTypesOfSubscriptions(trx, [...subscriptions])) touched.add(id);
  return touched;
}

/**
 * What the subscriptions and rules of a source were made from the last time, in this process. While these are the very
 * same objects and the database still holds that snapshot, there is nothing to make. Losing the memory costs time only.
 */
interface Flow {
  readonly fingerprint: string | undefined;
  readonly repository: Pick<EventRepository, 'subscriptions' | 'services' | 'accounts' | 'environments'>;
}
const flows = new Map<string, Flow>();

function partToMake(context: DeclaredContext, fingerprint: string | undefined): FlowPart | 'all' | 'nothing' {
  const flow = flows.get(context.sourceId);
  if (flow === undefined || fingerprint === undefined || flow.fingerprint !== fingerprint) return 'all';
  const part = changedFlow(context, flow.repository);
  return part !== 'all' && part.services.size === 0 ? 'nothing' : part;
}

function rememberFlow({ sourceId, repository }: DeclaredContext, fingerprint: string | undefined): void {
  const { subscriptions, services, accounts, environments } = repository;
  flows.set(sourceId, { fingerprint, repository: { subscriptions, services, accounts, environments } });
}

export async function allEventTypes(trx: Knex): Promise<number[]> {
  const rows: { id: number | string }[] = await trx('event_types').select('id');
  return rows.map(row => Number(row.id));
}

/** An event type that went away here may stand in a source further back, which had to leave it out so far. */
async function readOthersAgain(trx: Knex, sourceId: string): Promise<void> {
  await trx('sources').whereNot({ id: sourceId }).update({ fingerprint: null });
}

function toShadowedProblem(eventType: EventType): Problem {
  return {
    ...eventType.place,
    rule: 'declared-by-another-source',
    severity: 'warning',
    message: `${eventType.source} "${eventType.detailType}" is declared by a source further up in the configuration; that one counts`,
  };
}

/** Where a publication stands in its file takes longer to find than all else of a service, and no page shows it. */
function withoutPlace({ source, detailType, majors }: Publication): Omit<Publication, 'place'> {
  return { source, detailType, majors };
}

function identity(kind: string, sourceId: string, key: string, value: object) {
  const document = JSON.stringify(value);
  return { id: rowId(kind, sourceId, key), source_id: sourceId, hash: contentHash(document), document };
}

export async function writeProblems(trx: Knex, sourceId: string, problems: readonly Problem[]): Promise<void> {
  await trx('source_problems').where({ source_id: sourceId }).delete();
  await upsertRows(
    trx,
    SOURCE_PROBLEMS,
    problems.slice(0, MAX_PROBLEMS).map((problem, position) => ({
      source_id: sourceId,
      position,
      file: problem.file,
      line: problem.line,
      column: problem.column,
      rule: problem.rule,
      severity: problem.severity,
      message: problem.message,
    })),
  );
}
