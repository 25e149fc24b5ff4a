import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Fragment } from 'react';
import { Backticks } from './Backticks';

const Root = styled('span')({
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 3px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
    overflowWrap: 'anywhere',
  },
  '&[data-everything]': { color: 'var(--bl-muted)' },
});

/** `detail.data.channel` reads as `data.channel`: every field that is filtered on is inside `detail`. */
export const shortField = (field: string) => field.replace(/^detail\./, '');

/** The same for the fields named inside a sentence, between backticks. */
const shortFields = (words: string) => words.replaceAll('`detail.', '`');

/** The filter as one sentence of plain text, for labels and titles. */
export function filterSentence(filter: SubscriptionSummary['filter']): string {
  if (filter.length === 0) return 'everything';
  return `only when ${filter
    .map(({ field, words }) => `${shortField(field)} ${shortFields(words).replaceAll('`', '')}`.trim())
    .join(' and ')}`;
}

/** The filter beyond source and detail-type in words: only when `data.channel` is email or push. */
export function FilterWords(props: { readonly filter: SubscriptionSummary['filter'] }) {
  if (props.filter.length === 0) return <Root data-everything="">everything</Root>;
  return (
    <Root>
      only when{' '}
      {props.filter.map(({ field, words }, index) => (
        <Fragment key={`${field} ${index}`}>
          {index > 0 && ' and '}
          {field && <code>{shortField(field)}</code>} <Backticks text={shortFields(words)} />
        </Fragment>
      ))}
    </Root>
  );
}
