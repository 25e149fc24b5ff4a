import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleEventbridge from '@busline/plugin-catalog-backend-module-eventbridge';
import eventbridgePlugin from '@busline/plugin-eventbridge-backend';
import { readEventRepository } from '@busline/event-repository';
import type { SourceStatus } from '@busline/plugin-eventbridge-common';
import { eventSourcesExtensionPoint, type EventSource, type SourceSnapshot } from '@busline/plugin-eventbridge-node';
import createKnex, { type Knex } from 'knex';

jest.setTimeout(180_000);

const TOKEN = 'a-token-of-this-test-and-of-nothing-else';
const PREFIX = `busline_${randomUUID().slice(0, 8)}_`;
const SERVER = new URL(process.env.BUSLINE_TEST_POSTGRES!);
const DATABASE = { host: SERVER.hostname, port: Number(SERVER.port), user: SERVER.username, password: SERVER.password };

/** What both replicas read: the same files wherever they are read, and a count of the reads. */
const repository = {
  files: new Map<string, string>(),
  reads: 0,
  readingNow: 0,
  mostAtOnce: 0,
};

function writeFiles(eventTypes: Readonly<Record<string, string>>): void {
  repository.files = new Map([
    ['busline.yaml', 'name: key\nowner: group:default/platform\n'],
    ...Object.entries(eventTypes).flatMap(([name, title]) => {
      const folder = `events/com.key.access/${name.toLowerCase()}`;
      return [
        [
          `${folder}/event.yaml`,
          `source: com.key.access\ndetailType: ${name}\ntitle: ${title}\ndescription: Words.\nowner: group:default/access\nlifecycle: production\nclassification: internal\n`,
        ],
        [`${folder}/1.0.0/schema.json`, '{ "type": "object" }'],
      ] as [string, string][];
    }),
  ]);
}

const source: EventSource = {
  id: 'key',
  kind: 'event-repository',
  title: 'Key',
  target: '/key',
  // Once in the life of this test, unless asked for.
  schedule: { frequency: { hours: 24 }, timeout: { minutes: 5 } },
  async read({ previousFingerprint }): Promise<SourceSnapshot> {
    repository.reads += 1;
    repository.readingNow += 1;
    repository.mostAtOnce = Math.max(repository.mostAtOnce, repository.readingNow);
    // Long enough for another replica to come in between.
    await new Promise(resolve => setTimeout(resolve, 300));
    repository.readingNow -= 1;
    const { files } = repository;
    const fingerprint = JSON.stringify([...files]);
    if (fingerprint === previousFingerprint) return { kind: 'unchanged' };
    const read = readEventRepository({ paths: () => [...files.keys()], read: file => files.get(file) });
    return { kind: 'event-repository', repository: read.repository, problems: read.problems, fingerprint };
  },
};

const sourceModule = createBackendModule({
  pluginId: 'eventbridge',
  moduleId: 'test-source',
  register(env) {
    env.registerInit({
      deps: { sources: eventSourcesExtensionPoint },
      async init({ sources }) {
        sources.addEventSource(source);
      },
    });
  },
});

interface Replica {
  get<T>(path: string): Promise<T>;
  post(path: string): Promise<void>;
  stop(): Promise<void>;
}

