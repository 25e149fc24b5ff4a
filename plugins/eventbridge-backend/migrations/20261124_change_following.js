/**
 * When to look at a change request next, what people were told of it, what stands in its way for now, and what pull
 * requests were replaced by newer ones. The paths that it changes have a table of their own: planning asks for those of all open ones.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.string('request_hash').comment('the same for the same request');
    table.string('announced').notNullable().defaultTo('opening').comment('the state that people were told of last');
    table.text('trouble').comment('why the last step could not be taken yet; it is tried again by itself');
    table.string('moved_at').comment('when anything of it changed last');
    table.string('look_at').index().comment('when it is looked at next; null for never');
    table.text('superseded').notNullable().defaultTo('[]').comment('JSON: pull requests that newer ones replaced');
  });
  await knex.schema.createTable('change_files', table => {
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.text('path').notNullable().comment('in the event repository');
    table.index('change_id');
  });
  const rows = await knex('change_requests').select('id', 'plan', 'state', 'requested_at');
  for (const { id, plan, state, requested_at: at } of rows) {
    const { requestHash, repositories } = JSON.parse(plan);
    await knex('change_requests')
      .where({ id })
      .update({
        request_hash: requestHash,
        announced: state,
        moved_at: at,
        look_at: ['live', 'closed'].includes(state) ? null : at,
      });
    const files = repositories.filter(({ role }) => role === 'events').flatMap(repository => repository.files);
    for (const { path } of files) await knex('change_files').insert({ change_id: id, path });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_files');
  await knex.schema.alterTable('change_requests', table => {
    table.dropIndex(['look_at']);
    table.dropColumns('request_hash', 'announced', 'trouble', 'moved_at', 'look_at', 'superseded');
  });
};
