import { ActionButton, ErrorPanel, SchemaTree, SkeletonText } from '../../components';
import { CloseIcon } from '../../components/icons';
import { useState } from 'react';
import { useEventType, useSchemaVersion } from '../../api';
import type { PublicationFormData } from '../form/formData';
import { ItemCard, ProblemWords, useProblemsAt } from '../inputs';

/** An event type that exists and that the service is to publish. */
export function ExistingPublication(props: {
  readonly at: string;
  readonly publication: PublicationFormData;
  readonly onRemove: () => void;
}) {
  const { at, publication, onRemove } = props;
  const { source = '', detailType = '' } = publication;
  const [open, setOpen] = useState(false);
  const problems = useProblemsAt(at);
  const eventType = useEventType({ source, detailType });
  return (
    <ItemCard aria-label={`Publishes ${detailType}`}>
      <header data-field={at} tabIndex={-1}>
        <h3>
          {detailType} <span className="bl-muted bl-mono">{source}</span>
        </h3>
        <ActionButton data-quiet="" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the schema' : 'Show the schema'}
        </ActionButton>
        <ActionButton data-quiet="" onClick={onRemove} aria-label={`Remove ${detailType}`}>
          <CloseIcon /> Remove
        </ActionButton>
      </header>
      <div className="bl-item-body" style={{ gap: 8 }}>
        {eventType.isPending && <SkeletonText lines={1} />}
        {eventType.isError && (
          <ErrorPanel
            title="This event type could not be read"
            error={eventType.error}
            onRetry={() => eventType.refetch()}
          />
        )}
        {eventType.data && <span>{eventType.data.summary || eventType.data.title}</span>}
        {eventType.data && eventType.data.publishers.length > 0 && (
          <span className="bl-muted">Published by {eventType.data.publishers.join(', ')}.</span>
        )}
        <ProblemWords problems={problems} />
      </div>
      {open && <Schema source={source} detailType={detailType} version={eventType.data?.version} />}
    </ItemCard>
  );
}

function Schema(props: { readonly source: string; readonly detailType: string; readonly version: string | undefined }) {
  const schema = useSchemaVersion(props, props.version);
  if (!schema.data) return null;
  return <SchemaTree schema={schema.data.schema} maxHeight={320} />;
}
