import { CreateEventBusCommand, PutPermissionCommand, UpdateEventBusCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateDiscovererCommand,
  DeleteDiscovererCommand,
  DeleteSchemaCommand,
  DescribeDiscovererCommand,
  DescribeSchemaCommand,
  GetDiscoveredSchemaCommand,
  ListDiscoverersCommand,
  ListSchemasCommand,
  StartDiscovererCommand,
  StopDiscovererCommand,
  UpdateDiscovererCommand,
} from '@aws-sdk/client-schemas';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractEnvelopeDetail } from '@busline/json-schema';
import type { LocalAwsOptions } from '../start';
import { DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, type TestAccount } from '../testing/fixture';

afterEach(stopAll);

const CENTRAL = busArn(PLATFORM, 'central');
const ID = 'events-event-bus-central';
const GRANTED = 'com.key.access@AccessGranted';

async function startDiscovering(options: LocalAwsOptions = {}) {
  const { endpoint } = await start(options);
  const platform = accountOf(endpoint, PLATFORM);
  await platform.events.send(new CreateEventBusCommand({ Name: 'central' }));
  await platform.schemas.send(new CreateDiscovererCommand({ SourceArn: CENTRAL }));
  return { endpoint, platform };
}

const grant = (account: TestAccount, detail: object, more: object = {}) =>
  account.put('central', {
    Source: 'com.key.access',
    DetailType: 'Access Granted',
    Detail: JSON.stringify(detail),
    ...more,
  });

async function names({ schemas }: TestAccount) {
  const { Schemas } = await schemas.send(new ListSchemasCommand({ RegistryName: 'discovered-schemas' }));
  return Schemas!.map(schema => schema.SchemaName);
}

async function describeSchema({ schemas }: TestAccount, SchemaName: string, SchemaVersion?: string) {
  const found = await schemas.send(
    new DescribeSchemaCommand({
      RegistryName: 'discovered-schemas',
      SchemaName,
      SchemaVersion,
    }),
  );
  return { ...found, document: JSON.parse(found.Content!) };
}

