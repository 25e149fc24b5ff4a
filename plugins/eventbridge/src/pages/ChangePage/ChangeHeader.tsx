import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { ChangeStateTag, OwnerLink, PHONE, RelativeTime, Skeleton } from '../../components';
import { useLinks } from '../../links';

const Root = styled('header')({
  marginBottom: 20,
  '& .bl-crumbs': {
    display: 'flex',
    gap: 7,
    marginBottom: 12,
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    '& a': { color: 'inherit' },
  },
  '& h1': {
    margin: 0,
    fontSize: 25,
    lineHeight: '32px',
    fontWeight: 670,
    letterSpacing: -0.4,
    overflowWrap: 'anywhere',
    [PHONE]: { fontSize: 21, lineHeight: '28px' },
  },
  '& .bl-change-facts': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 14px',
    marginTop: 8,
    fontSize: 14,
    color: 'var(--bl-muted)',
  },
  '& blockquote': {
    margin: '12px 0 0',
    maxWidth: 820,
    padding: '2px 0 2px 14px',
    borderLeft: '3px solid var(--bl-line-strong)',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

function Crumbs() {
  const links = useLinks();
  return (
    <nav className="bl-crumbs" aria-label="Where this page is">
      <Link to={links.changes()}>Change requests</Link>
      <span aria-hidden="true">/</span>
    </nav>
  );
}

/** What was asked for, by whom and when, and why. */
export function ChangeHeader(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  const links = useLinks();
  return (
    <Root>
      <Crumbs />
      <h1>{change.title}</h1>
      <div className="bl-change-facts">
        <ChangeStateTag state={change.state} />
        <OwnerLink owner={change.requestedBy} />
        <span>
          asked <RelativeTime time={change.requestedAt} />
        </span>
        {change.service && change.kind !== 'deprecate' && (
          <span>
            for{' '}
            <Link
              to={links.changes(new URLSearchParams({ service: change.service }).toString())}
              title="All its change requests"
            >
              {change.service}
            </Link>
            {change.environment && ` in ${change.environment}`}
          </span>
        )}
      </div>
      {change.reason && <blockquote>{change.reason}</blockquote>}
    </Root>
  );
}

export function ChangeHeaderSkeleton() {
  return (
    <Root aria-hidden="true">
      <Crumbs />
      <Skeleton width="min(520px, 80%)" height={26} />
      <div className="bl-change-facts">
        <Skeleton width={260} />
      </div>
    </Root>
  );
}
