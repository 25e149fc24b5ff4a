import { styled } from '@mui/material/styles';
import { CloseIcon } from './icons';

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
  '& button.bl-chips-clear': {
    background: 'transparent',
    color: 'var(--bl-accent)',
    padding: '2px 8px',
  },
});

export interface ChosenFilter {
  readonly key: string;
  /** Of the filter: `Domain`. */
  readonly title: string;
  /** Of the value: `Deliveries`. */
  readonly label: string;
  readonly onRemove: () => void;
}

/** What was chosen, each taken back with one click; nothing where nothing is. */
export function FilterChips(props: { readonly chosen: readonly ChosenFilter[]; readonly onClear: () => void }) {
  const { chosen, onClear } = props;
  if (chosen.length === 0) return null;
  return (
    <Root role="group" aria-label="Chosen filters">
      {chosen.map(({ key, title, label, onRemove }) => (
        <button key={key} type="button" aria-label={`Remove ${title}: ${label}`} onClick={onRemove}>
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
