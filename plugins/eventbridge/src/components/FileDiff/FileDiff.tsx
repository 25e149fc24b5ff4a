import { styled } from '@mui/material/styles';
import { useId, useMemo, useState } from 'react';
import { CopyButton } from '../CopyButton';
import type { CodeToken } from '../highlightCode';
import { ChevronDownIcon, ChevronRightIcon } from '../icons';
import { Tag, type TagTone } from '../Tag';
import { useIsPhone } from '../useIsPhone';
import {
  changedLines,
  diffRows,
  foldedParts,
  languageOf,
  type DiffLine,
  type DiffPart,
  type DiffRow,
} from './diffRows';

export type DiffView = 'unified' | 'split';

/** A file of a change; `before` or `after` is missing where it is added or removed. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** Written by a tool: folded at first, since nobody reads it line by line. */
  readonly generated?: boolean;
}

/** Rows put into the document at once. */
const ROWS_AT_ONCE = 500;

const Root = styled('section')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  overflow: 'hidden',
  background: 'var(--bl-surface)',
  '& header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 10px',
    minHeight: 42,
    padding: '4px 8px 4px 6px',
    fontSize: 13,
  },
  '& header[data-open]': { borderBottom: '1px solid var(--bl-line)' },
  '& h3': { flex: '1 1 140px', minWidth: 0, margin: 0, font: 'inherit' },
  '& h3 button': {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    padding: '4px 6px',
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-text)',
    fontFamily: 'var(--bl-mono)',
    fontSize: 13,
    textAlign: 'left',
    overflowWrap: 'anywhere',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)' },
    '& svg': { flex: 'none', color: 'var(--bl-muted)' },
  },
  '& .bl-diff-count': { fontFamily: 'var(--bl-mono)', fontSize: 12.5, whiteSpace: 'nowrap' },
  '& .bl-diff-count b': { fontWeight: 500, color: 'var(--bl-ok)' },
  '& .bl-diff-count i': { fontStyle: 'normal', color: 'var(--bl-error)' },
  '& .bl-diff-scroll': { overflow: 'auto', maxHeight: 720 },
  '& table': { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  '& table[data-view=split]': { minWidth: 720 },
  '& td': {
    padding: '0 10px',
    fontFamily: 'var(--bl-mono)',
    fontSize: 12.5,
    lineHeight: '20px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    verticalAlign: 'top',
    color: 'var(--bl-text)',
  },
  '& td.bl-no': {
    padding: '0 8px 0 4px',
    textAlign: 'right',
    color: 'var(--bl-muted)',
    userSelect: 'none',
    fontVariantNumeric: 'tabular-nums',
  },
  '& td[data-kind=removed]': { background: 'var(--bl-error-soft)' },
  '& td[data-kind=added]': { background: 'var(--bl-ok-soft)' },
  '& td[data-kind=none]': { background: 'var(--bl-sunken)' },
  '& td.bl-line::before': { content: '"  "' },
  '& td.bl-line[data-kind=removed]::before': { content: '"− "', color: 'var(--bl-error)' },
  '& td.bl-line[data-kind=added]::before': { content: '"+ "', color: 'var(--bl-ok)' },
  '& .bl-fold td': { padding: 0, background: 'var(--bl-sunken)' },
  '& .bl-fold button, & .bl-diff-more': {
    width: '100%',
    padding: '4px 14px',
    border: 0,
    background: 'transparent',
    color: 'var(--bl-muted)',
    font: 'inherit',
    fontFamily: 'inherit',
    fontSize: 12.5,
    textAlign: 'left',
    cursor: 'pointer',
    '&:hover': { color: 'var(--bl-accent)', background: 'var(--bl-hover)' },
    '&:focus-visible': { outlineOffset: -2 },
  },
  '& .t-key': { color: 'var(--bl-accent)' },
  '& .t-string': { color: 'var(--bl-service)' },
  '& .t-number': { color: 'var(--bl-event)' },
  '& .t-keyword': { color: 'var(--bl-bus)' },
  // Muted on a coloured ground would be too faint.
  '& .t-comment': { fontStyle: 'italic', opacity: 0.85 },
});

const STATUS: Readonly<Record<'added' | 'removed' | 'changed', TagTone>> = {
  added: 'ok',
  removed: 'error',
  changed: 'plain',
};

