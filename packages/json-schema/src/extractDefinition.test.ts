import { checkSchema } from './checkSchema';
import { compileSchema } from './compile';
import { extractDefinition } from './extractDefinition';
import { inferSchema } from './inferSchema';
import { extractEnvelopeDetail } from './openApi3';

const BUNDLE = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  definitions: {
    order: {
      properties: {
        buyer: { $ref: '#/definitions/person' },
        // names of keywords are names of properties here
        $ref: { type: 'string' },
        enum: { $ref: '#/definitions/person' },
      },
      default: { $ref: '#/definitions/unused' },
    },
    person: {
      properties: {
        friend: { $ref: '#/definitions/person' },
        at: { $ref: '#/definitions/deep/definitions/person' },
      },
    },
    deep: { definitions: { person: { type: 'string' } } },
    unused: { type: 'null' },
  },
};

test('one definition with those that it reaches, and no others', () => {
  const order = extractDefinition(BUNDLE, '/definitions/order');
  expect(order).toEqual({
    $schema: BUNDLE.$schema,
    properties: {
      buyer: { $ref: '#/definitions/person' },
      $ref: { type: 'string' },
      enum: { $ref: '#/definitions/person' },
    },
    default: { $ref: '#/definitions/unused' },
    definitions: {
      person: {
        properties: {
          friend: { $ref: '#/definitions/person' },
          at: { $ref: '#/definitions/person-2' },
        },
      },
      'person-2': { type: 'string' },
    },
  });
  expect(checkSchema(order)).toEqual([]);
});

test('a definition that refers to itself refers to the new root', () => {
  expect(extractDefinition(BUNDLE, '#/definitions/person')).toMatchObject({
    properties: { friend: { $ref: '#' } },
  });
});

test.each([
  ['/definitions/nothing', 'There is no schema at /definitions/nothing'],
  ['/definitions/order/properties/$ref/type', 'There is no schema'],
])('%s', (pointer, message) => {
  expect(() => extractDefinition(BUNDLE, pointer)).toThrow(message);
});

test('references that lead out are named', () => {
  expect(() => extractDefinition({ definitions: { a: { $ref: 'b.json' } } }, '/definitions/a')).toThrow(/b\.json/);
});

const REGISTRY = {
  openapi: '3.0.0',
  info: { version: '1.0.0', title: 'OrderPlaced' },
  paths: {},
  components: {
    schemas: {
      AWSEvent: {
        type: 'object',
        required: ['detail-type', 'source', 'detail'],
        'x-amazon-events-detail-type': 'Order Placed',
        'x-amazon-events-source': 'com.key.orders',
        properties: {
          detail: { $ref: '#/components/schemas/OrderPlaced' },
          source: { type: 'string' },
        },
      },
      OrderPlaced: {
        type: 'object',
        required: ['amount'],
        properties: {
          amount: {
            type: 'number',
            minimum: 0,
            exclusiveMinimum: true,
            example: 3,
          },
          note: { type: 'string', nullable: true, enum: ['a'] },
          buyer: { $ref: '#/components/schemas/Person' },
        },
      },
      Person: {
        type: 'object',
        nullable: true,
        properties: { name: { type: 'string' } },
      },
    },
  },
};

test('detail out of the envelope of the EventBridge registry', () => {
  const { source, detailType, schema } = extractEnvelopeDetail(REGISTRY);
  expect([source, detailType]).toEqual(['com.key.orders', 'Order Placed']);
  expect(schema).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['amount'],
    properties: {
      amount: { type: 'number', exclusiveMinimum: 0, examples: [3] },
      note: { type: ['string', 'null'], enum: ['a', null] },
      buyer: { $ref: '#/definitions/Person' },
    },
    definitions: {
      Person: {
        type: ['object', 'null'],
        properties: { name: { type: 'string' } },
      },
    },
  });
  const compiled = compileSchema(schema);
  expect(compiled.isValid({ amount: 1, note: null, buyer: null })).toBe(true);
  expect(compiled.isValid({ amount: 0 })).toBe(false);
});

test('the same from the draft-04 form of the registry', () => {
  expect(
    extractEnvelopeDetail({
      $schema: 'http://json-schema.org/draft-04/schema#',
      'x-amazon-events-source': 's',
      properties: { detail: { $ref: '#/definitions/D' } },
      definitions: { D: { type: 'object' } },
    }),
  ).toEqual({
    source: 's',
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
    },
  });
});

test.each([[{}], [{ components: { schemas: { AWSEvent: {} } } }], ['x'], [null]])('no envelope: %j', document => {
  expect(() => extractEnvelopeDetail(document)).toThrow(expect.objectContaining({ name: 'InvalidSchemaError' }));
});

test('a schema from samples', () => {
  expect(
    inferSchema([
      { id: 'x', at: '2024-01-01T00:00:00Z', n: 1, tags: ['a'], who: null },
      {
        id: 'y',
        at: '2024-01-02T00:00:00Z',
        n: 1.5,
        tags: [],
        more: { a: true },
      },
    ]),
  ).toEqual({
    type: 'object',
    properties: {
      id: { type: 'string' },
      at: { type: 'string', format: 'date-time' },
      n: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      who: { type: 'null' },
      more: {
        type: 'object',
        properties: { a: { type: 'boolean' } },
        required: ['a'],
      },
    },
    required: ['id', 'at', 'n', 'tags'],
  });
});

test('every sample satisfies the schema made from it', () => {
  const samples = [1, 'x', null, [], [1, ['a@b.cd']], { __proto__: null, a: {} }, { a: [{}] }];
  const compiled = compileSchema(inferSchema(samples as never));
  expect(samples.filter(each => !compiled.isValid(each))).toEqual([]);
  expect(inferSchema([])).toEqual({});
});
