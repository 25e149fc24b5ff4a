import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Root = styled('section')({
  minWidth: 0,
  '& > .bl-plan-head': { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 10px', margin: '0 0 10px' },
  '& > .bl-plan-head > h2, & > .bl-plan-head > h3': {
    margin: 0,
    fontSize: 16,
    lineHeight: '24px',
    fontWeight: 640,
    letterSpacing: -0.1,
  },
  '& > .bl-plan-head > span': { fontSize: 13.5, color: 'var(--bl-muted)' },
});

/** A part of the plan under its head, with the one thing worth knowing about the whole part beside it. */
export function PlanSection(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly level: 2 | 3;
  readonly children: ReactNode;
}) {
  const Heading = props.level === 2 ? 'h2' : 'h3';
  return (
    <Root aria-label={props.title}>
      <div className="bl-plan-head">
        <Heading>{props.title}</Heading>
        {props.note && <span>{props.note}</span>}
      </div>
      {props.children}
    </Root>
  );
}
