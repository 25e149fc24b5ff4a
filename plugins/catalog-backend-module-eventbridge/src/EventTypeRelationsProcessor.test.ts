import type { Entity } from '@backstage/catalog-model';
import { EventTypeRelationsProcessor } from './EventTypeRelationsProcessor';
import { eventType } from './testing/eventType';
import { toEntity } from './toEntity';

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
