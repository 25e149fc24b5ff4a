import type { EventTypeQuery, SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { eventTypeFacets } from './eventTypeFacets';
import { listEventTypes } from './listEventTypes';
import { listSubscriptions } from './listSubscriptions';
import { subscriptionFacets } from './subscriptionFacets';
import type { Visibility } from './visibility';

afterAll(closeDatabases);

const VISIBILITIES: readonly Visibility[] = [
  { kind: 'all' },
  { kind: 'none' },
  { kind: 'some', criteria: { not: { field: 'classification', values: ['restricted'] } } },
  { kind: 'some', criteria: { anyOf: [{ field: 'owner', values: ['group:default/delivery'] }] } },
];

const EVENT_TYPE_QUERIES: readonly EventTypeQuery[] = [
  {},
  { q: 'access' },
  { q: 'access granted' },
  { q: 'a', domain: ['access'] },
  { domain: ['access'], lifecycle: ['production'] },
  { owner: ['Group:default/Delivery'] },
  { publisher: ['access-service'], bus: ['key-central'] },
  { publisher: ['delivery-service'], classification: ['public', 'internal'] },
  { subscriber: ['delivery-service'], tag: ['door'] },
];

const SUBSCRIPTION_QUERIES: readonly SubscriptionQuery[] = [
  {},
  { q: 'access' },
  { environment: ['prod'] },
  { environment: ['prod'], service: ['delivery-service'], standing: ['unknown'] },
  { account: ['333333333333'], q: 'delivery' },
  { source: 'com.key.access', targetType: ['sqs'] },
];

describe.each(DATABASES)('facets on %s', kind => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await openTestDatabase(kind);
    const source = new TestRepository('key', keyRepositoryFiles(), 'Key');
    await (await createHarness({ knex, sources: [source] })).read(source);
  });

  describe.each(VISIBILITIES.map(visibility => [visibility]))('seen by %j', visibility => {
    it.each(EVENT_TYPE_QUERIES.map(query => [query]))('count what lists of event types have: %j', async query => {
      const { totalItems, facets } = await eventTypeFacets(knex, query, visibility);
      expect(totalItems).toBe((await listEventTypes(knex, query, visibility)).totalItems);
      for (const [facet, values] of Object.entries(facets)) {
        for (const { value, count } of values) {
          const list = await listEventTypes(knex, { ...query, [facet]: [value] }, visibility);
          expect({ facet, value, count }).toEqual({ facet, value, count: list.totalItems });
          expect(list.items).toHaveLength(list.totalItems);
        }
      }
    });

    it.each(SUBSCRIPTION_QUERIES.map(query => [query]))('count what lists of subscriptions have: %j', async query => {
      const { totalItems, facets } = await subscriptionFacets(knex, query, visibility);
      expect(totalItems).toBe((await listSubscriptions(knex, query, visibility)).totalItems);
      for (const [facet, values] of Object.entries(facets)) {
        for (const { value, count } of values) {
          const list = await listSubscriptions(knex, { ...query, [facet]: [value] }, visibility);
          expect({ facet, value, count }).toEqual({ facet, value, count: list.totalItems });
          expect(list.items).toHaveLength(list.totalItems);
        }
      }
    });
  });

  it('leave no value out', async () => {
    const eventTypes = await eventTypeFacets(knex, {}, { kind: 'all' });
    expect(Object.values(eventTypes.facets).map(values => values.length)).toEqual([2, 2, 2, 4, 2, 1]);
    const { facets } = await subscriptionFacets(knex, {}, { kind: 'all' });
    expect(facets.service).toEqual([
      { value: 'delivery-service', label: 'Delivery service', count: 4 },
      { value: 'access-service', label: 'Access service', count: 1 },
    ]);
    expect(facets.account.map(({ label, count }) => [label, count])).toEqual([
      ['delivery-prod', 3],
      ['access-prod', 1],
      ['delivery-dev', 1],
    ]);
    expect(facets.standing).toEqual([{ value: 'unknown', label: 'unknown', count: 5 }]);
  });
});
