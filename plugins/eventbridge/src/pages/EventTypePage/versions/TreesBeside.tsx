import type { EvolutionChange, EvolutionFinding, Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useEffect, useMemo, useRef } from 'react';
import { Card, SchemaTree } from '../../../components';
import { findingPath, tagsOf } from './sides';

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
  gap: 14,
  '& h3': {
    margin: 0,
    padding: '11px 16px',
    fontFamily: 'var(--bl-mono)',
    fontSize: 14,
    borderBottom: '1px solid var(--bl-line)',
  },
  '@media (max-width: 899.95px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** Deep enough to see what changed in most schemas. */
const OPEN_DEPTH = 4;

/** Two versions as lists of properties side by side, with what changed marked in both. */
export function TreesBeside(props: {
  readonly from: { readonly version: string; readonly schema: Json };
  readonly to: { readonly version: string; readonly schema: Json };
  readonly changes: readonly EvolutionChange[];
  readonly finding?: EvolutionFinding;
}) {
  const { from, to, changes, finding } = props;
  const root = useRef<HTMLDivElement>(null);
  const oldTags = useMemo(() => tagsOf(changes, 'old'), [changes]);
  const newTags = useMemo(() => tagsOf(changes, 'new'), [changes]);
  const marks = useMemo(
    () => finding && { old: findingPath(finding, from.schema, 'old'), next: findingPath(finding, to.schema, 'new') },
    [finding, from.schema, to.schema],
  );
  useEffect(() => {
    if (!marks) return;
    for (const row of root.current?.querySelectorAll('[data-marked]') ?? []) {
      row.scrollIntoView?.({ block: 'center' });
    }
  }, [marks]);
  return (
    <Columns ref={root}>
      <Card role="region" aria-label={`Properties of ${from.version}`}>
        <h3>{from.version}</h3>
        <SchemaTree plain schema={from.schema} tags={oldTags} marked={marks?.old} openDepth={OPEN_DEPTH} />
      </Card>
      <Card role="region" aria-label={`Properties of ${to.version}`}>
        <h3>{to.version}</h3>
        <SchemaTree plain schema={to.schema} tags={newTags} marked={marks?.next} openDepth={OPEN_DEPTH} />
      </Card>
    </Columns>
  );
}
