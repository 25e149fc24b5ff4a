/**
 * What the catalog was given, in the catalog's own database, so that every replica knows it. Both tables can be emptied: the
 * next run gives everything anew, and the catalog leaves alone what is the same.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('busline_feed_entities', table => {
    table.string('entity_ref').primary();
    table.string('hash').notNullable().comment('of the entity as it was given');
  });
  await knex.schema.createTable('busline_feed_runs', table => {
    table.string('provider').primary();
    table.string('stamp').notNullable().comment('of what was read when the run ended');
    table.bigInteger('verified_at').notNullable().comment('when all entities were given, milliseconds since 1970');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('busline_feed_runs');
  await knex.schema.dropTable('busline_feed_entities');
};
