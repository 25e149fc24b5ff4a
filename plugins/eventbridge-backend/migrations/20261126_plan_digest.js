const { createHash } = require('node:crypto');

/**
 * The digest of each change request's plan: whoever follows its page asks for the plan again only when this has changed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.string('plan_digest').notNullable().defaultTo('').comment('of files and permissions');
  });
  const rows = await knex('change_requests').select('id');
  for (const { id } of rows) {
    const { plan } = await knex('change_requests').where({ id }).first('plan');
    const { repositories, permissions } = JSON.parse(plan);
    const digest = createHash('sha256').update(JSON.stringify({ repositories, permissions })).digest('hex');
    await knex('change_requests')
      .where({ id })
      .update({ plan_digest: digest.slice(0, 32) });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.dropColumn('plan_digest');
  });
};
