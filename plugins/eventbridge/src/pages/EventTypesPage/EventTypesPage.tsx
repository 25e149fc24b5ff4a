import type { EventTypeSummary } from '@busline/plugin-eventbridge-common';
import { useMemo, useState } from 'react';
import { useEventTypeFacets, useEventTypePages, useSources } from '../../api';
import {
  ActionButton,
  EmptyState,
  ErrorPanel,
  FilterDrawer,
  ListHead,
  ListLayout,
  ListTotal,
  PagedTable,
  PageFrame,
  rowsOf,
  StaleBanner,
  type Sorting,
} from '../../components';
import { FilterIcon, SearchIcon } from '../../components/icons';
import { useScrollMemory } from '../../components/useScrollMemory';
import { useLinks } from '../../links';
import { eventTypeColumns, EventTypeLine } from './columns';
import { FacetChips } from './FacetChips';
import { FacetPanel, facetLabel } from './FacetPanel';
import { FACETS, isNarrowed, queryFromState, type ListState } from './searchParams';
import { useListState } from './useListState';

const ROW_HEIGHT = 92;
const PHONE_ROW_HEIGHT = 112;

/** `/events`: every event type that the portal knows, narrowed by search and facets. */
export function EventTypesPage() {
  const { state, push, typed, setTyped, clear } = useListState();
  const [drawer, setDrawer] = useState(false);
  const query = useMemo(() => queryFromState(state), [state]);
  const facets = useEventTypeFacets(useMemo(() => withoutOrder(query), [query]));
  const chosen = Object.values(state.facets).flat().length;

  const facetPart = facets.isError ? (
    <ErrorPanel
      title="The filters could not be read"
      error={facets.error}
      onRetry={() => facets.refetch()}
      retrying={facets.isFetching}
    />
  ) : (
    <FacetPanel facets={facets.data} state={state} onChange={push} />
  );
  return (
    <PageFrame
      title="Event types"
      search={{
        value: typed,
        onChange: setTyped,
        placeholder: 'Search event types and their fields',
      }}
    >
      <StaleBanner />
      <ListLayout>
        <aside aria-label="Filters">{facetPart}</aside>
        <div style={{ minWidth: 0 }}>
          <EventTypeList
            state={state}
            onChange={push}
            onClear={clear}
            facets={facets.data}
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
        {facetPart}
      </FilterDrawer>
    </PageFrame>
  );
}

/** Facets do not depend on the order of the list: asked for without it, they are kept when only the order changes. */
function withoutOrder(query: ReturnType<typeof queryFromState>) {
  const { sort, order, ...rest } = query;
  return rest;
}

function EventTypeList(props: {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onClear: () => void;
  readonly facets: ReturnType<typeof useEventTypeFacets>['data'];
  readonly filterButton: React.ReactNode;
}) {
  const { state, onChange, onClear, facets, filterButton } = props;
  const links = useLinks();
  const query = useMemo(() => queryFromState(state), [state]);
  const pages = useEventTypePages(query);
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const search = state.q.trim();
  const columns = useMemo(() => eventTypeColumns(links, search), [links, search]);
  useScrollMemory('event-types', !pages.isPending);

  return (
    <>
      <ListHead>
        <h1>Event types</h1>
        <ListTotal pages={pages} narrowed={isNarrowed(state)} />
        {filterButton}
      </ListHead>
      <div style={{ marginBottom: Object.keys(state.facets).length > 0 ? 14 : 0 }}>
        <FacetChips facets={facets} state={state} onChange={onChange} onClear={onClear} />
      </div>
      <PagedTable<EventTypeSummary>
        label="Event types"
        pages={pages}
        failedTitle="The list of event types could not be read"
        nothing={<NothingFound state={state} facets={facets} onClear={onClear} />}
        columns={columns}
        rows={rows}
        rowKey={row => `${row.source} ${row.detailType} ${row.origin}`}
        rowHref={row => links.eventType(row)}
        line={row => <EventTypeLine row={row} search={state.q} />}
        rowHeight={ROW_HEIGHT}
        phoneRowHeight={PHONE_ROW_HEIGHT}
        sorting={sortingOf(state)}
        onSort={({ by, order }) => onChange({ ...state, sort: by as ListState['sort'], order })}
      />
    </>
  );
}

function sortingOf(state: ListState): Sorting | undefined {
  if (state.sort) return { by: state.sort, order: state.order ?? 'asc' };
  return state.q.trim() ? undefined : { by: 'name', order: 'asc' };
}

function whatIsSearched(q: string, filters: number): string {
  if (q && filters > 0) return 'search and filters';
  return q ? 'the search' : 'the filters';
}

/** Says what was searched, and takes it all back with one click. */
function NothingFound(props: {
  readonly state: ListState;
  readonly facets: ReturnType<typeof useEventTypeFacets>['data'];
  readonly onClear: () => void;
}) {
  const { state, facets, onClear } = props;
  const sources = useSources();
  const firstRead = sources.data?.some(source => !source.lastReadAt && source.state !== 'stale');
  if (!isNarrowed(state) && firstRead) {
    return (
      <EmptyState icon={<SearchIcon />} title="The sources are being read">
        This is their first read. What they hold appears here as soon as it is there; nothing needs to be done.
      </EmptyState>
    );
  }
  if (!isNarrowed(state)) {
    return (
      <EmptyState icon={<SearchIcon />} title="No event types yet">
        None of the sources has given any. Add an event repository or an AWS account to the configuration under{' '}
        <code>eventbridge.sources</code>; what they hold appears here after the first read.
      </EmptyState>
    );
  }
  const filters = FACETS.flatMap(({ name, title }) => {
    const values = (state.facets[name] ?? []).map(value => facetLabel(facets, name, value));
    return values.length > 0 ? [`${title} ${values.join(' or ')}`] : [];
  });
  const q = state.q.trim();
  return (
    <EmptyState
      icon={<SearchIcon />}
      title="No event type fits"
      action={
        <ActionButton data-primary="" onClick={onClear}>
          Clear {whatIsSearched(q, filters.length)}
        </ActionButton>
      }
    >
      Searched{' '}
      {q && (
        <>
          names, sources, descriptions and schema fields for <strong>“{q}”</strong>
        </>
      )}
      {!q && 'all event types'}
      {filters.length > 0 && ` with ${filters.join(', ')}`}.
    </EmptyState>
  );
}
