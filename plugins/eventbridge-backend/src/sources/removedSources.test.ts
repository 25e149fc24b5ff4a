import { mockServices } from '@backstage/backend-test-utils';
import type { EstatePart, EventSource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { removeSources } from './removedSources';

afterAll(closeDatabases);

const REGION = 'eu-west-1';
const busArn = `arn:aws:events:${REGION}:999999999999:event-bus/strange`;
const part: EstatePart = {
  outcome: 'read',
  accountId: '999999999999',
  region: REGION,
  estate: {
    buses: [{ arn: busArn, name: 'strange', accountId: '999999999999', region: REGION }],
    rules: [
      {
        arn: `arn:aws:events:${REGION}:999999999999:rule/strange/all`,
        name: 'all',
        busArn,
        accountId: '999999999999',
        region: REGION,
        enabled: true,
        pattern: { source: ['com.key.access'] },
        targets: [{ id: 'queue', arn: `arn:aws:sqs:${REGION}:999999999999:all` }],
      },
    ],
  },
};

const estate: EventSource = {
  id: 'aws',
  kind: 'aws',
  title: 'AWS',
  target: 'one account',
  schedule: { frequency: { minutes: 1 }, timeout: { minutes: 1 } },
  async read({ onPart }) {
    await onPart(part);
    return { kind: 'aws', covered: [{ accountId: part.accountId, region: part.region }] };
  },
};

const TABLES = [
  'sources',
  'source_parts',
  'source_problems',
  'accounts',
  'domains',
  'services',
  'event_types',
  'event_type_documents',
  'event_type_values',
  'event_type_search',
  'schema_versions',
  'subscriptions',
  'subscription_documents',
  'subscription_event_types',
  'subscription_search',
  'subscription_rules',
  'buses',
  'rules',
];

async function rowsOf(knex: Knex) {
  const counts = await Promise.all(
    TABLES.map(async table => [table, Number((await knex(table).count({ n: '*' }))[0]!.n)]),
  );
  return Object.fromEntries(counts) as Record<string, number>;
}

describe.each(DATABASES)('a source that the configuration no longer has, on %s', kind => {
  const key = () => new TestRepository('key', keyRepositoryFiles(), 'Key');
  /** A second repository with one of the event types, which the first one has. */
  const second = () => {
    const files = Object.entries(keyRepositoryFiles()).filter(([file]) => !file.startsWith('subscriptions/'));
    return new TestRepository('second', Object.fromEntries(files), 'Second');
  };

  it('leaves what the others have as if it had never been there', async () => {
    const [one, two] = [key(), second()];
    const knex = await openTestDatabase(kind);
    const before = await createHarness({ knex, sources: [one, two, estate] });
    for (const source of [one, two, estate]) await before.read(source);
    expect((await request(before.app).get('/subscriptions')).body.totalItems).toBe(6);

    const after = await createHarness({ knex, sources: [two] });
    await after.read(two);

    const fresh = await openTestDatabase(kind);
    const expected = await createHarness({ knex: fresh, sources: [two] });
    await expected.read(two);
    expect(await rowsOf(knex)).toEqual(await rowsOf(fresh));
    for (const path of ['/event-types', '/subscriptions', '/buses', '/services', '/map', '/event-types/facets']) {
      expect((await request(after.app).get(path)).body).toEqual((await request(expected.app).get(path)).body);
    }
  });

  it('leaves nothing when it was the last, and comes back whole', async () => {
    const knex = await openTestDatabase(kind);
    const source = key();
    await (await createHarness({ knex, sources: [source, estate] })).read(source);
    const before = await rowsOf(knex);
    await createHarness({ knex, sources: [] });
    expect(Object.values(await rowsOf(knex)).every(count => count === 0)).toBe(true);
    await (await createHarness({ knex, sources: [source, estate] })).read(source);
    expect(await rowsOf(knex)).toEqual(before);
  });

  it('is removed once when several replicas start together, and stays away from one that still has it', async () => {
    const knex = await openTestDatabase(kind);
    const source = key();
    const old = await createHarness({ knex, sources: [source, estate] });
    await old.read(source);
    const logger = mockServices.logger.mock();
    const start = () => removeSources(knex, ['aws'], { logger, now: new Date() });
    await Promise.all([start(), start(), start()]);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(expect.stringContaining('Source key is no longer configured'));

    source.files.delete('subscriptions/access-service/planned.yaml');
    await old.read(source);
    expect((await rowsOf(knex)).event_types).toBe(0);
    expect((await rowsOf(knex)).sources).toBe(1);
  });
});
