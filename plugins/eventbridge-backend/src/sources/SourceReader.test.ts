import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { eventType, keyRepositoryFiles } from '../testing/keyRepository';

afterAll(closeDatabases);

describe.each(DATABASES)('reading again on %s', kind => {
  const setUp = async (...sources: TestRepository[]) => {
    const knex = await openTestDatabase(kind);
    const harness = await createHarness({ knex, sources });
    for (const source of sources) await harness.read(source);
    const get = async (path: string) => (await request(harness.app).get(path)).body;
    const names = async (path = '/event-types') =>
      (await get(path)).items.map((item: { detailType: string }) => item.detailType);
    return { ...harness, get, names };
  };

  it('keeps the last good data of a source that fails, and says why it is stale', async () => {
    const source = new TestRepository('key', keyRepositoryFiles());
    const { read, get, names } = await setUp(source);
    const before = await names();
    source.failure = new Error('The forge answered 502 Bad Gateway');
    await read(source);
    expect((await get('/sources')).items[0]).toMatchObject({
      state: 'stale',
      reason: 'The forge answered 502 Bad Gateway',
      lastReadAt: expect.any(String),
    });
    expect(await names()).toEqual(before);
    source.failure = undefined;
    await read(source);
    expect((await get('/sources')).items[0].state).toBe('fresh');
    expect((await get('/sources')).items[0].reason).toBeUndefined();
  });

  it('reads at once when asked to, without the scheduler', async () => {
    const source = new TestRepository('key', keyRepositoryFiles());
    const knex = await openTestDatabase(kind);
    const asked = await createHarness({ knex, sources: [source] });
    await expect(asked.reader.refresh('gone')).rejects.toThrow('There is no source "gone"');
    await asked.reader.refresh('key');
    // Joins the one that was asked for.
    await asked.read(source);
    expect(await knex('sources').pluck('state')).toEqual(['fresh']);
    expect(await knex('sources').pluck('fingerprint')).toEqual(['1']);
  });

  it('follows what changes, comes and goes', async () => {
    const source = new TestRepository('key', keyRepositoryFiles());
    const { read, get, names } = await setUp(source);
    const folder = 'events/com.key.access/access-granted';
    source.files.set(
      `${folder}/event.yaml`,
      source.files.get(`${folder}/event.yaml`)!.replace('title: Access Granted', 'title: Opened'),
    );
    for (const file of [...source.files.keys()]) {
      if (file.startsWith('events/com.key.access/secret-opened/')) source.files.delete(file);
    }
    const added = eventType('com.key.access', 'Access Paused', {
      domain: 'access',
      owner: 'group:default/access',
      classification: 'internal',
      description: 'New.',
      fields: { resumesAt: 'string' },
    });
    for (const [file, text] of Object.entries(added)) source.files.set(file, text);
    await read(source);
    expect(await names()).toEqual(['Access Granted', 'Access Paused', 'Access Revoked', 'Delivery Planned']);
    expect((await get('/event-types/com.key.access/Access%20Granted')).title).toBe('Opened');
    expect(await names('/event-types?q=vault')).toEqual([]);
    expect(await names('/event-types?q=resumes')).toEqual(['Access Paused']);
    const { items } = await get('/subscriptions?q=all-access');
    expect(items[0].eventTypes.map((ref: { detailType: string }) => ref.detailType)).toEqual([
      'Access Granted',
      'Access Paused',
      'Access Revoked',
    ]);
  });

  it('takes away subscriptions with their rules and counts', async () => {
    const source = new TestRepository('key', keyRepositoryFiles());
    const { read, get } = await setUp(source);
    source.files.delete('subscriptions/access-service/planned.yaml');
    await read(source);
    expect((await get('/subscriptions')).totalItems).toBe(4);
    expect((await get('/event-types/com.key.delivery/Delivery%20Planned')).subscriberCount).toBe(0);
    expect((await get('/accounts')).items.find((a: { name: string }) => a.name === 'access-prod').ruleCount).toBe(0);
  });

  it('writes only what changed', async () => {
    const source = new TestRepository('key', keyRepositoryFiles());
    const { read, knex } = await setUp(source);
    const written: string[] = [];
    knex.on('query', ({ sql }) => {
      const table = /^INSERT INTO (\w+)/.exec(sql)?.[1];
      if (table) written.push(table);
    });
    await read(source);
    expect(written.filter(table => table !== 'source_problems')).toEqual([]);

    source.files.set('domains/access.yaml', `${source.files.get('domains/access.yaml')}# More.\n`);
    source.files.delete('subscriptions/access-service/planned.yaml');
    source.files.set(
      'domains/deliveries.yaml',
      source.files.get('domains/deliveries.yaml')!.replace('title: Deliveries', 'title: Drop-offs'),
    );
    await read(source);
    expect(new Set(written.filter(table => table !== 'source_problems'))).toEqual(
      new Set([
        'domains',
        'event_types',
        'event_type_documents',
        ...(kind === 'SQLite' ? ['event_type_names'] : []),
        'event_type_values',
        'event_type_search',
      ]),
    );
  });

  it('lets the first of two sources that declare one event type have it, and the second when the first gives it up', async () => {
    const first = new TestRepository('first', keyRepositoryFiles());
    const second = new TestRepository('second', {
      'busline.yaml': keyRepositoryFiles()['busline.yaml']!,
      'accounts.yaml': keyRepositoryFiles()['accounts.yaml']!,
      'domains/deliveries.yaml': keyRepositoryFiles()['domains/deliveries.yaml']!,
      ...eventType('com.key.delivery', 'Delivery Planned', {
        domain: 'deliveries',
        owner: 'group:default/other',
        classification: 'public',
        description: 'Declared again.',
        fields: { other: 'string' },
      }),
    });
    const { read, get } = await setUp(first, second);
    const planned = '/event-types/com.key.delivery/Delivery%20Planned';
    expect((await get(planned)).origin).toBe('first');
    const problems = await get('/sources/second/problems');
    expect(problems.items.map((problem: { rule: string }) => problem.rule)).toContain('declared-by-another-source');

    for (const file of [...first.files.keys()]) {
      if (file.startsWith('events/com.key.delivery/')) first.files.delete(file);
    }
    await read(first);
    await read(second);
    expect(await get(planned)).toMatchObject({ origin: 'second', owner: 'group:default/other' });
    const version = await get(`${planned}/versions/1.0.0`);
    expect(Object.keys(version.schema.properties)).toEqual(['other']);
  });

  it('stores what a database might stumble over', async () => {
    const files = keyRepositoryFiles();
    const hostile = 'Nul \u0000, half \ud800, quote \' " \\ %, ${x}, {{x}}, <img src=x onerror=alert(1)>';
    Object.assign(
      files,
      eventType('com.key.access', 'Hostile', {
        domain: 'access',
        owner: 'group:default/access',
        classification: 'public',
        description: hostile,
        fields: { ["x'; DROP TABLE event_types; --"]: 'string', __proto__x: 'string' },
      }),
    );
    const source = new TestRepository('key', files);
    const { get } = await setUp(source);
    expect((await get('/sources')).items[0].state).toBe('fresh');
    const body = await get('/event-types/com.key.access/Hostile');
    expect(body.description).toContain('<img src=x onerror=alert(1)>');
    expect(body.summary).not.toContain('<img');
  });

  it('shows a schema of 5 MB', async () => {
    const files = keyRepositoryFiles();
    const schema = {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [
          `field${index}`,
          { type: 'string', description: 'x'.repeat(1000) },
        ]),
      ),
    };
    files['events/com.key.access/access-granted/2.0.0/schema.json'] = JSON.stringify(schema);
    const { get } = await setUp(new TestRepository('key', files));
    const version = await get('/event-types/com.key.access/Access%20Granted/versions/2.0.0');
    expect(version.size).toBeGreaterThan(5_000_000);
    expect(Object.keys(version.schema.properties)).toHaveLength(5000);
  });
});
