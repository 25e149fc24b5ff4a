import type { FlowMap } from '@busline/plugin-eventbridge-common';
import { domainEdges, graphOf, neighbours, reachOf } from './flowGraph';

const MAP: FlowMap = {
  domains: [
    { name: 'access', title: 'Access' },
    { name: 'delivery', title: 'Deliveries' },
  ],
  services: [
    {
      name: 'access-service',
      title: 'Access service',
      domain: 'access',
      owner: 'group:default/access',
    },
    {
      name: 'delivery-service',
      title: 'Delivery service',
      domain: 'delivery',
      owner: 'group:default/delivery',
    },
    { name: 'audit', title: 'Audit', owner: 'unknown' },
  ],
  eventTypes: [
    {
      source: 'com.key.access',
      detailType: 'Access Granted',
      title: 'Access granted',
      domain: 'access',
      lifecycle: 'production',
    },
    {
      source: 'com.key.delivery',
      detailType: 'Parcel Dropped',
      title: 'Parcel dropped',
      domain: 'delivery',
      lifecycle: 'deprecated',
    },
  ],
  edges: [
    { kind: 'publishes', service: 0, eventType: 0, standing: 'in-sync' },
    { kind: 'subscribes', service: 1, eventType: 0, standing: 'in-sync' },
    { kind: 'subscribes', service: 1, eventType: 0, standing: 'drifted' },
    { kind: 'subscribes', service: 2, eventType: 0, standing: 'in-sync' },
    { kind: 'publishes', service: 1, eventType: 1, standing: 'in-sync' },
    { kind: 'subscribes', service: 0, eventType: 1, standing: 'unknown' },
  ],
};
const GRANTED = 'event:com.key.access/Access Granted';
const DROPPED = 'event:com.key.delivery/Parcel Dropped';

describe('graphOf', () => {
  const graph = graphOf(MAP);

  it('groups by domain, with a place for what names none', () => {
    expect(
      graph.domains.map(({ name, title, services, events }) => [name, title, services.length, events.length]),
    ).toEqual([
      ['', 'No domain', 1, 0],
      ['access', 'Access', 1, 1],
      ['delivery', 'Deliveries', 1, 1],
    ]);
  });

  it('draws one line per pair, and it says when one of its subscriptions is not in sync', () => {
    const lines = graph.edges.filter(edge => edge.from === GRANTED && edge.to === 'service:delivery-service');
    expect(lines.map(line => line.standing)).toEqual(['drifted']);
  });

  it('runs in the direction in which events travel', () => {
    expect(graph.edges.map(({ from, to }) => [from, to])).toContainEqual(['service:access-service', GRANTED]);
    expect(graph.edges.map(({ from, to }) => [from, to])).toContainEqual([GRANTED, 'service:audit']);
  });

  it('names publishers and receivers', () => {
    expect(neighbours(graph, GRANTED, 'publishes').map(node => node.title)).toEqual(['Access service']);
    expect(neighbours(graph, GRANTED, 'subscribes').map(node => node.title)).toEqual(['Audit', 'Delivery service']);
  });

  it('counts lines between domains, not inside one', () => {
    expect(domainEdges(graph)).toEqual([
      { from: 'access', to: 'delivery', count: 1 },
      { from: 'access', to: '', count: 1 },
      { from: 'delivery', to: 'access', count: 1 },
    ]);
  });
});

describe('reachOf', () => {
  const graph = graphOf(MAP);

  it('of an event type: its publishers and receivers', () => {
    expect([...reachOf(graph, GRANTED).nodes].sort()).toEqual([
      GRANTED,
      'service:access-service',
      'service:audit',
      'service:delivery-service',
    ]);
  });

  it('of a service: also the other ends of its event types, but not the other receivers of what it receives', () => {
    const reach = reachOf(graph, 'service:audit');
    expect([...reach.nodes].sort()).toEqual([GRANTED, 'service:access-service', 'service:audit']);
    expect([...reachOf(graph, 'service:access-service').nodes]).toContain(DROPPED);
  });
});
