import { useApi } from '@backstage/core-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { eventbridgeApiRef } from '../../api';

/** A service with where it runs, what it publishes and what it receives. */
export function useService(name: string | undefined) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['service', name],
    queryFn: ({ signal }) => api.getService(name!, { signal }),
    enabled: Boolean(name),
  });
}

/** Entities shown at once; typing narrows further. */
const ENTITIES_AT_ONCE = 30;

/** Entities of these kinds that a text finds in the catalog. */
export function useCatalogEntities(kinds: readonly string[], text: string, enabled: boolean = true) {
  const catalog = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog-entities', kinds, text],
    queryFn: async (): Promise<readonly Entity[]> => {
      const { items } = await catalog.queryEntities({
        filter: { kind: [...kinds] },
        limit: ENTITIES_AT_ONCE,
        // Groups before people: a service is answered for by a team.
        orderFields: [
          { field: 'kind', order: 'asc' },
          { field: 'metadata.name', order: 'asc' },
        ],
        ...(text.trim() && {
          fullTextFilter: {
            term: text.trim(),
            fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'],
          },
        }),
      });
      return items;
    },
    enabled,
    placeholderData: keepPreviousData,
  });
}
