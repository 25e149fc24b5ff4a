import { MarkdownContent } from '@backstage/core-components';
import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { isSafeUrl } from '../../../components';

const Prose = styled('div')({
  maxWidth: 820,
  marginBottom: 36,
  fontSize: 15.5,
  lineHeight: '25px',
  overflowWrap: 'anywhere',
  '& h1, & h2, & h3, & h4': {
    margin: '18px 0 8px',
    fontSize: 16.5,
    fontWeight: 650,
  },
  '& p, & ul, & ol': { margin: '0 0 12px' },
  '& ul, & ol': { paddingLeft: 22 },
  '& li': { marginBottom: 4 },
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.9em',
    padding: '1px 4px',
    borderRadius: 4,
    background: 'var(--bl-line)',
  },
  '& blockquote': {
    margin: '0 0 12px',
    paddingLeft: 14,
    borderLeft: '3px solid var(--bl-line)',
    color: 'var(--bl-muted)',
  },
  '& th, & td': {
    padding: '6px 12px !important',
    lineHeight: '21px !important',
  },
});

/** Text from outside: markup that could run is dropped, pictures are not fetched from anywhere. */
export function Meaning(props: { readonly eventType: EventTypeDetail }) {
  const { description, summary } = props.eventType;
  const text = withoutFirstSentence(description, summary);
  if (!text) return null;
  return (
    <Prose>
      <MarkdownContent
        content={text}
        linkTarget="_blank"
        transformLinkUri={href => (isSafeUrl(href) ? href : '')}
        transformImageUri={() => ''}
      />
    </Prose>
  );
}

/** The first sentence stands in the head already; it is not said twice. */
export function withoutFirstSentence(description: string, summary: string): string {
  const text = description.trim();
  const first = summary.trim();
  if (!first || !text.startsWith(first)) return text;
  return text.slice(first.length).trim();
}
