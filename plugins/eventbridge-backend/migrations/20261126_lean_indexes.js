/**
 * Fewer indexes on the rules, of which there are two for each subscription: rules that nobody has seen on AWS need not
 * stand in the index of those that somebody has, and who declares a rule is asked of all of them or by their ids.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rules', table => {
    table.dropIndex(['declared_source']);
    table.dropIndex(['observed_source']);
  });
  await knex.raw(`CREATE INDEX rules_observed ON rules (observed_source) WHERE observed_source <> ''`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX rules_observed');
  await knex.schema.alterTable('rules', table => {
    table.index(['declared_source']);
    table.index(['observed_source']);
  });
};
