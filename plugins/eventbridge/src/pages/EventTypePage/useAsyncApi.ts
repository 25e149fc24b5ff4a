import { toAsyncApi } from '@busline/codegen';
import { useApi } from '@backstage/core-plugin-api';
import type { EventbridgeApi, EventTypeDetail, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { useCallback, useState } from 'react';
import { eventbridgeApiRef } from '../../api';
import { slugOf } from './howTo';

export type AsyncApiFormat = 'yaml' | 'json';

/** Subscriptions read for the document; their services are named as receivers. */
const SUBSCRIPTIONS_A_PAGE = 500;

/** Everything that the document says: all versions with their schemas, and who receives. */
async function asyncApiOf(api: EventbridgeApi, eventType: EventTypeDetail) {
  const versions = await Promise.all(eventType.versions.map(({ version }) => api.getSchemaVersion(eventType, version)));
  const subscriptions: SubscriptionSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listEventTypeSubscriptions(eventType, {
      limit: SUBSCRIPTIONS_A_PAGE,
      cursor,
    });
    subscriptions.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return toAsyncApi(
    [
      {
        ...eventType,
        versions,
        subscribers: [...new Set(subscriptions.map(({ service }) => service.name))],
      },
    ],
    {
      title: eventType.title,
      version: eventType.version ?? '0.0.0',
      description: eventType.description,
    },
  );
}

async function textOf(document: object, format: AsyncApiFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  // Fetched when it is wanted: a YAML writer is larger than the page.
  const { stringify } = await import('yaml');
  return stringify(document, { aliasDuplicateObjects: false });
}

function download(text: string, name: string, type: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}

/** Makes an AsyncAPI 3 document of an event type and hands it over as a file. */
export function useAsyncApi(eventType: EventTypeDetail) {
  const api = useApi(eventbridgeApiRef);
  const [state, setState] = useState<{
    readonly busy: boolean;
    readonly error?: unknown;
  }>({ busy: false });
  const save = useCallback(
    async (format: AsyncApiFormat) => {
      setState({ busy: true });
      try {
        const text = await textOf(await asyncApiOf(api, eventType), format);
        const name = `${slugOf(eventType.source)}-${slugOf(eventType.detailType)}.asyncapi.${format}`;
        download(text, name, format === 'json' ? 'application/json' : 'application/yaml');
        setState({ busy: false });
      } catch (error) {
        setState({ busy: false, error });
      }
    },
    [api, eventType],
  );
  return { ...state, save };
}
