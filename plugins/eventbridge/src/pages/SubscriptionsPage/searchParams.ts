import type { Standing, SubscriptionQuery, TargetSummary } from '@busline/plugin-eventbridge-common';
import type { ListCodec } from '../../components';

export const FILTERS = [
  { name: 'service', title: 'Service' },
  { name: 'environment', title: 'Environment' },
  { name: 'account', title: 'Account' },
  { name: 'standing', title: 'Standing' },
  { name: 'targetType', title: 'Target' },
] as const;
export type FilterName = (typeof FILTERS)[number]['name'];

export const STANDINGS: readonly Standing[] = ['in-sync', 'drifted', 'declared-only', 'observed-only', 'unknown'];
export const TARGET_TYPES: readonly TargetSummary['type'][] = ['sqs', 'lambda', 'step-functions', 'bus', 'other'];

type SubscriptionSort = NonNullable<SubscriptionQuery['sort']>;
const SORTS: readonly SubscriptionSort[] = ['service', 'name', 'account', 'standing'];

/** What the list shows and which of its rows is open: everything that its URL holds. */
export interface SubscriptionListState {
  readonly q: string;
  readonly filters: Readonly<Partial<Record<FilterName, readonly string[]>>>;
  readonly sort?: SubscriptionSort;
  readonly order?: 'asc' | 'desc';
  /** Id of the subscription whose details are shown. */
  readonly open?: string;
}

/** Services and accounts may be any; the words for standing and target are a closed list. */
function isKnown(name: FilterName, value: string): boolean {
  if (name === 'standing') return STANDINGS.some(known => known === value);
  return name !== 'targetType' || TARGET_TYPES.some(known => known === value);
}

/** A URL that the page does not fully understand still shows the list: what is unknown is left out. */
export const subscriptionListCodec: ListCodec<SubscriptionListState> = {
  read(params) {
    const filters: Partial<Record<FilterName, readonly string[]>> = {};
    for (const { name } of FILTERS) {
      const values = [...new Set(params.getAll(name).filter(value => value && isKnown(name, value)))];
      if (values.length > 0) filters[name] = values;
    }
    const sort = SORTS.find(known => known === params.get('sort'));
    const order = params.get('order');
    const open = params.get('open');
    return {
      q: params.get('q') ?? '',
      filters,
      ...(sort && { sort }),
      ...(sort && (order === 'asc' || order === 'desc') && { order }),
      ...(open && { open }),
    };
  },
  write(state) {
    const params = new URLSearchParams();
    if (state.q) params.set('q', state.q);
    for (const { name } of FILTERS) {
      for (const value of state.filters[name] ?? []) params.append(name, value);
    }
    if (state.sort) {
      params.set('sort', state.sort);
      if (state.order) params.set('order', state.order);
    }
    if (state.open) params.set('open', state.open);
    return params;
  },
};

/** What is asked of the API for a state. */
export function queryOf(state: SubscriptionListState): SubscriptionQuery {
  const q = state.q.trim();
  return {
    ...(q && { q }),
    ...state.filters,
    sort: state.sort ?? 'service',
    ...(state.order && { order: state.order }),
  };
}

export function isNarrowed(state: SubscriptionListState): boolean {
  return state.q.trim() !== '' || Object.keys(state.filters).length > 0;
}

/** Chooses a value of a filter, or takes it back. */
export function toggleFilter(state: SubscriptionListState, name: FilterName, value: string): SubscriptionListState {
  const chosen = state.filters[name] ?? [];
  const values = chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value];
  const { [name]: _, ...others } = state.filters;
  return {
    ...state,
    filters: values.length > 0 ? { ...others, [name]: values } : others,
  };
}
