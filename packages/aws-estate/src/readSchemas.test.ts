import { CreateRegistryCommand, CreateSchemaCommand, UpdateSchemaCommand } from '@aws-sdk/client-schemas';
import { createCallLimits } from './calls';
import { createPace } from './pace';
import { readSchemas } from './readSchemas';
import { startTestServer, type TestServer } from './__testUtils__/testServer';

const REGION = 'eu-west-1';
const ACCOUNT = '222222222222';
const document = (title: string) =>
  JSON.stringify({
    openapi: '3.0.0',
    info: { version: '1.0.0', title },
    paths: {},
    components: { schemas: { Order: { type: 'object', title } } },
  });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ quotas: { schemasPerRegistry: 1000 } });
  const { schemas } = server.clientsFor(ACCOUNT, REGION);
  for (const RegistryName of ['one', 'two']) await schemas.send(new CreateRegistryCommand({ RegistryName }));
  for (let i = 0; i < 105; i++) {
    const at = { RegistryName: 'one', SchemaName: `s-${i}`, Type: 'OpenApi3' } as const;
    await schemas.send(new CreateSchemaCommand({ ...at, Content: document('first') }));
  }
  await schemas.send(
    new UpdateSchemaCommand({ RegistryName: 'one', SchemaName: 's-3', Type: 'OpenApi3', Content: document('second') }),
  );
});
afterAll(() => server.close());

const read = (options: Partial<Parameters<typeof readSchemas>[0]> = {}) =>
  readSchemas({
    clients: server.clientsFor(ACCOUNT, REGION),
    accountId: ACCOUNT,
    region: REGION,
    limits: createCallLimits({ pace: createPace({ 'schemas:*': 1e6 }), attempts: 2 }),
    ...options,
  });

describe('readSchemas', () => {
  it('reads all versions of all schemas of all registries', async () => {
    const { versions, schemas, calls } = await read();
    expect(schemas).toHaveLength(105);
    expect(versions).toHaveLength(106);
    const third = versions.filter(version => version.name === 's-3');
    expect(third.map(v => [v.registry, v.version, v.type, JSON.parse(v.content).info.title])).toEqual([
      ['one', '1', 'OpenApi3', 'first'],
      ['one', '2', 'OpenApi3', 'second'],
    ]);
    expect(Date.parse(third[0].createdAt!)).not.toBeNaN();
    expect(calls).toMatchObject({
      'schemas:ListRegistries': 1,
      'schemas:ListSchemas': 3,
      'schemas:DescribeSchema': 106,
    });
  });

  it('does not fetch again what is known', async () => {
    const { versions, schemas, calls } = await read({
      isKnown: (_, name, version) => name !== 's-3' || version === '1',
    });
    expect(schemas).toHaveLength(105);
    expect(versions.map(v => [v.name, v.version])).toEqual([['s-3', '2']]);
    expect(calls['schemas:DescribeSchema']).toBe(1);
  });

  it('says what is missing where the registry is closed', async () => {
    const send = async () => {
      throw Object.assign(new Error('no'), { name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } });
    };
    await expect(read({ clients: { schemas: { send } as any } })).rejects.toMatchObject({
      failure: 'access-denied',
      message:
        'Account 222222222222, eu-west-1: ListRegistries was denied; the role needs schemas:ListRegistries. AWS says: no',
    });
  });
});
