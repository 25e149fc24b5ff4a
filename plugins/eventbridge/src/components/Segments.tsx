import { styled } from '@mui/material/styles';

const Root = styled('div')({
  display: 'inline-flex',
  flexWrap: 'wrap',
  padding: 2,
  border: '1px solid var(--bl-line)',
  borderRadius: 8,
  background: 'var(--bl-sunken)',
  '& button': {
    padding: '3px 11px',
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-muted)',
    font: 'inherit',
    fontSize: 13,
    fontWeight: 500,
    lineHeight: '20px',
    cursor: 'pointer',
    '&:hover': { color: 'var(--bl-text)' },
    '&[aria-pressed=true]': {
      background: 'var(--bl-surface)',
      color: 'var(--bl-text)',
      boxShadow: '0 0 0 1px var(--bl-line)',
    },
  },
});

/** A choice of one among a few, side by side. */
export function Segments<T extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  return (
    <Root role="group" aria-label={props.label}>
      {props.options.map(({ value, label }) => (
        <button key={value} type="button" aria-pressed={value === props.value} onClick={() => props.onChange(value)}>
          {label}
        </button>
      ))}
    </Root>
  );
}
