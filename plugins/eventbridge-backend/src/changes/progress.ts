import type {
  ActionState,
  ChangePullRequest,
  ChangeRequestState,
  LiveCheck,
  StackProgress,
  Station,
} from '@busline/plugin-eventbridge-common';

/** All that is known of how far a change request got. */
export interface ChangeFacts {
  readonly pullRequests: readonly ChangePullRequest[];
  readonly stacks: readonly StackProgress[];
  readonly live: readonly LiveCheck[];
  readonly openedAt?: string;
  readonly approvedAt?: string;
  readonly mergedAt?: string;
  readonly deployedAt?: string;
  readonly liveAt?: string;
  readonly closedAt?: string;
  /** Why the last step failed; it is tried again by hand. */
  readonly failure?: string;
  /** Why the last step could not be taken yet; it is tried again by itself. */
  readonly trouble?: string;
}

/** Where it stands, by what was reached last. */
export function stateOf(facts: ChangeFacts): ChangeRequestState {
  if (facts.closedAt) return 'closed';
  if (facts.liveAt) return 'live';
  if (facts.failure) return 'failed';
  if (facts.deployedAt) return 'deployed';
  if (facts.mergedAt) return 'merged';
  if (!facts.openedAt) return 'opening';
  return facts.approvedAt ? 'approved' : 'open';
}

/** What it waits for and whose turn it is, in a sentence; undefined when it has ended. */
export function waitsFor(facts: ChangeFacts): string | undefined {
  const state = stateOf(facts);
  const waits = waitsForNext(state, facts);
  if (facts.trouble === undefined || waits === undefined || state === 'failed') return waits;
  return `${waits}. The portal tries again by itself: ${facts.trouble}`;
}

function waitsForNext(state: ChangeRequestState, facts: ChangeFacts): string | undefined {
  switch (state) {
    case 'closed':
    case 'live':
      return undefined;
    case 'failed':
      return facts.failure;
    case 'opening':
      return 'The pull requests are being opened';
    case 'deployed':
      return facts.live.find(check => check.state === 'awaited')?.title ?? 'AWS is being read';
    case 'merged': {
      const waiting = facts.stacks.find(stack => stack.state === 'running' || stack.state === 'waiting');
      return waiting
        ? `Stack ${waiting.name}: ${waiting.detail ?? 'being deployed'}`
        : 'The deployment from the files on main';
    }
    default:
      return openWaitsFor(facts.pullRequests.filter(pull => pull.state === 'open'));
  }
}

function openWaitsFor(open: readonly ChangePullRequest[]): string {
  const conflict = open.find(pull => pull.mergeable === 'conflicts');
  if (conflict) return `${nameOf(conflict)} conflicts with main: bring it up to date`;
  const failed = open.flatMap(pull =>
    pull.checks.filter(check => check.state === 'failed').map(check => `${check.name} fails on ${nameOf(pull)}`),
  );
  const awaited = [...new Set(open.flatMap(pull => pull.awaited))];
  if (awaited.length > 0) return `The approval of ${listOf(awaited)}`;
  if (failed.length > 0) return failed[0]!;
  const pending = open.flatMap(pull => pull.checks).find(check => check.state === 'pending');
  if (pending) return `The check ${pending.name}`;
  const blocked = open.find(pull => pull.mergeable === 'blocked');
  if (blocked)
    return `${nameOf(blocked)} cannot be merged yet: ${blocked.blockedBy ?? 'a rule of the forge refuses it'}`;
  return `The merge of ${listOf(open.map(nameOf))}`;
}

/**
 * Whose turn it is: entity references, in lower case. Nobody's while the portal goes on by itself, while a check runs,
 * and when it has ended. Who owns the service merges; what nobody can merge is for whoever asked.
 */
export function whoseTurn(
  facts: ChangeFacts & { readonly requestedBy: string; readonly serviceOwner?: string },
): readonly string[] {
  const { requestedBy, serviceOwner } = facts;
  const lower = (refs: readonly string[]) => [...new Set(refs.map(ref => ref.toLowerCase()))];
  const state = stateOf(facts);
  if (state === 'failed') return lower([requestedBy, ...(serviceOwner ? [serviceOwner] : [])]);
  if (state !== 'open' && state !== 'approved') return [];
  const open = facts.pullRequests.filter(pull => pull.state === 'open');
  if (open.some(pull => pull.mergeable === 'conflicts')) return lower([requestedBy]);
  const awaited = open.flatMap(pull => pull.awaited);
  if (awaited.length > 0) return lower(awaited);
  const checks = open.flatMap(pull => pull.checks);
  if (checks.some(check => check.state === 'failed')) return lower([requestedBy]);
  return checks.some(check => check.state === 'pending') ? [] : lower([serviceOwner ?? requestedBy]);
}

function nameOf({ repository, number }: ChangePullRequest): string {
  return number === undefined ? repository : `${repository}#${number}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The way from the form to the first event, with what was reached when. */
export function stationsOf(facts: ChangeFacts): readonly Station[] {
  const reached: Readonly<Record<Station['id'], string | undefined>> = {
    opened: facts.openedAt,
    // Who may merge may approve by merging.
    approved: facts.approvedAt ?? facts.mergedAt,
    merged: facts.mergedAt,
    deployed: facts.deployedAt,
    live: facts.liveAt,
  };
  const ids = ['opened', 'approved', 'merged', 'deployed', 'live'] as const;
  const isUnneeded = (id: Station['id']) => id === 'approved' && needsNoApproval(facts);
  const next = ids.findIndex(id => reached[id] === undefined && !isUnneeded(id));
  const hasStopped = facts.failure !== undefined || facts.closedAt !== undefined;
  return ids.map((id, index): Station => {
    const at = reached[id];
    if (at !== undefined) return { id, state: 'reached', at };
    if (isUnneeded(id)) return { id, state: 'unneeded' };
    if (index !== next) return { id, state: 'ahead' };
    const detail = facts.closedAt ? 'Closed without being merged' : waitsFor(facts);
    return { id, state: hasStopped ? 'failed' : 'current', ...(detail !== undefined && { detail }) };
  });
}

/** Whether the merge is what is waited for, and nobody's approval before it. Where a forge has not said so, it is not known. */
function needsNoApproval({ openedAt, approvedAt, pullRequests }: ChangeFacts): boolean {
  if (openedAt === undefined || approvedAt !== undefined) return false;
  return pullRequests.every(
    pull => pull.state === 'merged' || (pull.awaited.length === 0 && pull.mergeable === 'clean'),
  );
}

export const ALLOWED: ActionState = { allowed: true };
export const NEVER: ActionState = { allowed: 'never' };

export function notAllowed(why: string): ActionState {
  return { allowed: false, why };
}
