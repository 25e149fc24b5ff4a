/**
 * Change requests: what somebody asked for, the plan that was made of it, and how far it got. Unlike the tables of the
 * catalog these are no cache. What a forge knows (state, approvals, checks) is kept beside it as it was last seen.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_requests', table => {
    table.string('id').primary();
    table.string('key', 256).notNullable().unique().comment('the same for a second try');
    table.string('kind').notNullable();
    table.text('title').notNullable();
    table.string('service', 512);
    table.string('environment');
    table.string('requested_by', 512).notNullable().index();
    table.string('requested_at').notNullable();
    table.string('service_owner', 512).comment('entity reference in lower case');
    table.string('state').notNullable().index();
    table.text('waits_for');
    table.text('request').notNullable().comment('JSON');
    table.text('plan').notNullable().comment('JSON');
    table.string('base_commit').notNullable();
    table.string('opened_at');
    table.string('approved_at');
    table.string('merged_at');
    table.string('deployed_at');
    table.string('live_at');
    table.string('closed_at');
    table.text('failure').comment('why the last step failed');
    table.text('stacks').notNullable().comment('JSON: how far the deployment got');
    table.text('live').notNullable().comment('JSON: what is seen on AWS');
    table.string('classification').notNullable().comment('the highest of the event types that it is about');
    table.text('words').notNullable().comment('what a search looks at, in lower case');
    table.index(['requested_at', 'id']);
  });

  await knex.schema.createTable('change_pull_requests', table => {
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('role').notNullable();
    table.string('repository').notNullable();
    table.string('branch').notNullable();
    table.integer('number');
    table.text('url');
    table.string('state').notNullable();
    table.text('seen').notNullable().comment('JSON: approvals, checks, mergeable, as the forge last said');
    table.string('merged_at');
    table.primary(['change_id', 'position']);
    table.index(['repository', 'number']);
  });

  await knex.schema.createTable('change_people', table => {
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.string('owner', 512).notNullable().comment('entity reference in lower case');
    table.boolean('must_approve').notNullable();
    table.primary(['change_id', 'owner']);
    table.index('owner');
  });

  await knex.schema.createTable('change_history', table => {
    table.increments('id');
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.string('at').notNullable();
    table.string('by', 512);
    table.text('text').notNullable();
    table.index(['change_id', 'id']);
  });

  await knex.schema.createTable('forge_pull_requests', table => {
    table.string('repository').notNullable();
    table.integer('number').notNullable();
    table.integer('version').notNullable().comment('counts up with every write');
    table.string('state').notNullable();
    table.string('head').notNullable().comment('branch');
    table.string('base').notNullable().comment('branch');
    table.text('document').notNullable().comment('JSON: the record of the local forge');
    table.primary(['repository', 'number']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX forge_pull_requests_open ON forge_pull_requests (repository, head, base) WHERE state = 'open'`,
  );

  await knex.schema.createTable('change_reviews', table => {
    table.string('repository').notNullable();
    table.integer('number').notNullable();
    table.string('by', 512).notNullable();
    table.text('claims').notNullable().comment('JSON: the groups that the reviewer belonged to');
    table.string('at').notNullable();
    table.primary(['repository', 'number', 'by']);
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('change_reviews');
  await knex.schema.dropTable('forge_pull_requests');
  await knex.schema.dropTable('change_history');
  await knex.schema.dropTable('change_people');
  await knex.schema.dropTable('change_pull_requests');
  await knex.schema.dropTable('change_requests');
};
