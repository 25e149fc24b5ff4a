import { useApi } from '@backstage/core-plugin-api';
import type { SourceStatus } from '@busline/plugin-eventbridge-common';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { eventbridgeApiRef } from './apiRef';

/** Problems asked for at once: two screens of them. */
const PROBLEMS_AT_ONCE = 50;
/** While a source is being read its state is followed this closely. */
const WHILE_READING_MS = 1500;
const OTHERWISE_MS = 30_000;

const isReading = (sources: readonly SourceStatus[] | undefined) =>
  sources?.some(({ state }) => state === 'reading') ?? false;

/** Every source, followed closely while one is being read. What pages have shown is renewed when a read has ended. */
export function useFollowedSources() {
  const api = useApi(eventbridgeApiRef);
  const client = useQueryClient();
  const sources = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => api.listSources({ signal }),
    refetchInterval: query => (isReading(query.state.data) ? WHILE_READING_MS : OTHERWISE_MS),
  });
  const reading = isReading(sources.data);
  const wasReading = useRef(reading);
  useEffect(() => {
    if (wasReading.current && !reading) {
      client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'sources',
      });
    }
    wasReading.current = reading;
  }, [reading, client]);
  return sources;
}

/** Has a source read now; its state changes to `reading` at once. */
export function useRefreshSource() {
  const api = useApi(eventbridgeApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.refreshSource(id),
    onSuccess: status =>
      client.setQueryData<readonly SourceStatus[]>(['sources'], before =>
        before?.map(source => (source.id === status.id ? status : source)),
      ),
  });
}

/** What is wrong in a source, page by page. */
export function useSourceProblems(id: string) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['source-problems', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listSourceProblems(id, { limit: PROBLEMS_AT_ONCE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    getNextPageParam: page => page.nextCursor,
  });
}
