import type { ChangeRequestSummary } from '@busline/plugin-eventbridge-common';
import { useCallback, useMemo } from 'react';
import { useChangePages, useMe, useWaitingForMe } from '../../api';
import {
  ActionButton,
  Card,
  EmptyState,
  isErrorNamed,
  ListHead,
  ListTotal,
  PagedTable,
  PageFrame,
  rowsOf,
  StaleBanner,
  useListUrl,
  useWidth,
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
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const hrefOf = useCallback((row: ChangeRequestSummary) => links.change(row.id), [links]);
  const [width, measure] = useWidth(1000);
  const mine = useMemo(() => new Set(me?.ownershipEntityRefs.map(ref => ref.toLowerCase())), [me]);
  const narrow = width < NARROW_BELOW;
  const columns = useMemo(
    () => changeColumns(hrefOf, state.q.trim(), row => row.turn.some(ref => mine.has(ref)), narrow),
    [hrefOf, state.q, mine, narrow],
  );
  useScrollMemory('changes', !pages.isPending);
  return (
    <div ref={measure}>
      <ListHead>
        <h1>Change requests</h1>
        <ListTotal pages={pages} narrowed={isNarrowed(state)} />
      </ListHead>
      <ChangeFilters state={state} counts={pages.data?.pages[0]?.states ?? {}} waiting={waiting} onChange={push} />
      <PagedTable<ChangeRequestSummary>
        label="Change requests"
        pages={pages}
        failedTitle="The change requests could not be read"
        nothing={<NothingFound state={state} onClear={onClear} />}
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowHref={hrefOf}
        rowHeight={ROW_HEIGHT}
        phoneRowHeight={PHONE_ROW_HEIGHT}
      />
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
