import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import createKnex, { type Knex } from 'knex';
import { writingAhead } from './sqliteDatabase';

const folder = mkdtempSync(path.join(tmpdir(), 'busline-sqlite-'));
const opened: Knex[] = [];
const open = (config: Knex.Config) => {
  const knex = createKnex(config);
  opened.push(knex);
  return knex;
};
afterAll(async () => {
  await Promise.all(opened.map(knex => knex.destroy()));
  rmSync(folder, { recursive: true });
});

it('has an SQLite file write ahead, without waiting for the disk at each commit', async () => {
  const knex = open({
    client: 'better-sqlite3',
    connection: path.join(folder, 'a.sqlite'),
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  const database = writingAhead({ getClient: async () => knex, migrations: { skip: true } });
  expect(await database.getClient()).toBe(knex);
  expect(await knex.raw('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await knex.raw('PRAGMA synchronous')).toEqual([{ synchronous: 1 }]);
  expect(database.migrations).toEqual({ skip: true });
});

it('leaves Postgres as it is', async () => {
  const knex = open({ client: 'pg', connection: process.env.BUSLINE_TEST_POSTGRES });
  const statements: string[] = [];
  knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
  await (await writingAhead({ getClient: async () => knex }).getClient()).raw('SELECT 1');
  expect(statements).toEqual(['SELECT 1']);
});

it('opens a database that was away at the first attempt', async () => {
  const knex = open({ client: 'pg', connection: process.env.BUSLINE_TEST_POSTGRES });
  const getClient = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(knex);
  const database = writingAhead({ getClient });
  await expect(database.getClient()).rejects.toThrow('away');
  expect(await database.getClient()).toBe(knex);
});
