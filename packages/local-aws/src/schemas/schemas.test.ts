import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteRegistryCommand,
  DeleteResourcePolicyCommand,
  DeleteSchemaCommand,
  DeleteSchemaVersionCommand,
  DescribeRegistryCommand,
  DescribeSchemaCommand,
  ExportSchemaCommand,
  GetResourcePolicyCommand,
  ListRegistriesCommand,
  ListSchemasCommand,
  ListSchemaVersionsCommand,
  ListTagsForResourceCommand,
  paginateListSchemas,
  PutResourcePolicyCommand,
  SearchSchemasCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRegistryCommand,
  UpdateSchemaCommand,
  type SchemasClient,
} from '@aws-sdk/client-schemas';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtualClock } from '../clock';
import type { LocalAwsOptions } from '../start';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';

afterEach(stopAll);

const DRAFT4 = (properties: object) =>
  JSON.stringify({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties,
  });
const HOME = DRAFT4({ home: { type: 'string' } });

async function startSchemas(options: LocalAwsOptions = {}) {
  const { endpoint } = await start({ clock: createVirtualClock(), ...options });
  return clientsOf(endpoint, PLATFORM).schemas;
}

async function withRegistry(options: LocalAwsOptions = {}) {
  const schemas = await startSchemas(options);
  await schemas.send(new CreateRegistryCommand({ RegistryName: 'events' }));
  return schemas;
}

const create = (schemas: SchemasClient, SchemaName: string, Content = HOME) =>
  schemas.send(
    new CreateSchemaCommand({
      RegistryName: 'events',
      SchemaName,
      Type: 'JSONSchemaDraft4',
      Content,
    }),
  );

