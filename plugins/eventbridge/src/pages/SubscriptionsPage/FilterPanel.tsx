import { ErrorPanel, Facet, FacetGroup, FacetSkeleton } from '../../components';
import { FILTERS, toggleFilter, type SubscriptionListState } from './searchParams';
import type { useFilterValues } from './useFilterValues';

/** What the list can be narrowed by; each count says what choosing it would leave, under the other filters. */
export function FilterPanel(props: {
  readonly found: ReturnType<typeof useFilterValues>;
  readonly state: SubscriptionListState;
  readonly onChange: (state: SubscriptionListState) => void;
}) {
  const { found, state, onChange } = props;
  const { values } = found;
  if (found.error) {
    return (
      <ErrorPanel
        title="The filters could not be read"
        error={found.error}
        onRetry={found.retry}
        retrying={found.retrying}
      />
    );
  }
  if (!values) return <FacetSkeleton />;
  return (
    <FacetGroup>
      {FILTERS.map(({ name, title }) => (
        <Facet
          key={name}
          title={title}
          values={values[name]}
          chosen={state.filters[name] ?? []}
          onToggle={value => onChange(toggleFilter(state, name, value))}
        />
      ))}
    </FacetGroup>
  );
}
