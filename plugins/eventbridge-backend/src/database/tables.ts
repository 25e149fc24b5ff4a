/** Columns that are written in batches, with what each holds. The migrations are the authority. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean' | 'tsvector';

export interface Table<Columns extends Readonly<Record<string, ColumnType>> = Readonly<Record<string, ColumnType>>> {
  readonly name: string;
  /** Columns of the primary key; none where the table takes no `ON CONFLICT`. */
  readonly key: readonly string[];
  readonly columns: Columns;
}

type ValueOf<T extends ColumnType> = T extends 'text' | 'tsvector'
  ? string | null
  : T extends 'boolean'
  ? boolean
  : number | null;

export type RowOf<T extends Table> = { readonly [K in keyof T['columns']]: ValueOf<T['columns'][K]> };

function table<const Columns extends Readonly<Record<string, ColumnType>>>(
  name: string,
  key: readonly (keyof Columns & string)[],
  columns: Columns,
): Table<Columns> {
  return { name, key, columns };
}

export const ACCOUNTS = table('accounts', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  account_id: 'text',
  name: 'text',
  document: 'text',
});

export const DOMAINS = table('domains', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  name: 'text',
  document: 'text',
});

export const SERVICES = table('services', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  name: 'text',
  component: 'text',
  document: 'text',
});

/** What the sources say. `standing`, `health_*` and `subscriber_count` are derived and not overwritten. */
export const EVENT_TYPES = table('event_types', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  source: 'text',
  detail_type: 'text',
  domain: 'text',
  owner: 'text',
  lifecycle: 'text',
  classification: 'text',
  name_key: 'text',
  source_key: 'text',
  owner_key: 'text',
  publisher_key: 'text',
  version_key: 'text',
  folder: 'text',
  sunset: 'text',
});

export const EVENT_TYPE_DOCUMENTS = table('event_type_documents', ['id'], {
  id: 'bigint',
  summary: 'text',
  detail: 'text',
  fields: 'text',
});

export const EVENT_TYPE_VALUES = table('event_type_values', ['facet', 'value', 'event_type_id'], {
  facet: 'text',
  value: 'text',
  event_type_id: 'bigint',
});

export const SCHEMA_VERSIONS = table('schema_versions', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  event_type_id: 'bigint',
  version: 'text',
  version_key: 'text',
  summary: 'text',
  schema: 'text',
  examples: 'text',
});

/** `standing` is derived and not overwritten. */
export const SUBSCRIPTIONS = table('subscriptions', ['id'], {
  id: 'bigint',
  source_id: 'text',
  hash: 'text',
  event_type_count: 'integer',
  service: 'text',
  service_owner: 'text',
  name: 'text',
  environment: 'text',
  account_id: 'text',
  region: 'text',
  target_type: 'text',
  by_name: 'boolean',
  major: 'integer',
  bus: 'text',
  service_key: 'text',
  name_key: 'text',
  account_key: 'text',
});

export const SUBSCRIPTION_DOCUMENTS = table('subscription_documents', ['id'], {
  id: 'bigint',
  summary: 'text',
  detail: 'text',
});

export const SUBSCRIPTION_EVENT_TYPES = table('subscription_event_types', ['subscription_id', 'event_type_id'], {
  subscription_id: 'bigint',
  event_type_id: 'bigint',
  by_name: 'boolean',
  major: 'integer',
});

/** The declared half of a bus; the observed half is left as it is. */
export const DECLARED_BUSES = table('buses', ['id'], {
  id: 'bigint',
  hash: 'text',
  arn: 'text',
  name: 'text',
  account_id: 'text',
  region: 'text',
  environment: 'text',
  role: 'text',
  sort_key: 'text',
  declared_source: 'text',
  declared: 'text',
});

/** The declared half of a rule. */
export const DECLARED_RULES = table('rules', ['id'], {
  id: 'bigint',
  hash: 'text',
  arn: 'text',
  bus_id: 'bigint',
  name: 'text',
  account_id: 'text',
  region: 'text',
  declared_source: 'text',
  declared: 'text',
});

/** The observed half of a bus. */
export const OBSERVED_BUSES = table('buses', ['id'], {
  id: 'bigint',
  observed_hash: 'text',
  arn: 'text',
  name: 'text',
  account_id: 'text',
  region: 'text',
  sort_key: 'text',
  observed_source: 'text',
  observed: 'text',
});

/** The observed half of a rule. */
export const OBSERVED_RULES = table('rules', ['id'], {
  id: 'bigint',
  observed_hash: 'text',
  arn: 'text',
  bus_id: 'bigint',
  name: 'text',
  account_id: 'text',
  region: 'text',
  observed_source: 'text',
  observed: 'text',
});

/** Rules by which the events of a subscription come. Several subscriptions may share the rule that forwards. */
export const SUBSCRIPTION_RULES = table('subscription_rules', ['subscription_id', 'rule_id'], {
  subscription_id: 'bigint',
  rule_id: 'bigint',
  hop: 'integer',
});

export const REGISTRY_SCHEMAS = table('registry_schemas', ['id'], {
  id: 'bigint',
  source_id: 'text',
  account_id: 'text',
  region: 'text',
  registry: 'text',
  name: 'text',
  version: 'text',
  source: 'text',
  detail_type: 'text',
  schema: 'text',
  created_at: 'text',
});

export const SOURCE_PARTS = table('source_parts', ['source_id', 'account_id', 'region'], {
  source_id: 'text',
  account_id: 'text',
  region: 'text',
  state: 'text',
  reason: 'text',
  rule: 'text',
  last_read_at: 'text',
});

export const SOURCE_PROBLEMS = table('source_problems', ['source_id', 'position'], {
  source_id: 'text',
  position: 'integer',
  file: 'text',
  line: 'integer',
  column: 'integer',
  rule: 'text',
  severity: 'text',
  message: 'text',
});

/** SQLite: FTS5. */
export const searchTableOfSqlite = (name: string) =>
  table(name, [], { rowid: 'bigint', name: 'text', about: 'text', body: 'text', fields: 'text' });

/** SQLite: FTS5, names alone. */
export const namesTableOfSqlite = (name: string) => table(name, [], { rowid: 'bigint', name: 'text', about: 'text' });

/** Postgres: one tsvector. */
export const searchTableOfPostgres = (name: string) => table(name, ['id'], { id: 'bigint', words: 'tsvector' });
