import type { FacetValue, ReceiversPage, ReceiversQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import type { FoundReceivers } from '../receivers/Receivers';
import { oneEventType } from './getEventType';
import { listSubscriptions } from './listSubscriptions';
import { filteredSubscriptions } from './subscriptionFilters';
import type { Visibility } from './visibility';

/** POST /receivers: what was found, as far as the person may see it. */
export async function receiversPage(
  knex: Knex,
  found: FoundReceivers,
  { receives = 'yes', ...query }: ReceiversQuery,
  visibility: Visibility,
): Promise<ReceiversPage> {
  const count = (ids: readonly number[]) => filteredSubscriptions(knex, {}, visibility, [], ids).count();
  const asked = receives === 'yes' ? found.receiving : found.missing;
  const page = await listSubscriptions(knex, query, visibility, asked);
  const environments = await environmentsOf(knex, asked, visibility);
  const askedCount = environments.reduce((sum, each) => sum + each.count, 0);
  return {
    ...page,
    eventType: found.eventType,
    isKnown: (await oneEventType(knex, found.eventType, visibility).first('e.id')) !== undefined,
    receiving: receives === 'yes' ? askedCount : await count(found.receiving),
    missing: receives === 'no' ? askedCount : await count(found.missing),
    environments,
  };
}

async function environmentsOf(knex: Knex, ids: readonly number[], visibility: Visibility): Promise<FacetValue[]> {
  const rows: { environment: string; rows: number | string }[] = await filteredSubscriptions(
    knex,
    {},
    visibility,
    [],
    ids,
  )
    .query.groupBy('s.environment')
    .orderBy('s.environment')
    .select('s.environment')
    .count({ rows: '*' });
  return rows.map(({ environment, rows: number }) => ({
    value: environment,
    label: environment,
    count: Number(number),
  }));
}
