import { styled } from '@mui/material/styles';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import type { FlowNode } from './flowGraph';

const HIDDEN = { opacity: 0, pointerEvents: 'none' } as const;

/** Lines end at the sides of a card; the handles that the library wants for it are not seen. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} style={HIDDEN} isConnectable={false} />
      <Handle type="source" position={Position.Right} style={HIDDEN} isConnectable={false} />
    </>
  );
}

const Frame = styled('div')({
  width: '100%',
  height: '100%',
  borderRadius: 14,
  border: '1px solid var(--bl-line)',
  background: 'color-mix(in srgb, var(--bl-surface) 72%, transparent)',
  transition: 'opacity 150ms',
  '& h3': {
    margin: 0,
    padding: '13px 20px',
    fontSize: 15,
    fontWeight: 650,
    lineHeight: '22px',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  '&[data-dimmed="true"]': { opacity: 0.35 },
  '&[data-folded="true"]': {
    background: 'var(--bl-surface)',
    borderWidth: 2,
    cursor: 'zoom-in',
    display: 'grid',
    placeContent: 'center',
    textAlign: 'center',
    padding: 16,
    boxShadow: 'var(--bl-shadow)',
  },
  '&[data-folded="true"] h3': {
    padding: 0,
    whiteSpace: 'normal',
    lineHeight: 1.2,
  },
  '&[data-folded="true"] p': {
    margin: '0.3em 0 0',
    color: 'var(--bl-muted)',
    lineHeight: 1.3,
  },
});

interface DomainData extends Record<string, unknown> {
  readonly title: string;
  readonly services: number;
  readonly events: number;
  readonly folded: boolean;
  readonly dimmed: boolean;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

function DomainFrame(props: NodeProps) {
  const data = props.data as DomainData;
  return (
    <Frame data-dimmed={data.dimmed} data-folded={data.folded}>
      <Ends />
      {data.folded ? (
        <FoldedDomain data={data} width={props.width ?? 400} height={props.height ?? 200} />
      ) : (
        <h3>{data.title}</h3>
      )}
    </Frame>
  );
}

/** Height of a folded domain's name, in pixels of the screen. */
const TITLE_ON_SCREEN = 14;
/** Smaller than this many pixels of the screen, counts are left out. */
const COUNTS_FROM = 9;

/** Seen from afar the title keeps its size on the screen, as far as the frame has room. */
function FoldedDomain(props: { readonly data: DomainData; readonly width: number; readonly height: number }) {
  const { data, width, height } = props;
  const zoom = useStore(state => Math.max(state.transform[2], 0.02));
  const longestWord = Math.max(...data.title.split(' ').map(word => word.length));
  const size = Math.min(TITLE_ON_SCREEN / zoom, (width * 0.86) / (0.62 * longestWord), height / 3);
  // Words that nobody can read are only noise; the name stays.
  const counts = size * 0.8 * zoom >= COUNTS_FROM && height > size * 5;
  return (
    <div>
      <h3 style={{ fontSize: size }}>{data.title}</h3>
      {counts ? (
        <p style={{ fontSize: size * 0.8 }}>
          {data.services > 0 ? (
            <>
              {counted(data.services, 'service')}
              <br />
            </>
          ) : null}
          {counted(data.events, 'event type')}
        </p>
      ) : null}
    </div>
  );
}

const CardRoot = styled('div')({
  width: '100%',
  height: '100%',
  borderRadius: 9,
  display: 'grid',
  alignContent: 'center',
  padding: '0 12px',
  cursor: 'pointer',
  border: '1px solid',
  boxShadow: 'var(--bl-shadow)',
  transition: 'opacity 150ms',
  '& strong, & span': {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& strong': { fontSize: 13.5, fontWeight: 600, lineHeight: '19px' },
  '& span': {
    fontSize: 11,
    lineHeight: '15px',
    color: 'var(--bl-muted)',
    fontFamily: 'var(--bl-mono)',
  },
  '&[data-kind="service"]': {
    background: 'var(--bl-service-soft)',
    borderColor: 'var(--bl-service-line)',
    borderLeft: '4px solid var(--bl-service)',
  },
  '&[data-kind="event"]': {
    background: 'var(--bl-event-soft)',
    borderColor: 'var(--bl-event-line)',
    borderRadius: 23,
    padding: '0 18px',
  },
  '&[data-chosen="true"]': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: 1,
  },
  '&[data-dimmed="true"]': { opacity: 0.22 },
  '&[data-deprecated="true"] strong': { textDecoration: 'line-through' },
});

interface CardData extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly chosen: boolean;
  readonly dimmed: boolean;
}

function NodeCard(props: NodeProps) {
  const { node, chosen, dimmed } = props.data as CardData;
  return (
    <CardRoot
      data-kind={node.kind}
      data-chosen={chosen}
      data-dimmed={dimmed}
      data-deprecated={node.kind === 'event' && node.deprecated}
      title={node.kind === 'event' ? `${node.ref.source} ${node.title}` : node.title}
    >
      <Ends />
      <strong>{node.title}</strong>
      {node.kind === 'event' ? <span>{node.ref.source}</span> : null}
    </CardRoot>
  );
}

export const MAP_NODE_TYPES = {
  domain: DomainFrame,
  service: NodeCard,
  event: NodeCard,
} as const;
