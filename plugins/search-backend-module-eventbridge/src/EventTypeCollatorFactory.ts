import { Readable } from 'node:stream';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { DocumentCollatorFactory, IndexableDocument } from '@backstage/plugin-search-common';
import {
  EVENTBRIDGE_PLUGIN_ID,
  SEARCH_DOCUMENT_TYPE,
  eventTypePath,
  eventTypeReadPermission,
  toEventTypeResourceRef,
  type EventbridgeApi,
  type EventTypeSearchDocument,
  type IndexedEventType,
} from '@busline/plugin-eventbridge-common';

/** Event types that are held at once. */
const PAGE = 100;
/** Longest text of a document: enough to be found by, and 10,000 of them fit into the memory of a laptop. */
const MAX_TEXT_CHARACTERS = 4000;

/** An event type in the search. */
export interface EventTypeDocument extends IndexableDocument, EventTypeSearchDocument {
  readonly title: string;
  readonly text: string;
  readonly location: string;
  readonly classification: string;
  readonly domain: string;
}

export interface EventTypeCollatorFactoryOptions {
  readonly api: Pick<EventbridgeApi, 'listEventTypeIndex'>;
  readonly auth: AuthService;
  /** Resolves when the process has time for the next page. */
  readonly untilCalm: () => Promise<void>;
}

/**
 * Reads all event types for the search, page by page, as fast as they are taken and no faster than the process has time for.
 * Who may see a document is decided when somebody searches.
 */
export class EventTypeCollatorFactory implements DocumentCollatorFactory {
  readonly type = SEARCH_DOCUMENT_TYPE;
  readonly visibilityPermission = eventTypeReadPermission;
  readonly #options: EventTypeCollatorFactoryOptions;

  constructor(options: EventTypeCollatorFactoryOptions) {
    this.#options = options;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents(), { highWaterMark: PAGE });
  }

  async *#documents(): AsyncGenerator<EventTypeDocument> {
    const { api, auth, untilCalm } = this.#options;
    let cursor: string | undefined;
    do {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: EVENTBRIDGE_PLUGIN_ID,
      });
      const page = await api.listEventTypeIndex({ cursor, limit: PAGE }, { token });
      for (const eventType of page.items) yield toDocument(eventType);
      cursor = page.nextCursor;
      if (cursor !== undefined) await untilCalm();
    } while (cursor !== undefined);
  }
}

export function toDocument(eventType: IndexedEventType): EventTypeDocument {
  const { source, detailType, title, summary, description, fields, owner, lifecycle, classification } = eventType;
  return {
    title: title.toLowerCase() === detailType.toLowerCase() ? detailType : `${title} (${detailType})`,
    text: [source, detailType, summary, ...eventType.tags, ...eventType.publishers, description, ...fields]
      .join('\n')
      .slice(0, MAX_TEXT_CHARACTERS),
    location: eventTypePath(eventType).replace(/^\/event-types/, '/events/types'),
    source,
    detailType,
    summary,
    ...(eventType.version && { version: eventType.version }),
    owner,
    lifecycle,
    classification,
    domain: eventType.domain?.name ?? '',
    authorization: { resourceRef: toEventTypeResourceRef(eventType) },
  };
}
