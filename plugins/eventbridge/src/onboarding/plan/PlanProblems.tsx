import type { RequestProblem } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { Backticks, Banner, Card } from '../../components';
import { ErrorIcon } from '../../components/icons';
import { jumpTo } from '../form/jump';
import { pageOf, type PageKey } from '../form/pointers';
import { asSentence } from '../inputs';

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { display: 'flex', gap: 11, padding: '11px 16px', fontSize: 14.5, lineHeight: '21px' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li > svg': { flex: 'none', marginTop: 3, color: 'var(--bl-error)' },
  '& p': { margin: 0, overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--bl-mono)', fontSize: '0.92em' },
  '& button': {
    padding: 0,
    border: 0,
    background: 'transparent',
    color: 'var(--bl-accent)',
    font: 'inherit',
    cursor: 'pointer',
    textDecoration: 'underline',
  },
});

const PAGE_WORDS: Readonly<Record<PageKey, string>> = {
  service: 'the service',
  subscriptions: 'the events to receive',
  publications: 'the events to publish',
  change: 'the subscription',
  leave: 'what is taken away',
  deprecation: 'the event type',
};

const LEADING = ' Each of them leads to the field that causes it.';

/** What keeps the request from becoming a plan: each with a way back to the field that causes it. */
export function PlanProblems(props: {
  readonly problems: readonly RequestProblem[];
  readonly pages: readonly PageKey[];
}) {
  const { problems, pages } = props;
  const leading = problems.filter(problem => pageFor(problem, pages) !== undefined).length;
  const count = problems.length === 1 ? 'One thing keeps' : `${problems.length} things keep`;
  return (
    <div>
      <Banner tone="error" title={`${count} this from becoming a plan`}>
        Nothing is opened until there is one.
        {leading > 0 && (leading === 1 ? ' It leads to the field that causes it.' : LEADING)}
      </Banner>
      <Card>
        <List aria-label="Problems">
          {problems.map((problem, index) => (
            <li key={`${problem.field} ${index}`}>
              <ErrorIcon />
              <div style={{ minWidth: 0 }}>
                <p>
                  <Backticks text={asSentence(problem.message)} />
                </p>
                {problem.wayOut && (
                  <p className="bl-muted">
                    <Backticks text={problem.wayOut} />
                  </p>
                )}
                <Way problem={problem} pages={pages} />
              </div>
            </li>
          ))}
        </List>
      </Card>
    </div>
  );
}

/** The page with the field; a part of the request that this form does not ask for is made up for on its last page. */
function pageFor({ field }: RequestProblem, pages: readonly PageKey[]): PageKey | undefined {
  return field === '' ? undefined : pageOf(field, pages) ?? pages[pages.length - 1];
}

function Way(props: { readonly problem: RequestProblem; readonly pages: readonly PageKey[] }) {
  const { problem, pages } = props;
  const page = pageFor(problem, pages);
  if (page === undefined) return null;
  return (
    <button type="button" onClick={() => jumpTo(pages.indexOf(page), problem.field)}>
      Change {PAGE_WORDS[page]}
    </button>
  );
}
