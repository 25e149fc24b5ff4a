import { styled } from '@mui/material/styles';

export type TagTone = 'plain' | 'event' | 'service' | 'bus' | 'ok' | 'warn' | 'error' | 'accent';

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  maxWidth: '100%',
  padding: '1px 7px',
  borderRadius: 5,
  border: '1px solid var(--bl-line)',
  fontSize: 12,
  lineHeight: '18px',
  fontWeight: 500,
  whiteSpace: 'nowrap',
  color: 'var(--bl-muted)',
  background: 'var(--bl-surface)',
  '& svg': { flex: 'none' },
  '&[data-tone=event]': {
    color: 'var(--bl-event)',
    background: 'var(--bl-event-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=service]': {
    color: 'var(--bl-service)',
    background: 'var(--bl-service-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=bus]': {
    color: 'var(--bl-bus)',
    background: 'var(--bl-bus-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=ok]': {
    color: 'var(--bl-ok)',
    background: 'var(--bl-ok-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=warn]': {
    color: 'var(--bl-warn)',
    background: 'var(--bl-warn-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=error]': {
    color: 'var(--bl-error)',
    background: 'var(--bl-error-soft)',
    borderColor: 'transparent',
  },
  '&[data-tone=accent]': {
    color: 'var(--bl-accent)',
    background: 'var(--bl-accent-soft)',
    borderColor: 'transparent',
  },
});

/** A word or two on a coloured ground. The word carries the meaning; the colour only repeats it. */
export function Tag(props: {
  readonly tone?: TagTone;
  readonly title?: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Root data-tone={props.tone ?? 'plain'} title={props.title} className={props.className}>
      {props.children}
    </Root>
  );
}
