import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { ExternalLink, Tag } from '../../../components';
import { useLinks } from '../../../links';
import { Section } from '../Section';

const Root = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(210px, 1fr))',
  gap: '22px 36px',
  fontSize: 14,
  '& h3': {
    margin: '0 0 6px',
    fontSize: 12.5,
    lineHeight: '18px',
    fontWeight: 500,
    color: 'var(--bl-muted)',
  },
  '& ul': { display: 'grid', gap: 4, margin: 0, padding: 0, listStyle: 'none' },
  '& li': { overflowWrap: 'anywhere' },
  '& .bl-about-tags': { display: 'flex', flexWrap: 'wrap', gap: 5 },
});

/** What is good to know beside the document: links, where it is declared, tags, personal data. */
export function About(props: { readonly eventType: EventTypeDetail }) {
  const { links: further, tags, personalData, declaredAt, origin, eventPaths } = props.eventType;
  const links = useLinks();
  return (
    <Section title="Good to know">
      <Root>
        {further.length > 0 && (
          <div>
            <h3>Links</h3>
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
            <h3>Tags</h3>
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
            <h3>Personal data</h3>
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
          <h3>In an event</h3>
          {eventPaths.data ? (
            <>
              The schema describes <code className="bl-mono">{eventPaths.data}</code>
              {eventPaths.metadata && (
                <>
                  ; <code className="bl-mono">{eventPaths.metadata}</code> is written by the client
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
          <h3>Declared in</h3>
          <DeclaredAt declaredAt={declaredAt} />
          <div className="bl-muted">Source: {origin}</div>
        </div>
      </Root>
    </Section>
  );
}

function DeclaredAt(props: Pick<EventTypeDetail, 'declaredAt'>) {
  const { declaredAt } = props;
  if (!declaredAt) return <span className="bl-muted">no event repository</span>;
  if (declaredAt.url) return <ExternalLink href={declaredAt.url}>{declaredAt.file}</ExternalLink>;
  return (
    <span className="bl-mono" style={{ overflowWrap: 'anywhere' }}>
      {declaredAt.file}
    </span>
  );
}
