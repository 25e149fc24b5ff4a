import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '@busline/event-repository';
import type { ClientEventType, ClientInput } from './clientInput';
import { generateClient } from './generateClient';
import { typescriptTypes } from './typescriptTypes';

const HOSTILE = `*/ ' " \` \${x} \\ </script> \n\u2028 -->`;

const schema: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['id', 'guest', HOSTILE],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid', description: HOSTILE },
    guest: { oneOf: [{ $ref: '#/$defs/person' }, { $ref: '#/$defs/company' }] },
    doors: { type: 'array', items: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } },
    channel: { enum: ['email', HOSTILE, null] },
    parent: { $ref: '#' },
    [HOSTILE]: { const: HOSTILE },
    __proto__x: true,
  },
  $defs: {
    person: { type: 'object', required: ['kind'], properties: { kind: { const: 'person' } } },
    company: {
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: 'company' }, vat: { type: ['string', 'null'] } },
    },
  },
};
const data: Json = { id: '7d3f9a52-5c0e-4a8e-9d6b-2f6f0b8c1e11', guest: { kind: 'person' }, [HOSTILE]: HOSTILE };

const version = (number: string) => ({ version: number, schema, examples: [{ name: 'one', value: data }] });
const eventType = (changes: Partial<ClientEventType> = {}): ClientEventType => ({
  source: 'com.key.access',
  detailType: 'Access Granted',
  title: HOSTILE,
  description: HOSTILE,
  eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
  versions: [version('1.2.0'), version('2.0.0')],
  ...changes,
});

const INPUT: ClientInput = {
  service: 'access-service',
  title: 'Access service',
  publishes: [eventType(), eventType({ source: 'com.key.other', deprecated: HOSTILE, versions: [version('1.0.0')] })],
  subscribes: [
    { name: 'queue', description: HOSTILE, target: 'sqs', eventTypes: [eventType()] },
    {
      name: 'function',
      description: '',
      target: 'lambda',
      eventTypes: [eventType({ eventPaths: {}, detailType: HOSTILE })],
    },
  ],
  buses: [
    {
      environment: 'prod',
      name: 'central',
      region: 'eu-west-1',
      arn: 'arn:aws:events:eu-west-1:111111111111:event-bus/central',
    },
  ],
};

/** What the promises of the README are tested with, beside the samples. */
const PROMISES = `import assert from 'node:assert/strict';
import test from 'node:test';
import { createPublisher, events, handleQueueMessage, PublishError, rememberInMemory, type AccessGrantedV1, type PutEventsEntry } from '../busline/client/index.ts';

const data = ${JSON.stringify(data)} as unknown as AccessGrantedV1;
const both = { v1: data, v2: data };

test('both majors carry one id', async () => {
  const sent: PutEventsEntry[] = [];
  const publisher = createPublisher({ environment: 'prod', traceparent: () => '00-a-b-01', putEvents: async entries => (sent.push(...entries), entries.map(() => ({ eventId: 'x' }))) });
  const { id } = await publisher.publishAccessGranted(both);
  assert.deepEqual(sent.map(({ Detail }) => JSON.parse(Detail).metadata), [
    { id, schemaVersion: '1.2.0', publishedBy: 'access-service', traceparent: '00-a-b-01' },
    { id, schemaVersion: '2.0.0', publishedBy: 'access-service', traceparent: '00-a-b-01' },
  ]);
});

test('ten entries a call, and only what failed again', async () => {
  const calls: number[] = [];
  const publisher = createPublisher({ environment: 'prod', putEvents: async entries => {
    calls.push(entries.length);
    return entries.map((_, i) => (calls.length === 1 && i < 2 ? { errorCode: 'ThrottlingException', errorMessage: 'slow down' } : { eventId: 'x' }));
  } });
  await publisher.publishAll(Array.from({ length: 6 }, () => events.accessGranted(both)));
  assert.deepEqual(calls, [10, 2, 2]);
});

test('what EventBridge denies is told and not tried again', async () => {
  let calls = 0;
  const publisher = createPublisher({ environment: 'prod', putEvents: async entries => (calls++, entries.map(() => ({ errorCode: 'NotAuthorizedForSourceException', errorMessage: 'no' }))) });
  await assert.rejects(publisher.publishAccessGranted(both), (error: unknown) => error instanceof PublishError && error.failed.length === 2);
  assert.equal(calls, 1);
});

test('too large is told before anything is sent', async () => {
  const publisher = createPublisher({ environment: 'prod', putEvents: async () => assert.fail('sent') });
  const large = { ...data, doors: Array.from({ length: 200_000 }, () => ({ n: 1 })) };
  await assert.rejects(publisher.publishAccessGranted({ v1: data, v2: large }), { name: 'EventTooLargeError' });
});

const message = (detail: unknown) => JSON.stringify({ source: 'com.key.access', 'detail-type': 'Access Granted', id: 'e', time: '2026-01-01T00:00:00Z', detail });

test('events go to the handler of their major; a later minor may have more; a failure may come again', async () => {
  const seen: string[] = [];
  let isDown = true;
  const handle = handleQueueMessage({
    accessGrantedV1: ({ id }) => void seen.push('1 ' + id),
    accessGrantedV2: ({ id }) => { if (isDown) throw new Error('down'); seen.push('2 ' + id); },
  }, { handled: rememberInMemory() });
  await handle(message({ metadata: { id: 'a', schemaVersion: '1.9.0' }, data: { ...data, later: 1 } }));
  await assert.rejects(handle(message({ metadata: { id: 'b', schemaVersion: '1.2.0' }, data: { ...data, later: 1 } })), { name: 'InvalidEventError' });
  const second = message({ metadata: { id: 'c', schemaVersion: '2.0.0' }, data });
  await assert.rejects(handle(second), { message: 'down' });
  isDown = false;
  await handle(second);
  await handle(second);
  await handle(message({ metadata: { id: 'd', schemaVersion: '3.0.0' }, data }));
  assert.deepEqual(seen, ['1 a', '2 c']);
});
`;

