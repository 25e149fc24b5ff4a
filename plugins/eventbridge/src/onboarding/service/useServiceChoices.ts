import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
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
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
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

/** What a component of the catalog says about a service that is not on the bus yet. */
export function serviceOfComponent(entity: Entity) {
  const { metadata, spec = {} } = entity;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    name: metadata.name.toLowerCase(),
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    owner: ownerRef(text(spec.owner), metadata.namespace ?? 'default'),
    system: text(spec.system),
    component: stringifyEntityRef(entity),
    repository: repositoryOf(metadata.annotations ?? {}),
  };
}

function ownerRef(owner: string | undefined, namespace: string): string | undefined {
  if (owner === undefined) return undefined;
  const [kind, name] = owner.includes(':') ? owner.split(':', 2) : ['group', owner];
  return `${kind}:${name.includes('/') ? name : `${namespace}/${name}`}`;
}

function repositoryOf(annotations: Readonly<Record<string, string>>): string | undefined {
  const slug = annotations['github.com/project-slug'];
  if (slug) return `https://github.com/${slug}`;
  const source = annotations['backstage.io/source-location']?.replace(/^url:/, '');
  const found = source && /^(https?:\/\/[^/]+\/[^/]+\/[^/]+?)(?:\.git)?(?:\/.*)?$/.exec(source);
  return found ? found[1] : undefined;
}
