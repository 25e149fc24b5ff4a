import type { Knex } from 'knex';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { filling, isEmpty } from './firstLoad';

afterAll(closeDatabases);

const TABLE = 'subscription_rules';
const row = (rule_id: number) => ({ subscription_id: 1, rule_id, hop: 0 });

describe.each(DATABASES)('on %s', kind => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await openTestDatabase(kind);
  });
  beforeEach(() => knex(TABLE).delete());

  it('an empty table has its rows and its indexes afterwards', async () => {
    const before = await indexes(knex, kind);
    expect(before).toContain('subscription_rules_rule_id_index');
    expect(await isEmpty(knex, TABLE)).toBe(true);
    const during = await knex.transaction(trx =>
      filling(trx, [TABLE], async () => {
        await trx(TABLE).insert(row(2));
        return indexes(trx, kind);
      }),
    );
    expect(during).toEqual(kind === 'SQLite' ? [] : before);
    expect(await isEmpty(knex, TABLE)).toBe(false);
    expect(await indexes(knex, kind)).toEqual(before);
  });

  it('a table with rows keeps its indexes meanwhile', async () => {
    const before = await indexes(knex, kind);
    await knex(TABLE).insert(row(2));
    expect(await knex.transaction(trx => filling(trx, [TABLE], () => indexes(trx, kind)))).toEqual(before);
  });

  it('one that fails leaves the table and its indexes as they were', async () => {
    const before = await indexes(knex, kind);
    const fails = knex.transaction(trx =>
      filling(trx, [TABLE], async () => {
        await trx(TABLE).insert(row(2));
        throw new Error('away');
      }),
    );
    await expect(fails).rejects.toThrow('away');
    expect(await isEmpty(knex, TABLE)).toBe(true);
    expect(await indexes(knex, kind)).toEqual(before);
  });
});

async function indexes(knex: Knex, kind: string): Promise<readonly string[]> {
  const rows: { name: string }[] =
    kind === 'SQLite'
      ? await knex('sqlite_master').where({ type: 'index', tbl_name: TABLE }).select('name')
      : await knex('pg_indexes').where({ tablename: TABLE }).select({ name: 'indexname' });
  return rows.map(({ name }) => name).sort();
}