const MODULES = join(__dirname, '../../../../node_modules');

describe('generateClient', () => {
  const files = generateClient(INPUT);
  const textOf = (path: string) => files.find(file => file.path === path)!.text;

  it('says in the first line what is generated, and gives the same for the same', () => {
    for (const { path, text, kind } of files) {
      expect([path, /^(\/\/|<!--) Generated by Busline /.test(text)]).toEqual([path, kind === 'generated']);
      expect(path).toMatch(/^[\w./-]+$/);
      expect(path).not.toContain('..');
    }
    expect(generateClient(INPUT)).toEqual(files);
  });

  it('gives nothing to a service that has nothing to do with events', () => {
    expect(generateClient({ ...INPUT, publishes: [], subscribes: [] })).toEqual([]);
  });

  it('type-checks, and its tests pass', () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-'));
    try {
      for (const { path, text } of [...files, { path: 'test/promises.test.ts', text: PROMISES }]) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      symlinkSync(MODULES, join(folder, 'node_modules'));
      const run = (...args: string[]) =>
        execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } });
      run(join(MODULES, 'typescript/bin/tsc'), '--noEmit');
      const report = run('--experimental-strip-types', '--no-warnings', '--test', 'test/*.test.ts');
      expect(report).toMatch(/^ℹ fail 0$/m);
      expect(report).toMatch(/^ℹ pass 10$/m);
    } catch (error) {
      throw new Error(`${(error as { stdout?: string }).stdout ?? error}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

  it('names two event types of one name apart', () => {
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'busline/client/events/access-granted.ts',
        'busline/client/events/com-key-other-access-granted.ts',
      ]),
    );
    expect(textOf('busline/client/publisher.ts')).toContain('publishComKeyOtherAccessGranted');
  });
});

describe('typescriptTypes', () => {
  it.each<[string, Json, string]>([
    ['enumerations', { enum: ['a', 1, null, true] }, "export type T = 'a' | 1 | null | true;\n"],
    ['several types', { type: ['string', 'null'] }, 'export type T = string | null;\n'],
    [
      'maps',
      { type: 'object', additionalProperties: { type: 'number' } },
      'export type T = { readonly [key: string]: number };\n',
    ],
    [
      'tuples',
      { type: 'array', prefixItems: [{ type: 'string' }], items: false },
      'export type T = readonly [string?];\n',
    ],
    ['lists of unions', { type: 'array', items: { enum: ['a', 'b'] } }, "export type T = readonly ('a' | 'b')[];\n"],
    [
      'never and anything',
      { type: 'object', required: ['a'], properties: { a: false, b: true } },
      'export interface T {\n  readonly a: never;\n  readonly b?: unknown;\n}\n',
    ],
    [
      'recursion',
      { type: 'object', properties: { next: { $ref: '#' } } },
      'export interface T {\n  readonly next?: T;\n}\n',
    ],
  ])('%s', (_, given, expected) => {
    expect(typescriptTypes(given as never, 'T')).toBe(expected);
  });
});
