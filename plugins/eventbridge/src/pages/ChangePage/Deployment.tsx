import type { ChangeRequestDetail, LiveCheck, StackProgress } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useAccounts } from '../../api';
import { AccountName, Card, RefWords } from '../../components';
import { CheckIcon, ErrorIcon, QuestionIcon, RefreshIcon } from '../../components/icons';
import { Section } from './Section';

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontSize: 14,
  lineHeight: '20px',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: '0 10px',
    padding: '9px 16px',
    overflowWrap: 'anywhere',
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li > svg': { marginTop: 1, color: 'var(--bl-muted)' },
  '& li[data-tone=ok] > svg': { color: 'var(--bl-ok)' },
  '& li[data-tone=error] > svg': { color: 'var(--bl-error)' },
  '& li[data-tone=moving] > svg': {
    color: 'var(--bl-accent)',
    animation: 'bl-turn 1.4s linear infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
  '@keyframes bl-turn': { to: { transform: 'rotate(360deg)' } },
  '& .bl-mono': { fontSize: 13 },
  '& .bl-step-state': { fontSize: 13, color: 'var(--bl-muted)', whiteSpace: 'nowrap' },
  '& li[data-tone=error] .bl-step-state': { color: 'var(--bl-error)' },
  '& small': { gridColumn: '2 / -1', fontSize: 13, color: 'var(--bl-muted)' },
});

const STACKS = {
  waiting: { tone: 'plain', words: 'waiting', Icon: QuestionIcon },
  running: { tone: 'moving', words: 'deploying', Icon: RefreshIcon },
  done: { tone: 'ok', words: 'deployed', Icon: CheckIcon },
  unchanged: { tone: 'ok', words: 'nothing to change', Icon: CheckIcon },
  failed: { tone: 'error', words: 'failed', Icon: ErrorIcon },
} as const;

/** Details that only repeat the state. */
const SAYS_NOTHING = /^(?:created|updated|unchanged|done|creating|updating|deploying|being deployed)$/;

/** How far the deployment is, stack by stack, in the order in which they are deployed. */
export function Deployment(props: { readonly change: ChangeRequestDetail }) {
  const { stacks, state } = props.change;
  const isDue = state === 'merged' || state === 'deployed' || state === 'live';
  if (stacks.length === 0 && !isDue) return null;
  const done = stacks.filter(stack => stack.state === 'done' || stack.state === 'unchanged').length;
  return (
    <Section title="Deployment" note={stacks.length > 0 ? `${done} of ${stacks.length} stacks` : undefined}>
      <Card>
        {stacks.length === 0 ? (
          <p className="bl-muted" style={{ margin: 0, padding: '12px 16px' }}>
            {state === 'merged'
              ? 'Main is being read; then its stacks are deployed.'
              : 'No stack had to be deployed from here.'}
          </p>
        ) : (
          <List aria-label="Stacks">
            {stacks.map(stack => (
              <Stack key={`${stack.accountId} ${stack.region} ${stack.name}`} stack={stack} />
            ))}
          </List>
        )}
      </Card>
    </Section>
  );
}

function Stack(props: { readonly stack: StackProgress }) {
  const { name, accountId, region, state, detail } = props.stack;
  const accounts = useAccounts().data ?? [];
  const { tone, words, Icon } = STACKS[state];
  const account = accounts.find(({ id }) => id === accountId) ?? { id: accountId, name: accountId };
  return (
    <li data-tone={tone}>
      <Icon />
      <span className="bl-mono">{name}</span>
      <span className="bl-step-state">{words}</span>
      <small>
        <AccountName account={account} region={region} />
        {detail && !SAYS_NOTHING.test(detail) && (
          <>
            <br />
            <RefWords text={detail} />
          </>
        )}
      </small>
    </li>
  );
}

/** What is seen on AWS of what was asked for; live is when all of it is. */
export function SeenOnAws(props: { readonly change: ChangeRequestDetail }) {
  const { live, state } = props.change;
  if (live.length === 0) return null;
  const seen = live.filter(check => check.state === 'seen').length;
  return (
    <Section title="Seen on AWS" note={`${seen} of ${live.length}`}>
      <Card>
        <List aria-label="Seen on AWS">
          {live.map(check => (
            <Seen key={check.title} check={check} moving={state === 'deployed'} />
          ))}
        </List>
      </Card>
    </Section>
  );
}

function Seen(props: { readonly check: LiveCheck; readonly moving: boolean }) {
  const { title, state, detail } = props.check;
  const Icon = state === 'seen' ? CheckIcon : QuestionIcon;
  return (
    <li data-tone={state === 'seen' ? 'ok' : 'plain'}>
      <Icon />
      <span>{title}</span>
      <span className="bl-step-state">{state === 'seen' ? 'seen' : 'awaited'}</span>
      {detail && <small>{withoutExactTimes(detail)}</small>}
    </li>
  );
}

/** `3 matched since 2026-11-20T16:57:31.123Z` reads better to the minute. */
function withoutExactTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, time =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' }).format(
      new Date(time),
    ),
  );
}
