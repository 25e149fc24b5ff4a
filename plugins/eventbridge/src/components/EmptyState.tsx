import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Root = styled('div')({
  display: 'grid',
  justifyItems: 'center',
  gap: 10,
  padding: '56px 20px',
  textAlign: 'center',
  '& > svg': {
    width: 34,
    height: 34,
    color: 'var(--bl-muted)',
    strokeWidth: 1.4,
  },
  '& h2': { margin: 0, fontSize: 17, fontWeight: 600 },
  '& p': {
    margin: 0,
    maxWidth: 520,
    color: 'var(--bl-muted)',
    fontSize: 14.5,
    lineHeight: '22px',
    overflowWrap: 'anywhere',
  },
});

/** Nothing here: what was looked for, and the one thing to do next. */
export function EmptyState(props: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Root>
      {props.icon}
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.action}
    </Root>
  );
}
