import type { FacetValue, SubscriptionFacets, SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import { useMemo } from 'react';
import { useSubscriptionFacets } from '../../api';
import { standingLabel } from '../../components';
import { TARGET_WORDS } from '../../components/targetWords';
import type { FilterName } from './searchParams';

export type FilterValues = Readonly<Record<FilterName, readonly FacetValue[]>>;

/** The values that each filter offers, with how many subscriptions each would leave under the other filters. */
export function useFilterValues(query: SubscriptionQuery) {
  const facets = useSubscriptionFacets(query);
  const values = useMemo(() => facets.data && valuesOf(facets.data), [facets.data]);
  return { values, error: values ? undefined : facets.error, retry: facets.refetch, retrying: facets.isFetching };
}

/** What a person reads: words for standing and target, the beginning of the id behind an account's name. */
function valuesOf({ facets }: SubscriptionFacets): FilterValues {
  const relabelled = (values: readonly FacetValue[], label: (found: FacetValue) => string) =>
    values.map(found => ({ ...found, label: label(found) }));
  return {
    service: facets.service,
    environment: facets.environment,
    account: relabelled(facets.account, ({ value, label }) =>
      label === value || label.includes(value) ? label : `${label} ${value.slice(0, 4)}…`,
    ),
    standing: relabelled(facets.standing, ({ value }) => standingLabel(value as Parameters<typeof standingLabel>[0])),
    targetType: relabelled(facets.targetType, ({ value }) => TARGET_WORDS[value as keyof typeof TARGET_WORDS] ?? value),
  };
}
