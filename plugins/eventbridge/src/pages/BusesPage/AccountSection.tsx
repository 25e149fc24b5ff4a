import type { AccountSummary, BusSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import {
  Card,
  CopyButton,
  Highlight,
  OwnerLink,
  PHONE,
  QuotaMeter,
  RoleTag,
  StandingMark,
  Tag,
} from '../../components';
import { BusIcon } from '../../components/icons';
import { useLinks } from '../../links';
import type { AccountBuses } from './busListState';

/** Quotas shown on a row; the bus's own page has all. */
const SHOWN_QUOTAS = 3;

const Root = styled(Card)({
  // Far-off accounts cost nothing until they are scrolled to: there may be hundreds.
  contentVisibility: 'auto',
  containIntrinsicSize: 'auto 170px',
  '& .bl-account-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 14px',
    padding: '12px 20px',
    borderBottom: '1px solid var(--bl-line)',
    [PHONE]: { padding: '12px 16px' },
  },
  '& h2': {
    margin: 0,
    fontSize: 16,
    lineHeight: '24px',
    fontWeight: 650,
    letterSpacing: -0.1,
  },
  '& .bl-account-id': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 2,
    fontFamily: 'var(--bl-mono)',
    fontSize: 13,
    color: 'var(--bl-muted)',
  },
  '& .bl-account-more': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 14px',
    marginLeft: 'auto',
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    [PHONE]: { marginLeft: 0 },
  },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
});

const Row = styled('li')({
  position: 'relative',
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1.25fr) 116px minmax(0, 2.25fr)',
  gap: '12px 20px',
  alignItems: 'start',
  padding: '14px 20px',
  '& + &': { borderTop: '1px solid var(--bl-line)' },
  '&:hover': { background: 'var(--bl-hover)' },
  '&:focus-within': { background: 'var(--bl-hover)' },
  '& > *': { minWidth: 0 },
  '& .bl-bus-name': {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    minWidth: 0,
  },
  '& .bl-bus-name > svg': {
    flex: 'none',
    width: 20,
    height: 20,
    color: 'var(--bl-bus)',
  },
  '& .bl-bus-name a': {
    fontSize: 15.5,
    fontWeight: 600,
    color: 'var(--bl-text)',
    '&:hover': { color: 'var(--bl-accent)' },
  },
  // The whole row leads to the bus.
  '& .bl-bus-name a::after': { content: '""', position: 'absolute', inset: 0 },
  '& .bl-bus-facts': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    margin: '3px 0 0 30px',
    fontSize: 13,
    color: 'var(--bl-muted)',
  },
  '& .bl-bus-quotas': {
    display: 'grid',
    gridTemplateColumns: `repeat(${SHOWN_QUOTAS}, minmax(0, 1fr))`,
    gap: '12px 16px',
  },
  '@media (max-width: 1179.95px)': {
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    '& .bl-bus-quotas': { gridColumn: '1 / -1' },
  },
  [PHONE]: {
    padding: '14px 16px',
    '& .bl-bus-quotas': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** One account and its buses. */
export function AccountSection(props: {
  readonly group: AccountBuses;
  /** What more is known of the account. */
  readonly summary?: AccountSummary;
  readonly search: string;
}) {
  const { group, summary, search } = props;
  const { account } = group;
  const named = account.name !== account.id;
  return (
    <Root aria-labelledby={`account-${account.id}`}>
      <div className="bl-account-head">
        <h2 id={`account-${account.id}`}>
          {named ? (
            <Highlight text={account.name} search={search} />
          ) : (
            <span className="bl-muted">Unnamed account</span>
          )}
        </h2>
        <span className="bl-account-id">
          <Highlight text={account.id} search={search} />
          <CopyButton text={account.id} what="the account id" />
        </span>
        {summary?.environment && <Tag>{summary.environment}</Tag>}
        <span className="bl-account-more">
          {account.title && <span>{account.title}</span>}
          {summary && <OwnerLink owner={summary.owner} />}
        </span>
      </div>
      <ul aria-label={`Buses in ${account.name}`}>
        {group.buses.map(bus => (
          <BusRow key={bus.arn} bus={bus} search={search} />
        ))}
      </ul>
    </Root>
  );
}

function BusRow(props: { readonly bus: BusSummary; readonly search: string }) {
  const { bus, search } = props;
  const links = useLinks();
  return (
    <Row>
      <div>
        <div className="bl-bus-name">
          <BusIcon />
          <Link to={links.bus(bus.arn)} className="bl-ellipsis" title={bus.name}>
            <Highlight text={bus.name} search={search} />
          </Link>
        </div>
        <div className="bl-bus-facts">
          <RoleTag role={bus.role} />
          <span>{bus.region}</span>
        </div>
      </div>
      <StandingMark standing={bus.standing} />
      <div className="bl-bus-quotas">
        {bus.quotas.slice(0, SHOWN_QUOTAS).map(quota => (
          <QuotaMeter key={quota.name} quota={quota} stacked />
        ))}
        {bus.quotas.length === 0 && <span className="bl-muted">Quota use unknown: the account has not been read.</span>}
      </div>
    </Row>
  );
}
