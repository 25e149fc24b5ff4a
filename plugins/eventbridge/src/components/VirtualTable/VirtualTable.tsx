import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ArrowDownIcon, ArrowUpIcon } from '../icons';
import { useScrollElement } from '../PageFrame/PageFrame';
import { Skeleton } from '../Skeleton';
import { useIsPhone } from '../useIsPhone';
import { Table } from './Table';

/** Rows drawn beyond the edge of the screen, so that scrolling shows no gaps. */
const OVERSCAN = 8;
/** The next page is asked for when this many rows are left below the screen. */
const LOAD_AHEAD = 30;
/** Rows in the place of a list that is on its way. */
const SKELETON_ROWS = 12;

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** A track of the CSS grid: `minmax(0, 1fr)`, `160px`. */
  readonly width: string;
  readonly align?: 'end';
  /** Name of the order that a click on the title asks for; none: it cannot be sorted by. */
  readonly sort?: string;
  /** Where a row is told on a phone: by itself, or left out since the first column says it there. */
  readonly onPhone?: boolean;
  readonly cell: (row: T) => ReactNode;
}

export interface Sorting {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

export interface VirtualTableProps<T> {
  /** Names the table to screen readers. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Where a click on the row leads. The first column carries the link that the keyboard uses. */
  readonly rowHref?: (row: T) => string;
  /** Stands beneath the other cells, as wide as the row: a line that would be cut off in a column. */
  readonly line?: (row: T) => ReactNode;
  readonly rowHeight: number;
  readonly phoneRowHeight?: number;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** All rows that there are, loaded or not. */
  readonly totalRows?: number;
  readonly loading?: boolean;
  readonly hasMore?: boolean;
  readonly loadingMore?: boolean;
  readonly onLoadMore?: () => void;
  /** Stands after the last row: why no more could be loaded. */
  readonly footer?: ReactNode;
}

/**
 * Rows of one height, of which only those on the screen are in the document, whether there are ten or ten thousand.
 * Scrolls with the page; asks for more before the end is reached.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { columns, rows, rowKey, rowHref, loading, hasMore, loadingMore, onLoadMore } = props;
  const phone = useIsPhone();
  const scroller = useScrollElement();
  const body = useRef<HTMLDivElement>(null);
  const margin = useOffsetInside(scroller, body);
  const rowHeight = phone ? props.phoneRowHeight ?? props.rowHeight : props.rowHeight;
  const shownColumns = phone ? columns.filter((column, index) => index === 0 || column.onPhone) : columns;

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: margin,
    getItemKey: index => rowKey(rows[index]),
  });
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const last = items.length > 0 ? items[items.length - 1].index : -1;
  const wantsMore = Boolean(hasMore && !loadingMore && !props.footer && last >= rows.length - LOAD_AHEAD);
  useEffect(() => {
    if (wantsMore) onLoadMore?.();
  }, [wantsMore, onLoadMore]);

  const grid = {
    gridTemplateColumns: phone ? undefined : shownColumns.map(column => column.width).join(' '),
  };
  return (
    <Table
      role="table"
      aria-label={props.label}
      aria-rowcount={loading ? undefined : (props.totalRows ?? rows.length) + 1}
      aria-busy={loading || undefined}
      onKeyDown={moveBetweenRows}
      data-phone={phone || undefined}
    >
      <div role="rowgroup" className="bl-table-head">
        <div role="row" aria-rowindex={1} style={grid}>
          {shownColumns.map(column => (
            <ColumnTitle key={column.key} column={column} sorting={props.sorting} onSort={props.onSort} />
          ))}
        </div>
      </div>
      {loading ? (
        <SkeletonRows columns={shownColumns.length} height={rowHeight} grid={grid} />
      ) : (
        <div role="rowgroup" ref={body} style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map(item => {
            const row = rows[item.index];
            const href = rowHref?.(row);
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className="bl-table-row"
                data-link={href ? '' : undefined}
                style={{
                  ...grid,
                  height: rowHeight,
                  transform: `translateY(${item.start - margin}px)`,
                }}
              >
                {shownColumns.map((column, index) => (
                  <div key={column.key} role="cell" data-align={column.align}>
                    {index === 0 && href && <RowLink href={href} />}
                    {column.cell(row)}
                  </div>
                ))}
                {props.line && (
                  <div role="cell" className="bl-row-line" aria-colspan={shownColumns.length}>
                    {props.line(row)}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      )}
      {!loading && loadingMore && (
        <SkeletonRows columns={shownColumns.length} height={rowHeight} grid={grid} rows={3} />
      )}
      {props.footer}
    </Table>
  );
}

/** Covers the row, so that all of it can be clicked; the visible name beside it is the link of the keyboard. */
function RowLink(props: { readonly href: string }) {
  return <Link to={props.href} className="bl-row-cover" tabIndex={-1} aria-hidden="true" />;
}

const directionOf = (ascending: boolean) => (ascending ? 'ascending' : 'descending');

function ColumnTitle<T>(props: {
  readonly column: Column<T>;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
}) {
  const { column, sorting, onSort } = props;
  const { sort } = column;
  if (!sort || !onSort) {
    return (
      <div role="columnheader" data-align={column.align}>
        {column.title}
      </div>
    );
  }
  const active = sorting?.by === sort;
  const ascending = sorting?.order !== 'desc';
  const next = active && ascending ? 'desc' : 'asc';
  return (
    <div role="columnheader" aria-sort={active ? directionOf(ascending) : 'none'} data-align={column.align}>
      <button type="button" data-active={active || undefined} onClick={() => onSort({ by: sort, order: next })}>
        {column.title}
        {active && (ascending ? <ArrowUpIcon /> : <ArrowDownIcon />)}
      </button>
    </div>
  );
}

function SkeletonRows(props: {
  readonly columns: number;
  readonly height: number;
  readonly grid: React.CSSProperties;
  readonly rows?: number;
}) {
  return (
    <div role="rowgroup" aria-hidden="true">
      {Array.from({ length: props.rows ?? SKELETON_ROWS }, (_, row) => (
        <div
          key={row}
          role="row"
          className="bl-table-row"
          data-still=""
          style={{ ...props.grid, height: props.height }}
        >
          {Array.from({ length: props.columns }, (__, column) => (
            <div key={column} role="cell">
              {column === 0 ? (
                <span style={{ display: 'grid', gap: 9, width: '100%' }}>
                  <Skeleton width={`${28 + ((row * 7) % 20)}%`} height={15} />
                  <Skeleton width={`${18 + ((row * 5) % 12)}%`} height={11} />
                  <Skeleton width={`${52 + ((row * 11) % 30)}%`} height={12} />
                </span>
              ) : (
                <Skeleton width="64%" height={12} />
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Distance of an element from the top of what it scrolls in. */
function useOffsetInside(scroller: HTMLElement | null, element: React.RefObject<HTMLElement>): number {
  const [offset, setOffset] = useState(0);
  // After every layout: banners and chips above the table come and go. It settles, since an equal offset changes nothing.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    if (!scroller || !element.current) return;
    const top = element.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const next = Math.round(top + scroller.scrollTop);
    setOffset(before => (before === next ? before : next));
  });
  return offset;
}

/** Arrow keys walk from row to row; Tab does too, one link at a time. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = (event.target as HTMLElement).closest('[role=row]');
  if (!row || !row.classList.contains('bl-table-row')) return;
  const sibling = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const target = sibling?.querySelector<HTMLElement>('a:not([tabindex="-1"]), button');
  if (!target) return;
  event.preventDefault();
  target.focus();
  sibling?.scrollIntoView?.({ block: 'nearest' });
}
