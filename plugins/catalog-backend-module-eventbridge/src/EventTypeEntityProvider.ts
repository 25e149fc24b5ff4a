import type { AuthService, LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { EVENTBRIDGE_PLUGIN_ID, type EventbridgeApi, type IndexedEventType } from '@busline/plugin-eventbridge-common';
import { toEntity } from './toEntity';

const PAGE = 500;

export interface EventTypeEntityProviderOptions {
  readonly api: Pick<EventbridgeApi, 'listEventTypeIndex' | 'listSources'>;
  readonly auth: AuthService;
  readonly logger: LoggerService;
  readonly schedule: SchedulerServiceTaskRunner;
  readonly appUrl: string;
  readonly classifications: readonly string[];
}

/**
 * Gives the catalog an entity for each event type. A read that fails, or an event portal that has not read its sources yet,
 * leaves the catalog as it is.
 */
export class EventTypeEntityProvider implements EntityProvider {
  readonly #options: EventTypeEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;
  /** What this process gave the catalog last: the same again is not worth its work. */
  #applied = '';

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
      fn: async () => this.refresh(),
    });
  }

  async refresh(): Promise<void> {
    const { logger, appUrl, classifications } = this.#options;
    try {
      const eventTypes = await this.#readAll();
      if (eventTypes === undefined) return;
      const entities = eventTypes
        .filter(({ classification }) => classifications.includes(classification))
        .map(eventType => ({
          entity: toEntity(eventType, appUrl, this.getProviderName()),
          locationKey: this.getProviderName(),
        }));
      const text = JSON.stringify(entities);
      if (text === this.#applied) return;
      await this.#connection?.applyMutation({ type: 'full', entities });
      this.#applied = text;
      logger.info(`Gave the catalog ${entities.length} event types`);
    } catch (error) {
      logger.warn('The event types could not be brought into the catalog; those of before stay', error as Error);
    }
  }

  /** Undefined while the portal's database is still to be filled. */
  async #readAll(): Promise<IndexedEventType[] | undefined> {
    const { api } = this.#options;
    const sources = await api.listSources({ token: await this.#token() });
    if (sources.some(source => source.lastReadAt === undefined && source.kind === 'event-repository')) return undefined;
    const eventTypes: IndexedEventType[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.listEventTypeIndex({ cursor, limit: PAGE }, { token: await this.#token() });
      eventTypes.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return eventTypes;
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
