import type { AffectedPerson } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { Card } from '../Card';
import { OwnerLink } from '../OwnerLink';
import { PHONE } from '../PageFrame/Frame';
import { Tag } from '../Tag';
import { PlanText } from './PlanText';

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(140px, 220px) minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '2px 16px',
    padding: '9px 16px',
    fontSize: 14,
    lineHeight: '20px',
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
});

/** Whose events, buses and accounts are touched, why, and whose approval the change waits for. */
export function PlanPeople(props: { readonly people: readonly AffectedPerson[] }) {
  const sorted = [...props.people].sort((a, b) => Number(b.mustApprove) - Number(a.mustApprove));
  return (
    <Card>
      <List aria-label="People affected">
        {sorted.map(({ owner, why, mustApprove }) => (
          <li key={owner}>
            <OwnerLink owner={owner} />
            <span className="bl-muted">
              <PlanText text={why.join(', ')} />
            </span>
            <span>{mustApprove ? <Tag tone="warn">must approve</Tag> : <span className="bl-muted">is told</span>}</span>
          </li>
        ))}
      </List>
    </Card>
  );
}

/** `access must approve` */
export function peopleNote(people: readonly AffectedPerson[]): string {
  const approving = people.filter(({ mustApprove }) => mustApprove).length;
  if (approving === 0) return 'nobody has to approve beyond the review of the pull requests';
  return approving === 1 ? 'waits for one approval' : `waits for ${approving} approvals`;
}
