import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { EventTypeDetail, ServiceSummary, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { useEventTypeSubscriptions } from '../../../api';
import {
  Card,
  ErrorPanel,
  filterSentence,
  FilterWords,
  FlowPicture,
  nameOfRef,
  Segments,
  ServiceLink,
  Skeleton,
  useUrlState,
  type FlowNode,
} from '../../../components';
import { useLinks } from '../../../links';
import { Section } from '../Section';

/** Services drawn on one side; the rest is counted and listed on the tab. */
const MAX_CARDS = 8;

const List = styled('ul')({
  display: 'grid',
  gap: 8,
  margin: 0,
  padding: '16px 20px',
  listStyle: 'none',
});

/** Subscriptions of one service, taken together over its environments. */
interface Subscriber {
  readonly service: ServiceSummary;
  readonly subscriptions: readonly SubscriptionSummary[];
}

function byService(subscriptions: readonly SubscriptionSummary[]): readonly Subscriber[] {
  const services = new Map<string, SubscriptionSummary[]>();
  for (const subscription of subscriptions) {
    const known = services.get(subscription.service.name);
    if (known) known.push(subscription);
    else services.set(subscription.service.name, [subscription]);
  }
  return [...services.values()].map(own => ({
    service: own[0].service,
    subscriptions: own,
  }));
}

/** What passes to a service, in a few words: its filter, or how many it has. */
function labelOf({ subscriptions }: Subscriber): string {
  const sentences = new Set(subscriptions.map(({ filter }) => filterSentence(filter)));
  return sentences.size === 1 ? [...sentences][0].replace(/^only when /, '') : `${sentences.size} filters`;
}

function useServiceHref() {
  const entityLink = useEntityRefLink();
  return (service: ServiceSummary): string | undefined => {
    try {
      return service.entityRef
        ? entityLink(parseEntityRef(service.entityRef, { defaultKind: 'component' }))
        : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Who sends it and who receives it. */
export function FlowSection(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const subscriptions = useEventTypeSubscriptions(eventType);
  const [view, setView] = useUrlState('flow');
  const list = view === 'list';
  const subscribers = useMemo(
    () => byService(subscriptions.data?.pages.flatMap(page => page.items) ?? []),
    [subscriptions.data],
  );
  return (
    <Section
      title="Who sends and who receives it"
      tools={
        <Segments
          label="Show as"
          value={list ? 'list' : 'picture'}
          options={[
            { value: 'picture', label: 'Picture' },
            { value: 'list', label: 'List' },
          ]}
          onChange={value => setView(value === 'list' ? 'list' : undefined, { replace: true })}
        />
      }
    >
      {subscriptions.isError && !subscriptions.data && (
        <ErrorPanel
          title="The subscribers could not be read"
          error={subscriptions.error}
          onRetry={() => subscriptions.refetch()}
          retrying={subscriptions.isFetching}
        />
      )}
      {subscriptions.isPending && (
        <Card
          style={{
            padding: 24,
            display: 'flex',
            justifyContent: 'space-between',
            alignItems: 'center',
          }}
        >
          <Skeleton width="24%" height={58} />
          <Skeleton width="24%" height={58} />
          <Skeleton width="24%" height={58} />
        </Card>
      )}
      {subscriptions.data && (
        <Card>
          {list ? (
            <FlowList eventType={eventType} subscribers={subscribers} />
          ) : (
            <Flow eventType={eventType} subscribers={subscribers} />
          )}
        </Card>
      )}
    </Section>
  );
}

function Flow(props: { readonly eventType: EventTypeDetail; readonly subscribers: readonly Subscriber[] }) {
  const { eventType, subscribers } = props;
  const links = useLinks();
  const hrefOf = useServiceHref();
  const publishers: readonly FlowNode[] = eventType.publisherServices.slice(0, MAX_CARDS).map(service => ({
    id: service.name,
    title: service.title,
    subtitle: nameOfRef(service.owner),
    href: hrefOf(service),
    label: 'publishes',
  }));
  const shown: readonly FlowNode[] = subscribers.slice(0, MAX_CARDS).map(subscriber => ({
    id: subscriber.service.name,
    title: subscriber.service.title,
    subtitle: environmentWords(subscriber),
    href: hrefOf(subscriber.service),
    label: labelOf(subscriber),
    weak: weakness(subscriber),
  }));
  const hidden = subscribers.length - shown.length;
  return (
    <div style={{ padding: '24px 24px' }}>
      <FlowPicture
        event={{ title: eventType.detailType, subtitle: eventType.source }}
        publishers={publishers}
        subscribers={
          hidden > 0
            ? [
                ...shown,
                {
                  id: ' more',
                  title: `${hidden} more services`,
                  href: links.eventType(eventType, 'subscribers'),
                  label: 'all subscribers',
                },
              ]
            : shown
        }
        nobody={{
          publishes: 'No publisher is known',
          subscribes: 'Nobody subscribes yet',
        }}
      />
    </div>
  );
}

function environmentWords({ subscriptions }: Subscriber): string {
  const environments = [...new Set(subscriptions.map(({ environment }) => environment))];
  return environments.length > 2 ? `${environments.length} environments` : environments.join(', ');
}

function weakness({ subscriptions }: Subscriber): string | undefined {
  if (subscriptions.every(({ enabled }) => !enabled)) return 'disabled';
  if (subscriptions.every(({ standing }) => standing === 'declared-only')) return 'not found on AWS';
  return undefined;
}

/** The same in words. */
function FlowList(props: { readonly eventType: EventTypeDetail; readonly subscribers: readonly Subscriber[] }) {
  const { eventType, subscribers } = props;
  const links = useLinks();
  return (
    <List>
      {eventType.publisherServices.length === 0 && <li className="bl-muted">No publisher is known.</li>}
      {eventType.publisherServices.map(service => (
        <li key={service.name}>
          <ServiceLink service={service} /> publishes it.
        </li>
      ))}
      {subscribers.length === 0 && <li className="bl-muted">Nobody subscribes yet.</li>}
      {subscribers.map(subscriber => {
        const weak = weakness(subscriber);
        const [first] = subscriber.subscriptions;
        const oneFilter = new Set(subscriber.subscriptions.map(({ filter }) => filterSentence(filter))).size === 1;
        return (
          <li key={subscriber.service.name}>
            <ServiceLink service={subscriber.service} /> receives{' '}
            {oneFilter ? (
              <FilterWords filter={first.filter} />
            ) : (
              <Link to={links.eventType(eventType, 'subscribers')}>what {labelOf(subscriber)} let through</Link>
            )}
            {weak && <span className="bl-muted"> ({weak})</span>}.
          </li>
        );
      })}
    </List>
  );
}
