import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { ExternalLink, Tag } from '../../../components';
import { useLinks } from '../../../links';

const Root = styled('aside')({
  display: 'grid',
  gap: 22,
  fontSize: 14,
  '& h2': { margin: '0 0 6px', fontSize: 12.5, lineHeight: '18px', fontWeight: 500, color: 'var(--bl-muted)' },
  '& ul': { display: 'grid', gap: 4, margin: 0, padding: 0, listStyle: 'none' },
  '& li': { overflowWrap: 'anywhere' },
  '& .bl-about-tags': { display: 'flex', flexWrap: 'wrap', gap: 5 },
});

/** What is good to know beside the document: links, where it is declared, tags, personal data. */
export function About(props: { readonly eventType: EventTypeDetail }) {
  const { links: further, tags, personalData, declaredAt, origin, eventPaths } = props.eventType;
  const links = useLinks();
  return (
    <Root aria-label="About this event type">
      {further.length > 0 && (
        <div>
          <h2>Links</h2>
          <ul>
            {further.map(({ title, url }) => (
              <li key={url}>
                <ExternalLink href={url}>{title}</ExternalLink>
              </li>
            ))}
          </ul>
        </div>
      )}
      {tags.length > 0 && (
        <div>
          <h2>Tags</h2>
          <div className="bl-about-tags">
            {tags.map(tag => (
              <Link key={tag} to={links.eventTypes(new URLSearchParams({ q: tag }).toString())}>
                <Tag>{tag}</Tag>
              </Link>
            ))}
          </div>
        </div>
      )}
      {personalData.length > 0 && (
        <div>
          <h2>Personal data</h2>
          <ul>
            {personalData.map(field => (
              <li key={field} className="bl-mono">
                {field}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h2>In an event</h2>
        {eventPaths.data ? (
          <>
            The schema describes <code className="bl-mono">detail.{eventPaths.data}</code>
            {eventPaths.metadata && (
              <>
                ; <code className="bl-mono">detail.{eventPaths.metadata}</code> is written by the client
              </>
            )}
            .
          </>
        ) : (
          <>
            The schema describes the whole <code className="bl-mono">detail</code>.
          </>
        )}
      </div>
      <div>
        <h2>Declared in</h2>
        {declaredAt ? (
          declaredAt.url ? (
            <ExternalLink href={declaredAt.url}>{declaredAt.file}</ExternalLink>
          ) : (
            <span className="bl-mono" style={{ overflowWrap: 'anywhere' }}>
              {declaredAt.file}
            </span>
          )
        ) : (
          <span className="bl-muted">no event repository</span>
        )}
        <div className="bl-muted">Source: {origin}</div>
      </div>
    </Root>
  );
}
