import type { ChangePullRequest, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Card, CopyButton, ExternalLink, nameOfRef, RelativeTime, Tag, type TagTone } from '../../components';
import { CheckIcon, ErrorIcon, QuestionIcon, WarningIcon } from '../../components/icons';
import { shellWord, urlElsewhere } from './pullRequestUrl';
import { Section } from './Section';
import { Who } from './Who';

const Grid = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 330px), 1fr))',
  gap: 14,
});

const Root = styled(Card)({
  display: 'flex',
  flexDirection: 'column',
  fontSize: 14,
  lineHeight: '20px',
  '& header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 10px',
    padding: '11px 16px',
    borderBottom: '1px solid var(--bl-line)',
  },
  '& h3': { flex: '1 1 auto', minWidth: 0, margin: 0, fontSize: 14.5, fontWeight: 600, overflowWrap: 'anywhere' },
  '& header small': { flexBasis: '100%', fontSize: 13, color: 'var(--bl-muted)' },
  '& ul': { margin: 0, padding: '10px 16px', listStyle: 'none', display: 'grid', gap: 7 },
  '& li': { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr)', gap: 8, overflowWrap: 'anywhere' },
  '& li > svg': { marginTop: 1 },
  '& li small': { display: 'block', fontSize: 13, color: 'var(--bl-muted)' },
  '& [data-tone=ok] > svg': { color: 'var(--bl-ok)' },
  '& [data-tone=error] > svg': { color: 'var(--bl-error)' },
  '& [data-tone=warn] > svg': { color: 'var(--bl-warn)' },
  '& [data-tone=plain] > svg': { color: 'var(--bl-muted)' },
  '& .bl-checkout': {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    marginTop: 'auto',
    padding: '6px 8px 6px 16px',
    borderTop: '1px solid var(--bl-line)',
    background: 'var(--bl-sunken)',
    borderRadius: '0 0 var(--bl-radius) var(--bl-radius)',
    fontSize: 12.5,
    '& code': { flex: 1, fontFamily: 'var(--bl-mono)' },
  },
});

const ROLES: Readonly<Record<ChangePullRequest['role'], string>> = {
  events: 'Event repository: what is declared',
  service: 'The service’s own repository: its stack and its client',
};

const STATES: Readonly<Record<ChangePullRequest['state'], { readonly label: string; readonly tone: TagTone }>> = {
  missing: { label: 'being opened', tone: 'plain' },
  open: { label: 'open', tone: 'accent' },
  merged: { label: 'merged', tone: 'ok' },
  closed: { label: 'closed', tone: 'plain' },
};

/** The pull requests with what stands in the way of each, and how to have its files at hand. */
export function PullRequests(props: { readonly change: ChangeRequestDetail }) {
  const { pullRequests } = props.change;
  const merged = pullRequests.filter(({ state }) => state === 'merged').length;
  const note = merged > 0 && merged < pullRequests.length ? `${merged} of ${pullRequests.length} merged` : undefined;
  return (
    <Section title="Pull requests" note={note}>
      <Grid>
        {pullRequests.map(pull => (
          <PullRequest key={pull.role} pull={pull} changeId={props.change.id} />
        ))}
      </Grid>
    </Section>
  );
}

function PullRequest(props: { readonly pull: ChangePullRequest; readonly changeId: string }) {
  const { pull } = props;
  const name = `${pull.repository}${pull.number === undefined ? '' : `#${pull.number}`}`;
  const { label, tone } = STATES[pull.state];
  const page = urlElsewhere(pull, props.changeId);
  const command = checkoutCommand(pull);
  return (
    <Root aria-label={`Pull request ${name}`}>
      <header>
        <h3>{page ? <ExternalLink href={page}>{name}</ExternalLink> : name}</h3>
        <Tag tone={tone}>{label}</Tag>
        <small>
          {ROLES[pull.role]}
          {pull.mergedAt && (
            <>
              {' '}
              · merged <RelativeTime time={pull.mergedAt} />
            </>
          )}
        </small>
      </header>
      <ul aria-label={`What stands of ${name}`}>
        <Standing pull={pull} />
      </ul>
      {command && (
        <div className="bl-checkout">
          <code className="bl-ellipsis" title={command}>
            {command}
          </code>
          <CopyButton text={command} what={`the command that clones ${name}`} />
        </div>
      )}
    </Root>
  );
}

function Standing(props: { readonly pull: ChangePullRequest }) {
  const { approvals, awaited, blockedBy, checks, mergeable, state } = props.pull;
  const isOpen = state === 'open';
  return (
    <>
      {isOpen && mergeable === 'conflicts' && (
        <li data-tone="error">
          <ErrorIcon />
          <div>
            Conflicts with main
            <small>
              Bring up to date plans the request again on what main is now, and opens a newer pull request in place of
              this one.
            </small>
          </div>
        </li>
      )}
      {approvals.map(({ by, at }) => (
        <li key={by} data-tone="ok">
          <CheckIcon />
          <div>
            Approved by {nameOfRef(by)}
            <small>
              <RelativeTime time={at} />
            </small>
          </div>
        </li>
      ))}
      {isOpen &&
        awaited.map(owner => (
          <li key={owner} data-tone="warn">
            <WarningIcon />
            <div>
              <span className="bl-muted">The approval is missing of </span>
              <Who name={owner} />
            </div>
          </li>
        ))}
      {checks.map(check => (
        <Check key={check.name} check={check} />
      ))}
      {isOpen && mergeable === 'blocked' && awaited.length === 0 && (
        <li data-tone="warn">
          <WarningIcon />
          <div>
            The forge does not let it be merged yet
            {blockedBy && <small>{blockedBy}</small>}
          </div>
        </li>
      )}
      {isOpen && mergeable === 'clean' && awaited.length === 0 && (
        <li data-tone="ok">
          <CheckIcon />
          <div>No conflicts with main</div>
        </li>
      )}
      {state === 'missing' && (
        <li data-tone="plain">
          <QuestionIcon />
          <div className="bl-muted">Its branch is being written.</div>
        </li>
      )}
      {state === 'closed' && (
        <li data-tone="plain">
          <QuestionIcon />
          <div className="bl-muted">Closed without being merged.</div>
        </li>
      )}
      {state === 'merged' && approvals.length === 0 && checks.length === 0 && (
        <li data-tone="ok">
          <CheckIcon />
          <div>On main</div>
        </li>
      )}
    </>
  );
}

const CHECKS = {
  passed: { tone: 'ok', words: 'passed', Icon: CheckIcon },
  failed: { tone: 'error', words: 'failed', Icon: ErrorIcon },
  pending: { tone: 'plain', words: 'is running', Icon: QuestionIcon },
} as const;

function Check(props: { readonly check: ChangePullRequest['checks'][number] }) {
  const { name, state, detail, url } = props.check;
  const { tone, words, Icon } = CHECKS[state];
  return (
    <li data-tone={tone}>
      <Icon />
      <div>
        {url ? <ExternalLink href={url}>{name}</ExternalLink> : name} {words}
        {detail && <small>{detail}</small>}
      </div>
    </li>
  );
}

/** An open one is looked at on its branch; a merged one is on main. */
function checkoutCommand({ cloneUrl, ...pull }: ChangePullRequest): string | undefined {
  if (!cloneUrl || pull.state === 'missing' || pull.state === 'closed') return undefined;
  const branch = pull.state === 'open' ? `--branch ${shellWord(pull.branch)} ` : '';
  return `git clone ${branch}${shellWord(cloneUrl)}`;
}
