import { useApi } from '@backstage/core-plugin-api';
import { eventTypeId, type EventType, type JsonSchemaDocument } from '@busline/event-repository';
import type { EventbridgeApi, EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { eventbridgeApiRef } from '../../api';

/** Versions whose schema and examples are read: the newest ones; older than these hardly anybody sends. */
const MAX_VERSIONS = 12;

/** The chosen event types as the engines see them, with schemas and examples of their versions. */
export interface ChosenEventTypes {
  readonly eventTypes: readonly EventType[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => void;
}

export function useChosenEventTypes(refs: readonly EventTypeRef[]): ChosenEventTypes {
  const api = useApi(eventbridgeApiRef);
  const queries = useQueries({
    queries: refs.map(ref => ({
      queryKey: ['whole-event-type', ref.source, ref.detailType],
      queryFn: ({ signal }: { signal: AbortSignal }) => readEventType(api, ref, signal),
      staleTime: 5 * 60_000,
    })),
  });
  const failed = queries.find(({ error }) => error);
  // The queries are new objects every time; their data is not.
  const ids = queries
    .map(({ data, dataUpdatedAt }) => (data ? `${eventTypeId(data)} ${dataUpdatedAt}` : ''))
    .join('\n');
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `ids` says when the data changed
  const eventTypes = useMemo(() => queries.flatMap(({ data }) => (data ? [data] : [])), [ids]);
  return {
    eventTypes,
    isPending: queries.some(({ isPending }) => isPending),
    error: failed?.error,
    refetch: () => queries.forEach(query => query.isError && query.refetch()),
  };
}

async function readEventType(api: EventbridgeApi, ref: EventTypeRef, signal: AbortSignal): Promise<EventType> {
  const detail = await api.getEventType(ref, { signal });
  const versions = await Promise.all(
    detail.versions.slice(0, MAX_VERSIONS).map(({ version }) => api.getSchemaVersion(ref, version, { signal })),
  );
  return {
    ...detail,
    slug: '',
    domain: detail.domain?.name,
    place: NOWHERE,
    versions: [...versions].reverse().map(({ version, schema, examples }) => ({
      version,
      schema: schema as JsonSchemaDocument,
      schemaPlace: NOWHERE,
      notes: '',
      examples: examples.map(({ name, value }) => ({ name, value, place: NOWHERE })),
    })),
  } as unknown as EventType;
}

/** The portal's API says where it is declared elsewhere; nothing here reports places. */
const NOWHERE = { file: '', line: 0, column: 0 };
