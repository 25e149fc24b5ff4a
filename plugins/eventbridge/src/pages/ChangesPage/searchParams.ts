import type { ChangeRequestQuery, ChangeRequestState } from '@busline/plugin-eventbridge-common';
import type { ListCodec } from '../../components';

/** In the order of the way that a change request goes. */
export const STATES: readonly ChangeRequestState[] = [
  'opening',
  'open',
  'approved',
  'merged',
  'deployed',
  'live',
  'failed',
  'closed',
];

/** `turn`: waiting for me or my groups; `asked`: sent by me. */
export type Mine = 'turn' | 'asked';

/** What the list shows: everything that its URL holds. */
export interface ChangeListState {
  readonly q: string;
  readonly states: readonly ChangeRequestState[];
  readonly service?: string;
  readonly mine?: Mine;
}

/** A URL that the page does not fully understand still shows the list: what is unknown is left out. */
export const changeListCodec: ListCodec<ChangeListState> = {
  read(params) {
    const asked = params.getAll('state');
    const service = params.get('service');
    const mine = params.get('mine');
    return {
      q: params.get('q') ?? '',
      states: STATES.filter(state => asked.includes(state)),
      ...(service && { service }),
      ...((mine === 'turn' || mine === 'asked') && { mine }),
    };
  },
  write(state) {
    const params = new URLSearchParams();
    if (state.q) params.set('q', state.q);
    for (const value of state.states) params.append('state', value);
    if (state.service) params.set('service', state.service);
    if (state.mine) params.set('mine', state.mine);
    return params;
  },
};

export interface Me {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

/** What is asked of the API for a state; undefined as long as it is not known who asks. */
export function queryOf(state: ChangeListState, me: Me | undefined): ChangeRequestQuery | undefined {
  if (state.mine && !me) return undefined;
  const q = state.q.trim();
  return {
    ...(q && { q }),
    ...(state.states.length > 0 && { state: state.states }),
    ...(state.service && { service: [state.service] }),
    ...(state.mine === 'turn' && { turnOf: me!.ownershipEntityRefs }),
    ...(state.mine === 'asked' && { requestedBy: [me!.userEntityRef] }),
  };
}

export function isNarrowed(state: ChangeListState): boolean {
  return state.q.trim() !== '' || state.states.length > 0 || Boolean(state.service) || Boolean(state.mine);
}

/** Chooses a state, or takes it back. */
export function toggleState(list: ChangeListState, state: ChangeRequestState): ChangeListState {
  const chosen = list.states.includes(state);
  return {
    ...list,
    states: STATES.filter(each => (each === state ? !chosen : list.states.includes(each))),
  };
}
