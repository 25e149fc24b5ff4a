import type { AccountRef, BusQuery, BusSummary, Standing } from '@busline/plugin-eventbridge-common';
import type { ListCodec } from '../../components';

/** What the page shows: everything that its URL holds. */
export interface BusListState {
  readonly q: string;
  readonly account?: string;
  readonly environment?: string;
  readonly standing?: Standing;
}

export const STANDINGS: readonly Standing[] = ['in-sync', 'drifted', 'declared-only', 'observed-only', 'unknown'];
const FILTERS = ['account', 'environment', 'standing'] as const;

/** A URL that the page does not fully understand still shows the list: what is unknown is left out. */
export const busListCodec: ListCodec<BusListState> = {
  read(params) {
    const account = params.get('account');
    const environment = params.get('environment');
    const standing = STANDINGS.find(known => known === params.get('standing'));
    return {
      q: params.get('q') ?? '',
      ...(account && { account }),
      ...(environment && { environment }),
      ...(standing && { standing }),
    };
  },
  write(state) {
    const params = new URLSearchParams();
    if (state.q) params.set('q', state.q);
    for (const name of FILTERS) {
      const value = state[name];
      if (value) params.set(name, value);
    }
    return params;
  },
};

/** What is asked of the API for a state. */
export function busQueryOf(state: BusListState): BusQuery {
  const q = state.q.trim();
  return {
    ...(q && { q }),
    ...(state.account && { account: [state.account] }),
    ...(state.environment && { environment: [state.environment] }),
    ...(state.standing && { standing: [state.standing] }),
  };
}

export function isNarrowed(state: BusListState): boolean {
  return state.q.trim() !== '' || FILTERS.some(name => state[name]);
}

export interface AccountBuses {
  readonly account: AccountRef;
  readonly buses: readonly BusSummary[];
}

/** Buses under their accounts, in the order in which the accounts come. */
export function byAccount(buses: readonly BusSummary[]): readonly AccountBuses[] {
  const groups = new Map<string, { account: AccountRef; buses: BusSummary[] }>();
  for (const bus of buses) {
    const group = groups.get(bus.account.id);
    if (group) group.buses.push(bus);
    else groups.set(bus.account.id, { account: bus.account, buses: [bus] });
  }
  return [...groups.values()];
}
