import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';

export type ButtonKind = 'approve' | 'merge' | 'retry' | 'update';

export interface ActionChoice {
  /** The one thing to do now; `why` says why it may not be done, and by whom it may. */
  readonly primary?: { readonly kind: ButtonKind; readonly why?: string };
  /** What may be done besides. */
  readonly secondary: readonly ButtonKind[];
  /** What may not be done besides, and why. */
  readonly refused: readonly { readonly kind: ButtonKind; readonly why: string }[];
  readonly mayAskForChanges: boolean;
  readonly mayClose: boolean;
}

/** Whether a person's approval stands on every open pull request. */
export function hasApproved(change: ChangeRequestDetail, by: string | undefined): boolean {
  const open = change.pullRequests.filter(({ state }) => state === 'open');
  return by !== undefined && open.length > 0 && open.every(pull => pull.approvals.some(each => each.by === by));
}

/**
 * What to offer whoever looks: where main went on without it, bringing it up to date; as long as an approval is missing,
 * approving; after that merging. The first
 * that may be done is the primary one; where nothing may be done, the first says why.
 */
export function chooseActions(change: ChangeRequestDetail, by: string | undefined): ActionChoice {
  const { actions, pullRequests } = change;
  const isAwaited = pullRequests.some(pull => pull.state === 'open' && pull.awaited.length > 0);
  // Being up to date comes before all else: whoever approves should see what is merged.
  const order: readonly ButtonKind[] = isAwaited
    ? ['update', 'approve', 'merge', 'retry']
    : ['update', 'merge', 'approve', 'retry'];
  const approved = hasApproved(change, by);
  const offered = order.filter(kind => actions[kind].allowed !== 'never' && !(kind === 'approve' && approved));
  const allowed = offered.filter(kind => actions[kind].allowed === true);
  const refused = offered.flatMap(kind => {
    const action = actions[kind];
    // Where nobody's approval is awaited, nobody wonders why theirs is not asked for.
    if (kind === 'approve' && !isAwaited) return [];
    return action.allowed === false ? [{ kind, why: action.why }] : [];
  });
  const [first, ...others] = allowed;
  return {
    ...(first ? { primary: { kind: first } } : refused[0] && { primary: refused[0] }),
    secondary: others,
    refused: first ? refused : refused.slice(1),
    mayAskForChanges: actions.approve.allowed === true,
    mayClose: actions.close.allowed === true,
  };
}
