import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { useSchemaVersion } from '../../../api';
import {
  Card,
  CodeBlock,
  EmptyState,
  ErrorPanel,
  SchemaTree,
  Segments,
  Select,
  SkeletonText,
  useUrlState,
} from '../../../components';

const Tools = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '10px 16px',
  marginBottom: 14,
  '& .bl-muted': { fontSize: 13.5 },
});

/** The schema as a list of properties or as text, in any version. */
export function SchemaTab(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const [wanted, setWanted] = useUrlState('version');
  const [view, setView] = useUrlState('view');
  const [find, setFind] = useUrlState('find');
  const version = wanted ?? eventType.version;
  const loaded = useSchemaVersion(eventType, version);
  const text = useMemo(() => (loaded.data ? JSON.stringify(loaded.data.schema, null, 2) : ''), [loaded.data]);

  if (!version) {
    return (
      <Card>
        <EmptyState title="No schema is declared">
          It was observed on AWS only. Declare it in an event repository to say what it carries.
        </EmptyState>
      </Card>
    );
  }
  const asText = view === 'text';
  const options = eventType.versions.map(known => ({
    value: known.version,
    label: known.version === eventType.version ? `${known.version} (newest)` : known.version,
  }));
  return (
    <>
      <Tools>
        <Select
          label="Version"
          value={version}
          options={
            options.some(({ value }) => value === version) ? options : [{ value: version, label: version }, ...options]
          }
          onChange={value => setWanted(value === eventType.version ? undefined : value)}
        />
        <Segments
          label="Show the schema as"
          value={asText ? 'text' : 'list'}
          options={[
            { value: 'list', label: 'Properties' },
            { value: 'text', label: 'JSON Schema' },
          ]}
          onChange={value => setView(value === 'text' ? 'text' : undefined)}
        />
        {loaded.data?.notes && <span className="bl-muted">{loaded.data.notes}</span>}
      </Tools>
      {loaded.isPending && (
        <Card style={{ padding: 20 }}>
          <SkeletonText lines={12} />
        </Card>
      )}
      {loaded.isError && (
        <ErrorPanel
          title={`Version ${version} could not be read`}
          error={loaded.error}
          onRetry={() => loaded.refetch()}
          retrying={loaded.isFetching}
        />
      )}
      {loaded.data &&
        (asText ? (
          <CodeBlock text={text} language="json" title={`${version}/schema.json`} what="the schema" />
        ) : (
          <Card>
            <SchemaTree
              key={version}
              schema={loaded.data.schema}
              search={find ?? ''}
              onSearch={value => setFind(value, { replace: true })}
            />
          </Card>
        ))}
    </>
  );
}
