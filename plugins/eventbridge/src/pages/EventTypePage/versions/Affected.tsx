import type { AffectedSubscriber, EventTypeRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useAffectedSubscribers } from '../../../api';
import {
  ActionButton,
  Backticks,
  Card,
  CodeBlock,
  EmptyState,
  ErrorPanel,
  OwnerLink,
  SkeletonText,
  Tag,
  type TagTone,
} from '../../../components';

const TONES: Readonly<Record<AffectedSubscriber['verdict'], TagTone>> = {
  broken: 'error',
  check: 'warn',
  unaffected: 'ok',
};

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { padding: '12px 18px' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-hit-line': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' },
  '& strong': { fontWeight: 600, overflowWrap: 'anywhere' },
  '& small': { fontSize: 13.5, color: 'var(--bl-muted)' },
  '& p': { margin: '4px 0 0', overflowWrap: 'anywhere' },
  '& p code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 4px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
  },
  '& figure': { marginTop: 9 },
});

/** Subscribers shown before the rest, which nothing happens to, is asked for. */
const SHOWN = 8;

/** Whom the step from one version to another hits. */
export function Affected(props: { readonly eventType: EventTypeRef; readonly from: string; readonly to: string }) {
  const { eventType, from, to } = props;
  const affected = useAffectedSubscribers(eventType, from, to);
  const [all, setAll] = useState(false);
  if (affected.isError) {
    return (
      <ErrorPanel
        title="Whom it hits could not be worked out"
        error={affected.error}
        onRetry={() => affected.refetch()}
        retrying={affected.isFetching}
      />
    );
  }
  if (!affected.data) {
    return (
      <Card style={{ padding: 20 }}>
        <SkeletonText lines={3} />
      </Card>
    );
  }
  const { subscribers, subscriptionCount } = affected.data;
  if (subscribers.length === 0) {
    return (
      <Card>
        <EmptyState title="Nobody subscribes">No subscription takes this event type.</EmptyState>
      </Card>
    );
  }
  const looked = subscribers.reduce((sum, each) => sum + each.environments.length, 0);
  const shown = all ? subscribers : subscribers.slice(0, SHOWN);
  return (
    <Card>
      <List aria-label={`Subscribers and the step from ${from} to ${to}`}>
        {shown.map(subscriber => (
          <Subscriber key={subscriber.id} subscriber={subscriber} />
        ))}
      </List>
      {(shown.length < subscribers.length || looked < subscriptionCount) && (
        <div style={{ padding: '10px 18px', display: 'flex', gap: 12, alignItems: 'center' }}>
          {shown.length < subscribers.length && (
            <ActionButton data-quiet="" onClick={() => setAll(true)}>
              Show {subscribers.length - shown.length} more
            </ActionButton>
          )}
          {looked < subscriptionCount && (
            <small>
              The first {looked} of {subscriptionCount.toLocaleString('en')} subscriptions were looked at.
            </small>
          )}
        </div>
      )}
    </Card>
  );
}

function Subscriber(props: { readonly subscriber: AffectedSubscriber }) {
  const { service, subscription, owner, environments, verdict, reasons, event } = props.subscriber;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="bl-hit-line">
        <Tag tone={TONES[verdict]}>{verdict}</Tag>
        <strong>
          {service} / {subscription}
        </strong>
        <small>{environments.join(', ')}</small>
        <OwnerLink owner={owner} />
        {event !== undefined && (
          <ActionButton data-quiet="" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide the event' : 'Show an event'}
          </ActionButton>
        )}
      </div>
      {reasons.map(reason => (
        <p key={reason}>
          <Backticks text={reason} />
        </p>
      ))}
      {open && event !== undefined && (
        <CodeBlock
          text={JSON.stringify(event, null, 2)}
          language="json"
          title="An event that shows it"
          what="the event"
        />
      )}
    </li>
  );
}
