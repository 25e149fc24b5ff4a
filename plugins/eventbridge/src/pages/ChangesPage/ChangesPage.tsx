import type { ChangeRequestSummary } from '@busline/plugin-eventbridge-common';
import { useCallback, useMemo } from 'react';
import { useChangePages, useMe, useWaitingForMe } from '../../api';
import {
  ActionButton,
  Card,
  EmptyState,
  ErrorPanel,
  isErrorNamed,
  ListHead,
  PageFrame,
  StaleBanner,
  useListUrl,
  useWidth,
  VirtualTable,
} from '../../components';
import { SearchIcon } from '../../components/icons';
import { useScrollMemory } from '../../components/useScrollMemory';
import { useLinks } from '../../links';
import { ChangeFilters } from './ChangeFilters';
import { changeColumns } from './columns';
import { changeListCodec, isNarrowed, queryOf, type ChangeListState } from './searchParams';

const ROW_HEIGHT = 80;
const PHONE_ROW_HEIGHT = 112;
/** Pixels below which there is no room for the lead time. */
const NARROW_BELOW = 860;
const NO_ROWS: readonly ChangeRequestSummary[] = [];

/** `/events/changes`: who asked for what, how far it got, and whose turn it is. */
export function ChangesPage() {
  const { state, push, typed, setTyped } = useListUrl(changeListCodec);
  const me = useMe().data;
  const query = useMemo(() => queryOf(state, me), [state, me]);
  const pages = useChangePages(query ?? {}, query !== undefined);
  const waiting = useWaitingForMe();
  const isOff = isErrorNamed(pages.error, 'NotFoundError');
  const clear = () => {
    setTyped('');
    push({ q: '', states: [] });
  };
  return (
    <PageFrame
      title="Change requests"
      search={{ value: typed, onChange: setTyped, placeholder: 'Search change requests, services and people' }}
    >
      <StaleBanner />
      {isOff ? (
        <Card>
          <EmptyState icon={<SearchIcon />} title="There are no change requests in this portal">
            It has no forge to open pull requests on. The platform team sets one up under{' '}
            <code>eventbridge.changes.forge</code> in the configuration.
          </EmptyState>
        </Card>
      ) : (
        <ChangeList state={state} push={push} pages={pages} waiting={waiting} onClear={clear} />
      )}
    </PageFrame>
  );
}

function ChangeList(props: {
  readonly state: ChangeListState;
  readonly push: (state: ChangeListState) => void;
  readonly pages: ReturnType<typeof useChangePages>;
  readonly waiting: number | undefined;
  readonly onClear: () => void;
}) {
  const { state, push, pages, waiting, onClear } = props;
  const links = useLinks();
  const me = useMe().data;
  const rows = useMemo(() => pages.data?.pages.flatMap(page => page.items) ?? NO_ROWS, [pages.data]);
  const total = pages.data?.pages[0]?.totalItems;
  const hrefOf = useCallback((row: ChangeRequestSummary) => links.change(row.id), [links]);
  const [width, measure] = useWidth(1000);
  const mine = useMemo(() => new Set(me?.ownershipEntityRefs.map(ref => ref.toLowerCase())), [me]);
  const narrow = width < NARROW_BELOW;
  const columns = useMemo(
    () => changeColumns(hrefOf, state.q.trim(), row => row.turn.some(ref => mine.has(ref)), narrow),
    [hrefOf, state.q, mine, narrow],
  );
  useScrollMemory('changes', !pages.isPending);
  const moreFailed = pages.isFetchNextPageError;
  const failed = pages.isError && !moreFailed;
  const empty = total === 0 && !failed;
  return (
    <div ref={measure}>
      <ListHead>
        <h1>Change requests</h1>
        <span className="bl-total" role="status">
          {total !== undefined && `${total.toLocaleString('en')} ${isNarrowed(state) ? 'found' : 'in all'}`}
        </span>
      </ListHead>
      <ChangeFilters state={state} counts={pages.data?.pages[0]?.states ?? {}} waiting={waiting} onChange={push} />
      {failed && (
        <div style={{ marginBottom: 16 }}>
          <ErrorPanel
            title={rows.length > 0 ? 'The list could not be renewed' : 'The change requests could not be read'}
            error={pages.error}
            onRetry={() => pages.refetch()}
            retrying={pages.isFetching}
          />
        </div>
      )}
      {empty && (
        <Card>
          <NothingFound state={state} onClear={onClear} />
        </Card>
      )}
      {!empty && !(failed && rows.length === 0) && (
        <Card>
          <VirtualTable<ChangeRequestSummary>
            label="Change requests"
            columns={columns}
            rows={rows}
            rowKey={row => row.id}
            rowHref={hrefOf}
            rowHeight={ROW_HEIGHT}
            phoneRowHeight={PHONE_ROW_HEIGHT}
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
    </div>
  );
}

/** Says what was searched, and takes it all back with one click. */
function NothingFound(props: { readonly state: ChangeListState; readonly onClear: () => void }) {
  const { state, onClear } = props;
  if (!isNarrowed(state)) {
    return (
      <EmptyState icon={<SearchIcon />} title="Nobody has asked for anything yet">
        Subscribe from the page of an event type: what is asked for appears here, from its pull requests to the first
        event.
      </EmptyState>
    );
  }
  const onlyMine = state.mine === 'turn' && !state.q && state.states.length === 0 && !state.service;
  const all = (
    <ActionButton data-primary="" onClick={onClear}>
      Show all change requests
    </ActionButton>
  );
  if (onlyMine) {
    return (
      <EmptyState icon={<SearchIcon />} title="Nothing waits for you" action={all}>
        What needs your approval, your merge or your help appears here.
      </EmptyState>
    );
  }
  const q = state.q.trim();
  return (
    <EmptyState icon={<SearchIcon />} title="No change request fits" action={all}>
      {q ? (
        <>
          Searched titles, services, people and event types for <strong>“{q}”</strong>
        </>
      ) : (
        'Looked through all change requests'
      )}
      {[
        state.states.length > 0 && ` in state ${state.states.join(', ')}`,
        state.service && ` of ${state.service}`,
        state.mine === 'asked' && ' that you asked for',
        state.mine === 'turn' && ' that wait for you',
      ]
        .filter(Boolean)
        .join(',')}
      .
    </EmptyState>
  );
}
