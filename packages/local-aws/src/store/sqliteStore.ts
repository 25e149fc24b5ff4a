import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createMemoryStore } from './memoryStore';
import type { Scope, Store } from './store';

/**
 * The store's maps, kept in one SQLite file as well.
 *
 * Reads are answered from memory. Changes are gathered and written in one transaction, before the answer to
 * the request that made them goes out, and otherwise at the end of the event loop's turn. The write-ahead log
 * makes that safe against a killed process: what was answered is there after a restart, and a transaction is
 * there as a whole or not at all.
 */
const SCHEMA_VERSION = 1;

interface PendingChange {
  readonly collection: string;
  readonly scope: Scope;
  readonly key: string;
  /** Left out for a removal. */
  readonly value?: object;
}

interface Row {
  readonly collection: string;
  readonly account: string;
  readonly region: string;
  readonly key: string;
  readonly value: string;
}

/**
 * @param stateDir - folder for `state.db`; made where it is missing
 * @throws Error when the folder holds the state of a newer or another program, or another server has it open
 */
export function openSqliteStore(stateDir: string): Store {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, 'state.db');
  const database = openDatabase(path);
  const put = database.prepare(
    'INSERT INTO entries (collection, account, region, key, value) VALUES (?, ?, ?, ?, ?) ' +
      'ON CONFLICT (collection, account, region, key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare(
    'DELETE FROM entries WHERE collection = ? AND account = ? AND region = ? AND key = ?',
  );

  const pending = new Map<string, PendingChange>();
  let scheduled: NodeJS.Immediate | undefined;

  const writeAll = database.transaction((changes: Iterable<PendingChange>) => {
    for (const { collection, scope, key, value } of changes) {
      if (value === undefined) {
        remove.run(collection, scope.account, scope.region, key);
      } else {
        put.run(collection, scope.account, scope.region, key, JSON.stringify(value));
      }
    }
  });

  function flush() {
    if (scheduled) clearImmediate(scheduled);
    scheduled = undefined;
    if (pending.size === 0) return;
    writeAll(pending.values());
    pending.clear();
  }

  function remember(change: PendingChange) {
    const { collection, scope, key } = change;
    pending.set(`${collection}\n${scope.account}\n${scope.region}\n${key}`, change);
    scheduled ??= setImmediate(flush);
  }

  const memory = createMemoryStore({
    put: (collection, scope, key, value) => remember({ collection, scope, key, value }),
    removed: (collection, scope, key) => remember({ collection, scope, key }),
  });
  for (const row of database.prepare('SELECT * FROM entries ORDER BY rowid').iterate() as IterableIterator<Row>) {
    memory.restore(row.collection, row, row.key, JSON.parse(row.value));
  }

  return {
    collection: memory.collection,
    scopes: memory.scopes,
    flush,
    close() {
      flush();
      database.close();
    },
  };
}

function openDatabase(path: string): Database.Database {
  const database = new Database(path, { timeout: 0 });
  try {
    // One process at a time: a second server would answer from memory that the first has since changed.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    const version = database.pragma('user_version', { simple: true });
    if (version !== 0 && version !== SCHEMA_VERSION) {
      throw new Error(`it has format ${version}, and this program reads format ${SCHEMA_VERSION}`);
    }
    database.exec(
      'CREATE TABLE IF NOT EXISTS entries (collection TEXT NOT NULL, account TEXT NOT NULL, ' +
        'region TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, ' +
        'UNIQUE (collection, account, region, key))',
    );
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
    return database;
  } catch (error) {
    database.close();
    const code = (error as { code?: string }).code;
    const reason =
      code === 'SQLITE_BUSY'
        ? 'another server is using it; stop that one, or choose another state folder'
        : (error as Error).message;
    throw new Error(`Cannot open the state in ${path}: ${reason}`);
  }
}
