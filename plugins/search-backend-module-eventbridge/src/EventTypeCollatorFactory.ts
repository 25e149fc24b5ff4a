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

const PAGE = 500;

/** An event type in the search. */
export interface EventTypeDocument extends IndexableDocument, EventTypeSearchDocument {
  readonly title: string;
  readonly text: string;
  readonly location: string;
  readonly classification: string;
  readonly domain: string;
}

/** Reads all event types for the search. Who may see a document is decided when somebody searches. */
export class EventTypeCollatorFactory implements DocumentCollatorFactory {
  readonly type = SEARCH_DOCUMENT_TYPE;
  readonly visibilityPermission = eventTypeReadPermission;
  readonly #api: Pick<EventbridgeApi, 'listEventTypeIndex'>;
  readonly #auth: AuthService;

  constructor(options: { readonly api: Pick<EventbridgeApi, 'listEventTypeIndex'>; readonly auth: AuthService }) {
    this.#api = options.api;
    this.#auth = options.auth;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<EventTypeDocument> {
    let cursor: string | undefined;
    do {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: EVENTBRIDGE_PLUGIN_ID,
      });
      const page = await this.#api.listEventTypeIndex({ cursor, limit: PAGE }, { token });
      for (const eventType of page.items) yield toDocument(eventType);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
}

export function toDocument(eventType: IndexedEventType): EventTypeDocument {
  const { source, detailType, title, summary, description, fields, owner, lifecycle, classification } = eventType;
  return {
    title: title.toLowerCase() === detailType.toLowerCase() ? detailType : `${title} (${detailType})`,
    text: [summary, source, detailType, description, ...eventType.tags, ...eventType.publishers, ...fields].join('\n'),
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
