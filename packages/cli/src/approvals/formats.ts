import { eventTypeId, visible } from '@busline/event-repository';
import type { NeededApproval } from '@busline/onboarding';
import { escapeData, escapeProperty, type Format } from '../check/formats';
import { count } from '../output';

/** A needed approval, and whether it is there. */
export interface Approval extends NeededApproval {
  readonly state: 'given' | 'awaited';
  /** The event type's own file, from the root of the git repository. */
  readonly path?: string;
  /** Who may give it, as CODEOWNERS has them. */
  readonly codeOwners: readonly string[];
  /** Logins that gave it. */
  readonly by: readonly string[];
  /** Teams whose members are not in the file of reviews. */
  readonly unread: readonly string[];
}

export function formatApprovals(approvals: readonly Approval[], format: Format): string {
  const awaited = approvals.filter(({ state }) => state === 'awaited');
  if (format === 'json') return JSON.stringify({ approvals, awaited: awaited.length }, undefined, 2);
  const lines = format === 'github' ? awaited.map(annotation) : approvals.map(inWords);
  return [...lines, summary(approvals, awaited)].join('\n');
}

function summary(approvals: readonly Approval[], awaited: readonly Approval[]): string {
  if (approvals.length === 0) return 'No approval of an owner is needed';
  if (awaited.length === 0) return `${count(approvals.length, 'approval')} needed, all given`;
  const owners = [...new Set(awaited.map(({ owner }) => owner))];
  return `${awaited.length} of ${count(approvals.length, 'approval')} missing; awaited: ${owners.join(', ')}`;
}

function inWords({ why, owner, state, by, codeOwners, path, unread, eventType }: Approval): string {
  const what = visible(why);
  if (state === 'given') return `given: ${what}; ${by.map(login => `@${login}`).join(', ')} approved for ${owner}`;
  const from = codeOwners.length > 0 ? `one of ${codeOwners.join(', ')}` : undefined;
  const missing = from
    ? `awaits ${owner}: ${from} must approve`
    : `awaits ${owner}, and CODEOWNERS names nobody for ${visible(path ?? eventTypeId(eventType))}`;
  const blind =
    unread.length > 0
      ? ` (the members of ${unread.join(', ')} could not be read: see the workflow's BUSLINE_TEAMS_TOKEN)`
      : '';
  return `${missing}: ${what}${blind}`;
}

/** On the pull request as a whole: what needs the approval may be in lines that it does not change. */
function annotation(approval: Approval): string {
  return `::error title=${escapeProperty('approval-missing')}::${escapeData(inWords(approval))}`;
}
