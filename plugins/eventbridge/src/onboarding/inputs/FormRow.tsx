import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { ProblemWords, useProblemsAt } from './Problems';

const Root = styled('div')({
  minWidth: 0,
  '& > label, & > .bl-row-label': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: '0 8px',
    marginBottom: 4,
    fontSize: 14,
    lineHeight: '20px',
    fontWeight: 550,
    // No taller than the label, or inputs side by side would not stand in a row.
    '& small': { fontSize: 13, lineHeight: '18px', fontWeight: 400, color: 'var(--bl-muted)' },
  },
  '& .bl-row-hint': { display: 'block', marginTop: 4, fontSize: 13, lineHeight: '18px', color: 'var(--bl-muted)' },
  '& input:not([type=checkbox]):not([type=radio]), & textarea, & select': {
    width: '100%',
    minHeight: 38,
    padding: '7px 11px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 14.5,
    lineHeight: '22px',
    '&[aria-invalid=true]': { borderColor: 'var(--bl-error)' },
    '&::placeholder': { color: 'var(--bl-muted)', opacity: 1 },
  },
  '& textarea': { display: 'block', resize: 'vertical' },
  '& [data-mono]': { fontFamily: 'var(--bl-mono)', fontSize: '13px !important' },
});

/** What an input must carry so that label, hint and problems belong to it. */
export interface InputProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-required': boolean | undefined;
  /** Where a link from the review jumps to. */
  readonly 'data-field': string;
}

/** A label, an input, a hint, and what is wrong with it. */
export function FormRow(props: {
  readonly label: string;
  /** JSON pointer of the field in the request. */
  readonly field: string;
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly children: (input: InputProps) => ReactNode;
}) {
  const { label, field, optional, required, hint, children } = props;
  const id = useId();
  const problems = useProblemsAt(field);
  const described = [hint && `${id}-hint`, problems.length > 0 && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <Root>
      <label htmlFor={id}>
        {label} {optional && <small>optional</small>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': problems.length > 0 || undefined,
        'aria-required': required || undefined,
        'data-field': field,
      })}
      {hint && (
        <span id={`${id}-hint`} className="bl-row-hint">
          {hint}
        </span>
      )}
      <ProblemWords id={`${id}-problem`} problems={problems} />
    </Root>
  );
}
