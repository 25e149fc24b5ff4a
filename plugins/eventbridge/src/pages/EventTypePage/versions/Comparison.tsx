import type { EventTypeDetail, EvolutionChange, Json, VersionComparison } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useEffect, useMemo, useRef } from 'react';
import { useSchemaVersion, useVersionComparison } from '../../../api';
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
} from '../../../components';
import { CHANGE_TONES, lineOf } from './sides';
import { TreesBeside } from './TreesBeside';
import { findingOf, Verdicts } from './Verdicts';

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

type View = 'list' | 'tree' | 'text';

/** What differs between two versions, who breaks by it, and where. */
export function Comparison(props: { readonly eventType: EventTypeDetail; readonly from: string; readonly to: string }) {
  const { eventType, from, to } = props;
  const [chosen, setView] = useUrlState('view');
  const [open, setOpen] = useUrlState('finding');
  const before = useSchemaVersion(eventType, from);
  const after = useSchemaVersion(eventType, to);
  const compared = useVersionComparison(eventType, from, to);

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
  if (compared.isError) {
    return (
      <ErrorPanel
        title={`${from} and ${to} could not be compared`}
        error={compared.error}
        onRetry={() => compared.refetch()}
        retrying={compared.isFetching}
      />
    );
  }
  if (!before.data || !after.data || !compared.data) {
    return (
      <Card style={{ padding: 20 }}>
        <SkeletonText lines={5} />
      </Card>
    );
  }
  const comparison = compared.data;
  // A finding opens at its place, which the list of changes does not have.
  const wanted: View = chosen === 'text' || chosen === 'tree' ? chosen : 'list';
  return (
    <>
      <Verdicts comparison={comparison} open={open} onOpen={key => setOpen(key, { replace: true })} />
      <Differences
        comparison={comparison}
        before={before.data.schema}
        after={after.data.schema}
        open={open}
        view={open !== undefined && wanted === 'list' ? 'tree' : wanted}
        onView={view => setView(view === 'list' ? undefined : view, { replace: true })}
      />
    </>
  );
}

function Differences(props: {
  readonly comparison: VersionComparison;
  readonly before: Json;
  readonly after: Json;
  readonly open: string | undefined;
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  const { comparison, before, after, view, open, onView } = props;
  const { from, to, changes } = comparison;
  const finding = findingOf(comparison, open);
  const texts = useMemo(
    () => ({ before: JSON.stringify(before, null, 2), after: JSON.stringify(after, null, 2) }),
    [before, after],
  );
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (view === 'text' && finding) root.current?.querySelector('[data-focus]')?.scrollIntoView?.({ block: 'center' });
  }, [view, finding]);
  return (
    <div ref={root}>
      <div style={{ marginBottom: 12 }}>
        <Segments
          label="Show differences as"
          value={view}
          options={[
            { value: 'list', label: 'Changes' },
            { value: 'tree', label: 'Properties' },
            { value: 'text', label: 'Side by side' },
          ]}
          onChange={value => onView(value as View)}
        />
      </div>
      {view === 'list' && <ChangeList from={from} to={to} changes={changes} />}
      {view === 'tree' && (
        <TreesBeside
          key={`${from} ${to}`}
          from={{ version: from, schema: before }}
          to={{ version: to, schema: after }}
          changes={changes}
          {...(finding && { finding })}
        />
      )}
      {view === 'text' && (
        <LineDiff
          before={{ title: from, text: texts.before }}
          after={{ title: to, text: texts.after }}
          {...(finding && {
            focus: { before: lineOf(texts.before, finding.oldPointer), after: lineOf(texts.after, finding.newPointer) },
          })}
        />
      )}
    </div>
  );
}

function ChangeList(props: {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly EvolutionChange[];
}) {
  const { from, to, changes } = props;
  if (changes.length === 0) {
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
        {changes.map((change, index) => (
          <Change key={index} change={change} />
        ))}
      </List>
    </Card>
  );
}

function Change(props: { readonly change: EvolutionChange }) {
  const { kind, message, before, after } = props.change;
  // Most sentences say both sides already.
  const said = [before, after].every(side => side === undefined || side === 'optional' || message.includes(side));
  return (
    <li>
      <span>
        <Tag tone={CHANGE_TONES[kind] ?? 'plain'}>{kind}</Tag>
      </span>
      <div>
        <p>
          <Backticks text={message} />
        </p>
        {!said && (
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
