import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';

const Root = styled('section')({
  marginBottom: 40,
  '& > .bl-section-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px 16px',
    minHeight: 34,
    marginBottom: 12,
    '& h2': {
      margin: 0,
      fontSize: 18,
      lineHeight: '26px',
      fontWeight: 650,
      letterSpacing: -0.2,
    },
  },
});

/** A part of the document with its title. */
export function Section(props: { readonly title: string; readonly tools?: ReactNode; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Root aria-labelledby={id}>
      <div className="bl-section-head">
        <h2 id={id}>{props.title}</h2>
        {props.tools}
      </div>
      {props.children}
    </Root>
  );
}
