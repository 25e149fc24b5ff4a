import { styled } from '@mui/material/styles';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { EventIcon, ServiceIcon } from '../icons';
import { useWidth } from '../useWidth';

/** One service beside the event type. */
export interface FlowNode {
  readonly id: string;
  readonly title: string;
  /** Smaller, beneath: owner, accounts. */
  readonly subtitle?: string;
  /** Leads somewhere on a click; without it the card stands still. */
  readonly href?: string;
  /** On the edge: what passes. */
  readonly label: string;
  /** Drawn with dashes and said in the list: `disabled`, `not observed`. */
  readonly weak?: string;
}

const CARD_HEIGHT = 58;
const CARD_GAP = 14;
/** Beyond this the edges only grow longer. */
const WIDEST = 1240;
/** Share of the way to a subscriber on which the edge bends; the rest is its label's. */
const BENDS = 0.24;
/** Below this three columns are too narrow to read; the cards stand under each other. */
const STACKED_BELOW = 700;

const Root = styled('div')({
  position: 'relative',
  '& svg.bl-flow-edges': {
    position: 'absolute',
    inset: 0,
    overflow: 'visible',
    pointerEvents: 'none',
  },
  '& .bl-flow-edges path': {
    fill: 'none',
    stroke: 'var(--bl-line-strong)',
    strokeWidth: 1.5,
  },
  '& .bl-flow-edges path[data-weak]': { strokeDasharray: '4 4' },
  '& .bl-flow-edges polygon': { fill: 'var(--bl-line-strong)' },
  '& .bl-flow-card': {
    position: 'absolute',
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    height: CARD_HEIGHT,
    padding: '0 13px',
    border: '1px solid var(--bl-service-line)',
    borderRadius: 9,
    background: 'var(--bl-service-soft)',
    color: 'var(--bl-text)',
    lineHeight: '19px',
    '& > svg': {
      flex: 'none',
      color: 'var(--bl-service)',
      width: 19,
      height: 19,
    },
    '& strong': { display: 'block', fontSize: 14, fontWeight: 600 },
    '& small': { display: 'block', fontSize: 12.5, color: 'var(--bl-muted)' },
  },
  '& a.bl-flow-card:hover': {
    borderColor: 'var(--bl-service)',
    textDecoration: 'none',
  },
  '& .bl-flow-card[data-kind=event]': {
    borderColor: 'var(--bl-event-line)',
    background: 'var(--bl-event-soft)',
    '& > svg': { color: 'var(--bl-event)' },
  },
  '& .bl-flow-card[data-kind=none]': {
    borderStyle: 'dashed',
    borderColor: 'var(--bl-line-strong)',
    background: 'transparent',
    color: 'var(--bl-muted)',
  },
  '& .bl-flow-label': {
    position: 'absolute',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: 50,
    fontSize: 12.5,
    lineHeight: '16px',
    textAlign: 'center',
    color: 'var(--bl-muted)',
    '& > span': {
      display: '-webkit-box',
      WebkitLineClamp: 3,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
      padding: '1px 5px',
      borderRadius: 4,
      background: 'var(--bl-surface)',
      overflowWrap: 'anywhere',
    },
  },
  '&[data-stacked]': {
    display: 'grid',
    gap: 6,
    '& .bl-flow-card': { position: 'static' },
    '& .bl-flow-label': {
      position: 'static',
      height: 'auto',
      justifyContent: 'flex-start',
      textAlign: 'left',
      paddingLeft: 20,
      gap: 8,
    },
    '& .bl-flow-label::before': {
      content: '"↓"',
      color: 'var(--bl-line-strong)',
      fontSize: 16,
    },
  },
});

function FlowCard(props: {
  readonly kind: 'service' | 'event' | 'none';
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly href?: string;
  readonly style?: React.CSSProperties;
}) {
  const { kind, title, subtitle, href, style } = props;
  const content = (
    <>
      {kind === 'service' && <ServiceIcon />}
      {kind === 'event' && <EventIcon />}
      <span style={{ minWidth: 0 }}>
        <strong className="bl-ellipsis" title={title}>
          {title}
        </strong>
        {subtitle && <small className="bl-ellipsis">{subtitle}</small>}
      </span>
    </>
  );
  return href ? (
    <Link to={href} className="bl-flow-card" data-kind={kind} style={style}>
      {content}
    </Link>
  ) : (
    <div className="bl-flow-card" data-kind={kind} style={style}>
      {content}
    </div>
  );
}

/** Heights at which the cards of one column stand, centred in the picture. */
function columnTops(count: number, height: number): readonly number[] {
  const total = count * CARD_HEIGHT + (count - 1) * CARD_GAP;
  const start = (height - total) / 2;
  return Array.from({ length: count }, (_, index) => start + index * (CARD_HEIGHT + CARD_GAP));
}

/**
 * Who sends an event type and who receives it: cards in three columns, edges that carry direction and say what passes.
 * The cards are links in reading order, so the keyboard walks the same way as the events.
 */
