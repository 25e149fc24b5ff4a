import type { Plan } from '@busline/onboarding';
import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';
import { missingPull, type ChangeRecord, type NewPull } from './changeRecord';

/**
 * A change request with the pull requests that a newer plan needs: those that would bring the same files and do not
 * conflict stay, merged ones stay, the others are replaced. Undefined when nothing would change.
 */
export function replanned(record: ChangeRecord, plan: Plan, planned: readonly NewPull[]): ChangeRecord | undefined {
  const before = record.pullRequests;
  const isKept = (pull: ChangePullRequest) =>
    pull.state === 'merged'
      ? !planned.some(({ role }) => role === pull.role)
      : pull.state === 'open' &&
        pull.mergeable !== 'conflicts' &&
        filesText(plan, pull.role) === filesText(record.plan, pull.role);
  const kept = before.filter(isKept);
  const missing = planned.filter(({ role }) => !kept.some(pull => pull.role === role)).map(missingPull);
  const replaced = before.filter(pull => !kept.includes(pull) && pull.state === 'open');
  if (missing.length === 0 && replaced.length === 0) return undefined;
  const { openedAt, approvedAt, failure, trouble, ...rest } = record;
  return {
    ...rest,
    announced: 'opening',
    pullRequests: [...kept, ...missing].sort((a, b) => roleOrder(a) - roleOrder(b)),
    superseded: [
      ...record.superseded,
      ...replaced.flatMap(({ repository, number }) => (number === undefined ? [] : [{ repository, number }])),
    ],
  };
}

/** What a pull request brings: not what stood there before. */
function filesText(plan: Plan, role: ChangePullRequest['role']): string {
  const files = plan.repositories.find(each => each.role === role)?.files ?? [];
  return JSON.stringify(files.map(({ path, after }) => [path, after ?? null]));
}

function roleOrder({ role }: { readonly role: ChangePullRequest['role'] }): number {
  return role === 'events' ? 0 : 1;
}
