import type { ReactNode } from 'react';
import { Card } from './Card';
import { ErrorPanel } from './ErrorPanel';
import { VirtualTable, type VirtualTableProps } from './VirtualTable';

/** What a list that is read page by page knows of itself; an infinite query of react-query has this shape. */
export interface ListPages<T> {
  readonly data?: { readonly pages: readonly { readonly items: readonly T[]; readonly totalItems: number }[] };
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly isFetchNextPageError: boolean;
  readonly isFetchingNextPage: boolean;
  /** The rows are those of the question before, kept until the answer is there. */
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly refetch: () => unknown;
  readonly fetchNextPage: () => unknown;
}

interface PagedTableProps<T>
  extends Omit<VirtualTableProps<T>, 'totalRows' | 'loading' | 'hasMore' | 'loadingMore' | 'onLoadMore' | 'footer'> {
  readonly pages: ListPages<T>;
  /** Says what could not be read where nothing of the list is there: "The subscriptions could not be read". */
  readonly failedTitle: string;
  /** Stands in the table's place where there is no row. */
  readonly nothing: ReactNode;
}

/** An answer usually comes sooner than the eye notices; when it does not, the rows of the question before turn pale. */
const WAITING = { opacity: 0.45, transition: 'opacity 150ms 250ms' } as const;
const SETTLED = { opacity: 1 } as const;

/**
 * A table whose rows come page by page, with what it shows meanwhile: what is known stays while it is renewed or could not
 * be, and a page that fails says so after the last row.
 */
export function PagedTable<T>(props: PagedTableProps<T>) {
  const { pages, failedTitle, nothing, ...table } = props;
  const total = totalOf(pages);
  const moreFailed = pages.isFetchNextPageError;
  const failed = pages.isError && !moreFailed;
  const hasRows = table.rows.length > 0;
  return (
    <>
      {failed && (
        <div style={{ marginBottom: 16 }}>
          <ErrorPanel
            title={hasRows ? 'The list could not be renewed' : failedTitle}
            error={pages.error}
            onRetry={() => pages.refetch()}
            retrying={pages.isFetching}
          />
        </div>
      )}
      {total === 0 && !failed && <Card>{nothing}</Card>}
      {(total !== 0 || failed) && (!failed || hasRows) && (
        <Card style={pages.isPlaceholderData ? WAITING : SETTLED}>
          <VirtualTable<T>
            {...table}
            totalRows={total}
            loading={pages.isPending}
            hasMore={pages.hasNextPage}
            loadingMore={pages.isFetchingNextPage}
            onLoadMore={pages.fetchNextPage}
            footer={
              moreFailed && (
                <div style={{ padding: 16 }}>
                  <ErrorPanel
                    title="The rest of the list could not be read"
                    error={pages.error}
                    onRetry={() => pages.fetchNextPage()}
                    retrying={pages.isFetching}
                  />
                </div>
              )
            }
          />
        </Card>
      )}
    </>
  );
}

/** The rows read so far. */
export function rowsOf<T>(data: ListPages<T>['data']): readonly T[] {
  return data?.pages.flatMap(page => page.items) ?? [];
}

function totalOf(pages: ListPages<unknown>): number | undefined {
  return pages.data?.pages[0]?.totalItems;
}

/** "289 in all", "12 found"; empty while it is not known. */
export function ListTotal(props: { readonly pages: ListPages<unknown>; readonly narrowed: boolean }) {
  const total = totalOf(props.pages);
  return (
    <span className="bl-total" role="status" style={props.pages.isPlaceholderData ? WAITING : SETTLED}>
      {total !== undefined && `${total.toLocaleString('en')} ${props.narrowed ? 'found' : 'in all'}`}
    </span>
  );
}
