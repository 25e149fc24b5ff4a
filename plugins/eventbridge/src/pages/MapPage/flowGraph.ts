import type { EventTypeRef, FlowMap, Standing } from '@busline/plugin-eventbridge-common';

/** A service or an event type on the map. */
export type FlowNode =
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly title: string;
      readonly name: string;
      readonly domain: string;
      readonly owner: string;
    }
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly title: string;
      readonly ref: EventTypeRef;
      readonly domain: string;
      readonly deprecated: boolean;
    };

/** Runs in the direction in which events travel: service to event type when it publishes, event type to service when it receives. */
export interface FlowEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'publishes' | 'subscribes';
  readonly standing: Standing;
}

export interface FlowDomain {
  readonly name: string;
  readonly title: string;
  readonly services: readonly FlowNode[];
  readonly events: readonly FlowNode[];
}

export interface FlowGraph {
  readonly domains: readonly FlowDomain[];
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly edges: readonly FlowEdge[];
  /** Edges that start or end at a node. */
  readonly edgesOf: ReadonlyMap<string, readonly FlowEdge[]>;
}

/** Where everything lands that names no domain. */
const NO_DOMAIN = '';

const byTitle = (
  a: { readonly title: string; readonly id: string },
  b: { readonly title: string; readonly id: string },
) => a.title.localeCompare(b.title) || a.id.localeCompare(b.id);

function nodesOf(map: FlowMap) {
  const services = map.services.map(
    (service): FlowNode => ({
      kind: 'service',
      id: `service:${service.name}`,
      title: service.title,
      name: service.name,
      domain: service.domain ?? NO_DOMAIN,
      owner: service.owner,
    }),
  );
  const events = map.eventTypes.map(
    (event): FlowNode => ({
      kind: 'event',
      id: `event:${event.source}/${event.detailType}`,
      title: event.detailType,
      ref: { source: event.source, detailType: event.detailType },
      domain: event.domain ?? NO_DOMAIN,
      deprecated: event.lifecycle === 'deprecated' || event.lifecycle === 'retired',
    }),
  );
  return { services, events };
}

/** The answer of the HTTP API as a graph; the order of everything follows from the names, so that it is the same on every visit. */
export function graphOf(map: FlowMap): FlowGraph {
  const { services, events } = nodesOf(map);
  const edges = new Map<string, FlowEdge>();
  for (const edge of map.edges) {
    const service = services[edge.service].id;
    const event = events[edge.eventType].id;
    const [from, to] = edge.kind === 'publishes' ? [service, event] : [event, service];
    const id = `${from}>${to}`;
    // A service that receives an event type through several subscriptions has one line; a line that is not in sync says so.
    if (!edges.has(id) || edge.standing !== 'in-sync') {
      edges.set(id, { id, from, to, kind: edge.kind, standing: edge.standing });
    }
  }
  const edgesOf = new Map<string, FlowEdge[]>();
  for (const edge of edges.values()) {
    for (const end of [edge.from, edge.to]) {
      const list = edgesOf.get(end);
      if (list) list.push(edge);
      else edgesOf.set(end, [edge]);
    }
  }
  const titles = new Map(map.domains.map(domain => [domain.name, domain.title]));
  const names = new Set([...services, ...events].map(node => node.domain));
  return {
    domains: [...names].sort().map(name => ({
      name,
      title: titles.get(name) ?? (name || 'No domain'),
      services: services.filter(node => node.domain === name).sort(byTitle),
      events: events.filter(node => node.domain === name).sort(byTitle),
    })),
    nodes: new Map([...services, ...events].map(node => [node.id, node])),
    edges: [...edges.values()],
    edgesOf,
  };
}

export interface Reach {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/**
 * What belongs to the path through a node: for an event type its publishers and receivers; for a service the event types it
 * publishes with who receives them, and those it receives with who publishes them.
 */
export function reachOf(graph: FlowGraph, id: string): Reach {
  const nodes = new Set([id]);
  const edges = new Set<string>();
  const direct = graph.edgesOf.get(id) ?? [];
  const add = (edge: FlowEdge) => {
    edges.add(edge.id);
    nodes.add(edge.from);
    nodes.add(edge.to);
  };
  direct.forEach(add);
  if (graph.nodes.get(id)?.kind === 'service') {
    for (const { kind, from, to } of direct) {
      const event = kind === 'publishes' ? to : from;
      for (const next of graph.edgesOf.get(event) ?? []) {
        if (next.kind !== kind) add(next);
      }
    }
  }
  return { nodes, edges };
}

/** Lines between domains, each with the number of lines it stands for. */
export function domainEdges(graph: FlowGraph): readonly {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}[] {
  const counts = new Map<string, { from: string; to: string; count: number }>();
  for (const edge of graph.edges) {
    const from = graph.nodes.get(edge.from)!.domain;
    const to = graph.nodes.get(edge.to)!.domain;
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { from, to, count: 1 });
  }
  return [...counts.values()];
}

/** Who stands on the other end of a node's lines of one kind and direction. */
export function neighbours(graph: FlowGraph, id: string, kind: FlowEdge['kind']): readonly FlowNode[] {
  return (graph.edgesOf.get(id) ?? [])
    .filter(edge => edge.kind === kind)
    .map(edge => graph.nodes.get(edge.from === id ? edge.to : edge.from)!)
    .sort(byTitle);
}
