import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ErrorIcon, InfoIcon, LockIcon, WarningIcon } from './icons';

const Root = styled('div')({
  display: 'flex',
  gap: 11,
  marginBottom: 18,
  padding: '11px 15px',
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-surface)',
  fontSize: 14,
  lineHeight: '21px',
  '& > svg': { flex: 'none', marginTop: 3 },
  '& strong': { fontWeight: 600 },
  '& .bl-banner-text': { minWidth: 0, overflowWrap: 'anywhere' },
  '&[data-tone=warn]': {
    borderColor: 'var(--bl-warn-line)',
    background: 'var(--bl-warn-soft)',
    '& > svg': { color: 'var(--bl-warn)' },
  },
  '&[data-tone=restricted] > svg': { color: 'var(--bl-muted)' },
  '&[data-tone=error]': {
    borderColor: 'var(--bl-error-line)',
    background: 'var(--bl-error-soft)',
    '& > svg': { color: 'var(--bl-error)' },
  },
});

const ICONS = {
  info: InfoIcon,
  warn: WarningIcon,
  error: ErrorIcon,
  restricted: LockIcon,
};

/** Something about the whole page that a person should know before they read on. */
export function Banner(props: {
  readonly tone: keyof typeof ICONS;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  const Icon = ICONS[props.tone];
  return (
    <Root data-tone={props.tone} role="status">
      <Icon />
      <div className="bl-banner-text">
        <strong>{props.title}</strong>
        {props.children && <div>{props.children}</div>}
      </div>
    </Root>
  );
}
