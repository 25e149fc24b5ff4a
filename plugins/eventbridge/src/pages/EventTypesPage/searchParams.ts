import type { EventTypeQuery, EventTypeSort, FacetName } from '@busline/plugin-eventbridge-common';

export const FACETS: readonly {
  readonly name: FacetName;
  readonly title: string;
}[] = [
  { name: 'domain', title: 'Domain' },
  { name: 'owner', title: 'Owner' },
  { name: 'publisher', title: 'Publisher' },
  { name: 'lifecycle', title: 'Lifecycle' },
  { name: 'classification', title: 'Classification' },
  { name: 'bus', title: 'Bus' },
];

const SORTS: readonly EventTypeSort[] = ['name', 'source', 'owner', 'publisher', 'subscribers', 'version', 'relevance'];

/** What the list shows: everything that its URL holds. */
export interface ListState {
  readonly q: string;
  readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  readonly sort?: EventTypeSort;
  readonly order?: 'asc' | 'desc';
}

/** Reads a URL; what it does not know or understand is left out, so that a link with a slip still shows the list. */
export function stateFromParams(params: URLSearchParams): ListState {
  const facets: Partial<Record<FacetName, readonly string[]>> = {};
  for (const { name } of FACETS) {
    const values = [...new Set(params.getAll(name).filter(Boolean))];
    if (values.length > 0) facets[name] = values;
  }
  const sort = SORTS.find(known => known === params.get('sort'));
  const order = params.get('order');
  return {
    q: params.get('q') ?? '',
    facets,
    ...(sort && { sort }),
    ...(sort && (order === 'asc' || order === 'desc') && { order }),
  };
}

/** The shortest URL that reads back as the same state. */
export function paramsFromState(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  for (const { name } of FACETS) {
    for (const value of state.facets[name] ?? []) params.append(name, value);
  }
  if (state.sort) {
    params.set('sort', state.sort);
    if (state.order) params.set('order', state.order);
  }
  return params;
}

/** What is asked of the API for a state. A search is ordered by relevance until a person chooses otherwise. */
export function queryFromState(state: ListState): EventTypeQuery {
  const q = state.q.trim();
  return {
    ...(q && { q }),
    ...state.facets,
    sort: state.sort ?? (q ? 'relevance' : 'name'),
    ...(state.order && { order: state.order }),
  };
}

export function isNarrowed(state: ListState): boolean {
  return state.q.trim() !== '' || Object.keys(state.facets).length > 0;
}

/** Chooses a value of a facet, or takes it back. */
export function toggleFacet(state: ListState, name: FacetName, value: string): ListState {
  const chosen = state.facets[name] ?? [];
  const values = chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value];
  const { [name]: _, ...others } = state.facets;
  return {
    ...state,
    facets: values.length > 0 ? { ...others, [name]: values } : others,
  };
}
