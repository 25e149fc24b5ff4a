import { styled } from '@mui/material/styles';
import { CloseIcon } from '../../components/icons';

const Root = styled('ul')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 7,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    maxWidth: '100%',
    padding: '2px 4px 2px 11px',
    borderRadius: 15,
    background: 'var(--bl-accent-soft)',
    fontSize: 13.5,
    lineHeight: '24px',
    overflowWrap: 'anywhere',
    '& small': { color: 'var(--bl-muted)', fontFamily: 'var(--bl-mono)', fontSize: 12.5 },
  },
  '& button': {
    display: 'grid',
    placeItems: 'center',
    flex: 'none',
    width: 24,
    height: 24,
    padding: 0,
    border: 0,
    borderRadius: '50%',
    background: 'transparent',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)', color: 'var(--bl-text)' },
  },
});

/** What was chosen, each taken back with one click. */
export function Chips(props: {
  readonly label: string;
  readonly chosen: readonly {
    readonly key: string;
    readonly label: string;
    readonly note?: string;
    readonly onRemove: () => void;
  }[];
}) {
  if (props.chosen.length === 0) return null;
  return (
    <Root aria-label={props.label}>
      {props.chosen.map(({ key, label, note, onRemove }) => (
        <li key={key}>
          <span>
            {label} {note && <small>{note}</small>}
          </span>
          <button type="button" aria-label={`Remove ${label}`} onClick={onRemove}>
            <CloseIcon />
          </button>
        </li>
      ))}
    </Root>
  );
}
