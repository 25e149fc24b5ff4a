import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { toEntityRef, type IndexedEventType, type SourceStatus } from '@busline/plugin-eventbridge-common';
import createKnex, { type Knex } from 'knex';
import { EventTypeEntityProvider } from './EventTypeEntityProvider';
import { DatabaseFeedState } from './FeedState';
import { eventType } from './testing/eventType';

const HOUR = 60 * 60 * 1000;
const TYPE_NAMES = Array.from({ length: 450 }, (_, index) => `Type ${index}`);

const opened: Knex[] = [];
afterAll(async () => Promise.all(opened.map(knex => knex.destroy())));

/** An event portal and a catalog's database, which several replicas may share. */
function setUp(options: { readonly sources?: readonly Partial<SourceStatus>[] } = {}) {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  opened.push(knex);
  const portal = {
    eventTypes: [] as IndexedEventType[],
    sources: (options.sources ?? [{ version: '1' }]).map((source, index) =>
      sourceStatus({ id: `s${index}`, ...source }),
    ),
    failure: undefined as Error | undefined,
    pagesRead: 0,
  };
  const catalog = {
    mutations: [] as Extract<EntityProviderMutation, { type: 'delta' }>[],
    failAfter: Infinity,
    entities: new Map<string, string | undefined>(),
  };
  const clock = { now: 0 };
  const newReplica = async (classifications = ['public', 'internal', 'confidential']) => {
    const provider = new EventTypeEntityProvider({
      api: {
        listSources: async () => portal.sources,
        listEventTypeIndex: async ({ cursor = '0', limit = 100 } = {}) => {
          if (portal.failure) throw portal.failure;
          portal.pagesRead += 1;
          const end = Number(cursor) + limit;
          return {
            items: portal.eventTypes.slice(Number(cursor), end),
            totalItems: portal.eventTypes.length,
            ...(end < portal.eventTypes.length && { nextCursor: String(end) }),
          };
        },
      },
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      schedule: { run: async () => undefined },
      state: new DatabaseFeedState({ getClient: async () => knex }, 'eventbridge'),
      appUrl: 'http://portal',
      classifications,
      untilCalm: async signal => signal?.throwIfAborted(),
      now: () => clock.now,
    });
    await provider.connect({
      async applyMutation(mutation) {
        if (mutation.type !== 'delta') throw new Error('The whole catalog was given at once');
        if (catalog.mutations.length >= catalog.failAfter) throw new Error('The database is away');
        catalog.mutations.push(mutation);
        for (const { entity } of mutation.added)
          catalog.entities.set(stringifyEntityRef(entity), entity.metadata.title);
        for (const each of mutation.removed) if ('entityRef' in each) catalog.entities.delete(each.entityRef);
      },
      refresh: async () => {},
    });
    return provider;
  };
  const change = (eventTypes: readonly IndexedEventType[]) => {
    portal.eventTypes = [...eventTypes];
    portal.sources = portal.sources.map(source => ({ ...source, version: `${source.version}+` }));
  };
  return { portal, catalog, clock, change, newReplica, titles: () => [...catalog.entities.values()].sort() };
}

function sourceStatus(more: Partial<SourceStatus>): SourceStatus {
  return {
    id: 'key',
    kind: 'event-repository',
    title: 'Key',
    target: '',
    state: 'fresh',
    counts: {},
    problemCount: 0,
    lastReadAt: '2026-09-01T00:00:00Z',
    ...more,
  };
}

const typesNamed = (...names: readonly string[]) =>
  names.map(name => eventType({ detailType: name, title: name, classification: 'internal' }));
const size = ({ added, removed }: { readonly added: readonly unknown[]; readonly removed: readonly unknown[] }) =>
  added.length + removed.length;

