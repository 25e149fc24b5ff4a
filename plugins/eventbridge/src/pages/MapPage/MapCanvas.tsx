import '@xyflow/react/dist/base.css';
import { styled } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import {
  Background,
  BackgroundVariant,
  Controls,
  MarkerType,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Edge,
  type Node,
} from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { freeSpace } from './ChosenPanel';
import { domainEdges, reachOf, type FlowGraph, type Reach } from './flowGraph';
import { layoutOf, type MapLayout } from './layout';
import { MAP_NODE_TYPES } from './MapNodes';

/** Below this zoom a card's text is too small to read: domains are shown as one box each. */
const CARDS_FROM_ZOOM = 0.5;
/** Up to this many lines are all drawn, faintly; past it only those of what is chosen. */
const ALL_LINES_UP_TO = 400;
/** From this many lines on, those that cross the map are fainter still, or nothing else could be read. */
const MANY_LINES = 120;
/** A phone shows a part of the map in which names can be read, rather than the whole in which none can. */
const PHONE_FROM_ZOOM = 0.17;
/** Small maps fit the window with their cards legible and are never folded into domains. */
const FOLD_FROM_NODES = 40;

const Root = styled('div')({
  height: '100%',
  '& .react-flow__attribution': { display: 'none' },
  '& .react-flow__node:focus-visible': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: 2,
    borderRadius: 10,
  },
  '& .react-flow__controls-button': {
    display: 'grid',
    placeItems: 'center',
    width: 32,
    height: 32,
    padding: 9,
    border: 0,
    borderBottom: '1px solid var(--bl-line)',
    cursor: 'pointer',
    '&:last-child': { borderBottom: 0 },
    '&:hover': { background: 'var(--bl-hover)' },
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    fill: 'currentColor',
  },
  '& .react-flow__controls': {
    border: '1px solid var(--bl-line)',
    borderRadius: 8,
    overflow: 'hidden',
  },
  '& .react-flow__edge-text': { fill: 'var(--bl-text)', fontSize: 12 },
  '& .react-flow__edge-textbg': { fill: 'var(--bl-surface)' },
});

const ARIA = {
  'node.a11yDescription.default': 'Press Enter to choose it and see its path.',
  'node.a11yDescription.keyboardDisabled': 'Press Enter to choose it and see its path.',
  'controls.ariaLabel': 'Zoom',
  'controls.zoomIn.ariaLabel': 'Zoom in',
  'controls.zoomOut.ariaLabel': 'Zoom out',
  'controls.fitView.ariaLabel': 'Show the whole map',
} as const;

function frames(graph: FlowGraph, layout: MapLayout, folded: boolean, reach?: Reach): Node[] {
  const touched = reach && new Set([...reach.nodes].map(id => graph.nodes.get(id)!.domain));
  return graph.domains.map(domain => {
    const box = layout.domains.get(domain.name)!;
    return {
      id: `domain:${domain.name}`,
      type: 'domain',
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      // Seen from afar the boxes cover the lines, so that their words can be read.
      zIndex: folded ? 2 : 0,
      selectable: folded,
      focusable: folded,
      data: {
        title: domain.title,
        services: domain.services.length,
        events: domain.events.length,
        folded,
        dimmed: touched !== undefined && !touched.has(domain.name),
      },
      ariaLabel: `Domain ${domain.title}: ${domain.services.length} services, ${domain.events.length} event types`,
    };
  });
}

function cards(graph: FlowGraph, layout: MapLayout, focus: string | undefined, reach?: Reach): Node[] {
  return [...graph.nodes.values()].map(node => {
    const box = layout.nodes.get(node.id)!;
    return {
      id: node.id,
      type: node.kind,
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      zIndex: 2,
      data: {
        node,
        chosen: node.id === focus,
        dimmed: reach !== undefined && !reach.nodes.has(node.id),
      },
      ariaLabel: node.kind === 'service' ? `Service ${node.title}` : `Event type ${node.title}, ${node.ref.source}`,
    };
  });
}

const arrow = (color: string) => ({
  type: MarkerType.ArrowClosed,
  color,
  width: 14,
  height: 14,
});

function lines(graph: FlowGraph, reach?: Reach): Edge[] {
  const all = graph.edges.length <= ALL_LINES_UP_TO;
  return graph.edges
    .filter(edge => (reach ? reach.edges.has(edge.id) || all : all))
    .map(edge => {
      const inPath = reach?.edges.has(edge.id) ?? false;
      const color = edge.kind === 'publishes' ? 'var(--bl-event)' : 'var(--bl-service)';
      return {
        id: edge.id,
        source: edge.from,
        target: edge.to,
        markerEnd: arrow(color),
        focusable: false,
        zIndex: inPath ? 3 : 1,
        ...(inPath ? { label: edge.kind === 'publishes' ? 'publishes' : 'receives' } : {}),
        style: {
          stroke: color,
          strokeWidth: inPath ? 2 : 1.2,
          opacity: lineOpacity(
            reach !== undefined,
            inPath,
            edge.kind === 'subscribes' && graph.edges.length > MANY_LINES,
          ),
          // Not in sync: dashed, so that colour is not the only sign.
          ...(edge.standing === 'drifted' || edge.standing === 'declared-only' ? { strokeDasharray: '6 4' } : {}),
        },
      };
    });
}

