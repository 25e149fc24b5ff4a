import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { OwnerLink } from '../../components';
import { useLinks } from '../../links';
import { neighbours, type FlowGraph, type FlowNode } from './flowGraph';

/** Windows narrower than this have the panel below the map instead of beside it. */
const BELOW = 640;
const PANEL_WIDTH = 300;
const PANEL_EDGE = 14;

/** The part of a window that the panel leaves free, from its upper left corner. */
export function freeSpace(window: { readonly width: number; readonly height: number }) {
  return window.width <= BELOW
    ? { width: window.width, height: window.height * 0.52 }
    : { width: window.width - PANEL_WIDTH - PANEL_EDGE, height: window.height };
}

const Root = styled('aside')({
  position: 'absolute',
  top: PANEL_EDGE,
  right: PANEL_EDGE,
  width: PANEL_WIDTH,
  maxWidth: 'calc(100% - 28px)',
  maxHeight: 'calc(100% - 28px)',
  overflow: 'auto',
  background: 'var(--bl-surface)',
  border: '1px solid var(--bl-line)',
  borderRadius: 12,
  boxShadow: 'var(--bl-shadow-high)',
  padding: '16px 18px',
  fontSize: 14,
  '& header': {
    display: 'flex',
    gap: 8,
    alignItems: 'start',
    justifyContent: 'space-between',
  },
  '& h2': {
    margin: 0,
    fontSize: 16,
    fontWeight: 650,
    lineHeight: '22px',
    overflowWrap: 'anywhere',
  },
  '& h3': {
    margin: '16px 0 6px',
    fontSize: 13,
    fontWeight: 500,
    color: 'var(--bl-muted)',
  },
  '& ul': { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 2 },
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: 12.5,
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
  '& button': {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 0,
    cursor: 'pointer',
    borderRadius: 6,
    padding: '3px 6px',
    margin: '0 -6px',
    textAlign: 'left',
  },
  '& button:hover': { background: 'var(--bl-hover)' },
  '& p': { margin: '4px 0 0' },
  [`@media (max-width: ${BELOW}px)`]: {
    top: 'auto',
    bottom: 14,
    maxHeight: '46%',
    left: 14,
    width: 'auto',
  },
});

function Neighbours(props: {
  readonly title: string;
  readonly nodes: readonly FlowNode[];
  readonly none: string;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <>
      <h3>{props.title}</h3>
      {props.nodes.length === 0 ? (
        <p>{props.none}</p>
      ) : (
        <ul>
          {props.nodes.map(node => (
            <li key={node.id}>
              <button type="button" onClick={() => props.onChoose(node.id)}>
                {node.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Names the path of what is chosen on the map. */
export function ChosenPanel(props: {
  readonly graph: FlowGraph;
  readonly node: FlowNode;
  readonly onChoose: (id: string | undefined) => void;
}) {
  const { graph, node, onChoose } = props;
  const links = useLinks();
  return (
    <Root aria-label={`Path of ${node.title}`}>
      <header>
        <h2>{node.kind === 'event' ? <Link to={links.eventType(node.ref)}>{node.title}</Link> : node.title}</h2>
        <button type="button" aria-label="Close the path" onClick={() => onChoose(undefined)}>
          ×
        </button>
      </header>
      {node.kind === 'event' ? (
        <>
          <code>{node.ref.source}</code>
          <Neighbours
            title="Published by"
            none="Nobody that is declared."
            nodes={neighbours(graph, node.id, 'publishes')}
            onChoose={onChoose}
          />
          <Neighbours
            title="Received by"
            none="Nobody yet."
            nodes={neighbours(graph, node.id, 'subscribes')}
            onChoose={onChoose}
          />
        </>
      ) : (
        <>
          <p>
            <OwnerLink owner={node.owner} />
          </p>
          <Neighbours
            title="Publishes"
            none="Nothing."
            nodes={neighbours(graph, node.id, 'publishes')}
            onChoose={onChoose}
          />
          <Neighbours
            title="Receives"
            none="Nothing."
            nodes={neighbours(graph, node.id, 'subscribes')}
            onChoose={onChoose}
          />
          <p style={{ marginTop: 14 }}>
            <Link to={links.subscriptions(`service=${encodeURIComponent(node.name)}`)}>Its subscriptions</Link>
          </p>
        </>
      )}
    </Root>
  );
}
