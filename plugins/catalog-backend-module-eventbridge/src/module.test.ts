import { mockServices } from '@backstage/backend-test-utils';
import { apiEntityV1alpha1Validator, entityEnvelopeSchemaValidator, type Entity } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { IndexedEventType, SourceStatus } from '@busline/plugin-eventbridge-common';
import { EventTypeEntityProvider } from './EventTypeEntityProvider';
import { EventTypeRelationsProcessor } from './EventTypeRelationsProcessor';
import { toEntity } from './toEntity';

const eventType = (more: Partial<IndexedEventType> = {}): IndexedEventType => ({
  source: 'com.key.access',
  detailType: 'Access Granted',
  title: 'Access granted',
  summary: 'Somebody may open a door.',
  description: '',
  owner: 'group:default/access',
  lifecycle: 'production',
  classification: 'internal',
  version: '2.0.0',
  versionCount: 1,
  publishers: ['access-service'],
  subscriberCount: 1,
  tags: ['Door & Grant', '---', 'core'],
  standing: 'in-sync',
  origin: 'Key Suite',
  fields: [],
  publisherRefs: ['component:default/access-service'],
  subscriberRefs: ['component:default/delivery-service', 'component:'],
  system: 'smart-access',
  ...more,
});
const sourceStatus = (lastReadAt?: string): SourceStatus => ({
  id: 'key',
  kind: 'event-repository',
  title: 'Key',
  target: '',
  state: lastReadAt ? 'fresh' : 'never-read',
  counts: {},
  problemCount: 0,
  ...(lastReadAt && { lastReadAt }),
});

describe('toEntity', () => {
  it.each([
    [eventType()],
    [eventType({ source: 'x'.repeat(256), detailType: 'y/../\u0000'.repeat(30), owner: '', tags: ['Ä'.repeat(100)] })],
  ])('makes an entity that the catalog takes', async input => {
    const entity = toEntity(input, 'http://portal', 'eventbridge');
    entityEnvelopeSchemaValidator()(entity);
    expect(await apiEntityV1alpha1Validator.check(entity)).toBe(true);
    expect(entity.spec.type).toBe('eventbridge');
    for (const tag of entity.metadata.tags ?? []) expect(tag).toMatch(/^[a-z0-9+#]+(-[a-z0-9+#]+)*$/);
  });

  it('has a short definition with a link, and owner, system and lifecycle', () => {
    const { spec } = toEntity(eventType(), 'http://portal', 'eventbridge');
    expect(spec).toMatchObject({ owner: 'group:default/access', system: 'smart-access', lifecycle: 'production' });
    expect(spec.definition).toContain('http://portal/events/types/com.key.access/Access%20Granted');
  });
});

describe('the relations', () => {
  it('come from publishers and subscribers, in both directions, and skip what is no reference', async () => {
    const relations: string[] = [];
    await new EventTypeRelationsProcessor().postProcessEntity(
      toEntity(eventType(), 'http://portal', 'eventbridge'),
      {},
      result => {
        if (result.type === 'relation') {
          const { source, type, target } = result.relation;
          relations.push(`${source.kind}:${source.name} ${type} ${target.kind}:${target.name}`);
        }
      },
    );
    expect(relations.map(relation => relation.replace(/com-key-access\S*/, 'event'))).toEqual([
      'component:access-service providesApi API:event',
      'API:event apiProvidedBy component:access-service',
      'component:delivery-service consumesApi API:event',
      'API:event apiConsumedBy component:delivery-service',
    ]);
  });

  it('leaves other entities alone', async () => {
    const component: Entity = {
      apiVersion: 'v1',
      kind: 'Component',
      metadata: { name: 'x' },
      spec: { type: 'service' },
    };
    const emit = jest.fn();
    expect(await new EventTypeRelationsProcessor().postProcessEntity(component, {}, emit)).toBe(component);
    expect(emit).not.toHaveBeenCalled();
  });
});

describe('the provider', () => {
  const setUp = async (pages: readonly (readonly IndexedEventType[])[] | Error, status: SourceStatus) => {
    const mutations: EntityProviderMutation[] = [];
    const provider = new EventTypeEntityProvider({
      api: {
        listSources: async () => [status],
        listEventTypeIndex: async ({ cursor = '0' } = {}) => {
          if (pages instanceof Error) throw pages;
          const next = Number(cursor) + 1;
          return {
            items: pages[Number(cursor)] ?? [],
            totalItems: 0,
            ...(next < pages.length && { nextCursor: String(next) }),
          };
        },
      },
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      schedule: { run: async () => undefined },
      appUrl: 'http://portal',
      classifications: ['public', 'internal', 'confidential'],
    });
    await provider.connect({ applyMutation: async mutation => void mutations.push(mutation), refresh: async () => {} });
    return { provider, mutations };
  };
  const titles = (mutation: EntityProviderMutation) =>
    mutation.type === 'full' ? mutation.entities.map(({ entity }) => entity.metadata.title) : [];

  it('gives all pages, without restricted event types, and the same only once', async () => {
    const { provider, mutations } = await setUp(
      [
        [eventType({ title: 'A' })],
        [eventType({ title: 'B' }), eventType({ title: 'C', classification: 'restricted' })],
      ],
      sourceStatus('2026-09-01T00:00:00Z'),
    );
    await provider.refresh();
    await provider.refresh();
    expect(mutations.map(titles)).toEqual([['A', 'B']]);
  });

  it.each([
    ['the portal has not read its sources yet', [[]] as IndexedEventType[][], sourceStatus()],
    ['the portal does not answer', new Error('503'), sourceStatus('2026-09-01T00:00:00Z')],
  ])('leaves the catalog as it is when %s', async (_when, pages, status) => {
    const { provider, mutations } = await setUp(pages, status);
    await provider.refresh();
    expect(mutations).toEqual([]);
  });
});
