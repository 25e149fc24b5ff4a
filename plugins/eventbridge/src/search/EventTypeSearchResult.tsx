import { Link } from '@backstage/core-components';
import type { ResultHighlight, SearchDocument } from '@backstage/plugin-search-common';
import type { EventTypeSearchDocument } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Fragment } from 'react';
import { Highlight } from '../components/Highlight';
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
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    margin: '2px 0 0',
    fontSize: 14,
    lineHeight: '20px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
  '& .bl-result-elsewhere': { fontSize: 13 },
  '& mark': {
    padding: '0 1px',
    borderRadius: 3,
    color: 'inherit',
    background: 'var(--bl-mark)',
  },
});

/** Fields and words named beside the meaning; more say nothing further. */
const MOST_ELSEWHERE = 4;

/**
 * The words that the search engine marked, and where they stand beside name, source and meaning. The text that it
 * searches holds all of these one after the other, so that showing it would say everything twice.
 */
function foundIn(result: EventTypeSearchDocument, highlight: ResultHighlight | undefined) {
  if (!highlight) return { words: '', elsewhere: [] };
  const { preTag, postTag, fields } = highlight;
  const words = new Set<string>();
  const elsewhere = new Set<string>();
  const shown = `${result.title} ${result.source} ${result.summary}`.toLowerCase();
  for (const piece of [...(fields.title ?? '').split(/\s+/), ...(fields.text ?? '').split(/\s+/)]) {
    const marks = piece.split(preTag).slice(1);
    for (const mark of marks) words.add(mark.split(postTag)[0].toLowerCase());
    const plain = piece
      .replaceAll(preTag, '')
      .replaceAll(postTag, '')
      .replace(/^[^\w]+|[^\w]+$/g, '');
    if (marks.length > 0 && plain && !shown.includes(plain.toLowerCase())) elsewhere.add(plain);
  }
  return { words: [...words].join(' '), elsewhere: [...elsewhere].slice(0, MOST_ELSEWHERE) };
}

/** An event type among the results of Backstage's search. */
export function EventTypeSearchResult(props: {
  readonly result?: SearchDocument;
  readonly highlight?: ResultHighlight;
  readonly rank?: number;
}) {
  const { highlight } = props;
  if (!props.result) return null;
  const result = props.result as unknown as EventTypeSearchDocument;
  const found = foundIn(result, highlight);
  const ended = result.lifecycle === 'deprecated' || result.lifecycle === 'retired';
  return (
    <Root>
      <BuslineStyles />
      <span className="bl-result-icon" aria-hidden="true">
        <EventIcon />
      </span>
      <div>
        <div className="bl-result-line">
          <Link to={result.location}>
            <Highlight text={result.title} search={found.words} />
          </Link>
          {ended && <Tag tone="warn">{result.lifecycle}</Tag>}
        </div>
        <code>
          <Highlight text={result.source} search={found.words} />
        </code>
        {result.version && <code> · {result.version}</code>}
        <p>
          <Highlight text={result.summary} search={found.words} />
        </p>
        {found.elsewhere.length > 0 && (
          <p className="bl-result-elsewhere">
            Also in{' '}
            {found.elsewhere.map((text, index) => (
              <Fragment key={text}>
                {index > 0 && ', '}
                <code>
                  <Highlight text={text} search={found.words} />
                </code>
              </Fragment>
            ))}
          </p>
        )}
      </div>
    </Root>
  );
}
