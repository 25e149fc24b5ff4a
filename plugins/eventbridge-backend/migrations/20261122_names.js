/**
 * SQLite: the names of event types in a search table of their own, for the order of what is found.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') return;
  const tokenize = `tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'"`;
  await knex.raw(
    `CREATE VIRTUAL TABLE event_type_names USING fts5(name, about, ${tokenize}, columnsize = 0, detail = column)`,
  );
  await knex.raw(
    `INSERT INTO event_type_names (rowid, name, about)
     SELECT rowid, name, about FROM event_type_search ORDER BY rowid`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (knex.client.config.client !== 'pg') await knex.raw('DROP TABLE event_type_names');
};
