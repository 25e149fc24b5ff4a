import { styled } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import { ActionButton } from '../ActionButton';
import { diffLines, type LineChange } from './diffLines';

/** Unchanged lines kept around a change. */
const CONTEXT = 4;
/** Rows put into the document at once. */
const ROWS_AT_ONCE = 600;

const Root = styled('div')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  overflow: 'hidden',
  background: 'var(--bl-surface)',
  '& .bl-diff-scroll': { overflow: 'auto', maxHeight: 720 },
  '& table': {
    width: '100%',
    minWidth: 640,
    borderCollapse: 'collapse',
    tableLayout: 'fixed',
  },
  '& th': {
    padding: '8px 14px',
    textAlign: 'left',
    fontSize: 13,
    fontWeight: 600,
    borderBottom: '1px solid var(--bl-line)',
    background: 'var(--bl-surface)',
    position: 'sticky',
    top: 0,
  },
  '& td': {
    padding: '0 14px',
    fontFamily: 'var(--bl-mono)',
    fontSize: 12.5,
    lineHeight: '20px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    verticalAlign: 'top',
  },
  '& td + td': { borderLeft: '1px solid var(--bl-line)' },
  '& td[data-kind=removed]': { background: 'var(--bl-error-soft)' },
  '& td[data-kind=added]': { background: 'var(--bl-ok-soft)' },
  '& td[data-kind=removed]::before': {
    content: '"− "',
    color: 'var(--bl-error)',
  },
  '& td[data-kind=added]::before': { content: '"+ "', color: 'var(--bl-ok)' },
  '& td[data-kind=same]::before': { content: '"  "' },
  '& td[data-kind=none]': { background: 'var(--bl-sunken)' },
  '& td[data-focus]': { boxShadow: 'inset 3px 0 0 var(--bl-accent)', background: 'var(--bl-mark)' },
  '& .bl-diff-skip td': {
    padding: '3px 14px',
    color: 'var(--bl-muted)',
    background: 'var(--bl-sunken)',
    fontFamily: 'inherit',
    textAlign: 'center',
  },
});

interface Pair {
  readonly before?: string;
  readonly after?: string;
  readonly same: boolean;
  /** Line numbers from 1, where there is a line. */
  readonly beforeLine: number;
  readonly afterLine: number;
}

/** A line on either side to look at, from 1. */
export interface DiffFocus {
  readonly before?: number;
  readonly after?: number;
}

const isFocus = (pair: Pair, focus: DiffFocus | undefined) =>
  (pair.before !== undefined && pair.beforeLine === focus?.before) ||
  (pair.after !== undefined && pair.afterLine === focus?.after);

/** Removed and added lines that follow each other stand side by side. */
function pairsOf(changes: readonly LineChange[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  let beforeLine = 0;
  let afterLine = 0;
  const push = (before: string | undefined, after: string | undefined, same: boolean) => {
    beforeLine += Number(before !== undefined);
    afterLine += Number(after !== undefined);
    pairs.push({ before, after, same, beforeLine, afterLine });
  };
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      push(removed[index], added[index], false);
    }
    removed = [];
    added = [];
  };
  for (const change of changes) {
    if (change.kind === 'removed') removed.push(change.before);
    else if (change.kind === 'added') added.push(change.after);
    else {
      flush();
      push(change.before, change.after, true);
    }
  }
  flush();
  return pairs;
}

type Row = Pair | { readonly skipped: number };

/** Long unchanged stretches become one line that says how long they are. */
function rowsOf(pairs: readonly Pair[], focus: DiffFocus | undefined): readonly Row[] {
  const near = new Set<number>();
  pairs.forEach((pair, index) => {
    if (pair.same && !isFocus(pair, focus)) return;
    for (let line = index - CONTEXT; line <= index + CONTEXT; line += 1) near.add(line);
  });
  const rows: Row[] = [];
  let skipped = 0;
  pairs.forEach((pair, index) => {
    if (!near.has(index)) {
      skipped += 1;
      return;
    }
    if (skipped > 0) rows.push({ skipped });
    skipped = 0;
    rows.push(pair);
  });
  if (skipped > 0) rows.push({ skipped });
  return rows;
}

/** Two texts side by side; what differs is marked by ground and sign. */
export function LineDiff(props: {
  readonly before: { readonly title: string; readonly text: string };
  readonly after: { readonly title: string; readonly text: string };
  readonly focus?: DiffFocus;
}) {
  const { before, after, focus } = props;
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const pairs = useMemo(
    () => pairsOf(diffLines(before.text.split('\n'), after.text.split('\n'))),
    [before.text, after.text],
  );
  const rows: readonly Row[] = all ? pairs : rowsOf(pairs, focus);
  return (
    <>
      <Root>
        <div
          className="bl-diff-scroll"
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach what lies outside
          tabIndex={0}
          role="region"
          aria-label={`${before.title} beside ${after.title}`}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{before.title}</th>
                <th scope="col">{after.title}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((row, index) =>
                'skipped' in row ? (
                  <tr key={index} className="bl-diff-skip">
                    <td colSpan={2}>{row.skipped} unchanged lines</td>
                  </tr>
                ) : (
                  <tr key={index}>
                    <td
                      data-kind={cellKind(row, 'before')}
                      data-focus={row.before !== undefined && row.beforeLine === focus?.before ? '' : undefined}
                    >
                      {row.before}
                    </td>
                    <td
                      data-kind={cellKind(row, 'after')}
                      data-focus={row.after !== undefined && row.afterLine === focus?.after ? '' : undefined}
                    >
                      {row.after}
                    </td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      </Root>
      <div style={{ display: 'flex', gap: 8, marginTop: 10 }}>
        <ActionButton data-quiet="" onClick={() => setAll(!all)}>
          {all ? 'Only what differs' : 'Show unchanged lines'}
        </ActionButton>
        {rows.length > shown && (
          <ActionButton data-quiet="" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
            Show more lines
          </ActionButton>
        )}
      </div>
    </>
  );
}

function cellKind(row: Pair, side: 'before' | 'after'): string {
  if (row[side] === undefined) return 'none';
  if (row.same) return 'same';
  return side === 'before' ? 'removed' : 'added';
}
