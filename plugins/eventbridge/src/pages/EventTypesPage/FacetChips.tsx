import type { EventTypeFacets } from '@busline/plugin-eventbridge-common';
import { FilterChips } from '../../components';
import { facetLabel } from './FacetPanel';
import { FACETS, toggleFacet, type ListState } from './searchParams';

/** What was chosen, each taken back with one click. */
export function FacetChips(props: {
  readonly facets: EventTypeFacets | undefined;
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onClear: () => void;
}) {
  const { facets, state, onChange, onClear } = props;
  const chosen = FACETS.flatMap(({ name, title }) =>
    (state.facets[name] ?? []).map(value => ({
      key: `${name} ${value}`,
      title,
      label: facetLabel(facets, name, value),
      onRemove: () => onChange(toggleFacet(state, name, value)),
    })),
  );
  return <FilterChips chosen={chosen} onClear={onClear} />;
}