describe('EventTypeEntityProvider', () => {
  it('gives all pages in small batches', async () => {
    const { portal, catalog, newReplica, titles } = setUp();
    portal.eventTypes = typesNamed(...TYPE_NAMES);
    await (await newReplica()).refresh();
    expect(titles()).toEqual([...TYPE_NAMES].sort());
    expect(Math.max(...catalog.mutations.map(size))).toBeLessThanOrEqual(10);
  });

  it('gives afterwards only what changed and takes what is gone, whichever replica does it', async () => {
    const { catalog, change, newReplica, titles } = setUp();
    change(typesNamed('A', 'B', 'C'));
    await (await newReplica()).refresh();
    catalog.mutations.length = 0;
    change([...typesNamed('A', 'D'), eventType({ detailType: 'B', title: 'B2' })]);
    await (await newReplica()).refresh();
    expect(catalog.mutations.flatMap(({ added }) => added.map(({ entity }) => entity.metadata.title))).toEqual([
      'D',
      'B2',
    ]);
    expect(catalog.mutations.flatMap(({ removed }) => removed)).toEqual([
      { entityRef: toEntityRef({ source: 'com.key.access', detailType: 'C' }), locationKey: 'eventbridge' },
    ]);
    expect(titles()).toEqual(['A', 'B2', 'D']);
  });

  it('does not read event types again while no source has changed', async () => {
    const { portal, catalog, change, newReplica } = setUp();
    change(typesNamed('A'));
    await (await newReplica()).refresh();
    portal.sources = portal.sources.map(source => ({ ...source, lastReadAt: '2026-09-01T00:10:00Z' }));
    await (await newReplica()).refresh();
    expect([portal.pagesRead, catalog.mutations.length]).toEqual([1, 1]);
  });

  it('reads event types again after each read of AWS, which has no version', async () => {
    const { portal, catalog, newReplica } = setUp({ sources: [{ version: '1' }, { kind: 'aws' }] });
    portal.eventTypes = typesNamed('A');
    const provider = await newReplica();
    await provider.refresh();
    portal.sources = portal.sources.map(source => ({ ...source, lastReadAt: '2026-09-01T00:10:00Z' }));
    await provider.refresh();
    expect([portal.pagesRead, catalog.mutations.length]).toEqual([2, 1]);
  });

  it('gives everything again after a day, so that the catalog gets back what it lost', async () => {
    const { catalog, change, clock, newReplica, titles } = setUp();
    change(typesNamed('A', 'B'));
    const provider = await newReplica();
    await provider.refresh();
    catalog.entities.clear();
    clock.now = 23 * HOUR;
    await provider.refresh();
    expect(titles()).toEqual([]);
    clock.now = 24 * HOUR;
    await provider.refresh();
    expect(titles()).toEqual(['A', 'B']);
  });

  it('goes on where another replica was broken off', async () => {
    const { portal, catalog, newReplica, titles } = setUp();
    portal.eventTypes = typesNamed(...TYPE_NAMES);
    catalog.failAfter = 3;
    await (await newReplica()).refresh();
    expect(titles()).toHaveLength(30);
    catalog.failAfter = Infinity;
    await (await newReplica()).refresh();
    expect(titles()).toEqual([...TYPE_NAMES].sort());
  });

  it('leaves out event types of other classifications, and takes those that were given', async () => {
    const { change, newReplica, titles } = setUp();
    const restricted = eventType({ detailType: 'R', title: 'R', classification: 'restricted' });
    change([...typesNamed('A'), restricted]);
    await (await newReplica()).refresh();
    expect(titles()).toEqual(['A']);
    await (await newReplica(['internal', 'restricted'])).refresh();
    expect(titles()).toEqual(['A', 'R']);
    change([...typesNamed('A'), { ...restricted, classification: 'confidential' }]);
    await (await newReplica(['internal', 'restricted'])).refresh();
    expect(titles()).toEqual(['A']);
  });

  it('leaves the catalog as it is while an event repository has not been read yet', async () => {
    const { portal, catalog, newReplica } = setUp({ sources: [{ version: '1' }, { lastReadAt: undefined }] });
    portal.eventTypes = typesNamed('A');
    await (await newReplica()).refresh();
    expect(catalog.mutations).toEqual([]);
  });

  it('leaves the catalog as it is when the portal does not answer', async () => {
    const { portal, catalog, change, newReplica, titles } = setUp();
    change(typesNamed('A', 'B'));
    const provider = await newReplica();
    await provider.refresh();
    change([]);
    portal.failure = new Error('503');
    await provider.refresh();
    expect(titles()).toEqual(['A', 'B']);
    expect(catalog.mutations).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const { portal, catalog, newReplica } = setUp();
    portal.eventTypes = typesNamed(...TYPE_NAMES);
    await (await newReplica()).refresh(AbortSignal.abort());
    expect(catalog.mutations).toEqual([]);
  });
});
