import { styled } from '@mui/material/styles';

const Root = styled('label')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  fontSize: 13.5,
  color: 'var(--bl-muted)',
  '& select': {
    minHeight: 34,
    maxWidth: 260,
    padding: '4px 8px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
  },
});

/** The browser's own choice list with its name beside it. */
export function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
  }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Root>
      {props.label}
      <select value={props.value} onChange={event => props.onChange(event.target.value)}>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Root>
  );
}
