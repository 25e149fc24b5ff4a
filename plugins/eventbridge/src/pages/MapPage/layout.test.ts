import type { FlowMap } from '@busline/plugin-eventbridge-common';
import { graphOf } from './flowGraph';
import { layoutOf, type Box } from './layout';

/** A map of any size; the same numbers give the same map. */
function mapOf(domains: number, perDomain: number): FlowMap {
  const names = Array.from({ length: domains }, (_, index) => `domain-${index}`);
  const services = names.flatMap(domain =>
    [0, 1, 2].map(i => ({
      name: `${domain}-s${i}`,
      title: `${domain} ${i}`,
      domain,
      owner: 'unknown',
    })),
  );
  const eventTypes = names.flatMap(domain =>
    Array.from({ length: perDomain }, (_, i) => ({
      source: `com.${domain}`,
      detailType: `Type ${i}`,
      title: '',
      domain,
      lifecycle: 'production' as const,
    })),
  );
  const edges = eventTypes.flatMap((_, index) => [
    {
      kind: 'publishes' as const,
      service: Math.floor(index / perDomain) * 3,
      eventType: index,
      standing: 'in-sync' as const,
    },
    {
      kind: 'subscribes' as const,
      service: (index * 7) % services.length,
      eventType: index,
      standing: 'in-sync' as const,
    },
  ]);
  return {
    domains: names.map(name => ({ name, title: name })),
    services,
    eventTypes,
    edges,
  };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

describe.each([
  [1, 1],
  [3, 6],
  [8, 7],
  [20, 97],
])('the map of %i domains with %i event types each', (domains, perDomain) => {
  const map = mapOf(domains, perDomain);
  const graph = graphOf(map);
  const layout = layoutOf(graph);

  it('gives every node a place inside its domain', () => {
    expect(layout.nodes.size).toBe(graph.nodes.size);
    const outside = [...layout.nodes].filter(
      ([id, box]) => !inside(box, layout.domains.get(graph.nodes.get(id)!.domain)!),
    );
    expect(outside).toEqual([]);
  });

  it('lets nothing overlap', () => {
    for (const boxes of [[...layout.domains.values()], [...layout.nodes.values()]]) {
      const overlapping = boxes.filter((a, i) => boxes.some((b, j) => j > i && overlap(a, b)));
      expect(overlapping).toEqual([]);
    }
  });

  it('puts everything in the same place when the answer comes in another order', () => {
    const order = map.eventTypes.map((_, index) => map.eventTypes.length - 1 - index);
    const shuffled: FlowMap = {
      ...map,
      domains: [...map.domains].reverse(),
      eventTypes: order.map(index => map.eventTypes[index]),
      edges: [...map.edges].reverse().map(edge => ({ ...edge, eventType: order.indexOf(edge.eventType) })),
    };
    const again = layoutOf(graphOf(shuffled));
    expect([...again.nodes].sort()).toEqual([...layout.nodes].sort());
  });
});