describe('discoverers', () => {
  it('make an OpenApi3 schema around the envelope', async () => {
    const { platform } = await startDiscovering();
    await grant(platform, {
      metadata: { id: 'x', at: '2026-01-01T10:00:00Z' },
      data: { doors: [{ id: 1 }], code: null, open: true },
    });
    const { document, Type, SchemaVersion } = await describeSchema(platform, GRANTED);
    expect([Type, SchemaVersion]).toEqual(['OpenApi3', '1']);
    expect(document).toMatchObject({
      openapi: '3.0.0',
      info: { version: '1.0.0', title: 'AccessGranted' },
    });
    const { AWSEvent, ...others } = document.components.schemas;
    expect(AWSEvent).toMatchObject({
      'x-amazon-events-source': 'com.key.access',
      'x-amazon-events-detail-type': 'Access Granted',
      properties: {
        detail: { $ref: '#/components/schemas/AccessGranted' },
        time: { type: 'string', format: 'date-time' },
      },
    });
    expect(others).toMatchObject({
      AccessGranted: {
        type: 'object',
        properties: {
          metadata: { $ref: '#/components/schemas/Metadata' },
          data: { $ref: '#/components/schemas/Data' },
        },
      },
      Metadata: {
        properties: {
          id: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      Data: {
        properties: {
          doors: {
            type: 'array',
            items: { $ref: '#/components/schemas/DoorsItem' },
          },
          open: { type: 'boolean' },
        },
      },
      DoorsItem: { properties: { id: { type: 'integer' } } },
    });
    expect([...others.AccessGranted.required].sort()).toEqual(['data', 'metadata']);
  });

  it('make schemas that the portal takes the detail out of', async () => {
    const { platform } = await startDiscovering();
    await grant(platform, { data: { home: 'h' } });
    const { document } = await describeSchema(platform, GRANTED);
    expect(extractEnvelopeDetail(document)).toMatchObject({
      source: 'com.key.access',
      detailType: 'Access Granted',
    });
  });

  it('add a version when the shape changes, and only then', async () => {
    const { platform } = await startDiscovering();
    await grant(platform, { home: 'a', by: 'b' });
    await grant(platform, { by: 'other', home: 'values' });
    expect((await describeSchema(platform, GRANTED)).SchemaVersion).toBe('1');
    await grant(platform, { home: 'a', door: 7 });
    const { SchemaVersion, document } = await describeSchema(platform, GRANTED);
    expect(SchemaVersion).toBe('2');
    const { properties, required } = document.components.schemas.AccessGranted;
    expect(Object.keys(properties).sort()).toEqual(['by', 'door', 'home']);
    expect(required).toEqual(['home']);
    // A shape that is known by now changes nothing.
    await grant(platform, { home: 'a', by: 'b' });
    await grant(platform, { home: 'a', by: 'b', door: 1 });
    expect((await describeSchema(platform, GRANTED)).SchemaVersion).toBe('2');
  });

  it('remember what they saw over a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
    const before = await startDiscovering({ stateDir });
    await grant(before.platform, { home: 'a' });
    await stopAll();
    const { endpoint } = await start({ stateDir });
    const platform = accountOf(endpoint, PLATFORM);
    await grant(platform, { door: 1 });
    await grant(platform, { home: 'a' });
    const { document, SchemaVersion } = await describeSchema(platform, GRANTED);
    expect(SchemaVersion).toBe('2');
    expect(Object.keys(document.components.schemas.AccessGranted.properties).sort()).toEqual(['door', 'home']);
  });

  it('begin anew after somebody deleted the schema', async () => {
    const { platform } = await startDiscovering();
    await grant(platform, { home: 'a' });
    await platform.schemas.send(
      new DeleteSchemaCommand({
        RegistryName: 'discovered-schemas',
        SchemaName: GRANTED,
      }),
    );
    await grant(platform, { door: 1 });
    const { document, SchemaVersion } = await describeSchema(platform, GRANTED);
    expect(SchemaVersion).toBe('1');
    expect(Object.keys(document.components.schemas.AccessGranted.properties)).toEqual(['door']);
  });

  it('see nothing while they are stopped', async () => {
    const { platform } = await startDiscovering();
    const { schemas } = platform;
    await schemas.send(new StopDiscovererCommand({ DiscovererId: ID }));
    await grant(platform, { home: 'a' });
    expect(await names(platform)).toEqual([]);
    const { State } = await schemas.send(new StartDiscovererCommand({ DiscovererId: ID }));
    expect(State).toBe('STARTED');
    await grant(platform, { home: 'a' });
    expect(await names(platform)).toEqual([GRANTED]);
    await schemas.send(new DeleteDiscovererCommand({ DiscovererId: ID }));
    await grant(platform, { home: 'a' }, { DetailType: 'Other' });
    expect(await names(platform)).toEqual([GRANTED]);
  });

  it('name schemas as AWS does', async () => {
    const { platform } = await startDiscovering();
    await grant(platform, {}, { DetailType: 'EC2 Instance State-change Notification' });
    await grant(platform, {}, { DetailType: 'home/../é added' });
    expect(await names(platform)).toEqual([
      'com.key.access@EC2InstanceStateChangeNotification',
      'com.key.access@HomeAdded',
    ]);
  });

  it('leave out events of other accounts when told so', async () => {
    const { endpoint, platform } = await startDiscovering();
    await platform.events.send(
      new PutPermissionCommand({
        EventBusName: 'central',
        StatementId: 'delivery',
        Action: 'events:PutEvents',
        Principal: DELIVERY,
      }),
    );
    await platform.schemas.send(new UpdateDiscovererCommand({ DiscovererId: ID, CrossAccount: false }));
    const delivery = accountOf(endpoint, DELIVERY);
    await grant(delivery, { home: 'a' }, { EventBusName: CENTRAL });
    expect(await names(platform)).toEqual([]);
    await platform.schemas.send(new UpdateDiscovererCommand({ DiscovererId: ID, CrossAccount: true }));
    await grant(delivery, { home: 'a' }, { EventBusName: CENTRAL });
    expect(await names(platform)).toEqual([GRANTED]);
  });

  it('are switched off by a customer managed key on the bus', async () => {
    const { platform } = await startDiscovering();
    const { events, schemas } = platform;
    await events.send(
      new UpdateEventBusCommand({
        Name: 'central',
        KmsKeyIdentifier: 'alias/own',
      }),
    );
    await grant(platform, { home: 'a' });
    expect(await names(platform)).toEqual([]);
    const { State } = await schemas.send(new DescribeDiscovererCommand({ DiscovererId: ID }));
    expect(State).toBe('STOPPED');
    await expect(schemas.send(new StartDiscovererCommand({ DiscovererId: ID }))).rejects.toThrow(
      'encrypted using a customer managed key',
    );
  });

  it.each([
    [CENTRAL, 'ConflictException', 'already exists'],
    [busArn(PLATFORM, 'none'), 'NotFoundException', 'Event bus none does not exist.'],
    [busArn(DELIVERY, 'default'), 'BadRequestException', 'of this account and Region'],
    ['arn:aws:sqs:eu-west-1:111122223333:q', 'BadRequestException', 'must be the ARN of an event bus'],
  ])('are refused for %s: %s', async (SourceArn, name, message) => {
    const { platform } = await startDiscovering();
    await expect(platform.schemas.send(new CreateDiscovererCommand({ SourceArn }))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('are listed and described', async () => {
    const { platform } = await startDiscovering();
    const { schemas } = platform;
    await schemas.send(new CreateDiscovererCommand({ SourceArn: busArn(PLATFORM, 'default') }));
    const { Discoverers } = await schemas.send(new ListDiscoverersCommand({ SourceArnPrefix: CENTRAL }));
    expect(Discoverers).toMatchObject([
      {
        DiscovererId: ID,
        DiscovererArn: `arn:aws:schemas:eu-west-1:${PLATFORM}:discoverer/${ID}`,
        SourceArn: CENTRAL,
        State: 'STARTED',
        CrossAccount: true,
      },
    ]);
  });
});

describe('GetDiscoveredSchema', () => {
  it('infers a schema from given events', async () => {
    const { endpoint } = await start();
    const { schemas } = accountOf(endpoint, PLATFORM);
    const Events = [{ a: 1 }, { a: 'x' }].map(detail => JSON.stringify({ source: 's', 'detail-type': 'T', detail }));
    const openApi = await schemas.send(new GetDiscoveredSchemaCommand({ Type: 'OpenApi3', Events }));
    expect(JSON.parse(openApi.Content!).components.schemas.T).toMatchObject({
      required: ['a'],
      properties: { a: { anyOf: expect.any(Array) } },
    });
    const draft4 = await schemas.send(new GetDiscoveredSchemaCommand({ Type: 'JSONSchemaDraft4', Events }));
    expect(JSON.parse(draft4.Content!)).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      properties: { detail: { $ref: '#/definitions/T' } },
    });
    await expect(schemas.send(new GetDiscoveredSchemaCommand({ Type: 'OpenApi3', Events: ['[]'] }))).rejects.toThrow(
      'Events[0] is not a JSON object.',
    );
  });
});
