import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId, useState, type ReactNode } from 'react';
import { useChangeAction, useMe, type ChangeAction } from '../../api';
import { ActionButton, buttonStyles, isErrorNamed, PHONE, reasonOf, refWords } from '../../components';
import { CheckIcon, ErrorIcon, ExternalIcon, LockIcon, RefreshIcon } from '../../components/icons';
import { urlElsewhere } from './pullRequestUrl';
import { chooseActions, hasApproved, type ButtonKind } from './actionChoice';

const Root = styled('div')({
  display: 'grid',
  gap: 10,
  minWidth: 0,
  '& .bl-action-row': {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: 8,
    [PHONE]: { justifyContent: 'stretch', '& > *': { flex: '1 1 auto' } },
  },
  '& .bl-refused': {
    display: 'grid',
    gap: 2,
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: 13.5,
    lineHeight: '19px',
    color: 'var(--bl-muted)',
    textAlign: 'right',
    [PHONE]: { textAlign: 'left' },
    '& svg': { verticalAlign: '-0.2em', marginRight: 5 },
  },
  '& .bl-action-form': {
    display: 'grid',
    gap: 10,
    padding: 14,
    border: '1px solid var(--bl-line)',
    borderRadius: 'var(--bl-radius)',
    background: 'var(--bl-sunken)',
    '& p': { margin: 0 },
    '& label': { fontSize: 13.5, fontWeight: 550 },
    '& textarea': {
      width: '100%',
      minHeight: 84,
      padding: '8px 10px',
      border: '1px solid var(--bl-line-strong)',
      borderRadius: 7,
      background: 'var(--bl-surface)',
      color: 'var(--bl-text)',
      font: 'inherit',
      fontSize: 14.5,
      resize: 'vertical',
    },
  },
  '& .bl-action-error': {
    display: 'flex',
    gap: 9,
    padding: '10px 14px',
    border: '1px solid var(--bl-error-line)',
    borderRadius: 'var(--bl-radius)',
    background: 'var(--bl-error-soft)',
    fontSize: 14,
    lineHeight: '20px',
    overflowWrap: 'anywhere',
    '& svg': { flex: 'none', marginTop: 2, color: 'var(--bl-error)' },
    '& p': { margin: 0 },
  },
});

const LinkButton = styled('a')({
  ...buttonStyles,
  '&&': { color: 'var(--bl-on-accent)', textDecoration: 'none' },
});

const WORDS: Readonly<
  Record<ChangeAction['kind'], { readonly label: string; readonly doing: string; readonly failed: string }>
> = {
  approve: { label: 'Approve', doing: 'Approving…', failed: 'It was not approved' },
  'ask-for-changes': { label: 'Ask for changes', doing: 'Sending…', failed: 'The comment was not sent' },
  merge: { label: 'Merge', doing: 'Merging…', failed: 'It was not merged' },
  close: { label: 'Close', doing: 'Closing…', failed: 'It was not closed' },
  retry: { label: 'Try again', doing: 'Trying again…', failed: 'It was not tried again' },
  update: { label: 'Bring up to date', doing: 'Planning it again…', failed: 'It was not brought up to date' },
};
const ICONS: Readonly<Record<ButtonKind, ReactNode>> = {
  approve: <CheckIcon />,
  merge: <CheckIcon />,
  retry: <RefreshIcon />,
  update: <RefreshIcon />,
};
/** As long as a review may be (see the API). */
const MAX_COMMENT = 5000;

