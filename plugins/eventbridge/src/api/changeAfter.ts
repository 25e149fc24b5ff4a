import type { ChangeRequestDetail, HistoryEntry } from '@busline/plugin-eventbridge-common';

/** What a person does with a change request. */
export type ChangeAction =
  | { readonly kind: 'approve' }
  | { readonly kind: 'ask-for-changes'; readonly comment: string }
  | { readonly kind: 'merge' }
  | { readonly kind: 'close' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'update' };

const DONE: Readonly<Record<ChangeAction['kind'], string>> = {
  approve: 'approved',
  'ask-for-changes': 'asked for changes',
  merge: 'merges it',
  close: 'closes it',
  retry: 'has it tried again',
  update: 'brings it up to date',
};

const WAITS: Readonly<Partial<Record<ChangeAction['kind'], string>>> = {
  merge: 'The pull requests are being merged',
  close: 'The pull requests are being closed',
  retry: 'The step that failed is being tried again',
  update: 'It is being planned again on what main is now',
};

/** The change request as it looks while an action is on its way: nothing is claimed that only the forge can tell. */
export function changeAfter(
  change: ChangeRequestDetail,
  action: ChangeAction,
  when: { readonly at: string; readonly by?: string },
): ChangeRequestDetail {
  const comment = action.kind === 'ask-for-changes' && action.comment ? `: ${action.comment}` : '';
  const entry: HistoryEntry = { ...when, text: `${DONE[action.kind]}${comment}` };
  const waitsFor = WAITS[action.kind];
  const isRetry = action.kind === 'retry';
  return {
    ...change,
    ...(waitsFor && { waitsFor, turn: [] }),
    stations: change.stations.map(station => {
      if (isRetry && station.state === 'failed') return { ...station, state: 'current', detail: waitsFor };
      return waitsFor && station.state === 'current' ? { ...station, detail: waitsFor } : station;
    }),
    history: [...change.history, entry],
  };
}
