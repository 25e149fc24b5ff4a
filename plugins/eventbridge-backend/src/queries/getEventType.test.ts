import { toEntityRef } from '@busline/plugin-eventbridge-common';
import request from 'supertest';
import { closeDatabases, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';

afterAll(closeDatabases);

const RESTRICTED = 'Secret Opened';
const OPEN = 'Access Revoked';

describe('the catalog entity of an event type', () => {
  it.each([
    ['as configured by default', ['public', 'internal', 'confidential'], [OPEN]],
    ['with restricted ones too', ['internal', 'restricted'], [OPEN, RESTRICTED]],
    ['with none', [], []],
  ])('is named where the catalog has it, %s', async (_how, inCatalog, expected) => {
    const source = new TestRepository('key', keyRepositoryFiles(), 'Key');
    const harness = await createHarness({ knex: await openTestDatabase('SQLite'), sources: [source], inCatalog });
    await harness.read(source);
    const named: string[] = [];
    for (const detailType of [OPEN, RESTRICTED]) {
      const { body } = await request(harness.app).get(`/event-types/com.key.access/${encodeURIComponent(detailType)}`);
      expect(body.detailType).toBe(detailType);
      const entityRef = toEntityRef({ source: 'com.key.access', detailType });
      expect([undefined, entityRef]).toContain(body.entityRef);
      if (body.entityRef === entityRef) named.push(detailType);
    }
    expect(named).toEqual(expected);
  });
});
