import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';
import { searchFor } from './search';

const directory = resolvePackagePath('@busline/plugin-eventbridge-backend', 'migrations');
let knex: Knex;
beforeEach(() => {
  knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
});
afterEach(() => knex.destroy());

it('searches made before a migration of the search tables are found after it', async () => {
  await knex.migrate.up({ directory, name: '20260901_init.js' });
  for (const table of ['event_type_search', 'subscription_search']) {
    await knex(table).insert({ rowid: 7, name: 'access granted', about: 'door', body: 'opens', fields: 'guest' });
  }
  await knex.migrate.latest({ directory });
  for (const table of ['event_type_search', 'subscription_search'] as const) {
    expect(await searchFor(knex, table, 'gran guest')!.count()).toBe(1);
    expect(await searchFor(knex, table, 'gran nothing')!.count()).toBe(0);
  }
  const named = (q: string) =>
    knex
      .select('id')
      .from(knex.raw('(SELECT 7 AS id)'))
      .whereRaw(searchFor(knex, 'event_type_search', q)!.isFound('id', 'name'));
  expect(await named('access')).toHaveLength(1);
  expect(await named('door')).toHaveLength(0);
});

it('can be taken back', async () => {
  await knex.migrate.latest({ directory });
  await knex.migrate.rollback({ directory }, true);
  const tables: { name: string }[] = await knex('sqlite_master').where({ type: 'table' }).select('name');
  expect(tables.map(({ name }) => name).filter(name => !/^(knex|sqlite)_/.test(name))).toEqual([]);
});

it('rows made before ids became row ids are there after it, and so are the indexes', async () => {
  await knex.migrate.up({ directory, name: '20260901_init.js' });
  const names = async () =>
    (await knex('sqlite_master').where({ type: 'index', tbl_name: 'rules' }).whereNotNull('sql').select('name'))
      .map(({ name }) => name)
      .sort();
  const before = await names();
  const id = 2 ** 52 - 1;
  await knex('rules').insert({ id, arn: 'arn', bus_id: 3, name: 'n', account_id: '1', region: 'eu-west-1' });
  await knex('subscription_rules').insert({ subscription_id: id - 1, rule_id: id, hop: 1 });
  await knex.migrate.up({ directory, name: '20261125_row_ids.js' });
  expect(await knex('rules').where({ id }).select('rowid', 'arn', 'standing')).toEqual([
    { id, arn: 'arn', standing: 'unknown' },
  ]);
  expect(await knex('subscription_rules')).toEqual([{ subscription_id: id - 1, rule_id: id, hop: 1 }]);
  expect(await names()).toEqual(before);
});
