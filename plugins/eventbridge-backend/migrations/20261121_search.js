/**
 * What the search and the counts of a large catalog are answered from.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') await rebuildSubscriptionSearch(knex, 'column');
  await knex.schema.alterTable('subscriptions', table => {
    table.dropIndex(['service', 'id']);
    // Counts of filters are answered from this index alone.
    table.index(['service', 'environment', 'account_id', 'target_type', 'standing', 'id'], 'subscriptions_facets');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('subscriptions', table => {
    table.dropIndex([], 'subscriptions_facets');
    table.index(['service', 'id']);
  });
  if (knex.client.config.client !== 'pg') await rebuildSubscriptionSearch(knex, 'none');
};

/** With `detail = none` FTS5 puts the rows of a word's beginning in order by sorting, which takes six times as long. */
async function rebuildSubscriptionSearch(knex, detail) {
  const tokenize = `tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'"`;
  await knex.raw(
    `CREATE VIRTUAL TABLE subscription_search_new USING fts5(name, about, body, fields, ${tokenize}, columnsize = 0, detail = ${detail})`,
  );
  await knex.raw(
    `INSERT INTO subscription_search_new (rowid, name, about, body, fields)
     SELECT rowid, name, about, body, fields FROM subscription_search ORDER BY rowid`,
  );
  await knex.raw('DROP TABLE subscription_search');
  await knex.raw('ALTER TABLE subscription_search_new RENAME TO subscription_search');
}
