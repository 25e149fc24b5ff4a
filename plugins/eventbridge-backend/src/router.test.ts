import { readEventRepository } from '@busline/event-repository';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from './testing/databases';
import { createHarness, TestRepository, type Harness } from './testing/harness';
import { keyRepositoryFiles } from './testing/keyRepository';

afterAll(closeDatabases);

it('the small event repository of these tests has no problems but the HTML that is there on purpose', () => {
  const files = keyRepositoryFiles();
  const { problems } = readEventRepository({ paths: () => Object.keys(files), read: file => files[file] });
  expect(problems.map(problem => problem.rule)).toEqual(['html-in-description']);
});

describe.each(DATABASES)('the HTTP API on %s', kind => {
  let harness: Harness;
  beforeAll(async () => {
    const source = new TestRepository('key', keyRepositoryFiles(), 'Key');
    harness = await createHarness({ knex: await openTestDatabase(kind), sources: [source] });
    await harness.read(source);
  });
  const get = async (path: string) => {
    const { status, body } = await request(harness.app).get(path);
    return { status, body };
  };
  const names = (body: { items: { detailType: string }[] }) => body.items.map(item => item.detailType);

  it('has read the source', async () => {
    const { body } = await get('/sources');
    expect(body.items).toEqual([
      expect.objectContaining({
        id: 'key',
        kind: 'event-repository',
        title: 'Key',
        state: 'fresh',
        problemCount: 1,
        counts: { eventTypes: 4, services: 2, subscriptions: 4, accounts: 5, domains: 2 },
      }),
    ]);
  });

  it.each([
    ['', ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['?order=desc', ['Secret Opened', 'Delivery Planned', 'Access Revoked', 'Access Granted']],
    ['?sort=subscribers', ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['?sort=version', ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['?sort=source&order=desc', ['Delivery Planned', 'Access Granted', 'Access Revoked', 'Secret Opened']],
    ['?domain=access', ['Access Granted', 'Access Revoked', 'Secret Opened']],
    ['?domain=access&domain=deliveries&classification=public', ['Delivery Planned']],
    ['?owner=group:default/delivery', ['Delivery Planned']],
    ['?publisher=access-service&lifecycle=production', ['Access Granted', 'Secret Opened']],
    ['?subscriber=access-service', ['Delivery Planned']],
    ['?bus=key-central&tag=door', ['Access Granted']],
    ['?tag=nothing', []],
    ['?q=access', ['Access Granted', 'Access Revoked', 'Secret Opened']],
    ['?q=accessGr', ['Access Granted', 'Access Revoked']],
    ['?q=com.key.del', ['Delivery Planned']],
    ['?q=vault', ['Secret Opened']],
    ['?q=guest%20email', ['Access Granted']],
    ['?q=%22%27%3B--', ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['?q=zzz', []],
    ['?q=', ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
  ])('GET /event-types%s', async (query, expected) => {
    const { status, body } = await get(`/event-types${query}`);
    expect({ status, names: names(body), totalItems: body.totalItems }).toEqual({
      status: 200,
      names: expected,
      totalItems: expected.length,
    });
  });

  it('names the schema fields that a search found', async () => {
    const { body } = await get('/event-types?q=email');
    expect(body.items[0].matchedFields).toEqual(['guestEmail']);
  });

  it.each(['name', 'source', 'owner', 'publisher', 'subscribers', 'version'])(
    'pages through all, sorted by %s',
    async sort => {
      const all = await get(`/event-types?sort=${sort}`);
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await get(`/event-types?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
        found.push(...names(body));
        if (!body.nextCursor) break;
        cursor = body.nextCursor;
      }
      expect(found).toEqual(names(all.body));
    },
  );

  it.each([
    ['/event-types?limit=0', 'limit'],
    ['/event-types?limit=501', 'limit'],
    ['/event-types?colour=red', 'colour'],
    ['/event-types?sort=colour', 'sort'],
    ['/event-types?cursor=nonsense', 'cursor'],
    ['/subscriptions?cursor=WyJuYW1lLWFzYyIsMSwyXQ', 'cursor'],
  ])('refuses %s and names what is wrong', async (path, what) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.name).toBe('InputError');
    expect(body.error.message).toContain(what);
  });

  it('counts facets that follow the other filters, but not their own', async () => {
    const { body } = await get('/event-types/facets?domain=access&lifecycle=production');
    expect(body.totalItems).toBe(2);
    expect(body.facets.domain).toEqual([
      { value: 'access', label: 'Access', count: 2 },
      { value: 'deliveries', label: 'Deliveries', count: 1 },
    ]);
    expect(body.facets.lifecycle).toEqual([
      { value: 'production', label: 'production', count: 2 },
      { value: 'deprecated', label: 'deprecated', count: 1 },
    ]);
    expect(body.facets.publisher).toEqual([{ value: 'access-service', label: 'access-service', count: 2 }]);
    expect(body.facets.bus).toEqual([{ value: 'key-central', label: 'key-central', count: 2 }]);
  });

  it('shows an event type with its versions, publishers and buses', async () => {
    const { body } = await get('/event-types/com.key.access/Access%20Granted');
    expect(body).toMatchObject({
      title: 'Access Granted',
      summary: 'Somebody may now open a door.',
      description: 'Somebody may now open a **door**. It stays so until revoked.',
      domain: { name: 'access', title: 'Access' },
      version: '2.0.0',
      versionCount: 2,
      subscriberCount: 1,
      standing: 'unknown',
      publisherServices: [{ name: 'access-service', entityRef: 'component:default/access-service' }],
      buses: [{ name: 'key-central', environment: 'prod', account: { id: '111111111111', name: 'platform-prod' } }],
      declaredAt: { file: 'events/com.key.access/access-granted/event.yaml', line: 1 },
    });
    expect(
      body.versions.map((v: { version: string; subscriberCount: number }) => [v.version, v.subscriberCount]),
    ).toEqual([
      ['2.0.0', 2],
      ['1.0.0', 1],
    ]);
  });

  it('gives descriptions as they are and summaries without mark-up', async () => {
    const { body } = await get('/event-types/com.key.access/Access%20Revoked');
    expect(body.description).toBe('A grant ended <script>alert(1)</script> before its time.');
    expect(body.summary).toBe('A grant ended alert(1) before its time.');
  });

  it('shows a schema version with its examples', async () => {
    const { body } = await get('/event-types/com.key.access/Access%20Granted/versions/1.0.0');
    expect(body).toMatchObject({
      version: '1.0.0',
      exampleCount: 1,
      schema: { type: 'object', properties: { guestEmail: { type: 'string' } } },
      examples: [{ name: 'one', value: { guestEmail: 'some guestEmail' } }],
    });
  });

  it.each([
    '/event-types/com.key.access/Nothing',
    '/event-types/com.key.access/Access%20Granted/versions/9.0.0',
    '/event-types/com.key.access/Nothing/subscriptions',
    '/subscriptions/nothing',
    '/subscriptions/!',
    '/services/nothing',
    '/services/by-entity?ref=component:default/nothing',
    '/buses/arn%3Anothing',
    '/sources/nothing/problems',
  ])('answers 404 to %s', async path => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body.error.name).toBe('NotFoundError');
  });

  it.each([
    ['', 5],
    ['?environment=prod', 4],
    ['?service=delivery-service&environment=dev', 1],
    ['?account=333333333333', 3],
    ['?standing=unknown', 5],
    ['?standing=drifted', 0],
    ['?targetType=sqs', 5],
    ['?targetType=lambda', 0],
    ['?source=com.key.access', 4],
    ['?source=com.key.access&detailType=Secret%20Opened', 2],
    ['?q=secrets', 1],
    ['?q=channel', 2],
    ['?sort=standing&order=desc', 5],
  ])('GET /subscriptions%s takes %d', async (query, count) => {
    const { status, body } = await get(`/subscriptions${query}`);
    expect({ status, items: body.items?.length, total: body.totalItems }).toEqual({
      status: 200,
      items: count,
      total: count,
    });
  });

  it.each(['service', 'name', 'account', 'standing'])('pages through all subscriptions, sorted by %s', async sort => {
    const all = await get(`/subscriptions?sort=${sort}`);
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await get(`/subscriptions?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...body.items.map((item: { id: string }) => item.id));
      if (!body.nextCursor) break;
      cursor = body.nextCursor;
    }
    expect(found).toEqual(all.body.items.map((item: { id: string }) => item.id));
  });

  it('says what a subscription takes, in words, and how it travels', async () => {
    const list = await get('/subscriptions?q=access-granted&environment=prod');
    const [summary] = list.body.items;
    expect(summary).toMatchObject({
      name: 'access-granted',
      service: { name: 'delivery-service', owner: 'group:default/delivery' },
      account: { id: '333333333333', name: 'delivery-prod' },
      bus: 'key-central',
      eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
      eventTypeCount: 1,
      target: { type: 'sqs', name: 'a-queue', arn: 'arn:aws:sqs:eu-west-1:333333333333:a-queue' },
    });
    expect(summary.filter.map((clause: { field: string }) => clause.field).sort()).toEqual([
      'detail.data.channel',
      'detail.metadata.schemaVersion',
    ]);

    const { body } = await get(`/subscriptions/${summary.id}`);
    expect(body.hops).toMatchObject([
      { bus: { name: 'key-central', account: { id: '111111111111' } }, rule: { enabled: true } },
      { bus: { account: { id: '333333333333' } }, targets: [{ arn: 'arn:aws:sqs:eu-west-1:333333333333:a-queue' }] },
    ]);
    expect(body.hops[0].rule.consoleUrl).toContain('eu-west-1.console.aws.amazon.com');
    expect(body.permissions[0].words).toMatch(/may publish|may put/);
    expect(body.delivery).toMatchObject({ maximumEventAgeSeconds: 86400, maximumRetryAttempts: 185 });
    expect(body.declaredAt.file).toBe('subscriptions/delivery-service/access-granted.yaml');
  });

  it('links a pattern that names no detail-type to every event type that it takes', async () => {
    const { body } = await get('/subscriptions?q=all-access');
    expect(body.items[0].eventTypes.map((ref: { detailType: string }) => ref.detailType)).toEqual([
      'Access Granted',
      'Access Revoked',
      'Secret Opened',
    ]);
  });

  it('lists the subscriptions of an event type', async () => {
    const { body } = await get('/event-types/com.key.access/Access%20Granted/subscriptions?environment=prod');
    expect(body.items.map((item: { name: string }) => item.name).sort()).toEqual(['access-granted', 'all-access']);
  });

  it('shows a service by name and by its component', async () => {
    const byName = await get('/services/delivery-service');
    expect(byName.body).toMatchObject({
      title: 'Delivery service',
      environments: [
        { environment: 'prod', account: { id: '333333333333', name: 'delivery-prod' } },
        { environment: 'dev', account: { id: '333344445555' } },
      ],
    });
    expect(names({ items: byName.body.publishes })).toEqual(['Delivery Planned']);
    expect(byName.body.subscriptions).toHaveLength(4);
    const byEntity = await get('/services/by-entity?ref=Component:default/delivery-service');
    expect(byEntity.body).toEqual(byName.body);
    const list = await get('/services');
    expect(list.body.items.map((service: { name: string }) => service.name)).toEqual([
      'access-service',
      'delivery-service',
    ]);
  });

  it('shows buses with their permissions in words, rules and quotas', async () => {
    const { body } = await get('/buses?environment=prod');
    const central = body.items.find((bus: { role: string }) => bus.role === 'central');
    expect(central).toMatchObject({ name: 'key-central', standing: 'unknown', ruleCount: 2, origin: 'Key' });
    expect(central.quotas[0]).toEqual({ name: 'rules', used: 2, limit: 300, unit: 'rules' });
    const detail = await get(`/buses/${encodeURIComponent(central.arn)}`);
    expect(detail.body.rules).toHaveLength(2);
    expect(detail.body.permissions[0].words).toContain('com.key.access');
    expect((await get('/buses?q=central')).body.totalItems).toBe(2);
    expect((await get('/buses?q=%25')).body.totalItems).toBe(0);
  });

  it('lists accounts with who runs in them', async () => {
    const { body } = await get('/accounts');
    expect(body.items.find((account: { id: string }) => account.id === '333333333333')).toMatchObject({
      name: 'delivery-prod',
      owner: 'group:default/delivery',
      environment: 'prod',
      services: ['delivery-service'],
      busCount: 1,
    });
  });

  it('draws the map', async () => {
    const { body } = await get('/map');
    const edges = body.edges.map((edge: { kind: string; service: number; eventType: number }) =>
      [edge.kind, body.services[edge.service].name, body.eventTypes[edge.eventType].detailType].join(' '),
    );
    expect(edges.sort()).toEqual([
      'publishes access-service Access Granted',
      'publishes access-service Access Revoked',
      'publishes access-service Secret Opened',
      'publishes delivery-service Delivery Planned',
      'subscribes access-service Delivery Planned',
      'subscribes delivery-service Access Granted',
      'subscribes delivery-service Access Revoked',
      'subscribes delivery-service Secret Opened',
    ]);
    expect((await get('/map?domain=deliveries')).body.eventTypes).toHaveLength(1);
    expect((await get('/map?service=access-service')).body.eventTypes).toHaveLength(4);
  });

  it('counts for the overview', async () => {
    const { body } = await get('/overview');
    expect(body).toMatchObject({ eventTypes: 4, services: 2, subscriptions: 5, drifted: 0 });
  });
});
