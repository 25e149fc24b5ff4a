import type { EventTypeDetail, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { useEventTypeSubscriptions } from '../../../api';
import {
  AccountName,
  ActionButton,
  Card,
  EmptyState,
  ErrorPanel,
  FilterWords,
  NARROW,
  PHONE,
  RowNumbers,
  ServiceLink,
  Skeleton,
  StandingMark,
  SubscriptionDetails,
  Tag,
  useUrlState,
} from '../../../components';
import { ChevronDownIcon, ChevronRightIcon } from '../../../components/icons';
import { useHowTo } from '../HowToPanel';

/** Rows that ask for their numbers by themselves; a longer list would ask for hundreds at once. */
const NUMBERS_FOR = 25;

const Table = styled('div')({
  '& .bl-sub-row': {
    display: 'grid',
    gridTemplateColumns: '28px minmax(150px, 1fr) minmax(0, 1.6fr) minmax(120px, 1fr) 116px 162px',
    gap: '2px 18px',
    alignItems: 'center',
    padding: '12px 18px',
    [NARROW]: { gridTemplateColumns: '28px minmax(0, 1fr) auto' },
  },
  '& .bl-sub-head': {
    padding: '7px 18px',
    fontSize: 12.5,
    color: 'var(--bl-muted)',
    borderBottom: '1px solid var(--bl-line)',
    [NARROW]: { display: 'none' },
  },
  '& .bl-sub + .bl-sub': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-sub[data-open]': {
    background: 'color-mix(in srgb, var(--bl-accent-soft) 35%, var(--bl-surface))',
  },
  '& .bl-sub-row > *': { minWidth: 0 },
  '& .bl-sub-row small': {
    display: 'block',
    fontSize: 13,
    lineHeight: '19px',
    color: 'var(--bl-muted)',
  },
  '& .bl-sub-target': { display: 'block', fontSize: 14, lineHeight: '20px', overflowWrap: 'anywhere' },
  '& .bl-sub-filter': {
    fontSize: 14,
    lineHeight: '20px',
    overflowWrap: 'anywhere',
  },
  '& .bl-sub-row > .bl-sub-wide': { [NARROW]: { gridColumn: '2 / -1' } },
  '& .bl-sub-toggle': {
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    padding: 0,
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)', color: 'var(--bl-text)' },
  },
  '& .bl-sub-details': {
    padding: '10px 18px 26px 64px',
    [PHONE]: { padding: '6px 14px 20px' },
  },
});

const TARGETS: Readonly<Record<SubscriptionSummary['target']['type'], string>> = {
  sqs: 'SQS queue',
  lambda: 'Lambda function',
  'step-functions': 'Step Functions',
  bus: 'event bus',
  other: 'other target',
};

/** Who receives it: a row each; opening one shows rule, pattern, policy in words and delivery. */
export function SubscribersTab(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const pages = useEventTypeSubscriptions(eventType);
  const rows = useMemo(() => pages.data?.pages.flatMap(page => page.items) ?? [], [pages.data]);
  const [open, setOpen] = useUrlState('open');
  const [, openHowTo] = useHowTo();

  if (pages.isPending) return <RowSkeletons />;
  if (pages.isError && rows.length === 0) {
    return (
      <ErrorPanel
        title="The subscribers could not be read"
        error={pages.error}
        onRetry={() => pages.refetch()}
        retrying={pages.isFetching}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState
          title="Nobody subscribes yet"
          action={
            <ActionButton onClick={() => openHowTo('subscribe')} aria-haspopup="dialog">
              How to subscribe
            </ActionButton>
          }
        >
          No declared or observed rule takes {eventType.detailType}.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <h2 className="bl-sr">Subscribers</h2>
      <Card>
        <Table role="table" aria-label="Subscribers">
          <div role="rowgroup">
            <div role="row" className="bl-sub-row bl-sub-head">
              <span role="columnheader">
                <span className="bl-sr">Details</span>
              </span>
              <span role="columnheader">Service</span>
              <span role="columnheader">Receives</span>
              <span role="columnheader">Target</span>
              <span role="columnheader">Standing</span>
              <span role="columnheader">Last 24 h</span>
            </div>
          </div>
          {rows.map((row, index) => (
            <Row
              key={row.id}
              row={row}
              open={open === row.id}
              numbers={index < NUMBERS_FOR}
              onToggle={() => setOpen(open === row.id ? undefined : row.id, { replace: true })}
            />
          ))}
        </Table>
      </Card>
      {pages.isError && (
        <div style={{ marginTop: 12 }}>
          <ErrorPanel
            title="The rest of the subscribers could not be read"
            error={pages.error}
            onRetry={() => pages.fetchNextPage()}
            retrying={pages.isFetching}
          />
        </div>
      )}
      {pages.hasNextPage && !pages.isError && (
        <div style={{ marginTop: 12 }}>
          <ActionButton onClick={() => pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
            {pages.isFetchingNextPage
              ? 'Reading more…'
              : `Show more of ${pages.data?.pages[0].totalItems.toLocaleString('en')} subscribers`}
          </ActionButton>
        </div>
      )}
    </>
  );
}

function Row(props: {
  readonly row: SubscriptionSummary;
  readonly open: boolean;
  readonly numbers: boolean;
  readonly onToggle: () => void;
}) {
  const { row, open, numbers, onToggle } = props;
  return (
    <div role="rowgroup" className="bl-sub" data-open={open || undefined}>
      <div role="row" className="bl-sub-row">
        <div role="cell">
          <button
            type="button"
            className="bl-sub-toggle"
            aria-expanded={open}
            aria-label={`Details of ${row.name} of ${row.service.title} in ${row.environment}`}
            onClick={onToggle}
          >
            {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
          </button>
        </div>
        <div role="cell">
          <strong>
            <ServiceLink service={row.service} />
          </strong>
          <small>
            {row.environment} · <AccountName account={row.account} />
          </small>
        </div>
        <div role="cell" className="bl-sub-filter bl-sub-wide">
          <FilterWords filter={row.filter} />
        </div>
        <div role="cell" className="bl-sub-wide">
          <span className="bl-sub-target" title={row.target.arn ?? row.target.name}>
            {row.target.name}
          </span>
          <small>{TARGETS[row.target.type]}</small>
        </div>
        <div role="cell" className="bl-sub-wide">
          <StandingMark standing={row.standing} />
          {!row.enabled && (
            <div>
              <Tag tone="warn">disabled</Tag>
            </div>
          )}
        </div>
        <div role="cell" className="bl-sub-wide">
          {numbers ? <RowNumbers id={row.id} /> : <span className="bl-muted">in the details</span>}
        </div>
      </div>
      {open && (
        <div role="row">
          <div role="cell" className="bl-sub-details">
            <SubscriptionDetails id={row.id} />
          </div>
        </div>
      )}
    </div>
  );
}

function RowSkeletons() {
  return (
    <Card aria-busy="true">
      <Table>
        {[0, 1, 2, 3].map(row => (
          <div key={row} className="bl-sub">
            <div className="bl-sub-row" style={{ minHeight: 66 }}>
              <span />
              <Skeleton width="80%" />
              <Skeleton width="70%" />
              <Skeleton width="80%" />
              <Skeleton width={90} />
              <Skeleton width={120} />
            </div>
          </div>
        ))}
      </Table>
    </Card>
  );
}
