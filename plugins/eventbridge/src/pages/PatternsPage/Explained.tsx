import type { AlternativeExplanation, ClauseExplanation, ClauseFailure, Explanation } from '@busline/event-pattern';
import type { Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Fragment } from 'react';
import { Backticks } from '../../components';
import { CheckIcon, CloseIcon } from '../../components/icons';

const LONGEST_VALUE = 120;

const Clauses = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: '0 10px',
    padding: '10px 16px 11px',
    '& > svg': { marginTop: 4 },
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li[data-satisfied=true] > svg': { color: 'var(--bl-ok)' },
  '& li[data-satisfied=false] > svg': { color: 'var(--bl-error)' },
  '& li[data-marked]': { background: 'color-mix(in srgb, var(--bl-mark) 40%, transparent)' },
  '& .bl-clause-field': {
    padding: 0,
    border: 0,
    background: 'none',
    color: 'var(--bl-text)',
    fontFamily: 'var(--bl-mono)',
    fontSize: 13.5,
    fontWeight: 600,
    textAlign: 'left',
    overflowWrap: 'anywhere',
    cursor: 'pointer',
    '&:hover': { textDecoration: 'underline' },
  },
  '& dl': {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '1px 12px',
    margin: '2px 0 0',
    fontSize: 14,
    lineHeight: '21px',
  },
  '& dt': { color: 'var(--bl-muted)' },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--bl-mono)', fontSize: '0.92em' },
  '& .bl-clause-hint': { color: 'var(--bl-warn)' },
});

const Way = styled('section')({
  '& + &': { borderTop: '1px solid var(--bl-line)' },
  '& > h3': { margin: 0, padding: '12px 16px 4px', fontSize: 13, fontWeight: 600, color: 'var(--bl-muted)' },
  '& > p': { margin: 0, padding: '10px 16px 12px', fontSize: 14 },
});

type OnShow = (clause: ClauseExplanation) => void;

/** Each clause of the pattern: whether it is satisfied, what it wants and what the event has. */
export function Explained(props: {
  readonly explanation: Explanation;
  readonly marked?: ClauseExplanation;
  readonly onMark: (clause: ClauseExplanation | undefined) => void;
  /** Goes to the clause in the pattern. */
  readonly onShow: OnShow;
}) {
  const { explanation, ...rest } = props;
  const { alternatives, alternativeCount } = explanation;
  const hidden = alternativeCount - alternatives.length;
  return (
    <>
      {alternatives.map((alternative, index) => (
        <Way key={index}>
          {alternativeCount > 1 && <h3>{titleOf(alternative, index, alternativeCount)}</h3>}
          <ClauseList alternative={alternative} {...rest} />
          {alternative.differentElements && (
            <p>
              Each of these holds, but in different elements of an array: one element must have them all for the event
              to match.
            </p>
          )}
        </Way>
      ))}
      {hidden > 0 && (
        <Way>
          <p className="bl-muted">and {hidden.toLocaleString('en')} further ways</p>
        </Way>
      )}
    </>
  );
}

function titleOf({ satisfied }: AlternativeExplanation, index: number, count: number): string {
  const way = `Way ${index + 1} of ${count} ($or)`;
  if (satisfied) return `${way}: holds`;
  return index === 0 ? `${way}: the nearest` : way;
}

function ClauseList(props: {
  readonly alternative: AlternativeExplanation;
  readonly marked?: ClauseExplanation;
  readonly onMark: (clause: ClauseExplanation | undefined) => void;
  readonly onShow: OnShow;
}) {
  const { alternative, marked, onMark, onShow } = props;
  return (
    <Clauses aria-label="Clauses of the pattern">
      {alternative.clauses.map(clause => (
        <li
          key={clause.path.join('\n')}
          data-satisfied={clause.satisfied}
          data-marked={clause === marked ? '' : undefined}
          onMouseEnter={() => onMark(clause)}
          onMouseLeave={() => onMark(undefined)}
          onFocus={() => onMark(clause)}
          onBlur={() => onMark(undefined)}
        >
          {clause.satisfied ? <CheckIcon /> : <CloseIcon />}
          <div style={{ minWidth: 0 }}>
            <span className="bl-sr">{clause.satisfied ? 'satisfied: ' : 'not satisfied: '}</span>
            <button
              type="button"
              className="bl-clause-field"
              onClick={() => onShow(clause)}
              title="Show it in the pattern"
            >
              {clause.field}
            </button>
            <dl>
              <dt>wanted</dt>
              <dd>
                <Backticks text={clause.wanted} />
              </dd>
              <dt>found</dt>
              <dd>
                <Found clause={clause} />
              </dd>
              <Hint clause={clause} />
            </dl>
          </div>
        </li>
      ))}
    </Clauses>
  );
}

function Found({ clause }: { readonly clause: ClauseExplanation }) {
  const { found, foundCount, failure } = clause;
  if (failure?.kind === 'no-value') {
    return failure.inside.length === 0
      ? 'nothing: it is empty, and patterns see values only'
      : 'an object, and patterns see values only';
  }
  if (foundCount === 0) return clause.satisfied ? 'no such field, as wanted' : 'no such field';
  return (
    <>
      {found.map((value, index) => (
        <Fragment key={index}>
          {index > 0 && ', '}
          <code>{shown(value)}</code>
        </Fragment>
      ))}
      {foundCount > found.length && ` and ${(foundCount - found.length).toLocaleString('en')} more`}
    </>
  );
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** What a tired person would look for next. */
function Hint({ clause }: { readonly clause: ClauseExplanation }) {
  const { failure } = clause;
  const words = failure && hintOf(failure, clause);
  if (!words) return null;
  return (
    <>
      <dt>hint</dt>
      <dd className="bl-clause-hint">
        <Backticks text={words} />
      </dd>
    </>
  );
}

function hintOf(failure: ClauseFailure, { found }: ClauseExplanation): string | undefined {
  switch (failure.kind) {
    case 'missing':
      return failure.nearName === undefined ? undefined : `the event has \`${failure.nearName}\`; was that meant?`;
    case 'no-value':
      return failure.inside.length === 0
        ? undefined
        : `inside it there is ${failure.inside.map(name => `\`${name}\``).join(', ')}`;
    case 'present':
      return 'the pattern wants it to be absent';
    default: {
      const { nearMiss } = failure;
      if (!nearMiss) return undefined;
      const value = `\`${shown(nearMiss.found)}\``;
      if (nearMiss.because) return `${found.length > 1 ? `${value}: ` : ''}${nearMiss.because}`;
      return found.length > 1 ? `${value} comes nearest` : undefined;
    }
  }
}
