/**
 * SQLite: the ids of the large tables are the ids of their rows, and tables of pairs are nothing but their key. A read
 * that goes by an id looks once and not twice, and a write has one index less to keep.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') return;
  for (const table of [
    'event_types',
    'event_type_documents',
    'schema_versions',
    'subscriptions',
    'subscription_documents',
    'buses',
    'rules',
  ]) {
    // Only a column that is called INTEGER is the id of the row.
    await remake(knex, table, 'id', sql => sql.replace('`id` bigint,', '`id` integer,'));
  }
  for (const [table, key] of [
    ['event_type_values', 'facet, value, event_type_id'],
    ['subscription_event_types', 'subscription_id, event_type_id'],
    ['subscription_rules', 'subscription_id, rule_id'],
  ]) {
    await remake(knex, table, key, sql => `${sql} WITHOUT ROWID`);
  }
};

/** The tables serve as they are: there is nothing to take back. */
exports.down = async function down() {};

/** SQLite changes no key of a table that is there: it is made anew, filled, and takes the place of the old one. */
async function remake(knex, table, order, change) {
  const [{ sql }] = await knex('sqlite_master').where({ type: 'table', name: table }).select('sql');
  const indexes = await knex('sqlite_master')
    .where({ type: 'index', tbl_name: table })
    .whereNotNull('sql')
    .select('sql');
  await knex.raw(change(sql.replace(table, `${table}_new`)));
  await knex.raw(`INSERT INTO ${table}_new SELECT * FROM ${table} ORDER BY ${order}`);
  await knex.raw(`DROP TABLE ${table}`);
  await knex.raw(`ALTER TABLE ${table}_new RENAME TO ${table}`);
  for (const index of indexes) await knex.raw(index.sql);
}
