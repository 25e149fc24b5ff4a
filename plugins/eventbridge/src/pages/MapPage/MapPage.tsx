import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { Suspense, lazy, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useFlowMap } from '../../api/queries';
import { EmptyState, ErrorPanel, PageFrame, Skeleton, StaleBanner } from '../../components';
import { ChosenPanel } from './ChosenPanel';
import { graphOf, type FlowGraph } from './flowGraph';
import { MapList } from './MapList';
import { mapStateFromParams, paramsFromMapState, type MapState } from './mapParams';

/** The drawing library comes with the first look at the picture, not with the portal. */
const MapCanvas = lazy(() => import('./MapCanvas'));

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 12,
  alignItems: 'center',
  marginBottom: 14,
  '& h1': {
    margin: 0,
    fontSize: 24,
    fontWeight: 650,
    letterSpacing: '-0.01em',
  },
  '& p': { margin: 0, color: 'var(--bl-muted)', fontSize: 14 },
  '& .bl-map-find': { width: 300, maxWidth: '100%', marginLeft: 'auto' },
  '@media (max-width: 599px)': { '& .bl-map-find': { width: '100%' } },
});

const Choice = styled('div')({
  display: 'inline-flex',
  border: '1px solid var(--bl-line)',
  borderRadius: 8,
  overflow: 'hidden',
  '& button': {
    font: 'inherit',
    fontSize: 14,
    padding: '7px 14px',
    border: 0,
    background: 'var(--bl-surface)',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
  },
  '& button[aria-pressed="true"]': {
    background: 'var(--bl-accent-soft)',
    color: 'var(--bl-text)',
    fontWeight: 600,
  },
  '& button:focus-visible': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: -2,
  },
});

const Picture = styled('div')({
  position: 'relative',
  height: 'max(420px, calc(100vh - 260px))',
  border: '1px solid var(--bl-line)',
  borderRadius: 12,
  overflow: 'hidden',
  background: 'var(--bl-sunken)',
  // On a phone there is a bar of navigation below it.
  '@media (max-width: 599px)': { height: 'max(380px, calc(100vh - 350px))' },
});

function useMapState() {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => mapStateFromParams(params), [params]);
  return [state, (next: MapState) => setParams(paramsFromMapState(next))] as const;
}

/** The whole flow by domain: who sends what to whom. */
export function MapPage() {
  const map = useFlowMap();
  const graph = useMemo(() => (map.data ? graphOf(map.data) : undefined), [map.data]);
  return (
    <PageFrame title="Map">
      <StaleBanner />
      {map.error ? (
        <ErrorPanel
          title="The map could not be read"
          error={map.error}
          onRetry={() => map.refetch()}
          retrying={map.isFetching}
        />
      ) : (
        <MapView graph={graph} omitted={map.data?.omittedEventTypes ?? 0} />
      )}
    </PageFrame>
  );
}

function MapView(props: { readonly graph?: FlowGraph; readonly omitted: number }) {
  const { graph, omitted } = props;
  const [state, setState] = useMapState();
  const choose = (focus: string | undefined) => setState({ ...state, focus });

  if (graph && graph.nodes.size === 0) {
    return (
      <EmptyState title="No events yet">
        The map shows services and event types as soon as an event repository declares some.
      </EmptyState>
    );
  }
  return (
    <>
      <Head>
        <h1>Map</h1>
        <Choice role="group" aria-label="Show as">
          {(['picture', 'list'] as const).map(view => (
            <button
              key={view}
              type="button"
              aria-pressed={state.view === view}
              onClick={() => setState({ ...state, view })}
            >
              {view === 'picture' ? 'Picture' : 'List'}
            </button>
          ))}
        </Choice>
        {omitted > 0 ? <p>{omitted.toLocaleString('en')} more event types are not on the map.</p> : null}
        {graph ? (
          <Find graph={graph} chosen={state.focus} onChoose={id => setState({ view: 'picture', focus: id })} />
        ) : null}
      </Head>
      {state.view === 'list' ? (
        <ListView graph={graph} />
      ) : (
        <PictureView graph={graph} focus={state.focus} onChoose={choose} />
      )}
    </>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="The map is being read">
      <Skeleton height={480} />
    </div>
  );
}

function ListView({ graph }: { readonly graph?: FlowGraph }) {
  return graph ? <MapList graph={graph} /> : <Waiting />;
}

function PictureView(props: {
  readonly graph?: FlowGraph;
  readonly focus?: string;
  readonly onChoose: (id: string | undefined) => void;
}) {
  const { graph, focus, onChoose } = props;
  const chosen = focus ? graph?.nodes.get(focus) : undefined;
  const waiting = <Waiting />;
  return (
    <Picture>
      {graph ? (
        <Suspense fallback={waiting}>
          <MapCanvas graph={graph} focus={focus} onFocus={onChoose} />
        </Suspense>
      ) : (
        waiting
      )}
      {graph && chosen ? <ChosenPanel graph={graph} node={chosen} onChoose={onChoose} /> : null}
    </Picture>
  );
}

function Find(props: {
  readonly graph: FlowGraph;
  readonly chosen?: string;
  readonly onChoose: (id: string | undefined) => void;
}) {
  const options = useMemo(
    () =>
      [...props.graph.nodes.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.title.localeCompare(b.title)),
    [props.graph],
  );
  return (
    <Autocomplete
      className="bl-map-find"
      size="small"
      options={options}
      value={options.find(option => option.id === props.chosen) ?? null}
      groupBy={option => (option.kind === 'event' ? 'Event types' : 'Services')}
      getOptionLabel={option => option.title}
      getOptionKey={option => option.id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onChange={(_, option) => props.onChoose(option?.id)}
      renderInput={params => <TextField {...params} label="Find on the map" />}
    />
  );
}
