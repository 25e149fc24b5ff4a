import type { ServiceDetail, Standing, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { ActionButton } from '../components/ActionButton';
import { FilterWords } from '../components/FilterWords';
import { StandingMark } from '../components/StandingMark';
import { useLinks } from '../links';
import { CardList, SHOWN_AT_FIRST } from './CardList';

/** Event types named on a row before "and n more". */
const NAMED = 3;

export interface SubscriptionGroup {
  readonly name: string;
  /** Same name in every environment; the first stands for what it takes. */
  readonly rows: readonly SubscriptionSummary[];
}

/** One entry per subscription, its environments together. */
export function bySubscription(rows: readonly SubscriptionSummary[]): readonly SubscriptionGroup[] {
  const groups = new Map<string, SubscriptionSummary[]>();
  for (const row of rows) groups.set(row.name, [...(groups.get(row.name) ?? []), row]);
  return [...groups].map(([name, of]) => ({ name, rows: of }));
}

/** Environments that stand alike, together: a mark for each standing. */
export function byStanding(rows: readonly SubscriptionSummary[]): readonly {
  readonly standing: Standing;
  readonly rows: readonly SubscriptionSummary[];
}[] {
  const standings = [...new Set(rows.map(({ standing }) => standing))];
  return standings.map(standing => ({
    standing,
    rows: rows.filter(row => row.standing === standing),
  }));
}

/** What a service receives: event types, filter in words, and how each environment stands. */
export function SubscribedList(props: { readonly service: ServiceDetail }) {
  const groups = useMemo(() => bySubscription(props.service.subscriptions), [props.service]);
  const links = useLinks();
  const [all, setAll] = useState(false);
  if (groups.length === 0) return <p className="bl-muted">Nothing.</p>;
  const shown = all ? groups : groups.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <CardList>
        {shown.map(group => (
          <Row key={group.name} group={group} />
        ))}
      </CardList>
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 14,
          marginTop: 4,
        }}
      >
        {groups.length > SHOWN_AT_FIRST && (
          <ActionButton onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show fewer' : `Show all ${groups.length.toLocaleString('en')}`}
          </ActionButton>
        )}
        <Link to={links.subscriptions(new URLSearchParams({ service: props.service.name }).toString())}>
          In the list of subscriptions
        </Link>
      </div>
    </>
  );
}

function Row(props: { readonly group: SubscriptionGroup }) {
  const { name, rows } = props.group;
  const links = useLinks();
  const [first] = rows;
  const named = first.eventTypes.slice(0, NAMED);
  const more = first.eventTypeCount - named.length;
  return (
    <li>
      <div>
        {named.map((type, index) => (
          <span key={`${type.source} ${type.detailType}`}>
            {index > 0 && ', '}
            <Link to={links.eventType(type)} style={{ fontWeight: 600 }}>
              {type.detailType}
            </Link>
          </span>
        ))}
        {named.length === 0 && <span className="bl-muted">No event type that is known here</span>}
        {more > 0 && named.length > 0 && <span className="bl-muted"> and {more.toLocaleString('en')} more</span>}
      </div>
      <small>
        <FilterWords filter={first.filter} />
      </small>
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: '2px 12px',
        }}
      >
        <small className="bl-mono">{name}</small>
        {byStanding(rows).map(({ standing, rows: alike }) => (
          <span
            key={standing}
            style={{
              display: 'inline-flex',
              flexWrap: 'wrap',
              gap: '0 7px',
              fontSize: 13,
            }}
          >
            <StandingMark standing={standing} />
            <span className="bl-muted">
              in{' '}
              {alike.map((row, index) => (
                <span key={row.id}>
                  {index > 0 && ', '}
                  <Link to={links.subscription(row.id)} title={`${row.account.name} ${row.account.id}, ${row.region}`}>
                    {row.environment}
                  </Link>
                </span>
              ))}
            </span>
          </span>
        ))}
      </div>
    </li>
  );
}
