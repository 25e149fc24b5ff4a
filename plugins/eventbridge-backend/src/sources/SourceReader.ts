import type { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { Account } from '@busline/event-repository';
import type { EstatePart, EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { Claims } from '../database/Claims';
import { writing } from '../database/writing';
import { createDeclaredContext } from '../ingest/declaredContext';
import { finishEstate, writeEstatePart, writeFailedPart } from '../ingest/writeEstate';
import { writeRepository } from '../ingest/writeRepository';
import { lettingGoOfMemory } from './letGoOfMemory';
import { ReadTurns } from './ReadTurns';
import { isConfigured, removeSources } from './removedSources';
import { staleReason } from './staleReason';

export interface SourceReaderOptions {
  readonly knex: Knex;
  readonly logger: LoggerService;
  readonly scheduler: SchedulerService;
  readonly sources: readonly EventSource[];
  readonly now?: () => Date;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Reads sources into the database, on schedule and when somebody asks.
 *
 * What is guaranteed: a source is read once at a time over all replicas; a snapshot is written in
 * one transaction, so that a page shows the old or the new one; a read that fails writes nothing but the reason, so that
 * the last good snapshot stays. Nothing is kept in memory that the next read or another replica could not do without.
 */
export class SourceReader {
  readonly #options: SourceReaderOptions;
  readonly #now: () => Date;
  readonly #turns: ReadTurns;
  readonly #stopped = new AbortController();

  constructor(options: SourceReaderOptions) {
    this.#options = options;
    this.#turns = new ReadTurns(new Claims(options.knex));
    this.#now = options.now ?? (() => new Date());
  }

  /** Makes the sources known to the database and schedules their reads. */
  async start(): Promise<void> {
    await this.register();
    await this.schedule();
  }

  /** Makes the sources known to the database, and forgets those that are no more. */
  async register(): Promise<void> {
    const { sources } = this.#options;
    await this.#upsertSources();
    const ids = sources.map(({ id }) => id);
    await removeSources(this.#options.knex, ids, { logger: this.#options.logger, now: this.#now() });
  }

  /** Has the sources read from now on. */
  async schedule(): Promise<void> {
    const { sources, scheduler } = this.#options;
    for (const source of sources) {
      await scheduler.scheduleTask({
        ...source.schedule,
        id: taskId(source.id),
        fn: async signal => this.read(source, signal),
      });
    }
  }

  /** Gives up the reads that were asked for. The scheduler gives up its own. */
  stop(): void {
    this.#stopped.abort();
  }

  /**
   * Has a source read at once, and does not wait for the end. What the caller knows to be there will be seen: where a
   * read runs already, another one follows it. Throws `NotFoundError`.
   */
  async refresh(id: string): Promise<void> {
    this.#sourceOf(id);
    void this.readNow(id).catch(error => {
      this.#options.logger.warn(`Source ${id} was asked for, but could not have its turn`, error as Error);
    });
  }

  /** Like `refresh`, and waits for the end. With places, only those of a source of AWS are read, and nothing else of it changes. */
  async readNow(id: string, signal?: AbortSignal, only?: readonly Place[]): Promise<void> {
    const source = this.#sourceOf(id);
    const own = [this.#stopped.signal, AbortSignal.timeout(timeoutOf(source)), ...(signal ? [signal] : [])];
    const either = AbortSignal.any(own);
    if (!only) {
      await this.#turns.after(id, either, () => lettingGoOfMemory(() => this.#read(source, either)));
      return;
    }
    const turn = [id, ...only.map(({ accountId, region }) => `${accountId} ${region}`)].join(' ');
    await this.#turns.after(turn, either, async () => {
      await source.read({ ...this.#contextOf(source, either), only });
    });
  }

  #sourceOf(id: string): EventSource {
    const source = this.#options.sources.find(each => each.id === id);
    if (!source) throw new NotFoundError(`There is no source "${id}"`);
    return source;
  }

  /** Reads one source, or leaves it to whoever is reading it. Never throws. */
  async read(source: EventSource, signal: AbortSignal): Promise<void> {
    try {
      await this.#turns.join(source.id, () => lettingGoOfMemory(() => this.#read(source, signal)));
    } catch (error) {
      this.#options.logger.warn(`Source ${source.id} could not have its turn; the next read will`, error as Error);
    }
  }

  /** Reads one source and writes what it says. Never throws: the reason of a failure is written beside the source. */
  async #read(source: EventSource, signal: AbortSignal): Promise<void> {
    const { knex, logger } = this.#options;
    const startedAt = this.#now();
    try {
      const row: { fingerprint: string | null; state: string } | undefined = await knex('sources')
        .where({ id: source.id })
        .first('fingerprint', 'state');
      await knex('sources').where({ id: source.id }).update({ reading_since: startedAt.toISOString() });
      const snapshot = await source.read({
        ...this.#contextOf(source, signal),
        previousFingerprint: row?.fingerprint ?? undefined,
      });
      await this.#write(source, snapshot, row?.fingerprint ?? undefined, startedAt);
    } catch (error) {
      logger.warn(`Source ${source.id} could not be read; its last good data stay`, error as Error);
      await this.#markStale(source, startedAt, error);
    }
  }

  #contextOf(source: EventSource, signal: AbortSignal): ReadContext {
    return {
      signal,
      logger: this.#options.logger,
      declaredAccounts: () => this.#declaredAccounts(),
      knownSchemaVersions: (accountId, region) => this.#knownSchemaVersions(source.id, accountId, region),
      onPart: part => this.#writePart(source.id, part),
    };
  }

  async #write(
    source: EventSource,
    snapshot: SourceSnapshot,
    before: string | undefined,
    startedAt: Date,
  ): Promise<void> {
    const { knex } = this.#options;
    const done = {
      state: 'fresh',
      reason: null,
      reading_since: null,
      last_attempt_at: startedAt.toISOString(),
      last_read_at: startedAt.toISOString(),
    };
    if (snapshot.kind === 'unchanged') {
      await knex('sources').where({ id: source.id }).update(done);
      return;
    }
    await writing(knex, async trx => {
      if (!(await isConfigured(trx, source.id))) return;
      const written =
        snapshot.kind === 'aws'
          ? await finishEstate(trx, source, snapshot.covered, startedAt)
          : await this.#writeRepository(trx, source, snapshot, before);
      const { staleReason: reason } = { staleReason: undefined, ...written };
      await trx('sources')
        .where({ id: source.id })
        .update({
          ...done,
          ...(reason !== undefined && { state: 'stale', reason }),
          last_read_ms: this.#now().getTime() - startedAt.getTime(),
          counts: JSON.stringify(written.counts),
          problem_count: written.problemCount,
          ...(snapshot.kind === 'event-repository' && {
            fingerprint: snapshot.fingerprint ?? null,
            settings: JSON.stringify({ eventPaths: snapshot.repository.eventPaths }),
          }),
        });
    });
  }

  async #writeRepository(
    trx: Knex,
    source: EventSource,
    { repository, problems, fileUrl, fingerprint }: Extract<SourceSnapshot, { kind: 'event-repository' }>,
    before: string | undefined,
  ) {
    const context = createDeclaredContext(repository, { sourceId: source.id, sourceTitle: source.title, fileUrl });
    return writeRepository(trx, context, problems, this.#now(), { before, after: fingerprint });
  }

  async #writePart(sourceId: string, part: EstatePart): Promise<void> {
    await writing(this.#options.knex, async trx => {
      if (!(await isConfigured(trx, sourceId))) return;
      if (part.outcome === 'read') await writeEstatePart(trx, sourceId, part, this.#now());
      else await writeFailedPart(trx, sourceId, part);
    });
  }

  async #markStale(source: EventSource, startedAt: Date, error: unknown): Promise<void> {
    try {
      await this.#options
        .knex('sources')
        .where({ id: source.id })
        .update({
          state: 'stale',
          reason: staleReason(error),
          reading_since: null,
          last_attempt_at: startedAt.toISOString(),
        });
    } catch (databaseError) {
      this.#options.logger.error(
        `The database could not take note that source ${source.id} failed; the next read will`,
        databaseError as Error,
      );
    }
  }

  async #upsertSources(): Promise<void> {
    const { knex, sources } = this.#options;
    const byKind = [...sources].sort((a, b) => Number(a.kind === 'aws') - Number(b.kind === 'aws'));
    for (const [position, source] of byKind.entries()) {
      const { id, kind, title, target } = source;
      await knex('sources')
        .insert({ id, kind, title, target, position, state: 'never-read', counts: '{}', problem_count: 0 })
        .onConflict('id')
        .merge({ kind, title, target, position });
    }
  }

  async #knownSchemaVersions(sourceId: string, accountId: string, region: string): Promise<ReadonlySet<string>> {
    const rows: { registry: string; name: string; version: string }[] = await this.#options
      .knex('registry_schemas')
      .where({ source_id: sourceId, account_id: accountId, region })
      .select('registry', 'name', 'version');
    return new Set(rows.map(({ registry, name, version }) => `${registry}/${name}/${version}`));
  }

  async #declaredAccounts(): Promise<readonly Account[]> {
    const rows: { document: string }[] = await this.#options.knex('accounts').orderBy('account_id').select('document');
    return rows.map(row => JSON.parse(row.document) as Account);
  }
}

function taskId(sourceId: string): string {
  return `eventbridge-read-${sourceId}`;
}

function timeoutOf({ schedule: { timeout } }: EventSource): number {
  return 'toMillis' in timeout ? timeout.toMillis() : durationToMilliseconds(timeout as HumanDuration);
}
