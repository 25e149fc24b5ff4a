import { useApi } from '@backstage/core-plugin-api';
import type { EventTypeQuery, EventTypeRef, SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { eventbridgeApiRef } from './apiRef';

/** Rows asked for at once: one screen needs some 15, and a page of this size is a few 10 KB. */
export const PAGE_SIZE = 100;
/** How often the state of the sources is looked at while a page is open. */
const SOURCES_EVERY_MS = 30_000;

/** The list of event types, page by page; the list before stays while a new one is on its way. */
export function useEventTypePages(query: EventTypeQuery) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['event-types', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listEventTypes({ ...query, limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** The first few event types that a search finds, for the suggestions under the search box. */
export function useEventTypeSuggestions(q: string, enabled: boolean) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['event-type-suggestions', q],
    queryFn: ({ signal }) => api.listEventTypes({ q, limit: 7 }, { signal }),
    enabled: enabled && q.trim() !== '',
    placeholderData: keepPreviousData,
  });
}

export function useEventTypeFacets(query: EventTypeQuery) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['event-type-facets', query],
    queryFn: ({ signal }) => api.getEventTypeFacets(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useEventType(ref: EventTypeRef) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['event-type', ref.source, ref.detailType],
    queryFn: ({ signal }) => api.getEventType(ref, { signal }),
  });
}

/** One schema version with its examples; `undefined` asks for nothing. */
export function useSchemaVersion(ref: EventTypeRef, version: string | undefined) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['schema-version', ref.source, ref.detailType, version],
    queryFn: ({ signal }) => api.getSchemaVersion(ref, version!, { signal }),
    enabled: version !== undefined,
    // A released version never changes; a page reload asks again all the same.
    staleTime: 5 * 60_000,
  });
}

/** Each version beside the one before it, judged. */
export function useEventTypeEvolution(ref: EventTypeRef, enabled: boolean) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['event-type-evolution', ref.source, ref.detailType],
    queryFn: ({ signal }) => api.getEventTypeEvolution(ref, { signal }),
    enabled,
    staleTime: 60_000,
  });
}

/** Any two versions of an event type compared. */
export function useVersionComparison(ref: EventTypeRef, from: string, to: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['version-comparison', ref.source, ref.detailType, from, to],
    queryFn: ({ signal }) => api.compareVersions(ref, { from, to }, { signal }),
    staleTime: 60_000,
  });
}

/** Whom the step from one version to another hits. */
export function useAffectedSubscribers(ref: EventTypeRef, from: string, to: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['affected-subscribers', ref.source, ref.detailType, from, to],
    queryFn: ({ signal }) => api.getAffectedSubscribers(ref, { from, to }, { signal }),
    staleTime: 60_000,
  });
}

/** Subscriptions that take an event type, page by page. */
export function useEventTypeSubscriptions(ref: EventTypeRef, query: SubscriptionQuery = {}) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['event-type-subscriptions', ref.source, ref.detailType, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listEventTypeSubscriptions(
        ref,
        { ...query, limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useSubscription(id: string | undefined) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['subscription', id],
    queryFn: ({ signal }) => api.getSubscription(id!, { signal }),
    enabled: id !== undefined,
  });
}

export function useSubscriptionMetrics(id: string | undefined, enabled: boolean = true) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['subscription-metrics', id],
    queryFn: ({ signal }) => api.getSubscriptionMetrics(id!, { signal }),
    enabled: enabled && id !== undefined,
    staleTime: 60_000,
  });
}

export function useSources() {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => api.listSources({ signal }),
    refetchInterval: SOURCES_EVERY_MS,
  });
}

/** The whole flow, for the map. */
export function useFlowMap() {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['map'],
    queryFn: ({ signal }) => api.getMap({}, { signal }),
    staleTime: 60_000,
  });
}
