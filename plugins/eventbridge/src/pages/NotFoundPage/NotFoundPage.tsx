import { Link, useLocation } from 'react-router-dom';
import { Card, EmptyState, PageFrame } from '../../components';
import { SearchIcon } from '../../components/icons';
import { useLinks } from '../../links';

/** An address below `/events` that leads nowhere. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  const links = useLinks();
  return (
    <PageFrame title="Not found">
      <Card>
        <EmptyState
          icon={<SearchIcon />}
          title="There is no such page"
          action={<Link to={links.eventTypes()}>All event types</Link>}
        >
          Nothing is served at {pathname}.
        </EmptyState>
      </Card>
    </PageFrame>
  );
}
