import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { UNDER_WAY, useChangesUnderWay } from '../api';
import { useLinks } from '../links';
import { ChangeStateTag } from './ChangeStateTag';
import { nameOfRef } from './OwnerLink';

const Root = styled('section')({
  marginBottom: 18,
  padding: '10px 15px',
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-surface)',
  fontSize: 14,
  lineHeight: '21px',
  '& h2, & h3, & h4': {
    margin: '0 0 4px',
    fontSize: 13,
    lineHeight: '19px',
    fontWeight: 600,
    color: 'var(--bl-muted)',
  },
  '& ul': { margin: 0, padding: 0, listStyle: 'none', display: 'grid', gap: 4 },
  '& li': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 9px', minWidth: 0 },
  '& li a': { overflowWrap: 'anywhere' },
  '& .bl-more': { marginTop: 4, fontSize: 13 },
});

/**
 * Change requests that have not ended, of a service or about an event type. Nothing at all where there are none, and
 * where they cannot be read: the page around it is about something else.
 */
export function ChangesUnderWay(props: {
  readonly of: { readonly service: string } | { readonly eventType: EventTypeRef };
  /** Of its head, so that it fits under the one before. */
  readonly level?: 2 | 3 | 4;
}) {
  const { of, level = 2 } = props;
  const links = useLinks();
  const { data } = useChangesUnderWay(of);
  if (!data || data.items.length === 0) return null;
  const Heading = `h${level}` as const;
  const more = (data.totalItems ?? data.items.length) - data.items.length;
  const search = new URLSearchParams([
    ...('service' in of ? [['service', of.service]] : [['q', of.eventType.detailType]]),
    ...UNDER_WAY.map(state => ['state', state]),
  ]);
  return (
    <Root aria-label="Changes under way">
      <Heading>Changes under way</Heading>
      <ul>
        {data.items.map(({ id, title, state, turn }) => (
          <li key={id}>
            <ChangeStateTag state={state} />
            <Link to={links.change(id)}>{title}</Link>
            {turn.length > 0 && <span className="bl-muted">turn of {turn.map(nameOfRef).join(', ')}</span>}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div className="bl-more">
          <Link to={links.changes(search.toString())}>{more.toLocaleString('en')} more</Link>
        </div>
      )}
    </Root>
  );
}