async function startReplica(): Promise<Replica> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://portal' },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: { client: 'pg', prefix: PREFIX, connection: DATABASE },
          auth: {
            keys: [{ secret: 'c2VjcmV0' }],
            externalAccess: [{ type: 'static', options: { token: TOKEN, subject: 'test' } }],
          },
        },
        catalog: { providers: { eventbridge: { schedule: { frequency: { seconds: 1 }, timeout: { minutes: 5 } } } } },
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory());
  backend.add(catalogPlugin);
  backend.add(eventbridgePlugin);
  backend.add(catalogModuleEventbridge);
  backend.add(sourceModule);
  await backend.start();
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${url}/api${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    get: async <T>(path: string) => (await ask(path)).json() as Promise<T>,
    post: async path => void (await ask(path, { method: 'POST' })),
    stop: () => backend.stop(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function eventually<T>(what: string, look: () => Promise<T>, isGood: (seen: T) => boolean): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (isGood(seen)) return seen;
    if (Date.now() > until) throw new Error(`${what} did not come about; it stands at ${JSON.stringify(seen)}`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

describe('two replicas on one Postgres', () => {
  let replicas: readonly Replica[] = [];
  let catalogDatabase: Knex;

  beforeAll(async () => {
    writeFiles({ Granted: 'Access granted', Revoked: 'Access revoked', Refused: 'Access refused' });
    // One after the other, as a rolling deployment starts them: the catalog's own migrations do not take two at once.
    replicas = [await startReplica(), await startReplica()];
    catalogDatabase = createKnex({ client: 'pg', connection: { ...DATABASE, database: `${PREFIX}catalog` } });
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.stop()));
    await catalogDatabase?.destroy();
  });

  const titles = async (replica: Replica) => {
    const page = await replica.get<{ items: readonly { readonly title: string }[] }>('/eventbridge/event-types');
    return page.items.map(({ title }) => title);
  };
  const entityTitles = async (replica: Replica) => {
    const { items } = await replica.get<{ items: readonly Entity[] }>(
      '/catalog/entities/by-query?filter=kind=api,spec.type=eventbridge',
    );
    return items.map(({ metadata }) => metadata.title).sort();
  };
  const lastRead = async (replica: Replica) => {
    const { items } = await replica.get<{ items: readonly SourceStatus[] }>('/eventbridge/sources');
    return items[0]!;
  };
  const expectBoth = async (look: (replica: Replica) => Promise<unknown>, expected: unknown) => {
    for (const replica of replicas) {
      await eventually(
        JSON.stringify(expected),
        () => look(replica),
        seen => JSON.stringify(seen) === JSON.stringify(expected),
      );
    }
  };

  it('read the source once, serve the same list, and give the catalog each event type once', async () => {
    const all = ['Access granted', 'Access refused', 'Access revoked'];
    await expectBoth(titles, all);
    await expectBoth(entityTitles, all);
    expect(repository.reads).toBe(1);
    const states = await Promise.all(replicas.map(lastRead));
    expect(states[1]).toEqual(states[0]);
    expect(states[0]!.state).toBe('fresh');
    // Once in the catalog's own list of what the provider gave, not merely once on the page.
    const given = await catalogDatabase('refresh_state_references').where({ source_key: 'eventbridge' });
    expect(given).toHaveLength(3);
  });

  it('both show a change that either is asked to read, and so does the catalog', async () => {
    writeFiles({ Granted: 'Access granted at last', Revoked: 'Access revoked' });
    await replicas[1]!.post('/eventbridge/sources/key/refresh');
    const changed = ['Access granted at last', 'Access revoked'];
    await expectBoth(titles, changed);
    await expectBoth(entityTitles, changed);
    expect(repository.reads).toBe(2);
  });

  it('asked by both at once, read one after the other and end the same', async () => {
    writeFiles({ Granted: 'Access granted' });
    await Promise.all(replicas.map(replica => replica.post('/eventbridge/sources/key/refresh')));
    await expectBoth(titles, ['Access granted']);
    await expectBoth(entityTitles, ['Access granted']);
    expect(repository.mostAtOnce).toBe(1);
  });

  it('go on when one of them is gone', async () => {
    const [gone, left] = replicas;
    replicas = [left!];
    await gone!.stop();
    writeFiles({ Granted: 'Access granted', Lent: 'Access lent' });
    await left!.post('/eventbridge/sources/key/refresh');
    await expectBoth(titles, ['Access granted', 'Access lent']);
    await expectBoth(entityTitles, ['Access granted', 'Access lent']);
  });
});
