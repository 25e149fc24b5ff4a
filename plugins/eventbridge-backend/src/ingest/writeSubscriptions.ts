import type { Service, Subscription } from '@busline/event-repository';
import { plannedRule, planTargetHop, type SubscriptionDeployment } from '@busline/infrastructure';
import type { Knex } from 'knex';
import { breathe, upsertRows, whereIdIn, whereTextIn } from '../database/dialect';
import { deleteSearchTexts, writeSearchTexts } from '../database/search';
import { SUBSCRIPTIONS, SUBSCRIPTION_DOCUMENTS } from '../database/tables';
import { toBusRef, type DeclaredContext } from './declaredContext';
import { toServiceSummary } from './eventTypeRecords';
import { writeLinks, type EventTypeIndex } from './links';
import { forgetPatternFacts } from './patternFacts';
import { subscriptionId, toDeclaredInput, toSubscriptionRecord, type SubscriptionRecord } from './subscriptionRecords';
import { chunksById, deleteById, inChunks, TableSync } from './TableSync';

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
  for (const chunk of chunksById(pending, ({ id }) => id, CHUNK)) {
    const records: SubscriptionRecord[] = [];
    for (const { id, item } of chunk) {
      const record = item.make();
      if (sync.isChanged(id, record.row.hash!)) records.push(record);
    }
    await upsertRows(
      trx,
      SUBSCRIPTIONS,
      records.map(({ row }) => row),
    );
    await upsertRows(
      trx,
      SUBSCRIPTION_DOCUMENTS,
      records.map(({ document }) => document),
    );
    await writeSearchTexts(
      trx,
      'subscription_search',
      records.map(({ search }) => search),
    );
    for (const id of await writeLinks(trx, records, index)) eventTypes.add(id);
    await breathe();
  }
  forgetPatternFacts();
  const gone = sync.rest;
  for (const id of await linkedEventTypes(trx, gone)) eventTypes.add(id);
  await sync.deleteRest();
  await deleteById(trx, 'subscription_documents', 'id', gone);
  await deleteById(trx, 'subscription_event_types', 'subscription_id', gone);
  await deleteSearchTexts(trx, 'subscription_search', gone);
  return { changed: sync.changed, deleted: gone, eventTypes };
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
  deploymentOf: (subscription: Subscription, environment: string) => SubscriptionDeployment | undefined,
  subscriptions = context.repository.subscriptions,
): PendingSubscription[] {
  return subscriptions.flatMap(subscription => {
    const service = context.service(subscription.service);
    const environments =
      subscription.environments.length > 0
        ? subscription.environments
        : service?.environments.map(({ environment }) => environment) ?? [];
    return environments.map(environment =>
      declaredSubscription(context, subscription, service, environment, deploymentOf(subscription, environment)),
    );
  });
}

function declaredSubscription(
  context: DeclaredContext,
  subscription: Subscription,
  service: Service | undefined,
  environment: string,
  deployment: SubscriptionDeployment | undefined,
): PendingSubscription {
  const id = subscriptionId(context.sourceId, subscription.service, subscription.name, environment);
  return {
    id,
    make() {
      const at = service?.environments.find(each => each.environment === environment);
      const declaredEnvironment = context.environment(environment);
      const central = declaredEnvironment?.buses[0];
      const rule = deployment && plannedRule(planTargetHop(deployment));
      const input = toDeclaredInput(subscription, environment, rule, {
        sourceId: context.sourceId,
        sourceTitle: context.sourceTitle,
        service: service
          ? toServiceSummary(service)
          : { name: subscription.service, title: subscription.service, owner: 'unknown' },
        account: context.account(at?.account ?? 'unknown'),
        region: at?.region ?? central?.region ?? '',
        bus: subscription.bus ?? (central ? toBusRef(central, context.account(central.account), environment).name : ''),
        metadataPath: context.repository.eventPaths.metadata,
        declaredAt: context.declaredAt,
      });
      return toSubscriptionRecord(id, input);
    },
  };
}
