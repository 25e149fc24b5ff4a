import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import {
  filterSentence,
  FilterWords,
  Highlight,
  PHONE,
  RowNumbers,
  StandingMark,
  Tag,
  type Column,
} from '../../components';
import { EventIcon } from '../../components/icons';
import { TARGET_WORDS } from '../../components/targetWords';

const Cell = styled('div')({
  display: 'grid',
  gap: 1,
  '& > *': { minWidth: 0 },
  '& small': { fontSize: 13, lineHeight: '19px', color: 'var(--bl-muted)' },
  '& .bl-name-line': { display: 'flex', alignItems: 'center', gap: 9 },
  '& .bl-name': {
    fontSize: 15.5,
    lineHeight: '22px',
    fontWeight: 600,
    color: 'var(--bl-text)',
    '&:hover': { color: 'var(--bl-accent)', textDecoration: 'none' },
  },
  '& .bl-takes': {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    fontSize: 14,
    lineHeight: '20px',
  },
  '& .bl-takes svg': { flex: 'none', color: 'var(--bl-event)' },
  '& .bl-phone': {
    display: 'none',
    [PHONE]: { display: 'flex', gap: 10, alignItems: 'center', minWidth: 0 },
  },
});

/** `Access Granted and 3 more`, `everything on the bus`. */
export function eventTypeWords(row: Pick<SubscriptionSummary, 'eventTypes' | 'eventTypeCount'>): string {
  const [first] = row.eventTypes;
  if (!first) return row.eventTypeCount === 0 ? 'no known event type' : `${row.eventTypeCount} event types`;
  return row.eventTypeCount > 1 ? `${first.detailType} and ${row.eventTypeCount - 1} more` : first.detailType;
}

function NameCell(props: { readonly row: SubscriptionSummary; readonly search: string; readonly href: string }) {
  const { row, search, href } = props;
  return (
    <Cell>
      <div className="bl-name-line">
        <Link to={href} className="bl-name bl-ellipsis" title={row.service.title}>
          <Highlight text={row.service.title || row.service.name} search={search} />
        </Link>
        {!row.enabled && <Tag tone="warn">Disabled</Tag>}
      </div>
      <small className="bl-mono bl-ellipsis">
        <Highlight text={row.name} search={search} />
      </small>
      <small className="bl-phone">
        <span className="bl-ellipsis">
          {eventTypeWords(row)} · {row.environment}
        </span>
        <StandingMark standing={row.standing} />
      </small>
    </Cell>
  );
}

function TakesCell(props: { readonly row: SubscriptionSummary; readonly search: string }) {
  const { row, search } = props;
  return (
    <Cell>
      <div className="bl-takes" title={row.eventTypes.map(({ detailType }) => detailType).join(', ')}>
        <EventIcon />
        <span className="bl-ellipsis">
          <Highlight text={eventTypeWords(row)} search={search} />
        </span>
      </div>
      <small className="bl-ellipsis" title={filterSentence(row.filter)}>
        <FilterWords filter={row.filter} />
      </small>
    </Cell>
  );
}

/** How wide the list is: `narrow` puts the target beneath the account, `wide` has room for the last 24 hours. */
export type ListRoom = 'narrow' | 'normal' | 'wide';

const accountWords = ({ account, region }: SubscriptionSummary) =>
  account.name === account.id ? region : `${account.id} · ${region}`;

/** The columns of the list. */
export function subscriptionColumns(
  hrefOf: (row: SubscriptionSummary) => string,
  search: string,
  room: ListRoom,
): readonly Column<SubscriptionSummary>[] {
  const target = (row: SubscriptionSummary) => (
    <span className="bl-ellipsis" title={`${TARGET_WORDS[row.target.type]} ${row.target.arn ?? row.target.name}`}>
      <Highlight text={row.target.name} search={search} />
    </span>
  );
  return [
    {
      key: 'service',
      title: 'Service',
      width: room === 'narrow' ? 'minmax(0, 0.9fr)' : 'minmax(0, 1fr)',
      sort: 'service',
      cell: row => <NameCell row={row} search={search} href={hrefOf(row)} />,
    },
    {
      key: 'takes',
      title: 'Receives',
      width: 'minmax(0, 1.5fr)',
      cell: row => <TakesCell row={row} search={search} />,
    },
    {
      key: 'account',
      title: room === 'narrow' ? 'Account and target' : 'Account',
      width: room === 'narrow' ? 'minmax(0, 1fr)' : 'minmax(0, 0.95fr)',
      sort: 'account',
      cell: row => (
        <Cell>
          <span
            className="bl-ellipsis"
            title={[row.account.title, row.account.id, row.region].filter(Boolean).join(' · ')}
          >
            {row.account.name}
          </span>
          <small className="bl-ellipsis">
            {row.environment} · {room === 'narrow' ? target(row) : accountWords(row)}
          </small>
        </Cell>
      ),
    },
    ...(room === 'narrow'
      ? []
      : [
          {
            key: 'target',
            title: 'Target',
            width: 'minmax(0, 0.95fr)',
            cell: (row: SubscriptionSummary) => (
              <Cell>
                {target(row)}
                <small className="bl-ellipsis">
                  {TARGET_WORDS[row.target.type]} · from {row.bus}
                </small>
              </Cell>
            ),
          },
        ]),
    ...(room === 'wide'
      ? [
          {
            key: 'day',
            title: 'Last 24 h',
            width: '190px',
            cell: (row: SubscriptionSummary) => <RowNumbers id={row.id} />,
          },
        ]
      : []),
    {
      key: 'standing',
      title: 'Standing',
      width: '122px',
      sort: 'standing',
      cell: row => <StandingMark standing={row.standing} />,
    },
  ];
}
