import type { EventTypeFacets } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { CloseIcon } from '../../components/icons';
import { facetLabel } from './FacetPanel';
import { FACETS, toggleFacet, type ListState } from './searchParams';

const Root = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 7,
  '& button': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    minHeight: 28,
    padding: '2px 8px 2px 11px',
    border: '1px solid transparent',
    borderRadius: 14,
    background: 'var(--bl-accent-soft)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 13,
    cursor: 'pointer',
    '&:hover': { borderColor: 'var(--bl-accent)' },
    '& svg': { color: 'var(--bl-muted)', flex: 'none' },
  },
  '& button.bl-chips-clear': { background: 'transparent', color: 'var(--bl-accent)', padding: '2px 8px' },
});

/** What was chosen, each taken back with one click. */
export function FacetChips(props: {
  readonly facets: EventTypeFacets | undefined;
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onClear: () => void;
}) {
  const { facets, state, onChange, onClear } = props;
  const chosen = FACETS.flatMap(({ name, title }) =>
    (state.facets[name] ?? []).map(value => ({ name, title, value, label: facetLabel(facets, name, value) })),
  );
  if (chosen.length === 0) return null;
  return (
    <Root role="group" aria-label="Chosen filters">
      {chosen.map(({ name, title, value, label }) => (
        <button
          key={`${name} ${value}`}
          type="button"
          aria-label={`Remove ${title}: ${label}`}
          onClick={() => onChange(toggleFacet(state, name, value))}
        >
          <span className="bl-ellipsis">
            <span className="bl-muted">{title}:</span> {label}
          </span>
          <CloseIcon />
        </button>
      ))}
      <button type="button" className="bl-chips-clear" onClick={onClear}>
        Clear all
      </button>
    </Root>
  );
}
