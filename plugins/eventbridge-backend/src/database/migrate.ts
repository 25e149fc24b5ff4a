import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';

const MIGRATIONS = resolvePackagePath('@busline/plugin-eventbridge-backend', 'migrations');

/** SQLite's own default of 2 MB has a large catalog's indexes read and written over and over while it is filled. */
const SQLITE_CACHE_KIB = 64 * 1024;

/** Gives the plugin's database, with its tables up to date unless the configuration skips migrations. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!isPostgres(knex)) await tuneSqlite(knex);
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

/** Any number that is the same in every replica and used by nobody else in this database. */
const MIGRATION_LOCK = 7_302_017;

/** Replicas that start at once wait for the first of them: knex by itself lets the others fail with a lock that is taken. */
async function migrate(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.migrate.latest({ directory: MIGRATIONS });
    return;
  }
  await knex.transaction(async lock => {
    await lock.raw('SELECT pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await knex.migrate.latest({ directory: MIGRATIONS });
  });
}

/**
 * Settings of the one connection that there is to an SQLite database. Losing them, should the connection ever be
 * opened anew, costs time only.
 */
export async function tuneSqlite(knex: Knex): Promise<void> {
  await knex.raw(`PRAGMA cache_size = -${SQLITE_CACHE_KIB}`);
  await knex.raw('PRAGMA temp_store = MEMORY');
}
