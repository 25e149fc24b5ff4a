import { useApi } from '@backstage/core-plugin-api';
import type { BusQuery, SubscriptionQuery } from '@busline/plugin-eventbridge-common';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { eventbridgeApiRef } from './apiRef';
import { PAGE_SIZE } from './queries';

/** Names of accounts hardly change while a person looks at a list. */
const NAMES_FRESH_FOR_MS = 5 * 60_000;
/** CloudWatch has a new point every few minutes at best. */
const METRICS_FRESH_FOR_MS = 60_000;

/** All subscriptions, page by page; the list before stays while a new one is on its way. */
export function useSubscriptionPages(query: SubscriptionQuery) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['subscriptions', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listSubscriptions({ ...query, limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** What subscriptions can be narrowed by, with counts; their order does not matter to it. */
export function useSubscriptionFacets(query: SubscriptionQuery) {
  const api = useApi(eventbridgeApiRef);
  const { sort, order, ...asked } = query;
  return useQuery({
    queryKey: ['subscription-facets', asked],
    queryFn: ({ signal }) => api.getSubscriptionFacets(asked, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAccounts() {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => api.listAccounts({ signal }),
    staleTime: NAMES_FRESH_FOR_MS,
  });
}

/** Buses, page by page, those of one account together. */
export function useBusPages(query: BusQuery) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['buses', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listBuses({ ...query, limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useBus(arn: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['bus', arn],
    queryFn: ({ signal }) => api.getBus(arn, { signal }),
  });
}

export function useBusMetrics(arn: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['bus-metrics', arn],
    queryFn: ({ signal }) => api.getBusMetrics(arn, { signal }),
    staleTime: METRICS_FRESH_FOR_MS,
  });
}

/** The service behind a component of the catalog; fails with `NotFoundError` where the component is no service. */
export function useServiceByEntity(entityRef: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['service-by-entity', entityRef],
    queryFn: ({ signal }) => api.getServiceByEntity(entityRef, { signal }),
  });
}
