import { eventTypeConditions } from '@busline/plugin-eventbridge-node';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from './testing/databases';
import { createHarness, TestRepository, type Grants, type Harness } from './testing/harness';
import { keyRepositoryFiles } from './testing/keyRepository';

afterAll(closeDatabases);

const all = ['eventbridge.estate.read', 'eventbridge.source.read', 'eventbridge.source.problems.read'];
const conditionsFor = (claims: string[], classifications: string[]): Grants => ({
  eventTypes: {
    anyOf: [
      eventTypeConditions.hasClassification({ classifications }),
      eventTypeConditions.isOwner({ claims }),
      eventTypeConditions.isSubscriber({ claims }),
    ],
  },
  others: all,
});
const READER = conditionsFor(['user:default/reader'], ['public', 'internal']);
const HOMES = conditionsFor(['group:default/homes'], ['public', 'internal', 'confidential']);
const ACCESS = conditionsFor(['group:default/ACCESS'], ['public', 'internal', 'confidential']);
const DELIVERY = conditionsFor(['group:default/delivery'], ['public', 'internal', 'confidential']);
const NOBODY: Grants = { eventTypes: 'none', others: [] };

/** Words that only the restricted event type has. */
const SECRET = /Secret Opened|vaultNumber|opened a vault/i;

describe.each(DATABASES)('who sees what on %s', kind => {
  const harnesses = new Map<Grants, Harness>();
  beforeAll(async () => {
    const knex = await openTestDatabase(kind);
    const source = new TestRepository('key', keyRepositoryFiles());
    source.files.set('events/com.key.access/secret-opened/1.0.0/examples/bad.json', '{');
    for (const grants of [READER, HOMES, ACCESS, DELIVERY, NOBODY]) {
      const harness = await createHarness({ knex, sources: [source], grants });
      if (harnesses.size === 0) await harness.read(source);
      harnesses.set(grants, harness);
    }
  });
  const get = async (grants: Grants, path: string) => request(harnesses.get(grants)!.app).get(path);
  const secret = '/event-types/com.key.access/Secret%20Opened';

  it.each([
    ['a reader', READER, ['Access Revoked', 'Delivery Planned']],
    ['a team beside', HOMES, ['Access Granted', 'Access Revoked', 'Delivery Planned']],
    ['the owner', ACCESS, ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['a subscriber’s owner', DELIVERY, ['Access Granted', 'Access Revoked', 'Delivery Planned', 'Secret Opened']],
    ['nobody', NOBODY, []],
  ])('%s sees these event types in lists, facets, overview and map', async (_who, grants, expected) => {
    const list = await get(grants, '/event-types');
    expect(list.body.items.map((item: { detailType: string }) => item.detailType)).toEqual(expected);
    expect(list.body.totalItems).toBe(expected.length);
    expect((await get(grants, '/event-types/facets')).body.totalItems).toBe(expected.length);
    expect((await get(grants, '/overview')).body.eventTypes).toBe(expected.length);
    expect((await get(grants, '/map')).body.eventTypes).toHaveLength(expected.length);
    expect((await get(grants, '/event-type-index')).body.totalItems).toBe(expected.length);
  });

  it.each([secret, `${secret}/versions/1.0.0`, `${secret}/subscriptions`])(
    'answers 404 to who may not see %s, as if it were not there',
    async path => {
      expect((await get(ACCESS, path)).status).toBe(200);
      const hidden = await get(HOMES, path);
      expect(hidden.status).toBe(404);
      const absent = await get(HOMES, path.replace('Secret', 'Absent'));
      expect(hidden.body.error.message.replace('Secret', 'Absent')).toBe(absent.body.error.message);
    },
  );

  it.each([
    '/event-types?q=vault',
    '/event-types?publisher=access-service',
    '/event-types/facets',
    '/event-type-index?limit=500',
    '/subscriptions',
    '/subscriptions?q=secrets',
    '/subscriptions?source=com.key.access&detailType=Secret%20Opened',
    '/services/access-service',
    '/services/delivery-service',
    '/map',
    '/buses',
    '/sources/key/problems',
  ])('a word of the restricted event type does not appear in %s', async path => {
    const open = await get(ACCESS, path);
    expect(open.status).toBe(200);
    for (const grants of [READER, HOMES]) {
      const { status, body } = await get(grants, path);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(SECRET);
    }
  });

  it('hides subscriptions that name it and keeps those that take it among others', async () => {
    const namesOf = async (grants: Grants) =>
      (await get(grants, '/subscriptions?environment=prod')).body.items
        .map((item: { name: string }) => item.name)
        .sort();
    expect(await namesOf(ACCESS)).toEqual(['access-granted', 'all-access', 'planned', 'secrets']);
    expect(await namesOf(HOMES)).toEqual(['access-granted', 'all-access', 'planned']);
    expect(await namesOf(READER)).toEqual(['all-access', 'planned']);
    expect(await namesOf(NOBODY)).toEqual([]);
    const { body } = await get(READER, '/subscriptions?q=all-access');
    expect(body.items[0]).toMatchObject({ eventTypeCount: 1, eventTypes: [{ detailType: 'Access Revoked' }] });
  });

  it('hides it on buses: rules, permissions and the subscription’s own page', async () => {
    const { body: buses } = await get(ACCESS, '/buses');
    for (const { arn } of buses.items) {
      const path = `/buses/${encodeURIComponent(arn)}`;
      const { status, body } = await get(HOMES, path);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(SECRET);
    }
    const { body: list } = await get(ACCESS, '/subscriptions?q=secrets');
    expect((await get(HOMES, `/subscriptions/${list.items[0].id}`)).status).toBe(404);
  });

  it('shows problems of its files to who may see it only', async () => {
    const filesFor = async (grants: Grants) =>
      (await get(grants, '/sources/key/problems')).body.items.map((problem: { file: string }) => problem.file);
    expect(await filesFor(ACCESS)).toContain('events/com.key.access/secret-opened/1.0.0/examples/bad.json');
    expect(await filesFor(HOMES)).not.toContain('events/com.key.access/secret-opened/1.0.0/examples/bad.json');
  });

  it.each(['/buses', '/buses/x', '/buses/x/metrics', '/accounts', '/sources', '/sources/key/problems'])(
    'says which permission is missing for %s',
    async path => {
      const { status, body } = await get(NOBODY, path);
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/permission eventbridge\./);
    },
  );

  it('lets only those read now who may', async () => {
    const { status } = await request(harnesses.get(READER)!.app).post('/sources/key/refresh');
    expect(status).toBe(403);
  });
});
