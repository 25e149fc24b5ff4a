import type { EventType, Json, SchemaVersion } from '@busline/event-repository';
import { extractEnvelopeDetail, compileSchema } from '@busline/json-schema';
import { registrySchemaName, toRegistrySchema } from './openApi3';

const place = { file: 'f', line: 1, column: 1 };
const eventType = (
  eventPaths = { metadata: 'detail.metadata', data: 'detail.data' } as EventType['eventPaths'],
): EventType => ({
  source: 'com.key.access',
  detailType: 'Access Granted',
  slug: 'access-granted',
  title: 'Access granted',
  description: '',
  owner: 'unknown',
  lifecycle: 'production',
  classification: 'internal',
  tags: [],
  links: [],
  personalData: [],
  eventPaths,
  versions: [],
  place,
});
const version = (schema: Json): SchemaVersion => ({
  version: '1.0.0',
  schema: schema as SchemaVersion['schema'],
  examples: [],
  size: 0,
  file: 'f',
});

describe('toRegistrySchema', () => {
  it('wraps the data in the envelope as EventBridge itself does', () => {
    const document = toRegistrySchema(eventType(), version({ type: 'object' })) as any;
    expect(document).toMatchObject({
      openapi: '3.0.0',
      info: { version: '1.0.0', title: 'AccessGranted' },
      paths: {},
    });
    expect(document.components.schemas.AWSEvent).toMatchObject({
      'x-amazon-events-source': 'com.key.access',
      'x-amazon-events-detail-type': 'Access Granted',
      properties: { detail: { $ref: '#/components/schemas/AccessGranted' } },
    });
    expect(registrySchemaName(eventType())).toBe('com.key.access@AccessGranted');
  });

  it('can be taken out again: what the schema refuses, the detail refuses', () => {
    const schema = {
      type: 'object',
      required: ['home', 'level'],
      properties: {
        home: { $ref: '#/$defs/HomeId' },
        level: { type: 'number', exclusiveMinimum: 0 },
        note: { type: ['string', 'null'] },
        kind: { const: 'door' },
      },
      $defs: { HomeId: { type: 'string', pattern: '^hom_' } },
    };
    const {
      source,
      detailType,
      schema: detail,
    } = extractEnvelopeDetail(toRegistrySchema(eventType(), version(schema)));
    expect([source, detailType]).toEqual(['com.key.access', 'Access Granted']);
    const compiled = compileSchema(detail);
    const metadata = { id: '1', schemaVersion: '1.0.0', publishedBy: 's' };
    const good = { home: 'hom_1', level: 1, note: null, kind: 'door' };
    expect(compiled.isValid({ metadata, data: good })).toBe(true);
    for (const wrong of [{ home: 'x' }, { level: 0 }, { note: 1 }, { kind: 'window' }, { home: undefined }]) {
      expect(compiled.isValid(JSON.parse(JSON.stringify({ metadata, data: { ...good, ...wrong } })))).toBe(false);
    }
    expect(compiled.isValid({ data: good })).toBe(false);
  });

  it('leaves out an empty list of required names, which OpenAPI 3.0 refuses', () => {
    const document = toRegistrySchema(eventType(), version({ type: 'object', required: [] })) as any;
    expect(document.components.schemas.AccessGrantedData).toEqual({ type: 'object' });
  });

  it('takes a field that is always null for a nullable one', () => {
    const document = toRegistrySchema(eventType(), version({ properties: { gone: { type: ['null'] } } })) as any;
    expect(document.components.schemas.AccessGrantedData.properties.gone).toEqual({ nullable: true });
  });

  it('describes the whole detail of foreign events', () => {
    const schemaOfDetail = { type: 'object', required: ['action'] };
    const { schema } = extractEnvelopeDetail(toRegistrySchema(eventType({}), version(schemaOfDetail)));
    expect(compileSchema(schema).isValid({ action: 'opened' })).toBe(true);
    expect(compileSchema(schema).isValid({})).toBe(false);
  });

  it.each<[string, Json]>([
    ['a boolean schema', true],
    ['recursion', { type: 'object', properties: { next: { $ref: '#' } } }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }] }],
    ['conditions', { if: { required: ['a'] }, then: { required: ['b'] } }],
    ['a reference that leads out', { $ref: 'https://evil.example/x.json' }],
  ])('gives a document for %s', (_, schema) => {
    expect(() => extractEnvelopeDetail(toRegistrySchema(eventType(), version(schema)))).not.toThrow();
  });
});
