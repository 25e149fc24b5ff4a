import type { EventTypeFacets, FacetName, FacetValue } from '@busline/plugin-eventbridge-common';
import { Facet, FacetGroup, FacetSkeleton } from '../../components';
import { FACETS, toggleFacet, type ListState } from './searchParams';

/** What the list can be narrowed by; each count says what choosing it would leave, under the other facets. */
export function FacetPanel(props: {
  readonly facets: EventTypeFacets | undefined;
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
}) {
  const { facets, state, onChange } = props;
  if (!facets) return <FacetSkeleton />;
  return (
    <FacetGroup>
      {FACETS.map(({ name, title }) => (
        <Facet
          key={name}
          title={title}
          values={withChosen(facets.facets[name] ?? [], state.facets[name] ?? [])}
          chosen={state.facets[name] ?? []}
          onToggle={value => onChange(toggleFacet(state, name, value))}
        />
      ))}
    </FacetGroup>
  );
}

/** A chosen value stays in sight, even where the search leaves none of it. */
function withChosen(values: readonly FacetValue[], chosen: readonly string[]): readonly FacetValue[] {
  const missing = chosen.filter(value => !values.some(known => known.value === value));
  return [...values, ...missing.map(value => ({ value, label: value, count: 0 }))];
}

/** The label of a facet's value, for the chips above the list. */
export function facetLabel(facets: EventTypeFacets | undefined, name: FacetName, value: string): string {
  return facets?.facets[name]?.find(known => known.value === value)?.label ?? value;
}
