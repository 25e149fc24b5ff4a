import type { ActionState, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import type { ChangeView } from './changeRecord';
import { ALLOWED, NEVER, notAllowed, stateOf } from './progress';
import { nameOf } from './pullRequestNews';

/** What the permissions of whoever asks let them do with a change request, whatever its state. */
export interface ChangeGrants {
  readonly review: boolean;
  readonly merge: boolean;
  readonly close: boolean;
}

/** What somebody may do with a change request now, and why not where they may not. */
export function changeActions(
  view: ChangeView,
  { grants, isHere, isOwn }: { readonly grants: ChangeGrants; readonly isHere: boolean; readonly isOwn: boolean },
): ChangeRequestDetail['actions'] {
  const state = stateOf(view);
  const isOpen = state === 'open' || state === 'approved';
  const isUnmerged = view.closedAt === undefined && view.pullRequests.every(pull => pull.state !== 'merged');
  const canUpdate = view.closedAt === undefined && view.mergedAt === undefined && isBehind(view);
  const may = (isGranted: boolean, when: boolean, why: string): ActionState => {
    if (!when) return NEVER;
    return isGranted ? ALLOWED : notAllowed(why);
  };
  const approve = may(grants.review, isHere && isOpen, 'You may not review this change request');
  const merge = may(grants.merge, isHere && isOpen, 'You may not merge this change request');
  return {
    approve:
      approve.allowed === true && isOwn ? notAllowed('Somebody else has to approve what you asked for') : approve,
    merge: merge.allowed === true ? mergeState(view) : merge,
    close: may(grants.close, isUnmerged, 'You may not close this change request'),
    retry: may(grants.merge, state === 'failed', 'You may not have the step tried again'),
    update: may(isOwn || grants.merge, canUpdate, 'You may not bring this change request up to date'),
  };
}

/** Whether main went on without it: then newer pull requests are the way out. */
function isBehind({ pullRequests }: ChangeView): boolean {
  return pullRequests.some(
    pull =>
      pull.state === 'open' && (pull.mergeable === 'conflicts' || pull.checks.some(({ state }) => state === 'failed')),
  );
}

function mergeState({ pullRequests }: ChangeView): ActionState {
  const open = pullRequests.filter(({ state }) => state === 'open');
  const conflict = open.find(({ mergeable }) => mergeable === 'conflicts');
  if (conflict) return notAllowed(`${nameOf(conflict)} conflicts with main: bring it up to date`);
  const awaited = [...new Set(open.flatMap(pull => pull.awaited))];
  if (awaited.length > 0) return notAllowed(`The approval of ${awaited.join(' and ')} is missing`);
  const failed = open.flatMap(({ checks }) => checks).find(({ state }) => state === 'failed');
  return failed ? notAllowed(`The check ${failed.name} fails`) : ALLOWED;
}
