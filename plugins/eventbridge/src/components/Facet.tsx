import type { FacetValue } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { ChevronDownIcon, ChevronRightIcon } from './icons';
import { Skeleton } from './Skeleton';

/** Values shown of a facet before "Show all". */
const SHOWN_VALUES = 6;
/** From here on a long list can be narrowed by typing. */
const SEARCHABLE_FROM = 15;

/** The ground on which facets stand, one beneath the other. */
export const FacetGroup = styled('div')({
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
    '&:focus-within': {
      outline: '2px solid var(--bl-accent)',
      outlineOffset: -2,
    },
    '&[data-none]': { color: 'var(--bl-muted)' },
  },
  '& input[type=checkbox]': {
    width: 15,
    height: 15,
    margin: 0,
    accentColor: 'var(--bl-accent)',
    outline: 'none',
  },
  '& .bl-facet-count': {
    fontSize: 12.5,
    color: 'var(--bl-muted)',
    fontVariantNumeric: 'tabular-nums',
  },
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

/** Values of one filter as boxes to tick; a long list is cut short and can be searched. */
export function Facet(props: {
  readonly title: string;
  /** Without a count where it is not known. */
  readonly values: readonly (Omit<FacetValue, 'count'> & {
    readonly count?: number;
  })[];
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
            {count !== undefined && <span className="bl-facet-count">{count.toLocaleString('en')}</span>}
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

/** Facets on their way. */
export function FacetSkeleton() {
  return (
    <FacetGroup aria-hidden="true">
      {[4, 6, 6, 3].map((rows, facet) => (
        <div key={facet} style={{ display: 'grid', gap: 14 }}>
          <Skeleton width={74} height={12} />
          {Array.from({ length: rows }, (_, row) => (
            <Skeleton key={row} width={`${90 - ((row * 13) % 34)}%`} height={12} />
          ))}
        </div>
      ))}
    </FacetGroup>
  );
}
