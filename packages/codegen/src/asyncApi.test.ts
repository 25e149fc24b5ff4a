import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Json } from '@busline/event-repository';
import { toAsyncApi, type AsyncApiEventType } from './asyncApi';

const BUS = {
  arn: 'arn:aws:events:eu-west-1:111111111111:event-bus/key-central',
  name: 'key-central',
  region: 'eu-west-1',
};
const schema: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://key.example/access-granted',
  type: 'object',
  required: ['home', 'guest'],
  properties: {
    home: { $ref: '#/$defs/HomeId' },
    guest: { $ref: '#guest' },
    windows: { type: 'array', prefixItems: [{ type: 'string' }], items: { $ref: '#/$defs/Window' } },
    parent: { $ref: '#' },
    elsewhere: { $ref: 'https://evil.example/schema.json' },
    $ref: { type: 'string', description: 'a property of that name' },
  },
  $defs: {
    HomeId: { type: 'string', pattern: '^hom_[a-z0-9]+$' },
    Guest: { $anchor: 'guest', type: 'object', properties: { name: { type: 'string', minLength: 1 } } },
    Window: { type: 'object', properties: { from: { type: 'string', format: 'date-time' } } },
  },
};
const accessGranted: AsyncApiEventType = {
  source: 'com.key.access',
  detailType: 'Access Granted',
  title: 'Access granted',
  description: 'Somebody may now open a door.',
  eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
  versions: [
    { version: '1.0.0', schema: true, examples: [] },
    { version: '2.0.0', schema, examples: [{ name: 'one', value: { home: 'hom_1', guest: { name: 'Zoë' } } }] },
  ],
  publishers: ['access-service'],
  subscribers: ['delivery-service', 'notification-service'],
  buses: [BUS],
  tags: ['access'],
};
const options = { title: 'Key Suite', version: '1.0.0', description: 'Events of Key' };

async function problemsOf(document: Json): Promise<readonly string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  // Severity 0 is an error; the rest are recommendations such as a licence or a contact.
  return diagnostics.filter(d => d.severity === 0).map(d => `${d.path.join('.')}: ${d.message}`);
}

describe('toAsyncApi', () => {
  it('is a valid AsyncAPI 3.0 document', async () => {
    expect(await problemsOf(toAsyncApi([accessGranted], options))).toEqual([]);
  });

  it('has a channel for the event type, messages for its versions, operations for services', () => {
    const document = toAsyncApi([accessGranted], options) as any;
    expect(Object.keys(document.channels)).toEqual(['accessGranted']);
    expect(document.channels.accessGranted).toMatchObject({
      address: 'com.key.access/Access Granted',
      servers: [{ $ref: '#/servers/key-central' }],
      messages: {
        'accessGranted_1.0.0': { $ref: '#/components/messages/accessGranted_1.0.0' },
        'accessGranted_2.0.0': { $ref: '#/components/messages/accessGranted_2.0.0' },
      },
    });
    expect(Object.entries<any>(document.operations).map(([name, o]) => [name, o.action])).toEqual([
      ['access-service_send_accessGranted', 'send'],
      ['delivery-service_receive_accessGranted', 'receive'],
      ['notification-service_receive_accessGranted', 'receive'],
    ]);
  });

  it('describes the event as it arrives, and its examples hold', () => {
    const document = toAsyncApi([accessGranted], options) as any;
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    ajv.addSchema(document, 'document');
    const validate = ajv.getSchema('document#/components/messages/accessGranted_2.0.0/payload')!;
    const [example] = document.components.messages['accessGranted_2.0.0'].examples;
    expect([validate(example.payload), validate.errors]).toEqual([true, null]);
    const broken = JSON.parse(JSON.stringify(example.payload));
    broken.detail.data.home = 'nowhere';
    expect(validate(broken)).toBe(false);
    expect(validate({ ...example.payload, source: 'com.key.billing' })).toBe(false);
  });

  it('stands by itself: every reference leads inside it', () => {
    const document = toAsyncApi([accessGranted], options) as any;
    const refs: string[] = [];
    JSON.stringify(document, (key, value) => {
      if (key === '$ref' && typeof value === 'string') refs.push(value);
      return value;
    });
    const lead = (ref: string) =>
      ref
        .slice(2)
        .split('/')
        .reduce((at: any, key) => at?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], document);
    expect(refs.length).toBeGreaterThan(8);
    expect(refs.filter(ref => lead(ref) === undefined)).toEqual([]);
    const data = document.components.schemas['accessGranted_2.0.0'];
    expect(data.properties.home.$ref).toBe('#/components/schemas/accessGranted_2.0.0/$defs/HomeId');
    expect(data.properties.guest.$ref).toBe('#/components/schemas/accessGranted_2.0.0/$defs/Guest');
    expect(data.properties.parent.$ref).toBe('#/components/schemas/accessGranted_2.0.0');
    expect(data.properties.elsewhere).toEqual({});
    expect(data.properties.$ref.description).toBe('a property of that name');
    expect(data).not.toHaveProperty('$id');
  });

  it('keeps event types of one name apart', async () => {
    const others = ['com.key.visits', 'com.key.homes'].map(source => ({ ...accessGranted, source }));
    const document = toAsyncApi([accessGranted, ...others], options) as any;
    expect(Object.keys(document.channels)).toEqual([
      'comKeyAccessAccessGranted',
      'comKeyVisitsAccessGranted',
      'comKeyHomesAccessGranted',
    ]);
    expect(await problemsOf(document)).toEqual([]);
  });

  it('takes foreign events, draft 4 and odd names', async () => {
    const foreign: AsyncApiEventType = {
      ...accessGranted,
      source: 'aws.{partner}/x~y',
      detailType: '__proto__',
      eventPaths: {},
      versions: [
        {
          version: '1.0.0',
          schema: {
            $schema: 'http://json-schema.org/draft-04/schema#',
            id: 'x',
            type: 'object',
            properties: { n: { type: 'number', minimum: 3, exclusiveMinimum: true } },
            definitions: { 'a/b': { type: 'string' } },
            anyOf: [{ $ref: '#/definitions/a~1b' }, {}],
          },
          examples: [],
        },
      ],
      publishers: ['a service/with "names"'],
    };
    const document = toAsyncApi([foreign], options) as any;
    expect(await problemsOf(document)).toEqual([]);
    const [data] = Object.values<any>(document.components.schemas);
    expect(data.properties.n).toEqual({ type: 'number', exclusiveMinimum: 3 });
    const [message] = Object.values<any>(document.components.messages);
    expect(message.payload.properties.detail.$ref).toMatch(/^#\/components\/schemas\//);
  });

  it('is valid with nothing in it', async () => {
    expect(await problemsOf(toAsyncApi([], { title: 'Nothing', version: '0' }))).toEqual([]);
  });
});
