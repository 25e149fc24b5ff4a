import type { EventTypeFacets, FacetName, FacetValue } from '@busline/plugin-eventbridge-common';
import { capitalised, Facet, FacetGroup, FacetSkeleton, nameOfRef } from '../../components';
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
          values={withChosen(facets.facets[name] ?? [], state.facets[name] ?? []).map(found => readable(name, found))}
          chosen={state.facets[name] ?? []}
          onToggle={value => onChange(toggleFacet(state, name, value))}
        />
      ))}
    </FacetGroup>
  );
}

/** What a person reads: a team's name instead of its reference, words with a capital. */
function readable(name: FacetName, { value, label, count }: FacetValue): FacetValue {
  if (name === 'owner' && label === value)
    return {
      value,
      count,
      label: value === 'unknown' ? 'Unknown' : nameOfRef(value),
    };
  if (name === 'lifecycle' || name === 'classification') return { value, count, label: capitalised(label) };
  return { value, label, count };
}

/** A chosen value stays in sight, even where the search leaves none of it. */
function withChosen(values: readonly FacetValue[], chosen: readonly string[]): readonly FacetValue[] {
  const missing = chosen.filter(value => !values.some(known => known.value === value));
  return [...values, ...missing.map(value => ({ value, label: value, count: 0 }))];
}

/** The label of a facet's value, for the chips above the list. */
export function facetLabel(facets: EventTypeFacets | undefined, name: FacetName, value: string): string {
  const known = facets?.facets[name]?.find(found => found.value === value);
  return readable(name, known ?? { value, label: value, count: 0 }).label;
}
