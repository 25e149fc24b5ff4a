import { diffSchemas, type SchemaChange, type SchemaChangeKind } from '@busline/json-schema';
import type { EventTypeDetail, Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { useSchemaVersion } from '../../../api';
import {
  Backticks,
  Card,
  EmptyState,
  ErrorPanel,
  LineDiff,
  Segments,
  SkeletonText,
  Tag,
  useUrlState,
  type TagTone,
} from '../../../components';

const TONES: Readonly<Record<SchemaChangeKind, TagTone>> = {
  added: 'ok',
  removed: 'error',
  'type changed': 'warn',
  'required changed': 'warn',
  'enum changed': 'warn',
  'constraint changed': 'warn',
  'documentation only': 'plain',
};

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '150px minmax(0, 1fr)',
    gap: '2px 16px',
    padding: '11px 18px',
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& p': { margin: 0, overflowWrap: 'anywhere' },
  '& p code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 4px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
  },
  '& .bl-change-values': {
    marginTop: 3,
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
  '@media (max-width: 599.95px)': {
    '& li': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** What differs between two versions: as a list for people, and as text side by side. */
export function Comparison(props: { readonly eventType: EventTypeDetail; readonly from: string; readonly to: string }) {
  const { eventType, from, to } = props;
  const [view, setView] = useUrlState('view');
  const before = useSchemaVersion(eventType, from);
  const after = useSchemaVersion(eventType, to);

  const failed = [before, after].find(query => query.isError);
  if (failed) {
    return (
      <ErrorPanel
        title={`Version ${failed === before ? from : to} could not be read`}
        error={failed.error}
        onRetry={() => failed.refetch()}
        retrying={failed.isFetching}
      />
    );
  }
  if (!before.data || !after.data) {
    return (
      <Card style={{ padding: 20 }}>
        <SkeletonText lines={5} />
      </Card>
    );
  }
  const text = view === 'text';
  return (
    <>
      <div style={{ marginBottom: 12 }}>
        <Segments
          label="Show differences as"
          value={text ? 'text' : 'list'}
          options={[
            { value: 'list', label: 'Changes' },
            { value: 'text', label: 'Side by side' },
          ]}
          onChange={value => setView(value === 'text' ? 'text' : undefined, { replace: true })}
        />
      </div>
      {text ? (
        <LineDiff
          before={{
            title: from,
            text: JSON.stringify(before.data.schema, null, 2),
          }}
          after={{
            title: to,
            text: JSON.stringify(after.data.schema, null, 2),
          }}
        />
      ) : (
        <ChangeList from={from} to={to} before={before.data.schema} after={after.data.schema} />
      )}
    </>
  );
}

function ChangeList(props: {
  readonly from: string;
  readonly to: string;
  readonly before: Json;
  readonly after: Json;
}) {
  const { from, to, before, after } = props;
  const found = useMemo(() => {
    try {
      return { changes: diffSchemas(before, after) };
    } catch (error) {
      return { error };
    }
  }, [before, after]);
  if ('error' in found) {
    return <ErrorPanel title="These two versions cannot be compared property by property" error={found.error} />;
  }
  if (found.changes.length === 0) {
    return (
      <Card>
        <EmptyState title="No difference">
          {from} and {to} describe the same.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <List aria-label={`Changes from ${from} to ${to}`}>
        {found.changes.map((change, index) => (
          <Change key={index} change={change} />
        ))}
      </List>
    </Card>
  );
}

function Change(props: { readonly change: SchemaChange }) {
  const { kind, message, before, after } = props.change;
  // Most sentences say both sides already.
  const said = [before, after].every(side => side === undefined || message.includes(side));
  return (
    <li>
      <span>
        <Tag tone={TONES[kind] ?? 'plain'}>{kind}</Tag>
      </span>
      <div>
        <p>
          <Backticks text={message} />
        </p>
        {!said && kind !== 'required changed' && (
          <div className="bl-change-values">
            {before !== undefined && <>before: {before}</>}
            {before !== undefined && after !== undefined && <br />}
            {after !== undefined && <>after: {after}</>}
          </div>
        )}
      </div>
    </li>
  );
}
