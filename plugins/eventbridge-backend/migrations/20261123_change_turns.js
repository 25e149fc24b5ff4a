/**
 * Whose turn a change request is, and which event types it is about: so that lists can ask for "waits for me" and for the
 * changes under way of one event type.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_turns', table => {
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.string('owner', 512).notNullable().comment('entity reference in lower case');
    table.primary(['change_id', 'owner']);
    table.index('owner');
  });
  await knex.schema.createTable('change_event_types', table => {
    table.string('change_id').notNullable().references('id').inTable('change_requests').onDelete('CASCADE');
    table.string('source', 512).notNullable();
    table.string('detail_type', 512).notNullable();
    table.primary(['change_id', 'source', 'detail_type']);
    table.index(['source', 'detail_type']);
  });
  const rows = await knex('change_requests').select('id', 'plan');
  for (const { id, plan } of rows) {
    const refs = JSON.parse(plan).people.flatMap(person => person.eventTypes);
    for (const { source, detailType } of refs) {
      await knex('change_event_types')
        .insert({ change_id: id, source, detail_type: detailType })
        .onConflict(['change_id', 'source', 'detail_type'])
        .ignore();
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_event_types');
  await knex.schema.dropTable('change_turns');
};
