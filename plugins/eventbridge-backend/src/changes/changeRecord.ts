import type { OnboardingRequest, Plan } from '@busline/onboarding';
import type { ChangePullRequest, ChangeRequestState, Classification } from '@busline/plugin-eventbridge-common';
import type { ChangeFacts } from './progress';

/** What is shown of a change request while it is followed: all of it but the plan, which is long. */
export interface ChangeView extends ChangeFacts {
  readonly id: string;
  readonly title: string;
  readonly service?: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** Entity reference in lower case. */
  readonly serviceOwner?: string;
  readonly request: OnboardingRequest;
  readonly planDigest: string;
}

/** A change request as it is kept. */
export interface ChangeRecord extends Omit<ChangeView, 'title' | 'service' | 'planDigest'> {
  readonly key: string;
  readonly baseCommit: string;
  readonly plan: Plan;
  /** The state that people were told of last. */
  readonly announced: ChangeRequestState;
  /** Pull requests that newer ones replaced, to be closed once those are open. */
  readonly superseded: readonly { readonly repository: string; readonly number: number }[];
}

export type NewPull = Pick<ChangePullRequest, 'role' | 'repository' | 'branch'>;

export interface NewChange {
  readonly key: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly baseCommit: string;
  readonly request: OnboardingRequest;
  readonly plan: Plan;
  /** The highest of the event types that it is about. */
  readonly classification: Classification;
  readonly serviceOwner?: string;
  readonly pullRequests: readonly NewPull[];
}

export function missingPull(pull: NewPull): ChangePullRequest {
  return { ...pull, state: 'missing', approvals: [], awaited: [], checks: [] };
}

export function leadTimeSeconds(requestedAt: string, liveAt: string): number {
  return Math.round((Date.parse(liveAt) - Date.parse(requestedAt)) / 1000);
}
