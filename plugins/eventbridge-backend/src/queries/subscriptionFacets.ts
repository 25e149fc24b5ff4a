import type { Service } from '@busline/event-repository';
import type { SubscriptionFacetName, SubscriptionFacets, SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { toFacetValues, withChosen, type Counts } from './facetValues';
import { readAccounts } from './places';
import { filteredSubscriptions, SUBSCRIPTION_FILTERS } from './subscriptionFilters';
import type { Visibility } from './visibility';

/** As in the index `subscriptions_facets`, so that groups need no sorting. */
const FACETS = ['service', 'environment', 'account', 'targetType', 'standing'] as const;

const STANDINGS = ['drifted', 'declared-only', 'observed-only', 'in-sync', 'unknown'];

type Group = Readonly<Record<SubscriptionFacetName, string>> & { readonly rows: number };

/** GET /subscriptions/facets. A facet's counts follow every filter but its own. */
export async function subscriptionFacets(
  knex: Knex,
  query: SubscriptionQuery,
  visibility: Visibility,
): Promise<SubscriptionFacets> {
  const groups = await countGroups(knex, query, visibility);
  const labels = await readLabels(knex);
  const facets = Object.fromEntries(
    FACETS.map(facet => [
      facet,
      toFacetValues(
        withChosen(addUp(groups, query, facet), query[facet]),
        value => labels[facet]?.get(value),
        facet === 'standing' ? STANDINGS : undefined,
      ),
    ]),
  ) as unknown as SubscriptionFacets['facets'];
  const totalItems = groups.filter(group => isChosen(group, query)).reduce((sum, { rows }) => sum + rows, 0);
  return { totalItems, facets };
}

/** Groups of equal columns, by the search and the event type alone: what is chosen is a matter of adding up. */
async function countGroups(knex: Knex, query: SubscriptionQuery, visibility: Visibility): Promise<Group[]> {
  const { query: filtered } = filteredSubscriptions(knex, query, visibility, FACETS);
  const columns = FACETS.map(facet => SUBSCRIPTION_FILTERS[facet]);
  const rows: (Record<SubscriptionFacetName, string> & { rows: number | string })[] = await filtered
    .groupBy(columns)
    .select(FACETS.map(facet => knex.ref(SUBSCRIPTION_FILTERS[facet]).as(facet)))
    .count({ rows: '*' });
  return rows.map(row => ({ ...row, rows: Number(row.rows) }));
}

function isChosen(group: Group, query: SubscriptionQuery, except?: SubscriptionFacetName): boolean {
  return FACETS.every(facet => facet === except || !query[facet]?.length || query[facet].includes(group[facet]));
}

function addUp(groups: readonly Group[], query: SubscriptionQuery, facet: SubscriptionFacetName): Counts {
  const counts = new Map<string, number>();
  for (const group of groups) {
    if (!isChosen(group, query, facet)) continue;
    counts.set(group[facet], (counts.get(group[facet]) ?? 0) + group.rows);
  }
  return counts;
}

type Labels = Partial<Record<SubscriptionFacetName, ReadonlyMap<string, string>>>;

async function readLabels(knex: Knex): Promise<Labels> {
  const services: { document: string }[] = await knex('services').select('document');
  const accounts = await readAccounts(knex);
  return {
    service: new Map(
      services.map(row => {
        const { name, title } = JSON.parse(row.document) as Service;
        return [name, title];
      }),
    ),
    account: new Map([...accounts].map(([id, { name }]) => [id, name])),
  };
}
