import type { Step } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { Card } from '../Card';
import { PlanText } from './PlanText';

const List = styled('ol')({
  margin: 0,
  padding: '6px 0',
  listStyle: 'none',
  counterReset: 'step',
  '& li': {
    position: 'relative',
    padding: '6px 16px 6px 50px',
    fontSize: 14,
    lineHeight: '20px',
    counterIncrement: 'step',
    overflowWrap: 'anywhere',
  },
  '& li::before': {
    content: 'counter(step)',
    position: 'absolute',
    left: 16,
    top: 6,
    width: 22,
    height: 22,
    display: 'grid',
    placeItems: 'center',
    borderRadius: '50%',
    border: '1px solid var(--bl-line-strong)',
    fontSize: 12,
    color: 'var(--bl-muted)',
  },
  '& p': { margin: 0, color: 'var(--bl-muted)' },
});

/** What is approved, merged, deployed and done by hand, in this order. */
export function PlanSteps(props: { readonly steps: readonly Step[] }) {
  return (
    <Card>
      <List aria-label="Order">
        {props.steps.map(({ title, detail }, index) => (
          <li key={index}>
            <PlanText text={title} />
            <p>
              <PlanText text={detail} />
            </p>
          </li>
        ))}
      </List>
    </Card>
  );
}
