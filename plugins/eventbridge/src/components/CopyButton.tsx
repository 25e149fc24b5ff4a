import { styled } from '@mui/material/styles';
import { CheckIcon, CopyIcon, ErrorIcon } from './icons';
import { useCopy } from './useCopy';

const Root = styled('button')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
  padding: '3px 7px',
  border: '1px solid transparent',
  borderRadius: 6,
  background: 'transparent',
  color: 'var(--bl-muted)',
  font: 'inherit',
  fontSize: 12.5,
  cursor: 'pointer',
  '&:hover': { color: 'var(--bl-text)', background: 'var(--bl-hover)' },
});

/** Copies `text`; says so for two seconds. `what` names it to screen readers: "Copy the ARN". */
export function CopyButton(props: {
  readonly text: string;
  readonly what: string;
  /** Shows the word beside the sign. */
  readonly labelled?: boolean;
}) {
  const [state, copy] = useCopy();
  const word = { idle: 'Copy', copied: 'Copied', failed: 'Could not copy' }[state];
  return (
    <Root
      type="button"
      onClick={() => copy(props.text)}
      aria-label={state === 'idle' ? `Copy ${props.what}` : word}
      title={`Copy ${props.what}`}
    >
      {state === 'idle' && <CopyIcon />}
      {state === 'copied' && <CheckIcon />}
      {state === 'failed' && <ErrorIcon />}
      {(props.labelled || state === 'failed') && <span>{word}</span>}
      <span className="bl-sr" role="status">
        {state === 'idle' ? '' : word}
      </span>
    </Root>
  );
}
