import { createHash } from 'node:crypto';
import type { AuthService, LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type ApiEntity } from '@backstage/catalog-model';
import type { DeferredEntity, EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import {
  EVENTBRIDGE_PLUGIN_ID,
  type EventbridgeApi,
  type IndexedEventType,
  type SourceStatus,
} from '@busline/plugin-eventbridge-common';
import type { FeedState } from './FeedState';
import { toEntity } from './toEntity';

/** Event types of one request. */
const PAGE = 200;
/** Entities given at once: what the catalog works off in a fraction of a second. */
const BATCH = 10;
/** Raise it when `toEntity` gives other entities for the same event types. */
const ENTITY_FORMAT = 1;
/** All entities are given again after this long: should the catalog have lost some, it gets them back. */
const VERIFY_AFTER_MS = 24 * 60 * 60 * 1000;

export interface EventTypeEntityProviderOptions {
  readonly api: Pick<EventbridgeApi, 'listEventTypeIndex' | 'listSources'>;
  readonly auth: AuthService;
  readonly logger: LoggerService;
  readonly schedule: SchedulerServiceTaskRunner;
  readonly state: FeedState;
  readonly appUrl: string;
  readonly classifications: readonly string[];
  /** Resolves when the process has time for more. */
  readonly untilCalm: (signal?: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

/**
 * Gives the catalog an entity for each event type: those that are new or changed since it was last given them, in small
 * batches, and the references of those that are gone. What it was given stands in the catalog's database, so any replica can
 * go on where another stopped. A run that is broken off has lost nothing but the rest of its way, and an event portal that has
 * not read its sources yet, or does not answer, leaves the catalog as it is.
 */
export class EventTypeEntityProvider implements EntityProvider {
  readonly #options: EventTypeEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;

  constructor(options: EventTypeEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'eventbridge';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.schedule.run({
      id: 'eventbridge-event-types',
      fn: async signal => this.refresh(signal),
    });
  }

  async refresh(signal?: AbortSignal): Promise<void> {
    const { logger, state, now = Date.now } = this.#options;
    try {
      const stamp = this.#stampOf(await this.#sources());
      if (stamp === undefined) return;
      const last = await state.lastRun();
      const startedAt = now();
      const verify = last === undefined || startedAt - last.verifiedAt >= VERIFY_AFTER_MS;
      if (!verify && last.stamp === stamp) return;
      const { given, removed } = await this.#give(verify, signal);
      await state.endRun({ stamp, verifiedAt: verify ? startedAt : last.verifiedAt });
      if (given + removed > 0) logger.info(`Gave the catalog ${given} event types, and took ${removed} from it`);
    } catch (error) {
      if (signal?.aborted) return;
      logger.warn('The event types could not be brought into the catalog; those of before stay', error as Error);
    }
  }

  async #give(verify: boolean, signal?: AbortSignal): Promise<{ given: number; removed: number }> {
    const { state, classifications } = this.#options;
    const before = await state.given();
    const unseen = new Set(before.keys());
    let given = 0;
    for await (const page of this.#pages(signal)) {
      const changed: Hashed[] = [];
      for (const eventType of page) {
        if (!classifications.includes(eventType.classification)) continue;
        const hashed = this.#hashed(eventType);
        unseen.delete(hashed.entityRef);
        if (verify || before.get(hashed.entityRef) !== hashed.hash) changed.push(hashed);
      }
      await this.#giveBatches(changed, signal);
      given += changed.length;
    }
    const removed = [...unseen];
    for (const batch of inBatches(removed)) {
      await this.#apply([], batch);
      await state.forget(batch);
      await this.#options.untilCalm(signal);
    }
    return { given, removed: removed.length };
  }

  async #giveBatches(entities: readonly Hashed[], signal?: AbortSignal): Promise<void> {
    for (const batch of inBatches(entities)) {
      const locationKey = this.getProviderName();
      await this.#apply(
        batch.map(({ entity }) => ({ entity, locationKey })),
        [],
      );
      // After the catalog has it: given twice does no harm, noted and not given would.
      await this.#options.state.note(batch);
      await this.#options.untilCalm(signal);
    }
  }

  async #apply(added: DeferredEntity[], removed: readonly string[]): Promise<void> {
    if (!this.#connection) throw new Error('The catalog is not connected yet');
    const locationKey = this.getProviderName();
    await this.#connection.applyMutation({
      type: 'delta',
      added,
      removed: removed.map(entityRef => ({ entityRef, locationKey })),
    });
  }

  #hashed(eventType: IndexedEventType): Hashed {
    const entity = toEntity(eventType, this.#options.appUrl, this.getProviderName());
    const hash = createHash('sha256').update(JSON.stringify(entity)).digest('base64url');
    return { entity, entityRef: stringifyEntityRef(entity), hash };
  }

  /** Undefined while the portal's database is still to be filled. The same text, the same event types. */
  #stampOf(sources: readonly SourceStatus[]): string | undefined {
    if (sources.some(source => source.lastReadAt === undefined && source.kind === 'event-repository')) return undefined;
    const { appUrl, classifications } = this.#options;
    // What is observed changes all the time, what is declared with its version only.
    const states = sources.map(({ id, title, version, lastReadAt }) => [id, title, version ?? lastReadAt]);
    const text = JSON.stringify([ENTITY_FORMAT, appUrl, classifications, states]);
    return createHash('sha256').update(text).digest('base64url');
  }

  async #sources(): Promise<readonly SourceStatus[]> {
    return this.#options.api.listSources({ token: await this.#token() });
  }

  async *#pages(signal?: AbortSignal): AsyncGenerator<readonly IndexedEventType[]> {
    const { api, untilCalm } = this.#options;
    let cursor: string | undefined;
    do {
      signal?.throwIfAborted();
      const page = await api.listEventTypeIndex({ cursor, limit: PAGE }, { token: await this.#token() });
      yield page.items;
      cursor = page.nextCursor;
      if (cursor !== undefined) await untilCalm(signal);
    } while (cursor !== undefined);
  }

  async #token(): Promise<string> {
    const { auth } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: EVENTBRIDGE_PLUGIN_ID,
    });
    return token;
  }
}

interface Hashed {
  readonly entity: ApiEntity;
  readonly entityRef: string;
  readonly hash: string;
}

function* inBatches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}
