import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas';
import { type LocalAws, startLocalAws } from '@busline/local-aws';
import { join } from 'node:path';
import { busline, contents, read, removeFolders, temporaryFolder } from '../testing/busline';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

const envelope = (source: string, detailType: string, detail: object) =>
  JSON.stringify({
    openapi: '3.0.0',
    info: { version: '1.0.0', title: 'x' },
    paths: {},
    components: {
      schemas: {
        AWSEvent: {
          type: 'object',
          required: ['detail-type', 'detail', 'source'],
          'x-amazon-events-detail-type': detailType,
          'x-amazon-events-source': source,
          properties: {
            detail: { $ref: '#/components/schemas/Detail' },
            source: { type: 'string' },
          },
        },
        Detail: detail,
      },
    },
  });

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
  const client = new SchemasClient({
    endpoint: aws.endpoint,
    region: REGION,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'any' },
  });
  const create = (SchemaName: string, Content: string) =>
    client.send(
      new CreateSchemaCommand({
        RegistryName: 'orders',
        SchemaName,
        Type: 'OpenApi3',
        Content,
      }),
    );
  await client.send(new CreateRegistryCommand({ RegistryName: 'orders' }));
  await create(
    'com.shop@Placed',
    envelope('com.shop', 'Order Placed', {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', nullable: true } },
    }),
  );
  for (const required of [['a', 'b'], ['b']]) {
    const Content = envelope('com.shop', 'Order Placed', {
      type: 'object',
      required,
    });
    await client.send(
      new UpdateSchemaCommand({
        RegistryName: 'orders',
        SchemaName: 'com.shop@Placed',
        Type: 'OpenApi3',
        Content,
      }),
    );
  }
  await create('com.shop@PlacedTwin', envelope('com.shop', 'Order Placed', { type: 'object' }));
  await create(
    'odd',
    JSON.stringify({
      openapi: '3.0.0',
      info: { version: '1', title: 'x' },
      paths: {},
      components: { schemas: { Thing: { type: 'object' } } },
    }),
  );
});

afterAll(() => aws.close());
afterEach(removeFolders);

const importing = (out: string, ...more: readonly string[]) =>
  busline(
    [
      'import',
      'registry',
      '--registry',
      'orders',
      '--region',
      REGION,
      '--endpoint',
      aws.endpoint,
      '--out',
      out,
      ...more,
    ],
    {
      env: { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'any' },
    },
  );

describe('busline import registry', () => {
  it('takes every version of every schema out of its envelope', async () => {
    const out = join(temporaryFolder(), 'out');
    const ended = await importing(out);
    expect(ended).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^1 event type in /),
    });
    expect(ended.note.split('\n')).toEqual([
      'note: com.shop@PlacedTwin version 1 is left out: it describes com.shop/Order Placed, as com.shop@Placed does',
      'note: odd version 1 is left out: There is no AWSEvent in components/schemas',
    ]);
    const folder = 'events/com.shop/order-placed';
    expect(Object.keys(contents(out))).toEqual([
      'accounts.yaml',
      'busline.yaml',
      `${folder}/1.0.0/schema.json`,
      `${folder}/2.0.0/schema.json`,
      `${folder}/3.0.0/schema.json`,
      `${folder}/event.yaml`,
    ]);
    expect(JSON.parse(read(out, `${folder}/1.0.0/schema.json`))).toMatchObject({
      type: 'object',
      required: ['a'],
    });
    expect(JSON.parse(read(out, `${folder}/3.0.0/schema.json`))).toMatchObject({
      required: ['b'],
    });
    expect(read(out, 'busline.yaml')).toContain('event: foreign');
    expect(read(out, 'accounts.yaml')).toContain(`id: '${ACCOUNT}'`);
    expect(await busline(['check', out])).toMatchObject({ code: 0 });
  });

  it('gives the same again', async () => {
    const out = join(temporaryFolder(), 'out');
    await importing(out);
    const before = contents(out);
    expect((await importing(out)).out).toContain('0 files written, 6 unchanged, 0 removed');
    expect(contents(out)).toEqual(before);
  });

  it('says so when there is no such registry', async () => {
    const { code, note } = await importing(temporaryFolder(), '--registry', 'order');
    expect([code, note]).toEqual([2, `busline: There is no schema registry order in ${REGION}`]);
  });

  it('says so when AWS cannot be reached', async () => {
    const { code, out, note } = await importing(temporaryFolder(), '--endpoint', 'http://127.0.0.1:9');
    expect([code, out]).toEqual([1, '']);
    expect(note.split('\n')).toHaveLength(1);
    expect(note).toMatch(/^busline: .*ECONNREFUSED/);
  });
});