export function FlowPicture(props: {
  readonly event: { readonly title: string; readonly subtitle: string };
  readonly publishers: readonly FlowNode[];
  readonly subscribers: readonly FlowNode[];
  /** Stands where nobody publishes or subscribes. */
  readonly nobody: { readonly publishes: string; readonly subscribes: string };
}) {
  const { event, publishers, subscribers, nobody } = props;
  const [available, ref] = useWidth(920);
  const width = Math.min(available, WIDEST);
  if (width < STACKED_BELOW) {
    return (
      <Root ref={ref} data-stacked="">
        {publishers.length === 0 && <FlowCard kind="none" title={nobody.publishes} />}
        {publishers.map(node => (
          <FlowCard key={node.id} kind="service" {...node} />
        ))}
        <div className="bl-flow-label">
          <span>{publishers[0]?.label ?? 'publishes'}</span>
        </div>
        <FlowCard kind="event" {...event} />
        {subscribers.length === 0 && <FlowCard kind="none" title={nobody.subscribes} />}
        {subscribers.map(node => (
          <div key={node.id} style={{ display: 'grid', gap: 6 }}>
            <div className="bl-flow-label">
              <span>{node.label}</span>
            </div>
            <FlowCard kind="service" {...node} />
          </div>
        ))}
      </Root>
    );
  }

  const rows = Math.max(publishers.length, subscribers.length, 1);
  const height = rows * CARD_HEIGHT + (rows - 1) * CARD_GAP;
  const card = Math.min(250, width * 0.21);
  const leftGap = Math.max(104, (width - 3 * card) * 0.27);
  const eventX = card + leftGap;
  const rightX = width - card;
  const middle = height / 2;
  const edges = [
    ...columnTops(publishers.length, height).map((top, index) => ({
      node: publishers[index],
      from: [card, top + CARD_HEIGHT / 2] as const,
      to: [eventX, middle] as const,
      labelAt: 'start' as const,
      labelY: top + CARD_HEIGHT / 2,
    })),
    ...columnTops(subscribers.length, height).map((top, index) => ({
      node: subscribers[index],
      from: [eventX + card, middle] as const,
      to: [rightX, top + CARD_HEIGHT / 2] as const,
      labelAt: 'end' as const,
      labelY: top + CARD_HEIGHT / 2,
    })),
  ];
  const publisherTops = columnTops(Math.max(1, publishers.length), height);
  const subscriberTops = columnTops(Math.max(1, subscribers.length), height);
  return (
    <Root ref={ref}>
      <div style={{ position: 'relative', width, height, margin: '0 auto' }}>
        <svg className="bl-flow-edges" width={width} height={height} aria-hidden="true">
          {edges.map(({ node, from, to, labelAt }) => (
            <Edge key={`${node.id} ${to[0]}`} from={from} to={to} labelAt={labelAt} weak={node.weak !== undefined} />
          ))}
        </svg>
        {publishers.length === 0 && (
          <FlowCard kind="none" title={nobody.publishes} style={{ left: 0, top: publisherTops[0], width: card }} />
        )}
        {publishers.map((node, index) => (
          <FlowCard
            key={node.id}
            kind="service"
            {...node}
            style={{ left: 0, top: publisherTops[index], width: card }}
          />
        ))}
        {publishers.map((node, index) => (
          <EdgeLabel key={node.id} node={node} x={card + 14} y={edges[index].labelY} width={leftGap - 34} />
        ))}
        <FlowCard kind="event" {...event} style={{ left: eventX, top: middle - CARD_HEIGHT / 2, width: card }} />
        {subscribers.map((node, index) => (
          <EdgeLabel
            key={node.id}
            node={node}
            x={eventX + card + (rightX - eventX - card) * BENDS}
            y={edges[publishers.length + index].labelY}
            width={(rightX - eventX - card) * (1 - BENDS) - 22}
          />
        ))}
        {subscribers.length === 0 && (
          <FlowCard
            kind="none"
            title={nobody.subscribes}
            style={{ left: rightX, top: subscriberTops[0], width: card }}
          />
        )}
        {subscribers.map((node, index) => (
          <FlowCard
            key={node.id}
            kind="service"
            {...node}
            style={{ left: rightX, top: subscriberTops[index], width: card }}
          />
        ))}
      </div>
    </Root>
  );
}

type Point = readonly [x: number, y: number];

/** Runs level under its label and bends on the other side; ends in an arrow. */
function Edge(props: {
  readonly from: Point;
  readonly to: Point;
  readonly labelAt: 'start' | 'end';
  readonly weak: boolean;
}) {
  const [x1, y1] = props.from;
  const [x2, y2] = props.to;
  const end = x2 - 7;
  const bendFrom = props.labelAt === 'end' ? x1 : x1 + (end - x1) * 0.72;
  const bendTo = props.labelAt === 'end' ? x1 + (end - x1) * BENDS : end;
  const half = (bendFrom + bendTo) / 2;
  return (
    <>
      <path
        d={`M${x1} ${y1}H${bendFrom}C${half} ${y1} ${half} ${y2} ${bendTo} ${y2}H${end}`}
        data-weak={props.weak || undefined}
      />
      <polygon points={`${end},${y2 - 4.5} ${x2 - 1},${y2} ${end},${y2 + 4.5}`} />
    </>
  );
}

function EdgeLabel(props: { readonly node: FlowNode; readonly x: number; readonly y: number; readonly width: number }) {
  const { node, x, y, width } = props;
  return (
    <div className="bl-flow-label" style={{ left: x, top: y - 25, width }} title={node.label} aria-hidden="true">
      <span>
        <Breakable text={node.weak ? `${node.label} (${node.weak})` : node.label} />
      </span>
    </div>
  );
}

/** Long paths of fields break after a dot rather than inside a word. */
function Breakable(props: { readonly text: string }) {
  return props.text.split(/(?<=\w\.)(?=\w)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
