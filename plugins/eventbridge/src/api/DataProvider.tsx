import { useApi } from '@backstage/core-plugin-api';
import type { EventbridgeApi } from '@busline/plugin-eventbridge-common';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { eventbridgeApiRef } from './apiRef';

/** Data younger than this is shown without asking again; older is shown at once and renewed behind it. */
const FRESH_FOR_MS = 15_000;
/** Kept this long after its last page was left, so that Back is instant. */
const KEEP_FOR_MS = 10 * 60_000;

/** One cache per API object: pages and cards share what they have read, tests do not. */
const clients = new WeakMap<EventbridgeApi, QueryClient>();

function clientFor(api: EventbridgeApi): QueryClient {
  const known = clients.get(api);
  if (known) return known;
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        gcTime: KEEP_FOR_MS,
        // A failure is shown at once with its reason and a button; a person decides whether to ask again.
        retry: false,
        refetchOnWindowFocus: false,
        // Offline is an error like any other here, not a pause.
        networkMode: 'always',
      },
    },
  });
  clients.set(api, client);
  return client;
}

/** Gives the pages and cards below it the cache that the `use…` hooks of this folder read. */
export function DataProvider(props: { readonly children: ReactNode }) {
  const api = useApi(eventbridgeApiRef);
  return <QueryClientProvider client={clientFor(api)}>{props.children}</QueryClientProvider>;
}