function statusOf({ before, after }: FileChange): keyof typeof STATUS {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

/** One file of a change as forges show it: line numbers, colours of its language, unchanged stretches folded. */
export function FileDiff(props: { readonly file: FileChange; readonly view?: DiffView; readonly open?: boolean }) {
  const { file, view = 'unified' } = props;
  const [open, setOpen] = useState(props.open ?? !file.generated);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const phone = useIsPhone();
  const id = useId();
  const rows = useMemo(
    () => diffRows(file.before, file.after, languageOf(file.path)),
    [file.before, file.after, file.path],
  );
  const parts = useMemo(() => foldedParts(rows), [rows]);
  const count = changedLines(rows);
  const status = statusOf(file);
  // Two sides have no room on a phone.
  const drawnView = phone ? 'unified' : view;
  return (
    <Root aria-label={`${file.path}, ${status}`}>
      <header data-open={open || undefined}>
        <h3>
          <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
            {file.path}
          </button>
        </h3>
        {file.generated && <Tag title="Written by Busline; its first line says how to make it again">generated</Tag>}
        <Tag tone={STATUS[status]}>{status}</Tag>
        <span className="bl-diff-count" aria-label={`${count.added} lines added, ${count.removed} removed`}>
          <b>+{count.added}</b> <i>−{count.removed}</i>
        </span>
        <CopyButton text={file.after ?? file.before ?? ''} what={`the file ${file.path}`} />
      </header>
      <div id={id} hidden={!open}>
        {open && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach what lies outside
          <div className="bl-diff-scroll" tabIndex={0} role="region" aria-label={`Changes of ${file.path}`}>
            <DiffTable
              parts={parts}
              view={drawnView}
              limit={shown}
              unfolded={unfolded}
              onUnfold={start => setUnfolded(new Set(unfolded).add(start))}
            />
            {rows.length > shown && (
              <button type="button" className="bl-diff-more" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
                Show more lines
              </button>
            )}
            {rows.length === 0 && <p style={{ margin: 0, padding: 14 }}>The file is empty.</p>}
          </div>
        )}
      </div>
    </Root>
  );
}

function DiffTable(props: {
  readonly parts: readonly DiffPart[];
  readonly view: DiffView;
  readonly limit: number;
  readonly unfolded: ReadonlySet<number>;
  readonly onUnfold: (start: number) => void;
}) {
  const { parts, view, limit, unfolded, onUnfold } = props;
  const columns = view === 'split' ? ['48px', undefined, '48px', undefined] : ['44px', '44px', undefined];
  let left = limit;
  return (
    <table data-view={view}>
      <colgroup>
        {columns.map((width, index) => (
          <col key={index} style={{ width }} />
        ))}
      </colgroup>
      <tbody>
        {parts.map((part, index) => {
          if (left <= 0) return null;
          if (part.kind === 'folded' && !unfolded.has(part.start)) {
            return (
              <tr key={index} className="bl-fold">
                <td colSpan={columns.length}>
                  <button type="button" onClick={() => onUnfold(part.start)}>
                    Show {part.rows.length} unchanged lines
                  </button>
                </td>
              </tr>
            );
          }
          const rows = part.rows.slice(0, left);
          left -= rows.length;
          return view === 'split' ? rows.map(splitRow) : unifiedRows(rows);
        })}
      </tbody>
    </table>
  );
}

const keyOf = (row: DiffRow) => `${row.before?.number ?? ''}:${row.after?.number ?? ''}`;

function splitRow(row: DiffRow) {
  const kind = (side: 'before' | 'after') => {
    if (row.kind === 'same') return 'same';
    if (!row[side]) return 'none';
    return side === 'before' ? 'removed' : 'added';
  };
  return (
    <tr key={keyOf(row)}>
      <Cells line={row.before} kind={kind('before')} />
      <Cells line={row.after} kind={kind('after')} />
    </tr>
  );
}

/** What goes stands before what comes, change by change. */
function unifiedRows(rows: readonly DiffRow[]) {
  const lines: { before?: number; after?: number; kind: string; tokens: readonly CodeToken[] }[] = [];
  let added: typeof lines = [];
  for (const row of rows) {
    if (row.kind === 'same') {
      lines.push(...added, {
        before: row.before.number,
        after: row.after.number,
        kind: 'same',
        tokens: row.after.tokens,
      });
      added = [];
    } else {
      if (row.before) lines.push({ before: row.before.number, kind: 'removed', tokens: row.before.tokens });
      if (row.after) added.push({ after: row.after.number, kind: 'added', tokens: row.after.tokens });
    }
  }
  return [...lines, ...added].map(({ before, after, kind, tokens }) => (
    <tr key={`${before ?? ''}:${after ?? ''}`}>
      <td className="bl-no" data-kind={kind}>
        {before}
      </td>
      <td className="bl-no" data-kind={kind}>
        {after}
      </td>
      <td className="bl-line" data-kind={kind}>
        <Tokens tokens={tokens} />
      </td>
    </tr>
  ));
}

function Cells(props: { readonly line?: DiffLine; readonly kind: string }) {
  const { line, kind } = props;
  return (
    <>
      <td className="bl-no" data-kind={kind}>
        {line?.number}
      </td>
      <td className={line ? 'bl-line' : undefined} data-kind={kind}>
        {line && <Tokens tokens={line.tokens} />}
      </td>
    </>
  );
}

function Tokens(props: { readonly tokens: readonly CodeToken[] }) {
  return props.tokens.map((token, index) =>
    token.kind ? (
      <span key={index} className={`t-${token.kind}`}>
        {token.text}
      </span>
    ) : (
      token.text
    ),
  );
}
