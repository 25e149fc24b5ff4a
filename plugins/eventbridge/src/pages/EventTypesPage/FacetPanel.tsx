import type { EventTypeFacets, FacetName, FacetValue } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons';
import { Skeleton } from '../../components';
import { FACETS, toggleFacet, type ListState } from './searchParams';

/** Values shown of a facet before "Show all". */
const SHOWN_VALUES = 6;
/** From here on a long list can be narrowed by typing. */
const SEARCHABLE_FROM = 15;

const Root = styled('div')({
  display: 'grid',
  gap: 22,
  fontSize: 14,
  '& fieldset': { minWidth: 0, margin: 0, padding: 0, border: 0 },
  '& legend': { width: '100%', padding: 0 },
  '& .bl-facet-title': {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    width: '100%',
    padding: '2px 0 6px',
    border: 0,
    background: 'transparent',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 13,
    fontWeight: 600,
    textAlign: 'left',
    cursor: 'pointer',
    borderRadius: 4,
    '& svg': { color: 'var(--bl-muted)', marginLeft: 'auto' },
  },
  '& label': {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: 9,
    minHeight: 30,
    padding: '2px 8px',
    margin: '0 -8px',
    borderRadius: 6,
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)' },
    '&:focus-within': { outline: '2px solid var(--bl-accent)', outlineOffset: -2 },
    '&[data-none]': { color: 'var(--bl-muted)' },
  },
  '& input[type=checkbox]': { width: 15, height: 15, margin: 0, accentColor: 'var(--bl-accent)', outline: 'none' },
  '& .bl-facet-count': { fontSize: 12.5, color: 'var(--bl-muted)', fontVariantNumeric: 'tabular-nums' },
  '& .bl-facet-more': {
    margin: '2px 0 0',
    padding: '3px 0',
    border: 0,
    background: 'transparent',
    color: 'var(--bl-accent)',
    font: 'inherit',
    fontSize: 13,
    cursor: 'pointer',
    borderRadius: 4,
    '&:hover': { textDecoration: 'underline' },
  },
  '& .bl-facet-search': {
    width: '100%',
    height: 30,
    marginBottom: 4,
    padding: '0 9px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 6,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 13,
  },
});

/** What the list can be narrowed by; each count says what choosing it would leave, under the other facets. */
export function FacetPanel(props: {
  readonly facets: EventTypeFacets | undefined;
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
}) {
  const { facets, state, onChange } = props;
  if (!facets) return <FacetSkeleton />;
  return (
    <Root>
      {FACETS.map(({ name, title }) => (
        <Facet
          key={name}
          title={title}
          values={withChosen(facets.facets[name] ?? [], state.facets[name] ?? [])}
          chosen={state.facets[name] ?? []}
          onToggle={value => onChange(toggleFacet(state, name, value))}
        />
      ))}
    </Root>
  );
}

/** A chosen value stays in sight, even where the search leaves none of it. */
function withChosen(values: readonly FacetValue[], chosen: readonly string[]): readonly FacetValue[] {
  const missing = chosen.filter(value => !values.some(known => known.value === value));
  return [...values, ...missing.map(value => ({ value, label: value, count: 0 }))];
}

function Facet(props: {
  readonly title: string;
  readonly values: readonly FacetValue[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) {
  const { title, values, chosen, onToggle } = props;
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState('');
  const bodyId = useId();
  if (values.length === 0) return null;

  const searchable = all && values.length >= SEARCHABLE_FROM;
  const found = searchable
    ? values.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()))
    : values;
  const shown = all ? found : found.filter(({ value }, index) => index < SHOWN_VALUES || chosen.includes(value));
  const hidden = values.length - shown.length;
  return (
    <fieldset>
      <legend>
        <button
          type="button"
          className="bl-facet-title"
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={() => setOpen(!open)}
        >
          {title}
          {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
        </button>
      </legend>
      <div id={bodyId} hidden={!open}>
        {searchable && (
          <input
            className="bl-facet-search"
            placeholder={`Find in ${values.length}`}
            aria-label={`Find a value of ${title}`}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        )}
        {shown.map(({ value, label, count }) => (
          <label key={value} data-none={count === 0 ? '' : undefined}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            <span className="bl-ellipsis" title={value}>
              {label}
            </span>
            <span className="bl-facet-count">{count.toLocaleString('en')}</span>
          </label>
        ))}
        {(all ? values.length > SHOWN_VALUES : hidden > 0) && (
          <button type="button" className="bl-facet-more" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${values.length}`}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function FacetSkeleton() {
  return (
    <Root aria-hidden="true">
      {[4, 6, 6, 3].map((rows, facet) => (
        <div key={facet} style={{ display: 'grid', gap: 14 }}>
          <Skeleton width={74} height={12} />
          {Array.from({ length: rows }, (_, row) => (
            <Skeleton key={row} width={`${90 - ((row * 13) % 34)}%`} height={12} />
          ))}
        </div>
      ))}
    </Root>
  );
}

/** The label of a facet's value, for the chips above the list. */
export function facetLabel(facets: EventTypeFacets | undefined, name: FacetName, value: string): string {
  return facets?.facets[name]?.find(known => known.value === value)?.label ?? value;
}
