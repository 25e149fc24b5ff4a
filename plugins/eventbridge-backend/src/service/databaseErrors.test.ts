import createKnex from 'knex';
import net from 'node:net';
import request from 'supertest';
import { closeDatabases, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { isDatabaseAway } from './databaseErrors';

afterAll(closeDatabases);

/** Stands between the plugin and Postgres, and can be cut. */
async function cuttableWire(target: URL) {
  const open = new Set<net.Socket>();
  let cut = false;
  const server = net.createServer(socket => {
    if (cut) {
      socket.destroy();
      return;
    }
    const upstream = net.connect(Number(target.port), target.hostname);
    for (const each of [socket, upstream]) {
      open.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        socket.destroy();
        upstream.destroy();
        open.delete(each);
      });
    }
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    cut: () => {
      cut = true;
      open.forEach(socket => socket.destroy());
    },
    mend: () => {
      cut = false;
    },
    close: () => new Promise(resolve => server.close(resolve)),
  };
}

it('a database that is away is said to be away, and loses nothing', async () => {
  const direct = await openTestDatabase('Postgres');
  const { rows } = await direct.raw('SELECT current_database() AS name');
  const target = new URL(process.env.BUSLINE_TEST_POSTGRES!);
  target.pathname = `/${rows[0].name}`;
  const wire = await cuttableWire(target);
  const through = new URL(target);
  through.port = String(wire.port);
  const knex = createKnex({
    client: 'pg',
    connection: through.href,
    pool: { min: 0, max: 4 },
    acquireConnectionTimeout: 2000,
  });
  const source = new TestRepository('key', keyRepositoryFiles());
  const harness = await createHarness({ knex, sources: [source] });
  await harness.read(source);

  wire.cut();
  source.files.delete('subscriptions/access-service/planned.yaml');
  await harness.read(source);
  const away = await request(harness.app).get('/event-types');
  expect(away.status).toBe(503);
  expect(away.body.error).toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('Nothing is lost'),
  });
  expect(JSON.stringify(away.body)).not.toMatch(/postgres:\/\/|password|127\.0\.0\.1/);

  wire.mend();
  const back = await request(harness.app).get('/subscriptions');
  expect(back.body.totalItems).toBe(5);
  await harness.read(source);
  expect((await request(harness.app).get('/subscriptions')).body.totalItems).toBe(4);
  const { body } = await request(harness.app).get('/sources');
  expect(body.items[0]).toMatchObject({ state: 'fresh' });
  await knex.destroy();
  await wire.close();
});

it.each([
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('the database system is shutting down'), { code: '57P03' }), true],
  [Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' }), true],
  [Object.assign(new Error('duplicate key'), { code: '23505' }), false],
  [Object.assign(new Error('no such table'), { code: 'SQLITE_ERROR' }), false],
  [new TypeError('connection timeout is not a function'), false],
  ['connection timeout', false],
])('%s', (error, expected) => {
  expect(isDatabaseAway(error)).toBe(expected);
});
