import { coreServices, createServiceFactory, type DatabaseService } from '@backstage/backend-plugin-api';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import type { Knex } from 'knex';

/**
 * Backstage's databases, with SQLite writing ahead. As Backstage opens SQLite, every commit waits for the disk (a few
 * milliseconds, three times), and with it everything that this one thread does: while the catalog takes in entities, at some
 * ten commits each, no request would be answered in time. Written ahead, a commit costs hundredths of a millisecond, and the
 * file is whole after a crash all the same; a power cut may cost the last commits, which the next read makes again.
 * See https://www.sqlite.org/wal.html. Postgres is left as it is.
 */
export const databaseWritingAhead = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, rootLifecycle, rootLogger }) {
    return DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger });
  },
  async factory({ plugin, lifecycle, logger }, manager) {
    return writingAhead(manager.forPlugin(plugin.getId(), { lifecycle, logger }));
  },
});

/** The same database; before its first use an SQLite file is told to write ahead, which it remembers. */
export function writingAhead(database: DatabaseService): DatabaseService {
  let client: Promise<Knex> | undefined;
  return {
    ...database,
    getClient() {
      client ??= openWritingAhead(database).catch(error => {
        client = undefined;
        throw error;
      });
      return client;
    },
  };
}

async function openWritingAhead(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (knex.client.config.client === 'better-sqlite3') {
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = NORMAL');
  }
  return knex;
}
