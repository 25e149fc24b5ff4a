import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useSubscriptionPages } from '../../api';
import {
  ActionButton,
  EmptyState,
  FilterChips,
  FilterDrawer,
  ListHead,
  ListLayout,
  ListTotal,
  PagedTable,
  PageFrame,
  rowsOf,
  StaleBanner,
  useListUrl,
  useWidth,
} from '../../components';
import { FilterIcon, SearchIcon } from '../../components/icons';
import { useScrollMemory } from '../../components/useScrollMemory';
import { useLinks } from '../../links';
import { subscriptionColumns, type ListRoom } from './columns';
import { FilterPanel } from './FilterPanel';
import {
  FILTERS,
  isNarrowed,
  queryOf,
  subscriptionListCodec,
  toggleFilter,
  type SubscriptionListState,
} from './searchParams';
import { SubscriptionDrawer } from './SubscriptionDrawer';
import { useFilterValues, type FilterValues } from './useFilterValues';

const ROW_HEIGHT = 66;
const PHONE_ROW_HEIGHT = 92;
/** Pixels below which the list has no room for a column of targets. */
const NARROW_BELOW = 900;
/** From here on there is room for the last 24 hours. */
const WIDE_FROM = 1180;

/** `/events/subscriptions`: every subscription of every environment, narrowed by search and filters. */
export function SubscriptionsPage() {
  const { state, push, typed, setTyped } = useListUrl(subscriptionListCodec);
  const query = useQueryOf(state);
  const pages = useSubscriptionPages(query);
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const found = useFilterValues(query);
  const [drawer, setDrawer] = useState(false);
  const close = useClose(state, push);
  const chosen = Object.values(state.filters).flat().length;
  const clear = () => {
    setTyped('');
    push({ ...state, q: '', filters: {} });
  };

  const filterPart = <FilterPanel found={found} state={state} onChange={push} />;
  return (
    <PageFrame
      title="Subscriptions"
      search={{
        value: typed,
        onChange: setTyped,
        placeholder: 'Search subscriptions, services and targets',
      }}
    >
      <StaleBanner />
      <ListLayout>
        <aside aria-label="Filters">{filterPart}</aside>
        <div style={{ minWidth: 0 }}>
          <SubscriptionList
            state={state}
            push={push}
            pages={pages}
            rows={rows}
            values={found.values}
            onClear={clear}
            filterButton={
              <ActionButton className="bl-filter-button" onClick={() => setDrawer(true)} aria-haspopup="dialog">
                <FilterIcon />
                Filters{chosen > 0 && ` (${chosen})`}
              </ActionButton>
            }
          />
        </div>
      </ListLayout>
      <FilterDrawer open={drawer} onClose={() => setDrawer(false)}>
        {filterPart}
      </FilterDrawer>
      <SubscriptionDrawer id={state.open} row={rows.find(({ id }) => id === state.open)} onClose={close} />
    </PageFrame>
  );
}

/** Opening a row asks for no new list: the query stays the same object while what it asks for does. */
function useQueryOf(state: SubscriptionListState) {
  const { open, ...list } = state;
  const key = subscriptionListCodec.write(list).toString();
  return useMemo(() => queryOf(subscriptionListCodec.read(new URLSearchParams(key))), [key]);
}

/** Goes back to the list as it was, or to the list alone for a person who came by a link to the open row. */
function useClose(
  state: SubscriptionListState,
  push: (state: SubscriptionListState, how?: { readonly replace?: boolean }) => void,
) {
  const navigate = useNavigate();
  const { key } = useLocation();
  const listKey = useRef<string>();
  if (!state.open) listKey.current = key;
  return useCallback(() => {
    if (listKey.current !== undefined) navigate(-1);
    else push({ ...state, open: undefined }, { replace: true });
  }, [navigate, push, state]);
}

function SubscriptionList(props: {
  readonly state: SubscriptionListState;
  readonly push: (state: SubscriptionListState) => void;
  readonly pages: ReturnType<typeof useSubscriptionPages>;
  readonly rows: readonly SubscriptionSummary[];
  readonly values: FilterValues | undefined;
  readonly onClear: () => void;
  readonly filterButton: React.ReactNode;
}) {
  const { state, push, pages, rows, values, onClear, filterButton } = props;
  const links = useLinks();
  const search = state.q.trim();
  const hrefOf = useCallback(
    (row: SubscriptionSummary) =>
      links.subscriptions(subscriptionListCodec.write({ ...state, open: row.id }).toString()),
    [links, state],
  );
  const [width, measure] = useWidth(1000);
  const room = roomOf(width);
  const columns = useMemo(() => subscriptionColumns(hrefOf, search, room), [hrefOf, search, room]);
  useScrollMemory('subscriptions', !pages.isPending && !state.open);

  const chips = FILTERS.flatMap(({ name, title }) =>
    (state.filters[name] ?? []).map(value => ({
      key: `${name} ${value}`,
      title,
      label: values?.[name].find(known => known.value === value)?.label ?? value,
      onRemove: () => push(toggleFilter(state, name, value)),
    })),
  );
  return (
    <div ref={measure}>
      <ListHead>
        <h1>Subscriptions</h1>
        <ListTotal pages={pages} narrowed={isNarrowed(state)} />
        {filterButton}
      </ListHead>
      <div style={{ marginBottom: chips.length > 0 ? 14 : 0 }}>
        <FilterChips chosen={chips} onClear={onClear} />
      </div>
      <PagedTable<SubscriptionSummary>
        label="Subscriptions"
        pages={pages}
        failedTitle="The subscriptions could not be read"
        nothing={<NothingFound state={state} chips={chips} onClear={onClear} />}
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowHref={hrefOf}
        rowHeight={ROW_HEIGHT}
        phoneRowHeight={PHONE_ROW_HEIGHT}
        sorting={{ by: state.sort ?? 'service', order: state.order ?? 'asc' }}
        onSort={({ by, order }) => push({ ...state, sort: by as SubscriptionListState['sort'], order })}
      />
    </div>
  );
}

function roomOf(width: number): ListRoom {
  if (width < NARROW_BELOW) return 'narrow';
  return width < WIDE_FROM ? 'normal' : 'wide';
}

/** Says what was searched, and takes it all back with one click. */
function NothingFound(props: {
  readonly state: SubscriptionListState;
  readonly chips: readonly { readonly title: string; readonly label: string }[];
  readonly onClear: () => void;
}) {
  const { state, chips, onClear } = props;
  if (!isNarrowed(state)) {
    return (
      <EmptyState icon={<SearchIcon />} title="No subscriptions yet">
        No event repository declares one and no rule was found on AWS. Those that are declared or found appear here
        after the next read.
      </EmptyState>
    );
  }
  const q = state.q.trim();
  const filters = chips.map(({ title, label }) => `${title} ${label}`).join(', ');
  return (
    <EmptyState
      icon={<SearchIcon />}
      title="No subscription fits"
      action={
        <ActionButton data-primary="" onClick={onClear}>
          Clear {[q && 'search', filters && 'filters'].filter(Boolean).join(' and ')}
        </ActionButton>
      }
    >
      {q ? (
        <>
          Searched names, services, event types and targets for <strong>“{q}”</strong>
        </>
      ) : (
        'Looked through all subscriptions'
      )}
      {filters && ` with ${filters}`}.
    </EmptyState>
  );
}
