import { Facet, FacetGroup, FacetSkeleton } from '../../components';
import { FILTERS, toggleFilter, type SubscriptionListState } from './searchParams';
import type { FilterValues } from './useFilterValues';

/** What the list can be narrowed by. */
export function FilterPanel(props: {
  readonly values: FilterValues | undefined;
  readonly state: SubscriptionListState;
  readonly onChange: (state: SubscriptionListState) => void;
}) {
  const { values, state, onChange } = props;
  if (!values) return <FacetSkeleton />;
  return (
    <FacetGroup>
      {FILTERS.map(({ name, title }) => {
        const chosen = state.filters[name] ?? [];
        const missing = chosen.filter(value => !values[name].some(known => known.value === value));
        return (
          <Facet
            key={name}
            title={title}
            values={[...values[name], ...missing.map(value => ({ value, label: value }))]}
            chosen={chosen}
            onToggle={value => onChange(toggleFilter(state, name, value))}
          />
        );
      })}
    </FacetGroup>
  );
}
