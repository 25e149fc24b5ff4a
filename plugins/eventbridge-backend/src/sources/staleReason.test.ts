import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import request from 'supertest';
import { staleReason } from './staleReason';

afterAll(closeDatabases);

const withCode = (message: string, code: string, more = {}) => Object.assign(new Error(message), { code, ...more });

it.each([
  [new Error('busline.yaml is not there'), 'busline.yaml is not there'],
  [
    withCode("insert into `event_types` values ('secret') - UNIQUE constraint failed", 'SQLITE_CONSTRAINT_UNIQUE'),
    'The portal’s database refused what was read (SQLITE_CONSTRAINT_UNIQUE). The log of the portal’s backend says why.',
  ],
  [
    withCode('update "sources" set x = $1 - value too long', '22001', { severity: 'ERROR' }),
    'The portal’s database refused what was read (22001). The log of the portal’s backend says why.',
  ],
  [
    new Error('could not be written', {
      cause: withCode('connect ECONNREFUSED 10.0.0.7:5432', 'ECONNREFUSED'),
    }),
    'The portal’s database did not answer when this was to be written. The next read will try again.',
  ],
  [
    new Error('cannot read https://bot:ghp_hunter2@git.example.com/a/b.git?ref=main'),
    'cannot read https://git.example.com/a/b.git?ref=main',
  ],
  [new Error('GET https://x.example/a?token=abc123&b=1 failed'), 'GET https://x.example/a?token=(left out)&b=1 failed'],
  [new Error('connect to postgresql://portal:pw@db.internal:5432/x failed'), 'connect to (an address) failed'],
  [new Error('refused with authorization Bearer abcdefgh12345678'), 'refused with authorization Bearer (left out)'],
  [new Error('login with password="a b c", user=x'), 'login with password=(left out), user=x'],
  [new Error('x'.repeat(5000)), 'x'.repeat(1000)],
  ['just a text', "unknown error 'just a text'"],
])('%s', (error, reason) => {
  expect(staleReason(error)).toBe(reason);
});

it('ends with an error that is its own cause', () => {
  const error = new Error('round');
  error.cause = error;
  expect(staleReason(error)).toBe('round');
});

it.each(DATABASES)('shows no statement of %s when a snapshot cannot be written', async kind => {
  const knex = await openTestDatabase(kind);
  const source = new TestRepository('key', keyRepositoryFiles());
  const harness = await createHarness({ knex, sources: [source] });
  await knex.schema.dropTable('event_type_documents');
  await harness.read(source);
  const { body } = await request(harness.app).get('/sources');
  expect(body.items[0]).toMatchObject({
    state: 'stale',
    reason: expect.stringMatching(/^The portal’s database refused what was read \(\w+\)\./),
  });
  expect(body.items[0].reason).not.toMatch(/event_type_documents|insert|select/i);
});
