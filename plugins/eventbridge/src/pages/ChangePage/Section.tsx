import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Root = styled('section')({
  minWidth: 0,
  scrollMarginTop: 120,
  '& > .bl-section-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: '0 10px',
    marginBottom: 10,
  },
  '& > .bl-section-head > h2': { margin: 0, fontSize: 16, lineHeight: '24px', fontWeight: 640, letterSpacing: -0.1 },
  '& > .bl-section-head > span': { fontSize: 13.5, color: 'var(--bl-muted)' },
});

/** A part of the page under its head, with the one thing worth knowing about all of it beside it. */
export function Section(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}) {
  return (
    <Root aria-label={props.title} id={props.id}>
      <div className="bl-section-head">
        <h2>{props.title}</h2>
        {props.note && <span>{props.note}</span>}
      </div>
      {props.children}
    </Root>
  );
}
