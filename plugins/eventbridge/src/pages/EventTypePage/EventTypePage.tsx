import type { EventTypeDetail, EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useMemo } from 'react';
import { Link, Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useEventType } from '../../api';
import { Card, ChangesUnderWay, EmptyState, ErrorPanel, isErrorNamed, PageFrame, StaleBanner } from '../../components';
import { SearchIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { EventTypeBanners } from './EventTypeBanners';
import { EventTypeHeader, EventTypeHeaderSkeleton } from './EventTypeHeader';
import { EventTypeTabs } from './EventTypeTabs';
import { HowToPanel } from './HowToPanel';
import { Overview } from './overview/Overview';
import { SchemaTab } from './schema/SchemaTab';
import { SubscribersTab } from './subscribers/SubscribersTab';
import { VersionsTab } from './versions/VersionsTab';

/** `/events/types/:source/:detailType` and its tabs. */
export function EventTypePage() {
  const { source = '', detailType = '' } = useParams();
  const ref = useMemo(() => ({ source, detailType }), [source, detailType]);
  const eventType = useEventType(ref);
  return (
    <PageFrame title={detailType}>
      <StaleBanner />
      {eventType.isPending && <EventTypeHeaderSkeleton eventType={ref} />}
      {eventType.isError && !eventType.data && <Failed eventType={ref} query={eventType} />}
      {eventType.data && <Loaded key={`${source} ${detailType}`} eventType={eventType.data} />}
    </PageFrame>
  );
}

function Failed(props: { readonly eventType: EventTypeRef; readonly query: ReturnType<typeof useEventType> }) {
  const { eventType, query } = props;
  const links = useLinks();
  if (isErrorNamed(query.error, 'NotFoundError') || isErrorNamed(query.error, 'InputError')) {
    return (
      <Card>
        <EmptyState
          icon={<SearchIcon />}
          title="There is no such event type"
          action={<Link to={links.eventTypes()}>All event types</Link>}
        >
          No source holds “{eventType.detailType}” from <span className="bl-mono">{eventType.source}</span>, or you may
          not see it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ErrorPanel
      title={`${eventType.detailType} could not be read`}
      error={query.error}
      onRetry={() => query.refetch()}
      retrying={query.isFetching}
    />
  );
}

function Loaded(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const links = useLinks();
  return (
    <article>
      <EventTypeHeader eventType={eventType} />
      <EventTypeBanners eventType={eventType} />
      <ChangesUnderWay of={{ eventType }} />
      <EventTypeTabs eventType={eventType} />
      <Routes>
        <Route index element={<Overview eventType={eventType} />} />
        <Route path="schema" element={<SchemaTab eventType={eventType} />} />
        <Route path="versions" element={<VersionsTab eventType={eventType} />} />
        <Route path="subscribers" element={<SubscribersTab eventType={eventType} />} />
        <Route path="*" element={<Navigate to={links.eventType(eventType)} replace />} />
      </Routes>
      <HowToPanel eventType={eventType} />
    </article>
  );
}
