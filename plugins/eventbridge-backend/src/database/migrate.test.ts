import { closeDatabases, openEmptyPostgres } from '../testing/databases';
import { openDatabase } from './migrate';

afterAll(closeDatabases);

it('replicas that start at once on an empty Postgres all come up, with the tables made once', async () => {
  const clients = await openEmptyPostgres(4);
  const opened = await Promise.all(clients.map(knex => openDatabase({ getClient: async () => knex })));
  for (const knex of opened) expect(await knex('sources').select()).toEqual([]);
  const runs: { name: string }[] = await opened[0]!('knex_migrations').select('name');
  expect(runs.map(({ name }) => name)).toEqual([...new Set(runs.map(({ name }) => name))]);
});

it('leaves the tables alone where the configuration skips migrations', async () => {
  const [knex] = await openEmptyPostgres(1);
  await openDatabase({ getClient: async () => knex!, migrations: { skip: true } });
  expect(await knex!.schema.hasTable('sources')).toBe(false);
});
