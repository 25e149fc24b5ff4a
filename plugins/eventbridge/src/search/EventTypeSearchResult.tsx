import { Link } from '@backstage/core-components';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import type { ResultHighlight, SearchDocument } from '@backstage/plugin-search-common';
import type { EventTypeSearchDocument } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Tag } from '../components/Tag';
import { EventIcon } from '../components/icons';
import { BuslineStyles } from '../theme';

const Root = styled('div')({
  display: 'grid',
  gridTemplateColumns: '36px minmax(0, 1fr)',
  gap: '0 12px',
  padding: '4px 0',
  color: 'var(--bl-text)',
  '& .bl-result-icon': {
    display: 'grid',
    placeItems: 'center',
    width: 36,
    height: 36,
    borderRadius: 9,
    color: 'var(--bl-event)',
    background: 'var(--bl-event-soft)',
  },
  '& .bl-result-line': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 9px',
    fontSize: 16,
    fontWeight: 600,
  },
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: 12.5,
    color: 'var(--bl-muted)',
  },
  '& p': {
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    margin: '2px 0 0',
    fontSize: 14,
    lineHeight: '20px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
});

/** An event type among the results of Backstage's search. */
export function EventTypeSearchResult(props: {
  readonly result?: SearchDocument;
  readonly highlight?: ResultHighlight;
  readonly rank?: number;
}) {
  const { highlight } = props;
  if (!props.result) return null;
  const result = props.result as unknown as EventTypeSearchDocument;
  const marked = (field: string, text: string) =>
    highlight?.fields[field] ? (
      <HighlightedSearchResultText
        text={highlight.fields[field]}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      text
    );
  const ended = result.lifecycle === 'deprecated' || result.lifecycle === 'retired';
  return (
    <Root>
      <BuslineStyles />
      <span className="bl-result-icon" aria-hidden="true">
        <EventIcon />
      </span>
      <div>
        <div className="bl-result-line">
          <Link to={result.location}>{marked('title', result.title)}</Link>
          {ended && <Tag tone="warn">{result.lifecycle}</Tag>}
        </div>
        <code>{result.source}</code>
        {result.version && <code> · {result.version}</code>}
        <p>{highlight?.fields.text ? marked('text', result.text) : result.summary}</p>
      </div>
    </Root>
  );
}
