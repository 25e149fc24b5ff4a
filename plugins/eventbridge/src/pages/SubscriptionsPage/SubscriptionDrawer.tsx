import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useRef } from 'react';
import { Link } from 'react-router-dom';
import { useSubscription } from '../../api';
import {
  AccountName,
  ActionLink,
  ChangesUnderWay,
  CopyButton,
  FilterWords,
  ServiceLink,
  SidePanel,
  Skeleton,
  StandingMark,
  SubscriptionDetails,
  Tag,
} from '../../components';
import { EventIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { useTemplateLinks } from '../../onboarding/templateLinks';

/** Event types named before "and n more". */
const NAMED_EVENT_TYPES = 5;

const Takes = styled('p')({
  margin: '10px 0 0',
  overflowWrap: 'anywhere',
  '& > svg': { color: 'var(--bl-event)', verticalAlign: '-0.2em' },
});

/** Everything about one subscription, beside the list from which it was opened. */
export function SubscriptionDrawer(props: {
  readonly id: string | undefined;
  /** The row, where the list has it: its head stands before the rest is read. */
  readonly row?: SubscriptionSummary;
  readonly onClose: () => void;
}) {
  // Kept while the panel slides away.
  const last = useRef(props.id);
  if (props.id !== undefined) last.current = props.id;
  const id = last.current;
  const { data, isPending } = useSubscription(id);
  const subscription = data ?? props.row;
  const templates = useTemplateLinks();
  if (id === undefined) return null;
  return (
    <SidePanel
      open={props.id !== undefined}
      onClose={props.onClose}
      what="subscription"
      title={subscription?.name ?? (isPending ? <Skeleton width={260} height={22} /> : 'Subscription')}
      actions={
        <>
          {templates && subscription && subscription.standing !== 'observed-only' && (
            <ActionLink
              to={templates.changeSubscription({ service: subscription.service.name, subscription: subscription.name })}
            >
              Change
            </ActionLink>
          )}
          <CopyButton text={window.location.href} what="a link to this subscription" />
        </>
      }
      head={subscription ? <Head subscription={subscription} /> : isPending && <Skeleton width="70%" />}
    >
      {subscription && <ChangesUnderWay of={{ service: subscription.service.name }} level={3} />}
      <SubscriptionDetails id={id} />
    </SidePanel>
  );
}

function Head(props: { readonly subscription: SubscriptionSummary }) {
  const { subscription } = props;
  return (
    <>
      <div className="bl-panel-facts">
        <ServiceLink service={subscription.service} />
        <span>{subscription.environment}</span>
        <AccountName account={subscription.account} region={subscription.region} />
        <StandingMark standing={subscription.standing} />
        {!subscription.enabled && <Tag tone="warn">Disabled</Tag>}
      </div>
      <Receives subscription={subscription} />
    </>
  );
}

/** `Receives Access Granted from central, only when …`. */
function Receives(props: { readonly subscription: SubscriptionSummary }) {
  const { eventTypes, eventTypeCount, filter, bus } = props.subscription;
  const links = useLinks();
  const named = eventTypes.slice(0, NAMED_EVENT_TYPES);
  const others = eventTypeCount - named.length;
  return (
    <Takes>
      <EventIcon /> Receives {filter.length === 0 && named.length > 0 && 'every '}
      {named.map((type, index) => (
        <span key={`${type.source} ${type.detailType}`}>
          {index > 0 && (index === named.length - 1 && others <= 0 ? ' and ' : ', ')}
          <Link to={links.eventType(type)} title={type.source}>
            {type.detailType}
          </Link>
        </span>
      ))}
      {named.length === 0 && 'no event type that is known here'}
      {others > 0 && named.length > 0 && ` and ${others.toLocaleString('en')} more`} from <strong>{bus}</strong>
      {filter.length > 0 && (
        <>
          , <FilterWords filter={filter} />
        </>
      )}
      .
    </Takes>
  );
}
