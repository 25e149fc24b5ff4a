import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import type { ServiceDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { useServiceByEntity } from '../api';
import { ChangesUnderWay } from '../components/ChangesUnderWay';
import { ActionLink } from '../components/ActionLink';
import { Embedded } from '../components/Embedded';
import { EmptyState } from '../components/EmptyState';
import { ErrorPanel, isErrorNamed } from '../components/ErrorPanel';
import { EventIcon } from '../components/icons';
import { SkeletonText } from '../components/Skeleton';
import { useWidth } from '../components/useWidth';
import { useLinks } from '../links';
import { serviceOfComponent } from '../onboarding/service/serviceOfComponent';
import { useTemplateLinks } from '../onboarding/templateLinks';
import { PublishedList } from './PublishedList';
import { SubscribedList } from './SubscribedList';

/** Pixels from which what is published and what is received stand side by side. */
const SIDE_BY_SIDE_FROM = 620;

const Halves = styled('div')({
  display: 'grid',
  gap: '22px 36px',
  '&[data-side-by-side]': { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  '& > section': { minWidth: 0 },
  '& h4': {
    display: 'flex',
    gap: 8,
    margin: '0 0 6px',
    fontSize: 13.5,
    lineHeight: '20px',
    fontWeight: 600,
    color: 'var(--bl-muted)',
  },
  '& h4 span': { fontWeight: 400, fontVariantNumeric: 'tabular-nums' },
});

/** On a service's catalog page: the event types that it publishes and the ones that it subscribes to. */
export function EntityEventsCard() {
  const { entity } = useEntity();
  return (
    <EntityInfoCard title="Events">
      <Embedded>
        <EventsOf entity={entity} />
      </Embedded>
    </EntityInfoCard>
  );
}

function EventsOf({ entity }: { readonly entity: Entity }) {
  const service = useServiceByEntity(stringifyEntityRef(entity));
  if (service.isPending) return <SkeletonText lines={5} />;
  if (service.isError) {
    if (isErrorNamed(service.error, 'NotFoundError')) return <NoService entity={entity} />;
    return (
      <ErrorPanel
        title="The events of this service could not be read"
        error={service.error}
        onRetry={() => service.refetch()}
        retrying={service.isFetching}
      />
    );
  }
  return <Events service={service.data} />;
}

function Events(props: { readonly service: ServiceDetail }) {
  const { service } = props;
  const [width, measure] = useWidth(800);
  const subscriptions = new Set(service.subscriptions.map(({ name }) => name)).size;
  return (
    <div ref={measure}>
      <ChangesUnderWay of={{ service: service.name }} level={4} />
      <Halves data-side-by-side={width >= SIDE_BY_SIDE_FROM || undefined}>
        <section aria-label="Publishes">
          <h4>
            Publishes <span>{service.publishes.length.toLocaleString('en')}</span>
          </h4>
          <PublishedList service={service} />
        </section>
        <section aria-label="Subscribes to">
          <h4>
            Subscribes to <span>{subscriptions.toLocaleString('en')}</span>
          </h4>
          <SubscribedList service={service} />
        </section>
      </Halves>
      <Actions service={service.name} />
    </div>
  );
}

const Foot = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  marginTop: 20,
  paddingTop: 14,
  borderTop: '1px solid var(--bl-line)',
});

/** What to do from here, for those who may. */
function Actions(props: { readonly service: string }) {
  const templates = useTemplateLinks();
  if (!templates) return null;
  const { service } = props;
  return (
    <Foot>
      <ActionLink to={templates.subscribe({ service })}>Subscribe to an event</ActionLink>
      <ActionLink to={templates.publish({ service })}>Publish an event</ActionLink>
      <ActionLink data-quiet="" to={templates.leave({ service })}>
        Leave the bus
      </ActionLink>
    </Foot>
  );
}

/** A library, a website: most components of a catalog are on no bus. Whoever may can bring it there. */
function NoService({ entity }: { readonly entity: Entity }) {
  const links = useLinks();
  const templates = useTemplateLinks();
  return (
    <EmptyState
      icon={<EventIcon />}
      title="Not on the event bus"
      action={
        templates ? (
          <ActionLink to={templates.onboard(serviceOfComponent(entity))}>Onboard it</ActionLink>
        ) : (
          <Link to={links.eventTypes()}>All event types</Link>
        )
      }
    >
      No event repository declares this component as a service, so nothing is known that it publishes or subscribes to.
    </EmptyState>
  );
}
