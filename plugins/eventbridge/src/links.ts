import { useRouteRef } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { rootRouteRef } from './routes';

export type EventTypeTab = 'schema' | 'versions' | 'subscribers';

/** Addresses inside the portal. Every state of a page has one. */
export interface Links {
  readonly eventTypes: (search?: string) => string;
  readonly eventType: (ref: EventTypeRef, tab?: EventTypeTab) => string;
  readonly subscriptions: (search?: string) => string;
  readonly subscription: (id: string) => string;
  readonly buses: (search?: string) => string;
  readonly bus: (arn: string) => string;
  readonly sources: (search?: string) => string;
  readonly map: (search?: string) => string;
  readonly changes: (search?: string) => string;
  readonly change: (id: string) => string;
  /** The playground, with the pattern of a subscription and an example of an event type. */
  readonly patterns: (start?: PatternsStart) => string;
}

export interface PatternsStart {
  readonly subscription?: string;
  readonly example?: EventTypeRef & { readonly version?: string; readonly example?: string };
}

/** Addresses below `base`, the path of the list of event types without a slash at its end. */
export function linksBelow(base: string): Links {
  const withSearch = (path: string) => (search?: string) => search ? `${path}?${search.replace(/^\?/, '')}` : path;
  return {
    eventTypes: withSearch(base || '/'),
    eventType: ({ source, detailType }, tab) =>
      `${base}/types/${segment(source)}/${segment(detailType)}${tab ? `/${tab}` : ''}`,
    subscriptions: withSearch(`${base}/subscriptions`),
    subscription: id => `${base}/subscriptions?${new URLSearchParams({ open: id })}`,
    buses: withSearch(`${base}/buses`),
    bus: arn => `${base}/buses/${segment(arn)}`,
    sources: withSearch(`${base}/sources`),
    map: withSearch(`${base}/map`),
    changes: withSearch(`${base}/changes`),
    change: id => `${base}/changes/${segment(id)}`,
    patterns: start => withSearch(`${base}/patterns`)(start && patternsSearch(start)),
  };
}

function patternsSearch({ subscription, example }: PatternsStart): string {
  const query = new URLSearchParams();
  if (subscription) query.set('subscription', subscription);
  for (const name of ['source', 'detailType', 'version', 'example'] as const) {
    const value = example?.[name];
    if (value) query.set(name, value);
  }
  return query.toString();
}

/** Like `linksBelow`, for where the portal is mounted. */
export function useLinks(): Links {
  const root = useRouteRef(rootRouteRef)();
  return useMemo(() => linksBelow(root.replace(/\/+$/, '')), [root]);
}

function segment(name: string): string {
  try {
    return encodeURIComponent(name);
  } catch {
    // Half a surrogate pair has no address; the page behind it says that there is no such event type.
    return encodeURIComponent(name.replace(/[\ud800-\udfff]/g, '\ufffd'));
  }
}
