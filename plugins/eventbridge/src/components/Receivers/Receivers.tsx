import type { ReceiversPage, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { useReceivers } from '../../api';
import { useLinks } from '../../links';
import { ActionButton } from '../ActionButton';
import { ErrorPanel } from '../ErrorPanel';
import { FilterWords } from '../FilterWords';
import { CheckIcon, CloseIcon } from '../icons';
import { ServiceLink } from '../EntityLink';
import { Segments } from '../Segments';
import { Select } from '../Select';
import { SkeletonText } from '../Skeleton';
import { StandingMark } from '../StandingMark';
import { Tag } from '../Tag';

/** How long nobody types before the portal is asked. */
const ASK_AFTER_MS = 350;

const Root = styled('div')({
  '& .bl-receivers-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '12px 16px',
    borderBottom: '1px solid var(--bl-line)',
  },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
  '& li': {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: '0 8px',
    padding: '10px 16px',
    '& > svg': { marginTop: 4 },
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li[data-receives=true] > svg': { color: 'var(--bl-ok)' },
  '& li[data-receives=false] > svg': { color: 'var(--bl-muted)' },
  '& .bl-receiver-line': { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 10px' },
  '& .bl-receiver-line strong': { fontWeight: 600 },
  '& small': { display: 'block', fontSize: 13, lineHeight: '19px', color: 'var(--bl-muted)', overflowWrap: 'anywhere' },
  // Inside a sentence colour alone would be the only sign.
  '& small a': { textDecoration: 'underline' },
  '& .bl-receiver-why': { fontSize: 13.5, whiteSpace: 'nowrap' },
  '& .bl-receivers-note': { margin: 0, padding: '12px 16px', fontSize: 14, color: 'var(--bl-muted)' },
  '& .bl-receivers-note + .bl-receivers-note': { paddingTop: 0 },
});

type Receives = 'yes' | 'no';

/** Which subscriptions of the whole platform an event goes to, and which of those to its event type it does not. */
export function Receivers(props: {
  /** JSON text of an event with source and detail-type. */
  readonly event: string;
  /** Where the pattern of a subscription is held against this event. */
  readonly whyHref: (subscription: SubscriptionSummary) => string;
  readonly onWhy?: (subscription: SubscriptionSummary) => void;
}) {
  const { event, whyHref, onWhy } = props;
  const asked = useSettled(event);
  const [receives, setReceives] = useState<Receives>('yes');
  const [environment, setEnvironment] = useState('');
  const query = { receives, ...(environment && { environment: [environment] }) };
  const pages = useReceivers(asked, query);
  const first = pages.data?.pages[0];
  const rows = pages.data?.pages.flatMap(page => page.items) ?? [];
  if (pages.isError && !first) {
    return (
      <ErrorPanel
        title="Who receives this event could not be found out"
        error={pages.error}
        onRetry={() => pages.refetch()}
        retrying={pages.isFetching}
      />
    );
  }
  if (!first) {
    return (
      <div style={{ padding: 16, minHeight: 150 }} aria-busy="true">
        <SkeletonText lines={4} />
      </div>
    );
  }
  return (
    <Root aria-busy={pages.isPlaceholderData || asked !== event}>
      <div className="bl-receivers-head">
        <Segments<Receives>
          label="Subscriptions"
          value={receives}
          options={[
            { value: 'yes', label: `Receive it ${first.receiving.toLocaleString('en')}` },
            { value: 'no', label: `Do not ${first.missing.toLocaleString('en')}` },
          ]}
          onChange={setReceives}
        />
        {first.environments.length > 1 && (
          <Select
            label="Environment"
            value={environment}
            options={[
              { value: '', label: 'All' },
              ...first.environments.map(({ value, label, count }) => ({ value, label: `${label || '–'} (${count})` })),
            ]}
            onChange={setEnvironment}
          />
        )}
      </div>
      <p className="bl-sr" role="status">
        {statusWords(first)}
      </p>
      {!first.isKnown && (
        <p className="bl-receivers-note">
          No source holds the event type “{first.eventType.detailType}” from{' '}
          <span className="bl-mono">{first.eventType.source}</span>, or you may not see it.
        </p>
      )}
      {rows.length === 0 && (
        <p className="bl-receivers-note">
          {receives === 'yes'
            ? 'No subscription that you may see takes this event.'
            : 'Every subscription to this event type takes this event.'}
        </p>
      )}
      <ul aria-label={receives === 'yes' ? 'Receive this event' : 'Do not receive this event'}>
        {rows.map(row => (
          <Receiver key={row.id} row={row} receives={receives === 'yes'} href={whyHref(row)} onWhy={onWhy} />
        ))}
      </ul>
      {pages.isFetchNextPageError && (
        <ErrorPanel
          title="The rest could not be read"
          error={pages.error}
          onRetry={() => pages.fetchNextPage()}
          retrying={pages.isFetching}
        />
      )}
      {pages.hasNextPage && (
        <div style={{ padding: '4px 16px 14px' }}>
          <ActionButton onClick={() => pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
            {pages.isFetchingNextPage ? 'Reading more…' : `Show more of ${first.totalItems.toLocaleString('en')}`}
          </ActionButton>
        </div>
      )}
    </Root>
  );
}

function Receiver(props: {
  readonly row: SubscriptionSummary;
  readonly receives: boolean;
  readonly href: string;
  readonly onWhy?: (subscription: SubscriptionSummary) => void;
}) {
  const { row, receives, href, onWhy } = props;
  const links = useLinks();
  return (
    <li data-receives={receives}>
      {receives ? <CheckIcon /> : <CloseIcon />}
      <div style={{ minWidth: 0 }}>
        <div className="bl-receiver-line">
          <strong>
            <ServiceLink service={row.service} />
          </strong>
          <span className="bl-muted">{row.environment}</span>
          {!row.enabled && <Tag tone="warn">Disabled: receives nothing</Tag>}
          {row.standing !== 'in-sync' && <StandingMark standing={row.standing} />}
        </div>
        <small>
          <Link to={links.subscription(row.id)}>{row.name}</Link> · <FilterWords filter={row.filter} />
        </small>
      </div>
      <Link
        className="bl-receiver-why"
        to={href}
        onClick={click => {
          if (!onWhy || click.metaKey || click.ctrlKey || click.shiftKey || click.button !== 0) return;
          click.preventDefault();
          onWhy(row);
        }}
        aria-label={`Why ${row.service.title} ${receives ? 'receives' : 'does not receive'} it: ${row.name} in ${
          row.environment
        }`}
      >
        {receives ? 'Why?' : 'Why not?'}
      </Link>
    </li>
  );
}

function statusWords({ receiving, missing }: ReceiversPage): string {
  return `${receiving.toLocaleString('en')} subscriptions receive this event, ${missing.toLocaleString(
    'en',
  )} to its event type do not`;
}

/** What was typed, once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