function lineOpacity(somethingChosen: boolean, inPath: boolean, oneOfMany: boolean): number {
  if (!somethingChosen) return oneOfMany ? 0.16 : 0.45;
  return inPath ? 1 : 0.06;
}

function linesBetweenDomains(graph: FlowGraph): Edge[] {
  const between = domainEdges(graph);
  const most = Math.max(1, ...between.map(edge => edge.count));
  return between.map(edge => ({
    id: `domain:${edge.from}>domain:${edge.to}`,
    source: `domain:${edge.from}`,
    target: `domain:${edge.to}`,
    markerEnd: arrow('var(--bl-line-strong)'),
    focusable: false,
    zIndex: 0,
    style: {
      stroke: 'var(--bl-line-strong)',
      strokeWidth: 3 + (9 * edge.count) / most,
      opacity: 0.5,
    },
  }));
}

/** Largest zoom that a chosen path is brought to: two cards are not blown up to fill the window. */
const PATH_ZOOM = 1.1;
const PATH_MARGIN = 36;

type Size = { readonly width: number; readonly height: number };

/** Brings a path into the part of the window that the panel beside it leaves free. */
function viewportOf(path: Size & { readonly x: number; readonly y: number }, window: Size) {
  const free = freeSpace(window);
  const zoom = Math.min(
    PATH_ZOOM,
    (free.width - 2 * PATH_MARGIN) / path.width,
    (free.height - 2 * PATH_MARGIN) / path.height,
  );
  return {
    zoom,
    x: (free.width - path.width * zoom) / 2 - path.x * zoom,
    y: (free.height - path.height * zoom) / 2 - path.y * zoom,
  };
}

function Canvas(props: {
  readonly graph: FlowGraph;
  readonly focus?: string;
  readonly onFocus: (id: string | undefined) => void;
}) {
  const { graph, focus, onFocus } = props;
  const flow = useReactFlow();
  const phone = useMediaQuery('(max-width: 599px)', { noSsr: true });
  // Nothing can be brought into sight before the window onto the map has a size.
  const width = useStore(state => (state.panZoom ? state.width : 0));
  const height = useStore(state => (state.panZoom ? state.height : 0));
  const small = useStore(state => state.transform[2] < CARDS_FROM_ZOOM);
  const isChosen = focus !== undefined && graph.nodes.has(focus);
  // A path is made of cards: while one is shown nothing is folded.
  const folded = small && !isChosen && graph.nodes.size > FOLD_FROM_NODES;
  const layout = useMemo(() => layoutOf(graph), [graph]);
  const reach = useMemo(() => (isChosen ? reachOf(graph, focus) : undefined), [graph, focus, isChosen]);
  const nodes = useMemo(
    () =>
      folded
        ? frames(graph, layout, true, reach)
        : [...frames(graph, layout, false, reach), ...cards(graph, layout, focus, reach)],
    [folded, graph, layout, focus, reach],
  );
  const edges = useMemo(() => (folded ? linesBetweenDomains(graph) : lines(graph, reach)), [folded, graph, reach]);

  // What is chosen comes into sight with its path, wherever it was chosen.
  useEffect(() => {
    if (!reach || width === 0 || height === 0) return;
    const boxes = [...reach.nodes].map(id => layout.nodes.get(id)!);
    const x = Math.min(...boxes.map(box => box.x));
    const y = Math.min(...boxes.map(box => box.y));
    const path = {
      x,
      y,
      width: Math.max(...boxes.map(box => box.x + box.width)) - x,
      height: Math.max(...boxes.map(box => box.y + box.height)) - y,
    };
    flow.setViewport(viewportOf(path, { width, height }), { duration: 300 });
  }, [reach, layout, flow, width, height]);

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={MAP_NODE_TYPES}
      fitView={!isChosen}
      fitViewOptions={{ padding: 0.06, maxZoom: 1, minZoom: phone ? PHONE_FROM_ZOOM : undefined }}
      minZoom={0.05}
      maxZoom={1.6}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      edgesReconnectable={false}
      ariaLabelConfig={ARIA}
      proOptions={{ hideAttribution: false }}
      onPaneClick={() => onFocus(undefined)}
      onNodeClick={(_, node) => choose(node.id)}
      onSelectionChange={undefined}
      onKeyDown={event => {
        const id = (event.target as HTMLElement).dataset.id;
        if ((event.key === 'Enter' || event.key === ' ') && id) choose(id);
        if (event.key === 'Escape') onFocus(undefined);
      }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--bl-line)" />
      <Controls showInteractive={false} />
    </ReactFlow>
  );

  function choose(id: string) {
    if (id.startsWith('domain:')) {
      const box = layout.domains.get(id.slice('domain:'.length))!;
      flow.fitBounds(box, { padding: 0.08, duration: 300 });
    } else {
      onFocus(id === focus ? undefined : id);
    }
  }
}

/** The picture: drag to move, wheel or buttons to zoom, choose a card to see its path. */
export default function MapCanvas(props: {
  readonly graph: FlowGraph;
  readonly focus?: string;
  readonly onFocus: (id: string | undefined) => void;
}) {
  return (
    <Root>
      <ReactFlowProvider>
        <Canvas {...props} />
      </ReactFlowProvider>
    </Root>
  );
}
