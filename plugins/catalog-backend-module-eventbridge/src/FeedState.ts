import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const MIGRATIONS = resolvePackagePath('@busline/plugin-catalog-backend-module-eventbridge', 'migrations');
/** Beside the catalog's own, which it must not find in its list. */
const MIGRATIONS_TABLE = 'busline_feed__knex_migrations';
/** Rows of one statement: SQLite takes 999 parameters at least. */
const ROWS_AT_ONCE = 400;

export interface GivenEntity {
  readonly entityRef: string;
  readonly hash: string;
}

export interface FeedRun {
  /** Changes when the event types may have. */
  readonly stamp: string;
  /** Milliseconds since 1970 of the last run that gave every entity, whether it had changed or not. */
  readonly verifiedAt: number;
}

/** What the catalog was given, where all replicas see it. */
export interface FeedState {
  /** The last run that came to its end. */
  lastRun(): Promise<FeedRun | undefined>;
  endRun(run: FeedRun): Promise<void>;
  /** Hashes by entity reference. */
  given(): Promise<Map<string, string>>;
  note(entities: readonly GivenEntity[]): Promise<void>;
  forget(entityRefs: readonly string[]): Promise<void>;
}

/** Keeps what the catalog was given in the catalog's database, so that both are lost and restored together. */
export class DatabaseFeedState implements FeedState {
  readonly #knex: () => Promise<Knex>;
  readonly #provider: string;
  #opened: Promise<Knex> | undefined;

  constructor(database: DatabaseService, provider: string) {
    this.#provider = provider;
    this.#knex = async () => {
      const knex = await database.getClient();
      if (!database.migrations?.skip) {
        await knex.migrate.latest({ directory: MIGRATIONS, tableName: MIGRATIONS_TABLE });
      }
      return knex;
    };
  }

  async lastRun(): Promise<FeedRun | undefined> {
    const knex = await this.#open();
    const row: { stamp: string; verified_at: number | string } | undefined = await knex('busline_feed_runs')
      .where({ provider: this.#provider })
      .first();
    return row && { stamp: row.stamp, verifiedAt: Number(row.verified_at) };
  }

  async endRun({ stamp, verifiedAt }: FeedRun): Promise<void> {
    const knex = await this.#open();
    await knex('busline_feed_runs')
      .insert({ provider: this.#provider, stamp, verified_at: verifiedAt })
      .onConflict('provider')
      .merge();
  }

  async given(): Promise<Map<string, string>> {
    const knex = await this.#open();
    const rows: { entity_ref: string; hash: string }[] = await knex('busline_feed_entities').select(
      'entity_ref',
      'hash',
    );
    return new Map(rows.map(row => [row.entity_ref, row.hash]));
  }

  async note(entities: readonly GivenEntity[]): Promise<void> {
    const knex = await this.#open();
    for (const part of inParts(entities)) {
      await knex('busline_feed_entities')
        .insert(part.map(({ entityRef, hash }) => ({ entity_ref: entityRef, hash })))
        .onConflict('entity_ref')
        .merge();
    }
  }

  async forget(entityRefs: readonly string[]): Promise<void> {
    const knex = await this.#open();
    for (const part of inParts(entityRefs)) await knex('busline_feed_entities').whereIn('entity_ref', part).delete();
  }

  /** A database that was away at the first attempt is tried again. */
  #open(): Promise<Knex> {
    this.#opened ??= this.#knex().catch(error => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }
}

function* inParts<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
