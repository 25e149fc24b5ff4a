import type { RequestProblem } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { createContext, useContext, type ReactNode } from 'react';
import { ErrorIcon } from '../../components/icons';
import { isWithin } from '../form/pointers';

const ProblemsContext = createContext<readonly RequestProblem[]>([]);

/** Gives the inputs below it the problems of the request: each input shows those of its own field. */
export function ProblemsProvider(props: {
  readonly problems: readonly RequestProblem[];
  readonly children: ReactNode;
}) {
  return <ProblemsContext.Provider value={props.problems}>{props.children}</ProblemsContext.Provider>;
}

/** Problems at a field; `deep` takes those inside it too. */
export function useProblemsAt(field: string, deep: boolean = true): readonly RequestProblem[] {
  return useContext(ProblemsContext).filter(problem =>
    deep ? isWithin(problem.field, field) : problem.field === field,
  );
}

const Root = styled('span')({
  display: 'flex',
  gap: 6,
  marginTop: 4,
  fontSize: 13,
  lineHeight: '18px',
  color: 'var(--bl-error)',
  overflowWrap: 'anywhere',
  '& svg': { flex: 'none', marginTop: 2 },
});

/** What is wrong at a field, and the way out. */
export function ProblemWords(props: { readonly problems: readonly RequestProblem[]; readonly id?: string }) {
  if (props.problems.length === 0) return null;
  return (
    <span id={props.id} role="alert" style={{ display: 'block' }}>
      {props.problems.map(({ field, message, wayOut }) => (
        <Root key={`${field} ${message}`}>
          <ErrorIcon />
          <span>
            {asSentence(message)}
            {/[.!?]$/.test(message) ? ' ' : '. '}
            {wayOut}
          </span>
        </Root>
      ))}
    </span>
  );
}

/** A sentence begins with a capital, but a name is written as it is. */
export const asSentence = (text: string) => (/^[a-z]+(?:[ ,]|$)/.test(text) ? capital(text) : text);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