describe('registries', () => {
  it('are created, described, changed, listed and deleted', async () => {
    const schemas = await startSchemas();
    const arn = `arn:aws:schemas:eu-west-1:${PLATFORM}:registry/events`;
    const created = await schemas.send(
      new CreateRegistryCommand({
        RegistryName: 'events',
        Description: 'ours',
        Tags: { team: 'platform' },
      }),
    );
    expect(created).toMatchObject({
      RegistryArn: arn,
      RegistryName: 'events',
      Description: 'ours',
      Tags: { team: 'platform' },
      $metadata: { httpStatusCode: 201 },
    });
    await schemas.send(
      new UpdateRegistryCommand({
        RegistryName: 'events',
        Description: 'of all teams',
      }),
    );
    expect(await schemas.send(new DescribeRegistryCommand({ RegistryName: 'events' }))).toMatchObject({
      Description: 'of all teams',
      RegistryArn: arn,
    });
    const list = async () => {
      const { Registries } = await schemas.send(new ListRegistriesCommand({ RegistryNamePrefix: 'ev' }));
      return Registries!.map(registry => registry.RegistryName);
    };
    expect(await list()).toEqual(['events']);
    await schemas.send(new DeleteRegistryCommand({ RegistryName: 'events' }));
    expect(await list()).toEqual([]);
  });

  it.each([
    ['ConflictException', 409, 'events', 'Registry with name events already exists.'],
    ['BadRequestException', 400, 'aws.mine', "not beginning with 'aws.'"],
    ['BadRequestException', 400, '../up', 'is not valid'],
    ['BadRequestException', 400, 'é', 'is not valid'],
  ])('are refused: %s %i %s', async (name, httpStatusCode, RegistryName, message) => {
    const schemas = await withRegistry();
    await expect(schemas.send(new CreateRegistryCommand({ RegistryName }))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode },
    });
  });

  it('that are missing are said to be', async () => {
    const schemas = await startSchemas();
    for (const command of [
      new DescribeRegistryCommand({ RegistryName: 'none' }),
      new ListSchemasCommand({ RegistryName: 'none' }),
      new SearchSchemasCommand({ RegistryName: 'none', Keywords: 'a' }),
    ]) {
      await expect(schemas.send(command as never)).rejects.toMatchObject({
        name: 'NotFoundException',
        Code: 'NotFound',
        message: 'Registry with name none does not exist.',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it('stay while they hold schemas', async () => {
    const schemas = await withRegistry();
    await create(schemas, 'a@B');
    await expect(schemas.send(new DeleteRegistryCommand({ RegistryName: 'events' }))).rejects.toThrow(
      'Registry events still has schemas',
    );
  });

  it('and schemas have quotas', async () => {
    const schemas = await withRegistry({
      quotas: { registries: 1, schemasPerRegistry: 1 },
    });
    await expect(schemas.send(new CreateRegistryCommand({ RegistryName: 'more' }))).rejects.toMatchObject({
      name: 'ForbiddenException',
      message: 'An account can have 1 registries in a Region.',
    });
    await create(schemas, 'a');
    await expect(create(schemas, 'b')).rejects.toThrow('limit of 1 schemas');
  });

  it('carry a policy with a revision', async () => {
    const schemas = await withRegistry();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '444455556666' },
          Action: 'schemas:DescribeSchema',
          Resource: '*',
        },
      ],
    });
    const put = await schemas.send(new PutResourcePolicyCommand({ RegistryName: 'events', Policy }));
    const got = await schemas.send(new GetResourcePolicyCommand({ RegistryName: 'events' }));
    expect(JSON.parse(String(got.Policy))).toEqual(JSON.parse(Policy));
    expect(got.RevisionId).toBe(put.RevisionId);
    await expect(
      schemas.send(
        new PutResourcePolicyCommand({
          RegistryName: 'events',
          Policy,
          RevisionId: 'old',
        }),
      ),
    ).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
    await schemas.send(new DeleteResourcePolicyCommand({ RegistryName: 'events' }));
    await expect(schemas.send(new GetResourcePolicyCommand({ RegistryName: 'events' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('schemas', () => {
  it('have versions', async () => {
    const clock = createVirtualClock();
    const schemas = await withRegistry({ clock });
    const place = {
      RegistryName: 'events',
      SchemaName: 'com.key@AccessGranted',
    };
    const created = await create(schemas, place.SchemaName);
    expect(created).toMatchObject({
      SchemaArn: `arn:aws:schemas:eu-west-1:${PLATFORM}:schema/events/com.key@AccessGranted`,
      SchemaVersion: '1',
      Type: 'JSONSchemaDraft4',
      LastModified: new Date('2026-01-01T00:00:00Z'),
    });
    await clock.advance(60_000);
    const update = (Content: string) => schemas.send(new UpdateSchemaCommand({ ...place, Content }));
    const second = DRAFT4({ home: { type: 'string' }, by: { type: 'string' } });
    expect((await update(second)).SchemaVersion).toBe('2');
    expect((await update(second)).SchemaVersion).toBe('2');
    expect((await update(HOME)).SchemaVersion).toBe('3');
    expect(await schemas.send(new DescribeSchemaCommand({ ...place, SchemaVersion: '1' }))).toMatchObject({
      Content: HOME,
      SchemaVersion: '1',
      VersionCreatedDate: new Date('2026-01-01T00:00:00Z'),
      LastModified: new Date('2026-01-01T00:01:00Z'),
    });
    await schemas.send(new DeleteSchemaVersionCommand({ ...place, SchemaVersion: '3' }));
    const newest = await schemas.send(new DescribeSchemaCommand(place));
    expect([newest.SchemaVersion, newest.Content]).toEqual(['2', second]);
    // A number that was once given is not given again.
    expect((await update(HOME)).SchemaVersion).toBe('4');
    const { SchemaVersions } = await schemas.send(new ListSchemaVersionsCommand(place));
    expect(SchemaVersions!.map(version => version.SchemaVersion)).toEqual(['1', '2', '4']);
    await expect(schemas.send(new DescribeSchemaCommand({ ...place, SchemaVersion: '3' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('list their versions by number, page by page', async () => {
    const schemas = await withRegistry();
    const place = { RegistryName: 'events', SchemaName: 'a' };
    await create(schemas, 'a');
    for (let i = 2; i <= 11; i++) {
      await schemas.send(
        new UpdateSchemaCommand({
          ...place,
          Content: DRAFT4({ [`p${i}`]: {} }),
        }),
      );
    }
    const first = await schemas.send(new ListSchemaVersionsCommand({ ...place, Limit: 9 }));
    const rest = await schemas.send(
      new ListSchemaVersionsCommand({
        ...place,
        Limit: 9,
        NextToken: first.NextToken,
      }),
    );
    expect(rest.SchemaVersions!.map(v => v.SchemaVersion)).toEqual(['10', '11']);
    expect(rest.NextToken).toBeUndefined();
  });

  it('are listed by prefix, page by page', async () => {
    const schemas = await withRegistry();
    for (const name of ['b@3', 'b@1', 'a@1', 'b@2']) await create(schemas, name);
    const pages: unknown[] = [];
    for await (const page of paginateListSchemas(
      { client: schemas, pageSize: 2 },
      { RegistryName: 'events', SchemaNamePrefix: 'b@' },
    )) {
      pages.push(page.Schemas!.map(schema => [schema.SchemaName, schema.VersionCount]));
    }
    expect(pages).toEqual([
      [
        ['b@1', 1],
        ['b@2', 1],
      ],
      [['b@3', 1]],
    ]);
    await expect(
      schemas.send(new ListSchemasCommand({ RegistryName: 'events', NextToken: 'x' })),
    ).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(schemas.send(new ListSchemasCommand({ RegistryName: 'events', Limit: 0 }))).rejects.toThrow(
      'Limit must be a whole number from 1 to 100.',
    );
  });

  it('are found by words in name and content', async () => {
    const schemas = await withRegistry();
    await create(schemas, 'com.key@AccessGranted');
    await create(schemas, 'com.key@HomeAdded', DRAFT4({ roof: {} }));
    await schemas.send(
      new UpdateSchemaCommand({
        RegistryName: 'events',
        SchemaName: 'com.key@HomeAdded',
        Content: DRAFT4({ cellar: {} }),
      }),
    );
    const search = async (Keywords: string) => {
      const { Schemas } = await schemas.send(new SearchSchemasCommand({ RegistryName: 'events', Keywords }));
      return Schemas!.map(schema => [schema.SchemaName, schema.SchemaVersions!.map(version => version.SchemaVersion)]);
    };
    expect(await search('ROOF')).toEqual([['com.key@HomeAdded', ['1']]]);
    expect(await search('home')).toEqual([
      ['com.key@AccessGranted', ['1']],
      ['com.key@HomeAdded', ['1', '2']],
    ]);
    expect(await search('home cellar')).toEqual([['com.key@HomeAdded', ['2']]]);
    expect(await search('none')).toEqual([]);
  });

  it('are deleted with their versions', async () => {
    const schemas = await withRegistry();
    await create(schemas, 'a');
    const place = { RegistryName: 'events', SchemaName: 'a' };
    await schemas.send(new DeleteSchemaCommand(place));
    await expect(schemas.send(new DescribeSchemaCommand(place))).rejects.toThrow('Schema with name a does not exist.');
    expect((await create(schemas, 'a')).SchemaVersion).toBe('1');
    await expect(schemas.send(new DeleteSchemaVersionCommand({ ...place, SchemaVersion: '1' }))).rejects.toThrow(
      'Version 1 is the only version of a',
    );
  });

  it('carry tags, as registries do', async () => {
    const schemas = await withRegistry();
    const { SchemaArn } = await create(schemas, 'com.key@Home');
    for (const ResourceArn of [SchemaArn!, `arn:aws:schemas:eu-west-1:${PLATFORM}:registry/events`]) {
      await schemas.send(new TagResourceCommand({ ResourceArn, Tags: { a: '1', b: '2' } }));
      await schemas.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
      const { Tags } = await schemas.send(new ListTagsForResourceCommand({ ResourceArn }));
      expect(Tags).toEqual({ b: '2' });
    }
    await expect(schemas.send(new ListTagsForResourceCommand({ ResourceArn: 'arn:aws:s3:::x' }))).rejects.toMatchObject(
      { name: 'BadRequestException' },
    );
  });

  it('outlive the server', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
    await create(await withRegistry({ stateDir }), 'a');
    await stopAll();
    const schemas = await startSchemas({ stateDir });
    const { Content } = await schemas.send(new DescribeSchemaCommand({ RegistryName: 'events', SchemaName: 'a' }));
    expect(Content).toBe(HOME);
  });
});

describe('contents', () => {
  const openApi = (schemas: object, more: object = {}) =>
    JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'a', version: '1' },
      paths: {},
      components: { schemas },
      ...more,
    });

  it.each([
    ['OpenApi3', 'no json', 'Content is not JSON'],
    ['OpenApi3', '[]', 'Content must be a JSON object.'],
    ['OpenApi3', '{}', '/openapi: must be a version 3.0.x; /info: must have a title and a version'],
    ['OpenApi3', openApi({}), '/components/schemas: must hold a schema'],
    ['OpenApi3', openApi({ A: 1 }), '/components/schemas/A: must be an object'],
    [
      'OpenApi3',
      openApi({ A: {}, B: { properties: { x: { type: 'text' } } } }),
      '/components/schemas/B/properties/x/type',
    ],
    ['OpenApi3', openApi({ A: { required: 'x' } }), '/components/schemas/A/required'],
    ['OpenApi3', openApi({ A: {} }, { openapi: '3.1.0' }), '/openapi: must be a version 3.0.x'],
    ['JSONSchemaDraft4', '{"type":"text"}', 'Content is not a valid JSONSchemaDraft4 document: /type'],
    ['JSONSchemaDraft4', '{"$schema":"https://json-schema.org/draft/2020-12/schema"}', '/$schema: must name draft-04'],
  ] as const)('are refused: %s %s', async (Type, Content, message) => {
    const schemas = await withRegistry();
    await expect(
      schemas.send(
        new CreateSchemaCommand({
          RegistryName: 'events',
          SchemaName: 'a',
          Type,
          Content,
        }),
      ),
    ).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('are exported as JSON Schema draft 4', async () => {
    const schemas = await withRegistry();
    const place = { RegistryName: 'events', SchemaName: 'a' };
    await schemas.send(
      new CreateSchemaCommand({
        ...place,
        Type: 'OpenApi3',
        Content: openApi({
          AWSEvent: {
            type: 'object',
            required: ['detail'],
            properties: {
              detail: { $ref: '#/components/schemas/Detail' },
              nullable: { type: 'boolean' },
            },
            'x-amazon-events-source': 'com.key',
          },
          Detail: {
            type: 'object',
            properties: {
              by: { type: 'string', nullable: true, example: 'me' },
              kind: { type: 'string', enum: ['example'] },
              next: { $ref: '#/components/schemas/AWSEvent' },
            },
          },
        }),
      }),
    );
    const exported = await schemas.send(new ExportSchemaCommand({ ...place, Type: 'JSONSchemaDraft4' }));
    expect(exported).toMatchObject({
      Type: 'JSONSchemaDraft4',
      SchemaVersion: '1',
    });
    expect(JSON.parse(exported.Content!)).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'AWSEvent',
      definitions: {
        Detail: {
          type: 'object',
          properties: {
            by: { type: ['string', 'null'] },
            kind: { type: 'string', enum: ['example'] },
            next: { $ref: '#' },
          },
        },
      },
      type: 'object',
      required: ['detail'],
      properties: {
        detail: { $ref: '#/definitions/Detail' },
        nullable: { type: 'boolean' },
      },
      'x-amazon-events-source': 'com.key',
    });
    await expect(schemas.send(new ExportSchemaCommand({ ...place, Type: 'OpenApi3' }))).rejects.toThrow(
      'The export type must be JSONSchemaDraft4.',
    );
  });
});
