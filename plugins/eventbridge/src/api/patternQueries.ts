import { useApi } from '@backstage/core-plugin-api';
import { eventOf } from '@busline/onboarding';
import type { EventTypeDetail, EventTypeRef, Json, ReceiversQuery } from '@busline/plugin-eventbridge-common';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { prettyJson } from '../components/JsonEditor/prettyJson';
import { eventbridgeApiRef } from './apiRef';

/** Receivers asked for at once: a panel beside two editors shows few. */
const RECEIVERS_PAGE = 25;
/** Event types offered before a person types on. */
const OFFERED = 8;

/** Which subscriptions an event goes to, page by page; `undefined` asks for nothing. */
export function useReceivers(event: string | undefined, query: ReceiversQuery) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['receivers', event, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.findReceivers(
        { event: event! },
        { ...query, limit: RECEIVERS_PAGE, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: page => page.nextCursor,
    enabled: event !== undefined,
    placeholderData: keepPreviousData,
    // Every key that was pressed made an event of its own.
    gcTime: 60_000,
  });
}

/** Event types to choose from, narrowed by what is typed; the first few of all while nothing is. */
export function useOfferedEventTypes(q: string, enabled: boolean) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['offered-event-types', q],
    queryFn: ({ signal }) => api.listEventTypes({ ...(q.trim() && { q }), limit: OFFERED }, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** An event as EventBridge would deliver it, made of a committed example. */
export interface ExampleEvent {
  readonly eventType: EventTypeDetail;
  /** Absent where no schema is declared; the event then has an empty `detail`. */
  readonly version?: string;
  readonly example?: string;
  /** Names of all examples of the version. */
  readonly examples: readonly string[];
  readonly text: string;
}

/** `undefined` asks for nothing; without version and example it is the current version's first one. */
export function useExampleEvent(
  ref: (EventTypeRef & { readonly version?: string; readonly example?: string }) | undefined,
) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['example-event', ref],
    queryFn: async ({ signal }): Promise<ExampleEvent> => {
      const eventType = await api.getEventType(ref!, { signal });
      const version = ref!.version ?? eventType.version;
      const examples = version === undefined ? [] : (await api.getSchemaVersion(ref!, version, { signal })).examples;
      const example = examples.find(({ name }) => name === ref!.example) ?? examples[0];
      return {
        eventType,
        ...(version !== undefined && { version }),
        ...(example && { example: example.name }),
        examples: examples.map(({ name }) => name),
        text: exampleEventText(eventType, version, example?.value ?? {}),
      };
    },
    enabled: ref !== undefined,
    staleTime: 5 * 60_000,
  });
}

/** The event around an example, as a person reads JSON. */
export function exampleEventText(eventType: EventTypeDetail, version: string | undefined, example: Json): string {
  const publisher = eventType.publishers[0] ?? 'a-service';
  return prettyJson(eventOf(eventType, version ?? '1.0.0', example, publisher));
}

/** What a subscription's pattern means for the schemas of its event types. */
export function useSubscriptionVerdicts(id: string) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['subscription-verdicts', id],
    queryFn: ({ signal }) => api.getSubscriptionVerdicts(id, { signal }),
    staleTime: 60_000,
  });
}
