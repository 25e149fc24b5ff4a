import type { SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereIdIn, whereTextIn } from '../database/dialect';
import { searchFor } from '../database/search';
import { eventTypeId } from '../ingest/eventTypeRecords';
import { hiddenEventTypeIds, visibleEventTypes, type Visibility } from './visibility';

export const SUBSCRIPTION_FILTERS = {
  service: 's.service',
  environment: 's.environment',
  account: 's.account_id',
  standing: 's.standing',
  targetType: 's.target_type',
} as const;

export type SubscriptionFilterName = keyof typeof SUBSCRIPTION_FILTERS;

/** Column of how many event types of a subscription the person may not see. */
export function hiddenCount(knex: Knex, visibility: Visibility): Knex.Raw {
  return knex.raw(visibility.kind === 'some' ? 'h.hidden AS hidden' : '0 AS hidden');
}

/**
 * Subscriptions on `subscriptions AS s` that a person may see; `hiddenCount` goes with it. A subscription is out of sight when its pattern names such an event type, or takes nothing else.
 */
export function visibleSubscriptions(knex: Knex, visibility: Visibility): Knex.QueryBuilder {
  const query = knex({ s: 'subscriptions' });
  if (visibility.kind === 'none') return query.whereRaw('1 = 0');
  const hidden = hiddenEventTypeIds(knex, visibility);
  if (!hidden) return query;
  const hiddenLinks = knex({ l: 'subscription_event_types' })
    .whereIn('l.event_type_id', hidden)
    .groupBy('l.subscription_id')
    .select('l.subscription_id')
    .select(knex.raw('count(*) AS hidden'), knex.raw('sum(CASE WHEN l.by_name THEN 1 ELSE 0 END) AS named'));
  return query
    .leftJoin(hiddenLinks.as('h'), 'h.subscription_id', 's.id')
    .where(visible =>
      visible
        .whereNull('h.subscription_id')
        .orWhere(partly => partly.where('h.named', 0).whereRaw('h.hidden < s.event_type_count')),
    );
}

export interface FilteredSubscriptions {
  /** On `subscriptions AS s`. */
  readonly query: Knex.QueryBuilder;
  /** Column with the number of all of them, where the query finds it on the way. */
  readonly total?: Knex.Raw;
  count(): Promise<number>;
}

/**
 * Subscriptions that the filters take and the person may see. `except` leaves filters out, for facets of their own; with
 * `among` only these subscriptions are looked at.
 */
export function filteredSubscriptions(
  knex: Knex,
  query: SubscriptionQuery,
  visibility: Visibility,
  except: readonly SubscriptionFilterName[] = [],
  among?: readonly number[],
): FilteredSubscriptions {
  const builder = visibleSubscriptions(knex, visibility);
  let isWhole = visibility.kind === 'all' && among === undefined;
  if (among) builder.whereRaw(whereIdIn(knex, 's.id', among));
  for (const [name, column] of Object.entries(SUBSCRIPTION_FILTERS) as [SubscriptionFilterName, string][]) {
    const values = query[name];
    if (values?.length && !except.includes(name)) {
      builder.whereRaw(whereTextIn(knex, column, values));
      isWhole = false;
    }
  }
  const { source, detailType } = query;
  if (source !== undefined || detailType !== undefined) {
    isWhole = false;
    const eventTypes = knex({ e: 'event_types' }).select('e.id');
    if (source !== undefined && detailType !== undefined) eventTypes.where('e.id', eventTypeId({ source, detailType }));
    else if (source !== undefined) eventTypes.where('e.source', source);
    else eventTypes.where('e.detail_type', detailType!);
    const visible = visibleEventTypes(knex, visibility);
    if (visible) eventTypes.whereRaw(visible);
    builder.whereIn(
      's.id',
      knex('subscription_event_types').select('subscription_id').whereIn('event_type_id', eventTypes),
    );
  }
  const search = query.q === undefined ? undefined : searchFor(knex, 'subscription_search', query.q);
  const counted = builder.clone();
  if (search) counted.whereRaw(search.isFound('s.id'));
  if (search && isWhole) {
    // The search is by far the dearest part here: one run of it gives the rows and their number.
    builder.withMaterialized('m', search.ids()).whereRaw('+s.id IN (SELECT id FROM m)');
  } else if (search) {
    builder.whereRaw(search.isFound('s.id'));
  }
  return {
    query: builder,
    ...(search && isWhole && { total: knex.raw('(SELECT count(*) FROM m) AS total') }),
    async count() {
      if (search && isWhole) return search.count();
      const [{ total }] = await counted.count({ total: '*' });
      return Number(total);
    },
  };
}
