import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import request from 'supertest';
import { closeDatabases, openTestDatabase } from '../testing/databases';
import { integrationsFor, startForgeServer, type Archive, type ForgeServer } from '../testing/forgeServer';
import { createHarness } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { RepositorySource } from './RepositorySource';
import { readUrlFiles } from './urlFiles';

let forge: ForgeServer;
beforeEach(async () => {
  forge = await startForgeServer();
  forge.files = keyRepositoryFiles();
});
afterEach(async () => forge.close());
afterAll(closeDatabases);

const ALL = ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened'];

async function setUp(options: { forge?: 'GitHub' | 'GitLab'; path?: string; token?: string } = {}) {
  const config = new ConfigReader({ integrations: integrationsFor(forge, options.forge ?? 'GitHub', options.token) });
  const urlReader = UrlReaders.default({ config, logger: mockServices.logger.mock() });
  const tree = options.forge === 'GitLab' ? '-/tree/main' : 'tree/main';
  const source = RepositorySource.create(
    {
      id: 'key',
      title: 'Key',
      target: `${forge.url}/key/events/${tree}/${options.path ?? ''}`,
      schedule: { frequency: { minutes: 5 }, timeout: { minutes: 1 } },
    },
    urlReader,
  );
  const harness = await createHarness({ knex: await openTestDatabase('SQLite'), sources: [source] });
  return {
    source,
    urlReader,
    read: async () => {
      forge.requests.length = 0;
      await harness.read(source);
      const { body } = await request(harness.app).get('/sources');
      return body.items[0] as { state: string; reason?: string; lastReadAt?: string; problemCount: number };
    },
    names: async () => {
      const { body } = await request(harness.app).get('/event-types');
      return body.items.map((item: { detailType: string }) => item.detailType);
    },
    eventType: async () => {
      const { body } = await request(harness.app).get('/event-types/com.key.access/Access%20Granted');
      return body;
    },
  };
}

describe.each(['GitHub', 'GitLab'] as const)('an event repository on %s', name => {
  it('is read from its archive', async () => {
    const { read, names } = await setUp({ forge: name });
    expect(await read()).toMatchObject({ state: 'fresh', problemCount: 1 });
    expect(await names()).toEqual(ALL);
  });

  it('is not fetched again while main stands where it stood', async () => {
    const { read, names } = await setUp({ forge: name });
    await read();
    const again = await read();
    expect(again.state).toBe('fresh');
    expect(forge.requests.filter(path => /archive|tarball/.test(path))).toEqual([]);
    expect(forge.requests).not.toEqual([]);
    forge.commit = 'c2';
    forge.files = Object.fromEntries(
      Object.entries(forge.files).filter(
        ([file]) => !file.includes('delivery-planned') && !file.endsWith('planned.yaml'),
      ),
    );
    expect((await read()).state).toBe('fresh');
    expect(await names()).toEqual(ALL.filter(each => each !== 'Delivery Planned'));
  });

  it('keeps its last good data when the forge says 401, 404 or 500', async () => {
    const { read, names } = await setUp({ forge: name });
    const good = await read();
    forge.commit = 'c2';
    for (const [status, words] of [
      [401, /may not be read: the token in "integrations" is missing, has expired or lacks the right.*401/],
      [404, /is not there, or the token in "integrations" may not see it.*404/],
      [500, /500/],
    ] as const) {
      forge.status = status;
      const { state, reason, lastReadAt } = await read();
      expect([state, lastReadAt]).toEqual(['stale', good.lastReadAt]);
      expect(reason).toMatch(words);
      expect(reason).toContain('key');
      expect(await names()).toEqual(ALL);
    }
    forge.status = undefined;
    const { state, reason } = await read();
    expect([state, reason]).toEqual(['fresh', undefined]);
  });
});

describe('an event repository on a forge', () => {
  it('may be a folder of a repository', async () => {
    forge.files = Object.fromEntries(Object.entries(forge.files).map(([file, text]) => [`deep/events/${file}`, text]));
    forge.files = { ...forge.files, 'deep/other.yaml': 'not: read', 'README.md': 'Hello' };
    const { read, names, eventType } = await setUp({ path: 'deep/events' });
    expect(await read()).toMatchObject({ state: 'fresh', problemCount: 1 });
    expect(await names()).toEqual(ALL);
    expect((await eventType()).declaredAt.url).toBe(
      `${forge.url}/key/events/blob/main/deep/events/events/com.key.access/access-granted/event.yaml#L1`,
    );
  });

  it('says so when the token is wrong from the start', async () => {
    const { read } = await setUp({ token: 'another' });
    const { state, reason } = await read();
    expect(state).toBe('stale');
    expect(reason).toContain('token in "integrations"');
  });

  const broken: readonly (readonly [string, Archive, RegExp])[] = [
    ['cut off in the middle', { kind: 'cut', share: 0.5 }, /broken or was not sent to its end/],
    ['cut off near its end', { kind: 'cut', share: 0.98 }, /broken or was not sent to its end/],
    ['empty', { kind: 'garbage', body: '' }, /busline\.yaml|broken/],
    ['a page of HTML', { kind: 'garbage', body: '<html>Sign in</html>'.repeat(100) }, /busline\.yaml|broken/],
  ];
  it.each(broken)('keeps its last good data when the archive is %s', async (_what, archive, words) => {
    const { read, names } = await setUp();
    await read();
    forge.commit = 'c2';
    forge.archive = archive;
    const { state, reason } = await read();
    expect(state).toBe('stale');
    expect(reason).toMatch(words);
    expect(reason).toContain(forge.url);
    expect(await names()).toEqual(ALL);
    forge.archive = { kind: 'whole' };
    expect((await read()).state).toBe('fresh');
  });

  it('gives up an archive whose connection broke off', async () => {
    const { source, urlReader } = await setUp();
    forge.archive = { kind: 'broken-off' };
    const { signal } = new AbortController();
    await expect(readUrlFiles(source.target, urlReader, { signal, timeoutMs: 500 })).rejects.toThrow(
      /archive of http.* (was not sent to its end within 0.5 seconds|is broken or was not sent to its end)/,
    );
  });

  it('stops when the read is cancelled', async () => {
    const { source, urlReader } = await setUp();
    forge.archive = { kind: 'broken-off' };
    const reading = readUrlFiles(source.target, urlReader, { signal: AbortSignal.timeout(300) });
    await expect(reading).rejects.toThrow(/timeout|abort|broken/i);
  });

  it.each(['../outside.yaml', 'events/../../outside.yaml', 'events/../busline.yaml'])(
    'refuses an archive that has the name %s',
    async name => {
      const { read, names } = await setUp();
      await read();
      forge.commit = 'c2';
      forge.files = { ...forge.files, [name]: 'name: other' };
      const { state, reason } = await read();
      expect(state).toBe('stale');
      expect(reason).toContain(`names a file outside of itself: "${name}"`);
      expect(await names()).toEqual(ALL);
    },
  );

  it('leaves out hidden files and node_modules', async () => {
    const hidden = { '.github/workflows/check.yaml': 'x: [', 'node_modules/a/busline.yaml': 'x: [', '.env': 'A=1' };
    forge.files = { ...forge.files, ...hidden };
    const { read } = await setUp();
    expect(await read()).toMatchObject({ state: 'fresh', problemCount: 1 });
  });
});
