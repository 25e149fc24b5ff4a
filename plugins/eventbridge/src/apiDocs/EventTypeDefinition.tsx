import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { DETAIL_TYPE_ANNOTATION, SOURCE_ANNOTATION, type EventTypeRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { DataProvider, useEventType, useSchemaVersion } from '../api';
import { Card } from '../components/Card';
import { ErrorPanel } from '../components/ErrorPanel';
import { SchemaTree } from '../components/SchemaTree';
import { SkeletonText } from '../components/Skeleton';
import { useLinks } from '../links';
import { BuslineStyles } from '../theme';

const Root = styled('div')({
  color: 'var(--bl-text)',
  fontSize: 14.5,
  lineHeight: '22px',
  '& *': { boxSizing: 'border-box' },
  '& .bl-definition-head': {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: 8,
    marginBottom: 12,
  },
  '& .bl-muted': { color: 'var(--bl-muted)' },
});

/** The definition of an API entity that is an event type: its schema, read when the page is opened. */
export function EventTypeDefinition(props: { readonly definition: string }) {
  const { entity } = useEntity();
  const source = entity.metadata.annotations?.[SOURCE_ANNOTATION];
  const detailType = entity.metadata.annotations?.[DETAIL_TYPE_ANNOTATION];
  return (
    <Root>
      <BuslineStyles />
      {source && detailType ? (
        <DataProvider>
          <Definition eventType={{ source, detailType }} />
        </DataProvider>
      ) : (
        // An entity that somebody wrote by hand; its own words are all there is.
        <p>{props.definition}</p>
      )}
    </Root>
  );
}

function Definition(props: { readonly eventType: EventTypeRef }) {
  const links = useLinks();
  const eventType = useEventType(props.eventType);
  const version = useSchemaVersion(props.eventType, eventType.data?.version);
  const failed = [eventType, version].find(query => query.isError);
  if (failed) {
    return (
      <ErrorPanel
        title="The schema could not be read"
        error={failed.error}
        onRetry={() => failed.refetch()}
        retrying={failed.isFetching}
      />
    );
  }
  if (!eventType.data) return <SkeletonText lines={8} />;
  return (
    <>
      <div className="bl-definition-head">
        <span className="bl-muted">
          {eventType.data.version ? `Version ${eventType.data.version}` : 'No schema is declared'}
        </span>
        <Link to={links.eventType(props.eventType)}>Open the event type</Link>
      </div>
      {version.data ? (
        <Card>
          <SchemaTree schema={version.data.schema} />
        </Card>
      ) : (
        eventType.data.version && <SkeletonText lines={8} />
      )}
    </>
  );
}
