import { styled } from '@mui/material/styles';
import { useEffect, useMemo, useRef } from 'react';
import { useAccounts, useBusPages } from '../../api';
import {
  ActionButton,
  Card,
  EmptyState,
  ErrorPanel,
  ListHead,
  PageFrame,
  PHONE,
  Select,
  Skeleton,
  StaleBanner,
  standingLabel,
  useListUrl,
} from '../../components';
import { BusIcon, SearchIcon } from '../../components/icons';
import { useScrollMemory } from '../../components/useScrollMemory';
import { AccountSection } from './AccountSection';
import { busListCodec, busQueryOf, byAccount, isNarrowed, STANDINGS, type BusListState } from './busListState';

/** The rest is asked for when its place comes this near to the screen. */
const LOAD_AHEAD = '600px';

const Filters = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '8px 18px',
  marginLeft: 'auto',
  [PHONE]: {
    display: 'grid',
    gap: 8,
    width: '100%',
    '& label': { display: 'grid', gridTemplateColumns: '92px minmax(0, 1fr)' },
  },
});
const Sections = styled('div')({ display: 'grid', gap: 18 });

/** `/events/buses`: every bus under its account, with how much of AWS's quotas it uses. */
export function BusesPage() {
  const { state, push, typed, setTyped } = useListUrl(busListCodec);
  const query = useMemo(() => busQueryOf(state), [state]);
  const pages = useBusPages(query);
  const accounts = useAccounts();
  const buses = useMemo(() => pages.data?.pages.flatMap(page => page.items) ?? [], [pages.data]);
  const groups = useMemo(() => byAccount(buses), [buses]);
  const total = pages.data?.pages[0]?.totalItems;
  useScrollMemory('buses', !pages.isPending);

  const clear = () => {
    setTyped('');
    push({ q: '' });
  };
  const failed = pages.isError && !pages.isFetchNextPageError;
  return (
    <PageFrame
      title="Buses"
      search={{
        value: typed,
        onChange: setTyped,
        placeholder: 'Search buses and accounts',
      }}
    >
      <StaleBanner />
      <ListHead>
        <h1>Buses</h1>
        <span className="bl-total" role="status">
          {total !== undefined && `${total.toLocaleString('en')} ${isNarrowed(state) ? 'found' : 'in all'}`}
        </span>
        <BusFilters state={state} onChange={push} accounts={accounts.data ?? []} />
      </ListHead>
      {failed && (
        <div style={{ marginBottom: 16 }}>
          <ErrorPanel
            title={buses.length > 0 ? 'The buses could not be renewed' : 'The buses could not be read'}
            error={pages.error}
            onRetry={() => pages.refetch()}
            retrying={pages.isFetching}
          />
        </div>
      )}
      {total === 0 && !failed && (
        <Card>
          <NoBuses state={state} onClear={clear} />
        </Card>
      )}
      <Sections aria-busy={pages.isPending || undefined}>
        {pages.isPending && <SectionSkeletons />}
        {groups.map(group => (
          <AccountSection
            key={group.account.id}
            group={group}
            summary={accounts.data?.find(({ id }) => id === group.account.id)}
            search={state.q.trim()}
          />
        ))}
        {pages.isFetchNextPageError && (
          <ErrorPanel
            title="The rest of the buses could not be read"
            error={pages.error}
            onRetry={() => pages.fetchNextPage()}
            retrying={pages.isFetching}
          />
        )}
        {pages.hasNextPage && !pages.isFetchNextPageError && (
          <More busy={pages.isFetchingNextPage} onMore={pages.fetchNextPage} />
        )}
      </Sections>
    </PageFrame>
  );
}

function BusFilters(props: {
  readonly state: BusListState;
  readonly onChange: (state: BusListState) => void;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly environment?: string;
  }[];
}) {
  const { state, onChange, accounts } = props;
  const environments = [...new Set(accounts.flatMap(({ environment }) => environment ?? []))].sort();
  const withChosen = (values: readonly { value: string; label: string }[], chosen: string | undefined) => [
    { value: '', label: 'All' },
    ...values,
    ...(chosen && !values.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : []),
  ];
  return (
    <Filters role="group" aria-label="Filters">
      <Select
        label="Account"
        value={state.account ?? ''}
        options={withChosen(
          accounts.map(({ id, name }) => ({
            value: id,
            label: name === id ? id : name,
          })),
          state.account,
        )}
        onChange={account => onChange({ ...state, account: account || undefined })}
      />
      <Select
        label="Environment"
        value={state.environment ?? ''}
        options={withChosen(
          environments.map(value => ({ value, label: value })),
          state.environment,
        )}
        onChange={environment => onChange({ ...state, environment: environment || undefined })}
      />
      <Select
        label="Standing"
        value={state.standing ?? ''}
        options={withChosen(
          STANDINGS.map(value => ({ value, label: standingLabel(value) })),
          state.standing,
        )}
        onChange={standing =>
          onChange({
            ...state,
            standing: STANDINGS.find(known => known === standing),
          })
        }
      />
    </Filters>
  );
}

/** Asks for the rest as its place nears the screen; a button for those who come by keyboard. */
function More(props: { readonly busy: boolean; readonly onMore: () => void }) {
  const { busy, onMore } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy || !place.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && onMore(), {
      rootMargin: LOAD_AHEAD,
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [busy, onMore]);
  return (
    <div ref={place}>
      <ActionButton onClick={onMore} disabled={busy}>
        {busy ? 'Reading more…' : 'Show more'}
      </ActionButton>
    </div>
  );
}

function NoBuses(props: { readonly state: BusListState; readonly onClear: () => void }) {
  if (!isNarrowed(props.state)) {
    return (
      <EmptyState icon={<BusIcon />} title="No buses yet">
        No event repository declares one and no AWS account has been read. They appear here after the first read.
      </EmptyState>
    );
  }
  const { q, account, environment, standing } = props.state;
  const words = [
    q.trim() && `“${q.trim()}”`,
    account && `account ${account}`,
    environment && `environment ${environment}`,
    standing && `standing “${standingLabel(standing)}”`,
  ].filter(Boolean);
  return (
    <EmptyState
      icon={<SearchIcon />}
      title="No bus fits"
      action={
        <ActionButton data-primary="" onClick={props.onClear}>
          Show all buses
        </ActionButton>
      }
    >
      Looked for {words.join(', ')}.
    </EmptyState>
  );
}

function SectionSkeletons() {
  return (
    <>
      {[1, 2, 1].map((rows, section) => (
        <Card key={section} aria-hidden="true">
          <div
            style={{
              padding: '16px 20px',
              borderBottom: '1px solid var(--bl-line)',
            }}
          >
            <Skeleton width={180} height={16} />
          </div>
          {Array.from({ length: rows }, (_, row) => (
            <div
              key={row}
              style={{
                display: 'grid',
                gridTemplateColumns: '1fr 2fr',
                gap: 28,
                padding: '20px',
              }}
            >
              <Skeleton width="60%" />
              <Skeleton height={8} />
            </div>
          ))}
        </Card>
      ))}
    </>
  );
}
