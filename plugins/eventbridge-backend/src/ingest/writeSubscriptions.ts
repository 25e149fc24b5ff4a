import type { Subscription } from '@busline/event-repository';
import { plannedRule, planTargetHop, type SubscriptionDeployment } from '@busline/infrastructure';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn, whereTextIn } from '../database/dialect';
import { filling } from '../database/firstLoad';
import { addSearchTexts, deleteSearchTexts } from '../database/search';
import { SUBSCRIPTIONS, SUBSCRIPTION_DOCUMENTS } from '../database/tables';
import type { DeclaredContext } from './declaredContext';
import { toServiceSummary } from './eventTypeRecords';
import { linksOf, replaceLinks, writeLinks, type EventTypeIndex } from './links';
import { forgetPatternFacts } from './patternFacts';
import { subscriptionId, toDeclaredInput, toSubscriptionRecord, type SubscriptionRecord } from './subscriptionRecords';
import { chunksById, deleteById, inChunks, TableSync } from './TableSync';
import type { DeclaredEstates } from './writeDeclaredEstate';

/** Subscriptions whose rows are made at once. */
const CHUNK = 250;

export interface SubscriptionChanges {
  readonly changed: readonly number[];
  readonly deleted: readonly number[];
  /** Event types whose subscribers changed. */
  readonly eventTypes: ReadonlySet<number>;
}

/** A row to be: made when its turn comes, so that few are in memory at once. */
export interface PendingSubscription {
  readonly id: number;
  make(): SubscriptionRecord;
}

/** Makes the subscriptions of one source, or of some of its services, equal to these, in all their tables. */
export async function writeSubscriptions(
  trx: Knex,
  sourceId: string,
  pending: readonly PendingSubscription[],
  index: EventTypeIndex,
  services?: ReadonlySet<string>,
): Promise<SubscriptionChanges> {
  const sync = await TableSync.open(trx, 'subscriptions', sourceId, {
    hash: 'hash',
    source: 'source_id',
    ...(services && { where: whereTextIn(trx, 'service', [...services]) }),
  });
  const eventTypes = new Set<number>();
  await filling(trx, ['subscriptions', 'subscription_event_types'], async () => {
    for (const chunk of chunksById(pending, ({ id }) => id, CHUNK)) {
      const records: SubscriptionRecord[] = [];
      for (const { id, item } of chunk) {
        const record = item.make();
        if (sync.isChanged(id, record.row.hash!)) records.push(record);
      }
      for (const id of await writeChunk(trx, records, index, sync.wasEmpty)) eventTypes.add(id);
      await breathe();
    }
  });
  forgetPatternFacts();
  const gone = sync.rest;
  for (const id of await linkedEventTypes(trx, gone)) eventTypes.add(id);
  await sync.deleteRest();
  await deleteById(trx, 'subscription_documents', 'id', gone);
  await deleteById(trx, 'subscription_event_types', 'subscription_id', gone);
  await deleteSearchTexts(trx, 'subscription_search', gone);
  return { changed: sync.changed, deleted: gone, eventTypes };
}

/** Gives the event types whose subscribers changed. */
async function writeChunk(
  trx: Knex,
  records: readonly SubscriptionRecord[],
  index: EventTypeIndex,
  areNew: boolean,
): Promise<Iterable<number>> {
  const linksOfAll = records.map(({ row, facts }) => linksOf(row.id!, facts, index));
  await upsertRows(
    trx,
    SUBSCRIPTIONS,
    records.map(({ row }, at) => ({
      ...row,
      event_type_count: linksOfAll[at]!.filter(link => index.has(link.event_type_id!)).length,
    })),
  );
  await upsertRows(
    trx,
    SUBSCRIPTION_DOCUMENTS,
    records.map(({ document }) => document),
  );
  const ids = records.map(({ row }) => row.id!);
  if (!areNew) await deleteSearchTexts(trx, 'subscription_search', ids);
  await addSearchTexts(
    trx,
    'subscription_search',
    records.map(({ search }) => search),
  );
  const links = linksOfAll.flat();
  if (!areNew) return replaceLinks(trx, ids, links);
  await writeLinks(trx, links);
  return links.map(link => link.event_type_id!);
}

async function linkedEventTypes(trx: Knex, subscriptionIds: readonly number[]): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of inChunks(subscriptionIds, CHUNK)) {
    const rows: { event_type_id: number | string }[] = await trx('subscription_event_types')
      .whereRaw(whereIdIn(trx, 'subscription_id', chunk))
      .distinct('event_type_id');
    ids.push(...rows.map(row => Number(row.event_type_id)));
  }
  return ids;
}

/** Declared subscriptions, one for each environment. */
export function declaredSubscriptions(
  context: DeclaredContext,
  estates: Pick<DeclaredEstates, 'deploymentOf' | 'idOf'>,
  subscriptions = context.repository.subscriptions,
): PendingSubscription[] {
  const pending: PendingSubscription[] = [];
  for (const subscription of subscriptions) {
    const service = context.service(subscription.service);
    const environments =
      subscription.environments.length > 0
        ? subscription.environments
        : service?.environments.map(({ environment }) => environment) ?? [];
    for (const environment of environments) {
      const deployment = estates.deploymentOf(subscription, environment);
      const id = deployment
        ? estates.idOf(deployment)
        : subscriptionId(context.sourceId, subscription.service, subscription.name, environment);
      pending.push(new DeclaredSubscription(id, context, subscription, environment, deployment));
    }
  }
  return pending;
}

/** A class, since a hundred thousand of these take a third of the memory that functions with what they refer to would. */
class DeclaredSubscription implements PendingSubscription {
  constructor(
    readonly id: number,
    private readonly context: DeclaredContext,
    private readonly subscription: Subscription,
    private readonly environment: string,
    private readonly deployment: SubscriptionDeployment | undefined,
  ) {}

  make(): SubscriptionRecord {
    const { id, context, subscription, environment, deployment } = this;
    const service = context.service(subscription.service);
    const at = service?.environments.find(each => each.environment === environment);
    const central = context.environment(environment)?.buses[0];
    const rule = deployment && plannedRule(planTargetHop(deployment));
    const input = toDeclaredInput(subscription, environment, rule, {
      sourceId: context.sourceId,
      sourceTitle: context.sourceTitle,
      service: service
        ? toServiceSummary(service)
        : { name: subscription.service, title: subscription.service, owner: 'unknown' },
      account: context.account(at?.account ?? 'unknown'),
      region: at?.region ?? central?.region ?? '',
      bus: subscription.bus ?? central?.name ?? '',
      metadataPath: context.repository.eventPaths.metadata,
      declaredAt: context.declaredAt,
    });
    return toSubscriptionRecord(id, input);
  }
}
