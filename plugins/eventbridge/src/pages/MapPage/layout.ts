import type { FlowDomain, FlowGraph } from './flowGraph';

/**
 * Where everything stands on the map, in pixels at zoom 1. A domain is a frame: services on its left, event types on its right.
 * Frames stand in columns, domains that mostly send on the left and those that mostly receive on the right, so that events
 * travel from left to right. Nothing is random and nothing depends on the window, so a person finds it where it was.
 */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MapLayout {
  /** By domain name. */
  readonly domains: ReadonlyMap<string, Box>;
  /** By node id. */
  readonly nodes: ReadonlyMap<string, Box>;
}

export const CARD = { width: 200, height: 46 } as const;
const CARD_GAP = { x: 16, y: 12 } as const;
/** Between the services and the event types of one frame: room for the lines. */
const MIDDLE = 64;
const FRAME_PADDING = 20;
const FRAME_TITLE = 48;
const FRAME_GAP = { x: 140, y: 56 } as const;
/** Seen from afar a frame carries its domain's name in place of its cards: the smallest still has room for words that can be read. */
const FRAME_AT_LEAST = { width: 520, height: 260 } as const;
/** A column of cards is not taller than this many; past it, another column. */
const MAX_ROWS = 12;

interface Block {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
}

function blockOf(count: number): Block {
  const columns = Math.ceil(count / MAX_ROWS);
  return {
    columns,
    rows: columns === 0 ? 0 : Math.ceil(count / columns),
    width: columns === 0 ? 0 : columns * CARD.width + (columns - 1) * CARD_GAP.x,
  };
}

interface Frame {
  readonly domain: FlowDomain;
  readonly services: Block;
  readonly events: Block;
  readonly width: number;
  readonly height: number;
}

function frameOf(domain: FlowDomain): Frame {
  const services = blockOf(domain.services.length);
  const events = blockOf(domain.events.length);
  const rows = Math.max(services.rows, events.rows, 1);
  const middle = services.columns > 0 && events.columns > 0 ? MIDDLE : 0;
  return {
    domain,
    services,
    events,
    width: Math.max(services.width + middle + events.width + 2 * FRAME_PADDING, FRAME_AT_LEAST.width),
    height: Math.max(
      FRAME_TITLE + rows * (CARD.height + CARD_GAP.y) - CARD_GAP.y + FRAME_PADDING,
      FRAME_AT_LEAST.height,
    ),
  };
}

/** 1: only sends to other domains; 0: only receives. */
function sendingShare(graph: FlowGraph): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  const received = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const edge of graph.edges) {
    const from = graph.nodes.get(edge.from)!.domain;
    const to = graph.nodes.get(edge.to)!.domain;
    if (from !== to) {
      count(sent, from);
      count(received, to);
    }
  }
  return new Map(
    graph.domains.map(({ name }) => {
      const out = sent.get(name) ?? 0;
      const all = out + (received.get(name) ?? 0);
      return [name, all === 0 ? 0.5 : out / all];
    }),
  );
}

/** Frames in reading order, cut into columns of about the same height; about as wide as high in the end. */
function columnsOf(frames: readonly Frame[]): readonly (readonly Frame[])[] {
  const area = frames.reduce((sum, frame) => sum + (frame.width + FRAME_GAP.x) * (frame.height + FRAME_GAP.y), 0);
  // Screens are wider than high.
  const tallest = Math.max(Math.sqrt(area / 1.6), ...frames.map(frame => frame.height));
  const columns: Frame[][] = [[]];
  let height = 0;
  for (const frame of frames) {
    const column = columns[columns.length - 1];
    if (column.length > 0 && height + frame.height > tallest) {
      columns.push([frame]);
      height = frame.height + FRAME_GAP.y;
    } else {
      column.push(frame);
      height += frame.height + FRAME_GAP.y;
    }
  }
  return columns;
}

function placeCards(ids: readonly string[], block: Block, left: number, top: number, into: Map<string, Box>) {
  ids.forEach((id, index) => {
    const column = Math.floor(index / block.rows);
    const row = index % block.rows;
    into.set(id, {
      x: left + column * (CARD.width + CARD_GAP.x),
      y: top + row * (CARD.height + CARD_GAP.y),
      ...CARD,
    });
  });
}

/** Places every domain, service and event type. Cost grows linearly with nodes and edges. */
export function layoutOf(graph: FlowGraph): MapLayout {
  const share = sendingShare(graph);
  const frames = graph.domains
    .map(frameOf)
    .sort(
      (a, b) => share.get(b.domain.name)! - share.get(a.domain.name)! || a.domain.name.localeCompare(b.domain.name),
    );
  const domains = new Map<string, Box>();
  const nodes = new Map<string, Box>();
  let x = 0;
  for (const column of columnsOf(frames)) {
    let y = 0;
    for (const frame of column) {
      const { domain, services, events, width, height } = frame;
      domains.set(domain.name, { x, y, width, height });
      const top = y + FRAME_TITLE;
      placeCards(
        domain.services.map(node => node.id),
        services,
        x + FRAME_PADDING,
        top,
        nodes,
      );
      placeCards(
        domain.events.map(node => node.id),
        events,
        x + width - FRAME_PADDING - events.width,
        top,
        nodes,
      );
      y += height + FRAME_GAP.y;
    }
    x += Math.max(0, ...column.map(frame => frame.width)) + FRAME_GAP.x;
  }
  return { domains, nodes };
}
