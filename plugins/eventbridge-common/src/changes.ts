import type { OnboardingRequest, Plan, RequestProblem } from '@busline/onboarding';
import type { EventTypeRef, Page } from './types';

/**
 * Where a change request stands. `opening`: its pull requests are not all there yet; `failed`: a deployment failed, it can
 * be tried again; `closed`: it ended without being merged.
 */
export type ChangeRequestState = 'opening' | 'open' | 'approved' | 'merged' | 'deployed' | 'live' | 'closed' | 'failed';

/** POST /plans: what a request would do, without doing it. */
export type PlanAnswer =
  | {
      readonly kind: 'plan';
      readonly plan: Plan;
      /** The commit of the event repository that the plan was made from. */
      readonly baseCommit: string;
      /** Of files and permissions; pass it back when the request is sent, so that what was read is what is opened. */
      readonly digest: string;
    }
  | { readonly kind: 'problems'; readonly problems: readonly RequestProblem[]; readonly baseCommit: string };

/** POST /change-requests */
export interface NewChangeRequest {
  readonly request: OnboardingRequest;
  /** What makes a second try the same: the id of the task or of the form. Up to 200 characters. */
  readonly key: string;
  /** `digest` of the plan that the person read. */
  readonly digest?: string;
}

export interface ChangePullRequest {
  /** Of the event repository, or of the service. */
  readonly role: 'events' | 'service';
  /** `owner/name` on the forge. */
  readonly repository: string;
  readonly branch: string;
  /** Absent until it is opened. */
  readonly number?: number;
  readonly url?: string;
  /** What `git clone` takes; of its repository. */
  readonly cloneUrl?: string;
  readonly state: 'missing' | 'open' | 'merged' | 'closed';
  /** `conflicts`: its branch and main changed the same lines. `blocked`: a rule of the forge is not met yet. */
  readonly mergeable?: 'clean' | 'conflicts' | 'blocked' | 'unknown';
  /** Of `blocked`: the rule, in the forge's words. */
  readonly blockedBy?: string;
  readonly approvals: readonly { readonly by: string; readonly at: string }[];
  /** Owners whose approval is missing, by entity reference. */
  readonly awaited: readonly string[];
  readonly checks: readonly {
    readonly name: string;
    readonly state: 'passed' | 'failed' | 'pending';
    readonly detail?: string;
    readonly url?: string;
  }[];
  readonly mergedAt?: string;
}

/** GET /change-requests */
export interface ChangeRequestSummary {
  readonly id: string;
  readonly kind: OnboardingRequest['kind'];
  readonly title: string;
  readonly service?: string;
  readonly environment?: string;
  /** Entity reference of who asked. */
  readonly requestedBy: string;
  /** ISO date-times. */
  readonly requestedAt: string;
  readonly state: ChangeRequestState;
  /** What it waits for and whose turn it is, in a sentence; absent when it has ended. */
  readonly waitsFor?: string;
  /** Entity references of those who have to act next; empty while the portal goes on by itself, and when it has ended. */
  readonly turn: readonly string[];
  readonly endedAt?: string;
  /** From the form being sent until live, in seconds; absent until then. */
  readonly leadTimeSeconds?: number;
  readonly pullRequests: readonly Pick<ChangePullRequest, 'role' | 'repository' | 'number' | 'url' | 'state'>[];
}

/**
 * One station on the way: `reached` with its time, `current`, `ahead`, `failed`, or `unneeded`: passed without stopping,
 * since nobody's approval is awaited.
 */
export interface Station {
  readonly id: 'opened' | 'approved' | 'merged' | 'deployed' | 'live';
  readonly state: 'reached' | 'current' | 'ahead' | 'failed' | 'unneeded';
  readonly at?: string;
  readonly detail?: string;
}

export interface HistoryEntry {
  readonly at: string;
  /** Entity reference, or undefined where the portal did it by itself. */
  readonly by?: string;
  readonly text: string;
}

/** One stack of the deployment. */
export interface StackProgress {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly state: 'waiting' | 'running' | 'done' | 'unchanged' | 'failed';
  /** What it waits for, or why it failed. */
  readonly detail?: string;
}

/** What is seen on AWS of what was asked for. */
export interface LiveCheck {
  readonly title: string;
  readonly state: 'seen' | 'awaited';
  readonly detail?: string;
}

/** GET /change-requests/:id: where it stands. Small, since a page asks every two seconds while something moves. */
export interface ChangeRequestDetail extends Omit<ChangeRequestSummary, 'pullRequests'> {
  readonly reason?: string;
  /** Names of the subscriptions that it brings or changes. */
  readonly subscriptions: readonly string[];
  /** Event types that the service may publish once it is live. */
  readonly publications: readonly EventTypeRef[];
  /** `digest` of its plan: as long as it stays the same, so does the plan. */
  readonly planDigest: string;
  readonly pullRequests: readonly ChangePullRequest[];
  readonly stations: readonly Station[];
  readonly stacks: readonly StackProgress[];
  readonly live: readonly LiveCheck[];
  readonly history: readonly HistoryEntry[];
  /** What whoever asks may do now, and why not where they may not. */
  readonly actions: {
    readonly approve: ActionState;
    readonly merge: ActionState;
    readonly close: ActionState;
    readonly retry: ActionState;
    /** Plan it again on what main is now: where it conflicts, or a check fails. */
    readonly update: ActionState;
  };
}

/** GET /change-requests/:id/plan: what it does, which is long and changes only where it is brought up to date. */
export interface ChangeRequestPlan {
  readonly plan: Plan;
  /** The commit of the event repository that the plan was made from. */
  readonly baseCommit: string;
  readonly digest: string;
}

export type ActionState =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly why: string }
  /** Not shown at all: it makes no sense in this state, or the forge does it. */
  | { readonly allowed: 'never' };

export interface ChangeRequestQuery {
  readonly state?: readonly ChangeRequestState[];
  readonly service?: readonly string[];
  readonly requestedBy?: readonly string[];
  /** Entity references: only those on which one of them has to act next. */
  readonly turnOf?: readonly string[];
  /** Only those about an event type of this source and this name. */
  readonly source?: string;
  readonly detailType?: string;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

/** GET /change-requests: a page, and how many there are in each state whatever the filters. */
export interface ChangeRequestPage extends Page<ChangeRequestSummary> {
  readonly states: Readonly<Partial<Record<ChangeRequestState, number>>>;
}

export type ChangeRequestAnswer =
  | { readonly kind: 'change'; readonly change: ChangeRequestDetail }
  | { readonly kind: 'problems'; readonly problems: readonly RequestProblem[] };

/** POST /change-requests/:id/pull-requests */
export interface OpenedPullRequests {
  readonly change: ChangeRequestDetail;
  /** What was done, a line each. */
  readonly log: readonly string[];
}