/** The one thing to do now, what may be done besides, and why the rest may not. Failures are told here too. */
export function ChangeActions(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  const me = useMe().data?.userEntityRef;
  const action = useChangeAction(change.id);
  const [panel, setPanel] = useState<'ask-for-changes' | 'close' | undefined>();
  const choice = chooseActions(change, me);
  const doing = action.isPending ? action.variables.kind : undefined;
  const go = (next: ChangeAction) => {
    action.mutate(next, { onSuccess: () => setPanel(undefined) });
  };
  const label = (kind: ChangeAction['kind']) => (doing === kind ? WORDS[kind].doing : WORDS[kind].label);
  const { primary } = choice;
  const elsewhere = primary ? undefined : openPullRequestElsewhere(change);
  return (
    <Root>
      <div className="bl-action-row">
        {choice.mayClose && (
          <ActionButton
            data-quiet=""
            aria-expanded={panel === 'close'}
            disabled={doing !== undefined}
            onClick={() => setPanel(panel === 'close' ? undefined : 'close')}
          >
            Close…
          </ActionButton>
        )}
        {choice.mayAskForChanges && (
          <ActionButton
            aria-expanded={panel === 'ask-for-changes'}
            disabled={doing !== undefined}
            onClick={() => setPanel(panel === 'ask-for-changes' ? undefined : 'ask-for-changes')}
          >
            Ask for changes…
          </ActionButton>
        )}
        {choice.secondary.map(kind => (
          <ActionButton key={kind} disabled={doing !== undefined} onClick={() => go({ kind })}>
            {label(kind)}
          </ActionButton>
        ))}
        {primary && (
          <ActionButton
            data-primary=""
            disabled={doing !== undefined || primary.why !== undefined}
            onClick={() => go({ kind: primary.kind })}
          >
            {ICONS[primary.kind]}
            {label(primary.kind)}
          </ActionButton>
        )}
        {elsewhere && (
          <LinkButton data-primary="" href={elsewhere.url} target="_blank" rel="noopener noreferrer">
            Review on {elsewhere.host} <ExternalIcon />
            <span className="bl-sr"> (opens in a new tab)</span>
          </LinkButton>
        )}
      </div>
      <Refused change={change} by={me} />
      {panel === 'close' && (
        <CloseForm
          busy={doing !== undefined}
          label={label('close')}
          onClose={() => go({ kind: 'close' })}
          onKeep={() => setPanel(undefined)}
        />
      )}
      {panel === 'ask-for-changes' && (
        <CommentForm
          busy={doing !== undefined}
          label={label('ask-for-changes')}
          onSend={comment => go({ kind: 'ask-for-changes', comment })}
          onCancel={() => setPanel(undefined)}
        />
      )}
      {action.isError && (
        <div className="bl-action-error" role="alert">
          <ErrorIcon />
          <p>
            <strong>{WORDS[action.variables.kind].failed}.</strong> {actionReason(action.error)}
          </p>
        </div>
      )}
    </Root>
  );
}

/** What may not be done, and why; what a person has done already. */
function Refused(props: { readonly change: ChangeRequestDetail; readonly by: string | undefined }) {
  const { change, by } = props;
  const { primary, refused } = chooseActions(change, by);
  const lines = [...(primary?.why ? [{ kind: primary.kind, why: primary.why }] : []), ...refused];
  const approved = hasApproved(change, by);
  if (lines.length === 0 && !approved) return null;
  return (
    <ul className="bl-refused">
      {approved && (
        <li>
          <CheckIcon />
          You have approved it
        </li>
      )}
      {lines.map(({ kind, why }) => (
        <li key={kind}>
          <LockIcon />
          {WORDS[kind].label}: {refWords(why)}
        </li>
      ))}
    </ul>
  );
}

function CloseForm(props: {
  readonly busy: boolean;
  readonly label: string;
  readonly onClose: () => void;
  readonly onKeep: () => void;
}) {
  return (
    <div className="bl-action-form" role="group" aria-label="Close without merging">
      <p>
        <strong>Close it without merging?</strong> Its pull requests are closed and nothing of it is deployed. It cannot
        be opened again; the form can be sent anew.
      </p>
      <div className="bl-action-row">
        <ActionButton onClick={props.onKeep} disabled={props.busy}>
          Keep it open
        </ActionButton>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the question was just asked for */}
        <ActionButton onClick={props.onClose} disabled={props.busy} autoFocus>
          {props.label === WORDS.close.label ? 'Close without merging' : props.label}
        </ActionButton>
      </div>
    </div>
  );
}

function CommentForm(props: {
  readonly busy: boolean;
  readonly label: string;
  readonly onSend: (comment: string) => void;
  readonly onCancel: () => void;
}) {
  const [comment, setComment] = useState('');
  const id = useId();
  return (
    <form
      className="bl-action-form"
      aria-label="Ask for changes"
      onSubmit={event => {
        event.preventDefault();
        props.onSend(comment.trim());
      }}
    >
      <label htmlFor={id}>What should change, and why</label>
      <textarea
        id={id}
        value={comment}
        maxLength={MAX_COMMENT}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the field was just asked for
        autoFocus
        onChange={event => setComment(event.target.value)}
      />
      <p className="bl-muted">It cannot be merged until you approve it.</p>
      <div className="bl-action-row">
        <ActionButton onClick={props.onCancel} disabled={props.busy}>
          Cancel
        </ActionButton>
        <ActionButton type="submit" disabled={props.busy || comment.trim() === ''}>
          {props.label}
        </ActionButton>
      </div>
    </form>
  );
}

/** Where pull requests are reviewed on a forge of their own, the page leads there. */
function openPullRequestElsewhere(
  change: ChangeRequestDetail,
): { readonly url: string; readonly host: string } | undefined {
  const urls = change.pullRequests.filter(({ state }) => state === 'open').map(pull => urlElsewhere(pull, change.id));
  const url = urls.find(each => each !== undefined);
  return url === undefined ? undefined : { url, host: new URL(url).host };
}

/** The server's own words: what it refuses it explains. */
function actionReason(error: unknown): string {
  return refWords(isErrorNamed(error, 'NotAllowedError') ? (error as Error).message : reasonOf(error));
}
