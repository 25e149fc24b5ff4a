import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Backticks } from '../Backticks';
import { Card } from '../Card';
import { CodeBlock } from '../CodeBlock';
import { ChevronDownIcon, ChevronRightIcon } from '../icons';
import { NARROW } from '../PageFrame/Frame';
import { Tag, type TagTone } from '../Tag';

/** One grant: each part in words, names between backticks, beside the policy statement that gives it. */
export interface PermissionRow {
  readonly who: string;
  readonly what: string;
  readonly where: string;
  /** Absent: without condition. */
  readonly condition?: string;
  readonly statement: object;
  /** Of a change: what becomes of the grant. */
  readonly change?: 'gained' | 'changed' | 'lost';
  /** The statement that it replaces. */
  readonly before?: object;
}

const CHANGE_TONES: Readonly<Record<NonNullable<PermissionRow['change']>, TagTone>> = {
  gained: 'ok',
  changed: 'warn',
  lost: 'error',
};

const Table = styled('div')({
  fontSize: 14,
  lineHeight: '20px',
  '& .bl-grant-row': {
    display: 'grid',
    gridTemplateColumns: '28px repeat(3, minmax(0, 1fr)) minmax(0, 1.2fr)',
    gap: '2px 16px',
    padding: '10px 18px 10px 12px',
    alignItems: 'baseline',
    '& > *': { minWidth: 0, overflowWrap: 'anywhere' },
    [NARROW]: { gridTemplateColumns: '28px minmax(0, 1fr)' },
  },
  '& .bl-grant-head': {
    padding: '7px 18px 7px 12px',
    fontSize: 12.5,
    color: 'var(--bl-muted)',
    borderBottom: '1px solid var(--bl-line)',
    [NARROW]: { display: 'none' },
  },
  '& .bl-grant + .bl-grant': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-grant[data-open]': { background: 'color-mix(in srgb, var(--bl-accent-soft) 35%, var(--bl-surface))' },
  '& .bl-grant-toggle': {
    display: 'grid',
    placeItems: 'center',
    alignSelf: 'start',
    width: 28,
    height: 22,
    padding: 0,
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)', color: 'var(--bl-text)' },
  },
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 4px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
  },
  '& pre code': { padding: 0, background: 'transparent' },
  // The heads are gone on a narrow screen: each part says what it is.
  [NARROW]: {
    '& [data-part]': { gridColumn: 2 },
    '& [data-part]:not([data-part=Who])::before': { content: 'attr(data-part) ": "', color: 'var(--bl-muted)' },
    '& [data-part=Who]': { fontWeight: 600 },
  },
  '& .bl-grant-statement': {
    display: 'grid',
    gap: 12,
    padding: '2px 18px 16px 56px',
    [NARROW]: { padding: '2px 12px 14px' },
  },
});

/** Who may do what, where and under which condition; a row opens the policy statement that says so. */
export function PermissionsTable(props: {
  readonly label: string;
  readonly permissions: readonly PermissionRow[];
  /** Stands where nobody gains anything. */
  readonly none: string;
}) {
  const { label, permissions, none } = props;
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  if (permissions.length === 0) return <p className="bl-muted">{none}</p>;
  const toggle = (index: number) => {
    const next = new Set(open);
    if (!next.delete(index)) next.add(index);
    setOpen(next);
  };
  return (
    <Card>
      <Table role="table" aria-label={label}>
        <div role="rowgroup">
          <div role="row" className="bl-grant-row bl-grant-head">
            <span role="columnheader">
              <span className="bl-sr">Policy statement</span>
            </span>
            <span role="columnheader">Who</span>
            <span role="columnheader">May do what</span>
            <span role="columnheader">Where</span>
            <span role="columnheader">Under which condition</span>
          </div>
        </div>
        {permissions.map((permission, index) => (
          <Grant key={index} permission={permission} open={open.has(index)} onToggle={() => toggle(index)} />
        ))}
      </Table>
    </Card>
  );
}

function Grant(props: { readonly permission: PermissionRow; readonly open: boolean; readonly onToggle: () => void }) {
  const { permission, open, onToggle } = props;
  const { who, what, where, condition, statement, change, before } = permission;
  return (
    <div role="rowgroup" className="bl-grant" data-open={open || undefined}>
      <div role="row" className="bl-grant-row">
        <div role="cell">
          <button
            type="button"
            className="bl-grant-toggle"
            aria-expanded={open}
            aria-label={`Policy statement: ${[who, what].join(' ').replaceAll('`', '')}`}
            onClick={onToggle}
          >
            {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
          </button>
        </div>
        <div role="cell" data-part="Who">
          <Backticks text={who} /> {change && <Tag tone={CHANGE_TONES[change]}>{change}</Tag>}
        </div>
        <div role="cell" data-part="May">
          <Backticks text={what} />
        </div>
        <div role="cell" data-part="Where">
          <Backticks text={where} />
        </div>
        <div role="cell" data-part="When" className={condition ? undefined : 'bl-muted'}>
          {condition ? <Backticks text={condition} /> : 'always'}
        </div>
      </div>
      {open && (
        <div role="row">
          <div role="cell" className="bl-grant-statement">
            {before && (
              <CodeBlock
                text={JSON.stringify(before, null, 2)}
                language="json"
                title="Policy statement before"
                what="the policy statement before"
                maxHeight={320}
              />
            )}
            <CodeBlock
              text={JSON.stringify(statement, null, 2)}
              language="json"
              title="Policy statement"
              what="the policy statement"
              maxHeight={320}
            />
          </div>
        </div>
      )}
    </div>
  );
}
