import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../../components';
import { useLinks } from '../../../links';
import { Section } from '../Section';

/** Versions shown here; the tab has all. */
const SHOWN = 5;

const List = styled('ol')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '84px 130px minmax(0, 1fr)',
    gap: '0 16px',
    padding: '9px 0',
    overflowWrap: 'anywhere',
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '@media (max-width: 599.95px)': {
    '& li': {
      gridTemplateColumns: '84px 1fr',
      '& > :last-child': { gridColumn: '1 / -1' },
    },
  },
});

/** What came when. */
export function HistorySection(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const links = useLinks();
  if (eventType.versions.length === 0) return null;
  return (
    <Section title="History" tools={<Link to={links.eventType(eventType, 'versions')}>Compare versions</Link>}>
      <List>
        {eventType.versions.slice(0, SHOWN).map(({ version, released, notes }) => (
          <li key={version}>
            <Link
              to={`${links.eventType(eventType, 'schema')}?version=${encodeURIComponent(version)}`}
              className="bl-mono"
            >
              {version}
            </Link>
            <span className="bl-muted">{released ? <RelativeTime time={released} /> : 'date unknown'}</span>
            <span>{notes ?? <span className="bl-muted">No notes</span>}</span>
          </li>
        ))}
      </List>
      {eventType.versions.length > SHOWN && (
        <Link to={links.eventType(eventType, 'versions')}>All {eventType.versions.length} versions</Link>
      )}
    </Section>
  );
}
