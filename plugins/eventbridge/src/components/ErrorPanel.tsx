import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton';
import { ErrorIcon, LockIcon, RefreshIcon } from './icons';

const Root = styled('div')({
  display: 'flex',
  gap: 12,
  padding: '16px 18px',
  border: '1px solid var(--bl-error-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-error-soft)',
  color: 'var(--bl-text)',
  '& > svg': { flex: 'none', marginTop: 2, color: 'var(--bl-error)' },
  '& h2, & p': { margin: 0 },
  '& h2': { fontSize: 15, fontWeight: 600, lineHeight: '22px' },
  '& p': {
    fontSize: 14,
    lineHeight: '20px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
    marginTop: 2,
  },
  '& .bl-error-actions': { marginTop: 12 },
});

/** What kind of failure an error is, by the name that `@backstage/errors` gives it. */
export function isErrorNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** The reason in words that help the person in front of it. */
export function reasonOf(error: unknown): string {
  if (isErrorNamed(error, 'NotAllowedError')) {
    return 'You may not see this. The owner of the event type or the platform team can give you access.';
  }
  if (isErrorNamed(error, 'AuthenticationError')) {
    return 'Your sign-in has run out. Reload the page to sign in again.';
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return 'The portal could not be reached. Check the connection, then try again.';
  }
  return error instanceof Error && error.message ? error.message : 'No reason was given.';
}

/** A part of a page that failed: what, why, and a button to try again. The rest of the page stands. */
export function ErrorPanel(props: {
  /** `The list of event types could not be read`. */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
  readonly children?: ReactNode;
}) {
  const forbidden = isErrorNamed(props.error, 'NotAllowedError');
  return (
    <Root role="alert">
      {forbidden ? <LockIcon /> : <ErrorIcon />}
      <div>
        <h2>{props.title}</h2>
        <p>{reasonOf(props.error)}</p>
        {props.children}
        {props.onRetry && !forbidden && (
          <div className="bl-error-actions">
            <ActionButton onClick={props.onRetry} disabled={props.retrying}>
              <RefreshIcon />
              {props.retrying ? 'Trying again…' : 'Try again'}
            </ActionButton>
          </div>
        )}
      </div>
    </Root>
  );
}
