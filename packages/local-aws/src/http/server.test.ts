import {
  ListArchivesCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { ListUsersCommand } from '@aws-sdk/client-iam';
import { createVirtualClock } from '../clock';
import { startLocalAws } from '../start';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { failure } from '../testing/fixture';

// Many calls in one test; a busy machine takes its time.
jest.setTimeout(60_000);

afterEach(stopAll);

describe('what the server does not have', () => {
  it('is named, with what it has', async () => {
    const { endpoint } = await start();
    const { events, iam } = clientsOf(endpoint, PLATFORM);
    const archives = await failure(events.send(new ListArchivesCommand({})));
    expect(archives).toMatchObject({
      name: 'UnknownOperationException',
      status: 501,
    });
    expect(archives.message).toContain('does not implement events:ListArchives. It implements: CreateEventBus,');
    expect(await failure(iam.send(new ListUsersCommand({})))).toMatchObject({
      message: expect.stringContaining('does not implement iam:ListUsers'),
    });
  });

  it.each([
    ['a service', 's3', 'AWSEvents.ListRules', 'There is no service "s3"'],
    ['a service by prototype', '__proto__', 'x', 'There is no service'],
    ['an operation by prototype', 'events', 'AWSEvents.__proto__', 'does not implement events:__proto__'],
    ['an operation by constructor', 'events', 'AWSEvents.constructor', 'does not implement events:constructor'],
    ['a target of another service', 'events', 'AmazonSQS.ListQueues', 'X-Amz-Target must be AWSEvents.<operation>'],
    ['no target', 'events', '', 'X-Amz-Target must be AWSEvents.<operation>'],
  ])('%s', async (_name, service, target, message) => {
    const { endpoint } = await start();
    const response = await raw(endpoint, { service, target });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect((await response.json()).message).toContain(message);
  });
});

function raw(endpoint: string, options: { service?: string; target?: string; body?: string; gzip?: boolean }) {
  const { service = 'events', target = 'AWSEvents.ListRules' } = options;
  return fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${PLATFORM}/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...(target ? { 'x-amz-target': target } : {}),
      ...(options.gzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: options.body ?? '{}',
  });
}

describe('requests that are not well formed', () => {
  it.each([
    ['text', 'x', 'The request body is not JSON'],
    ['a list', '[]', 'must be a JSON object'],
    ['null', 'null', 'must be a JSON object'],
  ])('%s', async (_name, body, message) => {
    const { endpoint } = await start();
    const response = await raw(endpoint, { body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
  });

  it('a wrong gzip body', async () => {
    const { endpoint } = await start();
    const response = await raw(endpoint, { gzip: true });
    expect((await response.json()).message).toContain('cannot be unpacked');
  });

  it('a body beyond every limit', async () => {
    const { endpoint } = await start();
    const response = await raw(endpoint, {
      body: 'x'.repeat(17 * 1024 * 1024),
    });
    expect(response.status).toBe(413);
  });

  it('no signature', async () => {
    const { endpoint } = await start();
    const response = await fetch(endpoint, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
    expect((await response.json()).__type).toBe('MissingAuthenticationToken');
  });
});

it('says what it is', async () => {
  const { endpoint } = await start();
  expect(await (await fetch(endpoint)).json()).toMatchObject({
    notice: expect.stringContaining('for laptops and tests'),
    services: expect.arrayContaining(['events', 'iam', 'sqs', 'sts']),
  });
});

it('a taken port is named', async () => {
  const { port } = await start();
  await expect(startLocalAws({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
});

describe('request rates', () => {
  const throttled = { name: 'ThrottlingException', message: 'Rate exceeded' };

  it('fifty a second for all but PutEvents, as AWS documents', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await start({ clock });
    const { events } = clientsOf(endpoint, PLATFORM);
    const list = () => events.send(new ListRulesCommand({}));
    for (let i = 0; i < 50; i += 1) await list();
    expect(await failure(list())).toMatchObject(throttled);
    await clock.advance(40);
    await list();
    await list();
    expect(await failure(list())).toMatchObject(throttled);
    await clock.advance(60_000);
    for (let i = 0; i < 50; i += 1) await list();
    expect(await failure(list())).toMatchObject(throttled);
  });

  it('count by account, Region and operation, and can be set', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await start({
      clock,
      requestRates: { 'events:ListRules': 1, 'events:*': 2 },
    });
    const { events } = clientsOf(endpoint, PLATFORM);
    const list = (client = events) => client.send(new ListRulesCommand({}));
    await list();
    expect(await failure(list())).toMatchObject(throttled);
    await list(clientsOf(endpoint, PLATFORM, 'us-east-1').events);
    await list(clientsOf(endpoint, DELIVERY).events);
    const buses = () => events.send(new ListEventBusesCommand({}));
    await buses();
    await buses();
    expect(await failure(buses())).toMatchObject(throttled);
  });

  it('of PutEvents differ by Region', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await start({ clock });
    const count = async (region: string) => {
      const { events } = clientsOf(endpoint, PLATFORM, region);
      const entry = { Source: 'a', DetailType: 'b', Detail: '{}' };
      const sent = await Promise.allSettled(
        Array.from({ length: 620 }, () => events.send(new PutEventsCommand({ Entries: [entry] }))),
      );
      return sent.filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await count('eu-south-1')).toBe(400);
    expect(await count('sa-east-1')).toBe(600);
  });
});
