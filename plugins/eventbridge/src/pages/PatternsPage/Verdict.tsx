import type { Explanation } from '@busline/event-pattern';
import { styled } from '@mui/material/styles';
import { CheckIcon, CloseIcon } from '../../components/icons';
import type { Outcome, Reading } from './reading';

const Root = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  padding: '12px 16px',
  borderBottom: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius) var(--bl-radius) 0 0',
  fontSize: 15,
  lineHeight: '22px',
  '& svg': { flex: 'none', width: 22, height: 22, strokeWidth: 2.2 },
  '& strong': { fontWeight: 650 },
  '&[data-matches=true]': { background: 'var(--bl-ok-soft)', '& svg, & strong': { color: 'var(--bl-ok)' } },
  '&[data-matches=false]': { background: 'var(--bl-error-soft)', '& svg, & strong': { color: 'var(--bl-error)' } },
  '&:not([data-matches])': { color: 'var(--bl-muted)' },
});

/** The answer in one line. */
export function Verdict(props: {
  readonly outcome: Outcome;
  readonly pattern: Reading<unknown>;
  readonly event: Reading<unknown>;
}) {
  const { outcome, pattern, event } = props;
  if (outcome.kind === 'incomplete') {
    return <Root role="status">{missingWords(pattern, event)}</Root>;
  }
  if (outcome.kind === 'unreadable') {
    return <Root role="status">EventBridge would not read this event: {outcome.message}</Root>;
  }
  const { explanation } = outcome;
  return (
    <Root role="status" data-matches={explanation.matches}>
      {explanation.matches ? <CheckIcon /> : <CloseIcon />}
      <span>
        <strong>{explanation.matches ? 'The event matches' : 'The event does not match'}</strong>
        {countWords(explanation)}
      </span>
    </Root>
  );
}

function missingWords(pattern: Reading<unknown>, event: Reading<unknown>): string {
  if (pattern.kind === 'invalid') return 'Once the pattern is right, the answer stands here.';
  if (event.kind === 'invalid') return 'Once the event is right, the answer stands here.';
  if (pattern.kind === 'empty' && event.kind === 'empty') return 'With a pattern and an event, the answer stands here.';
  return pattern.kind === 'empty' ? 'Now a pattern.' : 'Now an event: paste one, or load an example.';
}

function countWords({ matches, alternatives, alternativeCount }: Explanation): string {
  const { clauses } = alternatives[0];
  const failing = clauses.filter(({ satisfied }) => !satisfied).length;
  const noun = clauses.length === 1 ? 'clause' : 'clauses';
  if (matches)
    return clauses.length === 1 ? ': its clause is satisfied' : `: all ${clauses.length} clauses are satisfied`;
  if (alternativeCount > 1) return `: none of its ${alternativeCount} ways ($or) holds`;
  if (failing === 0) return ': its clauses hold in different elements of an array';
  return `: ${failing} of ${clauses.length} ${noun} ${failing === 1 ? 'is' : 'are'} not satisfied`;
}
