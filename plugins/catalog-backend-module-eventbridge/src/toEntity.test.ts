import { apiEntityV1alpha1Validator, entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import { eventType } from './testing/eventType';
import { toEntity } from './toEntity';

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
