/**
 * The tables are a cache of what the sources say: they can be dropped and are filled again by the next read.
 *
 * Ids are the first 52 bits of a hash of what identifies the row, so that a rebuilt database has the same ids and
 * addresses of pages stay valid. Narrow tables carry what lists filter, sort and count by; what a page shows beside
 * that stands as JSON text in the `*_documents` tables.
 *
 * The id of an event type comes from source and detail-type alone. Where two sources have the same event type, the first
 * one in the configuration has the row.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('sources', table => {
    table.string('id').primary();
    table.integer('position').notNullable();
    table.string('kind').notNullable();
    table.text('title').notNullable();
    table.text('target').notNullable();
    table.string('state').notNullable().comment('never-read, fresh or stale');
    table.string('reading_since').comment('while a read runs');
    table.text('reason').comment('why it is stale');
    table.string('last_read_at');
    table.string('last_attempt_at');
    table.integer('last_read_ms');
    table.text('fingerprint').comment('of the snapshot that stands in the tables');
    table.text('settings').comment('JSON: environments and event paths of an event repository');
    table.text('counts').notNullable();
    table.integer('problem_count').notNullable();
  });

  await knex.schema.createTable('source_parts', table => {
    table.string('source_id').notNullable();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.string('state').notNullable();
    table.text('reason');
    table.string('rule');
    table.string('last_read_at');
    table.primary(['source_id', 'account_id', 'region']);
    table.index(['account_id', 'region']);
  });

  await knex.schema.createTable('source_problems', table => {
    table.string('source_id').notNullable();
    table.integer('position').notNullable();
    table.text('file').notNullable();
    table.integer('line').notNullable();
    table.integer('column').notNullable();
    table.string('rule').notNullable();
    table.string('severity').notNullable();
    table.text('message').notNullable();
    table.primary(['source_id', 'position']);
  });

  await knex.schema.createTable('accounts', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('hash').notNullable();
    table.string('account_id').notNullable().index();
    table.text('name').notNullable();
    table.text('document').notNullable();
  });

  await knex.schema.createTable('domains', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('hash').notNullable();
    table.text('name').notNullable();
    table.text('document').notNullable();
  });

  await knex.schema.createTable('services', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable().index();
    table.string('hash').notNullable();
    table.string('name', 512).notNullable().index();
    table.string('component', 512).index().comment('entity reference in lower case');
    table.text('document').notNullable();
  });

  await knex.schema.createTable('event_types', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('hash').notNullable();
    table.text('source').notNullable();
    table.text('detail_type').notNullable();
    table.text('domain').notNullable();
    table.text('owner').notNullable();
    table.string('lifecycle').notNullable();
    table.string('classification').notNullable();
    table.string('standing').notNullable().defaultTo('unknown');
    table.string('health_level');
    table.text('health_message');
    table.integer('subscriber_count').notNullable().defaultTo(0);
    table.text('name_key').notNullable();
    table.text('source_key').notNullable();
    table.text('owner_key').notNullable();
    table.text('publisher_key').notNullable();
    table.text('version_key').notNullable();
    table.text('folder').notNullable().comment('events/<source>/<slug>, empty where not declared');
    table.string('sunset').comment('ISO date after which it is no longer sent');
    table.index(['name_key', 'id'], 'event_types_by_name_key');
    for (const key of ['source_key', 'owner_key', 'publisher_key']) {
      table.index([key, 'name_key', 'id'], `event_types_by_${key}`);
    }
    // Counts and facets are answered from this index alone.
    table.index(['classification', 'owner', 'lifecycle', 'domain', 'id'], 'event_types_facets');
  });

  await knex.schema.createTable('event_type_documents', table => {
    table.bigInteger('id').primary();
    table.text('summary').notNullable();
    table.text('detail').notNullable();
    table.text('fields').notNullable().comment('JSON: paths of the schema, for matchedFields');
  });

  await knex.schema.createTable('event_type_values', table => {
    table.string('facet', 32).notNullable().comment('publisher, bus, tag, subscriber, subscriberOwner');
    table.text('value').notNullable();
    table.bigInteger('event_type_id').notNullable().index();
    table.primary(['facet', 'value', 'event_type_id']);
  });

  await knex.schema.createTable('schema_versions', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('hash').notNullable();
    table.bigInteger('event_type_id').notNullable().index();
    table.string('version').notNullable();
    table.string('version_key').notNullable();
    table.text('summary').notNullable();
    table.text('schema').notNullable();
    table.text('examples').notNullable();
  });

  await knex.schema.createTable('subscriptions', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('hash').notNullable();
    table.text('service').notNullable();
    table.text('service_owner').notNullable();
    table.text('name').notNullable();
    table.text('environment').notNullable();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.string('target_type').notNullable();
    table.string('standing').notNullable().defaultTo('unknown');
    table.integer('event_type_count').notNullable().defaultTo(0);
    table.boolean('by_name').notNullable().comment('the pattern names every source and detail-type in full');
    table.integer('major').notNullable().comment('of the schema version that the pattern pins; -1: none in particular');
    table.text('bus').notNullable();
    table.text('service_key').notNullable();
    table.text('name_key').notNullable();
    table.text('account_key').notNullable();
    for (const key of ['service_key', 'name_key', 'account_key']) {
      table.index([key, 'id'], `subscriptions_by_${key}`);
    }
    table.index(['service', 'id']);
  });

  await knex.schema.createTable('subscription_documents', table => {
    table.bigInteger('id').primary();
    table.text('summary').notNullable();
    table.text('detail').notNullable();
  });

  await knex.schema.createTable('subscription_event_types', table => {
    table.bigInteger('subscription_id').notNullable();
    table.bigInteger('event_type_id').notNullable().comment('also of an event type that nobody declares');
    table.boolean('by_name').notNullable().comment('the pattern names source and detail-type in full');
    table.integer('major').notNullable().comment('-1: none in particular');
    table.primary(['subscription_id', 'event_type_id']);
    table.index(['event_type_id', 'subscription_id']);
  });

  await knex.schema.createTable('buses', table => {
    table.bigInteger('id').primary();
    table.string('hash').notNullable().defaultTo('');
    table.string('observed_hash').notNullable().defaultTo('');
    table.string('arn', 512).notNullable().index();
    table.text('name').notNullable();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.text('environment').notNullable().defaultTo('');
    table.string('role').notNullable().defaultTo('other');
    table.string('standing').notNullable().defaultTo('unknown');
    table.text('sort_key').notNullable();
    table.string('declared_source').notNullable().defaultTo('').index().comment('empty: nobody declares it');
    table.text('declared').notNullable().defaultTo('');
    table.string('observed_source').notNullable().defaultTo('').index().comment('empty: not seen on AWS');
    table.text('observed').notNullable().defaultTo('');
    table.text('differences').notNullable().defaultTo('[]');
    table.index(['account_id', 'region']);
    table.index(['sort_key', 'id']);
  });

  await knex.schema.createTable('rules', table => {
    table.bigInteger('id').primary();
    table.string('hash').notNullable().defaultTo('');
    table.string('observed_hash').notNullable().defaultTo('');
    table.string('arn', 1024).notNullable();
    table.bigInteger('bus_id').notNullable().index();
    table.text('name').notNullable();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.string('standing').notNullable().defaultTo('unknown');
    table.string('declared_source').notNullable().defaultTo('').index().comment('empty: nobody declares it');
    table.text('declared').notNullable().defaultTo('');
    table.string('observed_source').notNullable().defaultTo('').index().comment('empty: not seen on AWS');
    table.text('observed').notNullable().defaultTo('');
    table.text('differences').notNullable().defaultTo('[]');
    table.index(['account_id', 'region']);
  });

  await knex.schema.createTable('subscription_rules', table => {
    table.bigInteger('subscription_id').notNullable();
    table.bigInteger('rule_id').notNullable().index();
    table.integer('hop').notNullable().comment('0 for the rule that an event passes first');
    table.primary(['subscription_id', 'rule_id']);
  });

  await knex.schema.createTable('registry_schemas', table => {
    table.bigInteger('id').primary();
    table.string('source_id').notNullable();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.text('registry').notNullable();
    table.text('name').notNullable();
    table.string('version').notNullable();
    table.text('source').notNullable();
    table.text('detail_type').notNullable();
    table.text('schema').notNullable();
    table.string('created_at');
    table.index(['source_id', 'account_id', 'region']);
  });

  await knex.schema.createTable('metrics', table => {
    table.string('key', 1100).primary();
    table.string('fetched_at').notNullable();
    table.text('document').notNullable();
  });

  // In the order in which the pages show them first: most subscribers and newest versions.
  for (const key of ['subscriber_count', 'version_key']) {
    await knex.raw(`CREATE INDEX event_types_by_${key} ON event_types (${key} DESC, name_key, id)`);
  }

  if (isPostgres) {
    for (const table of ['event_type_search', 'subscription_search']) {
      await knex.raw(`CREATE TABLE ${table} (id bigint PRIMARY KEY, words tsvector NOT NULL)`);
      await knex.raw(`CREATE INDEX ${table}_words ON ${table} USING gin (words)`);
    }
    // The pages sort by code point, as SQLite does; the database's own collation would give another order per server.
    for (const [table, columns] of [
      ['event_types', ['name_key', 'source_key', 'owner_key', 'publisher_key', 'version_key']],
      ['subscriptions', ['service_key', 'name_key', 'account_key']],
      ['buses', ['sort_key']],
    ]) {
      for (const column of columns) {
        await knex.raw(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE text COLLATE "C"`);
      }
    }
  } else {
    // Words are made by the portal (see src/database/words.ts); FTS5 only has to split at spaces.
    const tokenize = `tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'"`;
    await knex.raw(
      `CREATE VIRTUAL TABLE event_type_search USING fts5(name, about, body, fields, ${tokenize}, prefix = '1 2', columnsize = 0, detail = column)`,
    );
    // A list of subscriptions does not rank, so where a word stands need not be known.
    await knex.raw(
      `CREATE VIRTUAL TABLE subscription_search USING fts5(name, about, body, fields, ${tokenize}, columnsize = 0, detail = none)`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'event_type_search',
    'subscription_search',
    'metrics',
    'registry_schemas',
    'subscription_rules',
    'rules',
    'buses',
    'subscription_event_types',
    'subscription_documents',
    'subscriptions',
    'schema_versions',
    'event_type_values',
    'event_type_documents',
    'event_types',
    'services',
    'domains',
    'accounts',
    'source_problems',
    'source_parts',
    'sources',
  ]) {
    await knex.schema.dropTable(table);
  }
};
