import { createHash } from 'node:crypto';
import { serviceOfRequest, type OnboardingRequest, type Plan } from '@busline/onboarding';
import type {
  ChangePullRequest,
  ChangeRequestState,
  ChangeRequestSummary,
  LiveCheck,
  StackProgress,
} from '@busline/plugin-eventbridge-common';
import { leadTimeSeconds, type ChangeRecord, type ChangeView, type NewChange } from './changeRecord';
import { planDigest } from './planDigest';
import { stateOf, waitsFor, whoseTurn, type ChangeFacts } from './progress';

export interface ChangeRow {
  readonly id: string;
  readonly key: string;
  readonly kind: OnboardingRequest['kind'];
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly requested_by: string;
  readonly requested_at: string;
  readonly service_owner: string | null;
  readonly state: ChangeRequestState;
  readonly waits_for: string | null;
  readonly request: string;
  readonly request_hash: string;
  readonly plan: string;
  readonly plan_digest: string;
  readonly base_commit: string;
  readonly opened_at: string | null;
  readonly approved_at: string | null;
  readonly merged_at: string | null;
  readonly deployed_at: string | null;
  readonly live_at: string | null;
  readonly closed_at: string | null;
  readonly failure: string | null;
  readonly trouble: string | null;
  readonly stacks: string;
  readonly live: string;
  readonly announced: ChangeRequestState;
  readonly superseded: string;
  readonly moved_at: string | null;
}

/** The columns of a list: without request and plan, which are long. */
export const SUMMARY_COLUMNS = [
  'id',
  'kind',
  'title',
  'service',
  'environment',
  'requested_by',
  'requested_at',
  'service_owner',
  'state',
  'waits_for',
  'opened_at',
  'approved_at',
  'merged_at',
  'deployed_at',
  'live_at',
  'closed_at',
  'failure',
  'trouble',
  'stacks',
  'live',
] as const;

/** The columns of a page that follows it: without the plan. */
export const VIEW_COLUMNS = [...SUMMARY_COLUMNS, 'request', 'plan_digest'] as const;

export type ViewRow = Pick<ChangeRow, (typeof VIEW_COLUMNS)[number]>;

export interface PullRow {
  readonly change_id: string;
  readonly position: number;
  readonly role: ChangePullRequest['role'];
  readonly repository: string;
  readonly branch: string;
  readonly number: number | null;
  readonly url: string | null;
  readonly state: ChangePullRequest['state'];
  readonly seen: string;
  readonly merged_at: string | null;
}

/** The same key gives the same id, so that a second try after a crash finds the first. */
export function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

/** What is known of a request from the start, and what a newer plan of it says otherwise. */
export function toDescription({ request, plan, requestedBy, requestedAt, baseCommit, ...change }: NewChange) {
  const service = serviceOfRequest(request);
  const environment = request.kind === 'onboard' ? request.environment : undefined;
  const eventTypes = plan.people.flatMap(person => person.eventTypes);
  const words = [
    plan.title,
    service,
    requestedBy,
    environment,
    request.kind,
    ...eventTypes.flatMap(({ source, detailType }) => [source, detailType]),
  ];
  return {
    kind: request.kind,
    title: plan.title,
    service: service ?? null,
    environment: environment ?? null,
    requested_by: requestedBy,
    requested_at: requestedAt,
    request: JSON.stringify(request),
    request_hash: plan.requestHash,
    plan: JSON.stringify(plan),
    plan_digest: planDigest(plan),
    base_commit: baseCommit,
    classification: change.classification,
    service_owner: change.serviceOwner?.toLowerCase() ?? null,
    words: wordsOf([...new Set(words)].join(' ')).join(' '),
  };
}

export function peopleOf({ requestedBy, plan }: NewChange): readonly { owner: string; must_approve: boolean }[] {
  const people = new Map([[requestedBy.toLowerCase(), false]]);
  for (const { owner, mustApprove } of plan.people) {
    people.set(owner.toLowerCase(), mustApprove || people.get(owner.toLowerCase()) === true);
  }
  return [...people].map(([owner, mustApprove]) => ({ owner, must_approve: mustApprove }));
}

export function eventTypesOf({ plan }: NewChange): readonly { source: string; detail_type: string }[] {
  const refs = plan.people.flatMap(person => person.eventTypes);
  const unique = new Map(refs.map(ref => [JSON.stringify([ref.source, ref.detailType]), ref]));
  return [...unique.values()].map(({ source, detailType }) => ({ source, detail_type: detailType }));
}

/** Paths in the event repository. */
export function filesOf({ plan }: NewChange): readonly string[] {
  return plan.repositories
    .filter(({ role }) => role === 'events')
    .flatMap(({ files }) => files.map(({ path }) => path));
}

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

export function toProgress(facts: ChangeFacts & Pick<ChangeRecord, 'superseded'>) {
  return {
    state: stateOf(facts),
    waits_for: waitsFor(facts) ?? null,
    opened_at: facts.openedAt ?? null,
    approved_at: facts.approvedAt ?? null,
    merged_at: facts.mergedAt ?? null,
    deployed_at: facts.deployedAt ?? null,
    live_at: facts.liveAt ?? null,
    closed_at: facts.closedAt ?? null,
    failure: facts.failure ?? null,
    trouble: facts.trouble ?? null,
    stacks: JSON.stringify(facts.stacks),
    live: JSON.stringify(facts.live),
    superseded: JSON.stringify(facts.superseded),
  };
}

/** How far it got, without the plan: that one is read only where it is shown. */
function toFacts(row: Pick<ChangeRow, (typeof SUMMARY_COLUMNS)[number]>, pullRequests: readonly ChangePullRequest[]) {
  return {
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    ...(row.service_owner !== null && { serviceOwner: row.service_owner }),
    pullRequests,
    stacks: JSON.parse(row.stacks) as StackProgress[],
    live: JSON.parse(row.live) as LiveCheck[],
    ...(row.opened_at !== null && { openedAt: row.opened_at }),
    ...(row.approved_at !== null && { approvedAt: row.approved_at }),
    ...(row.merged_at !== null && { mergedAt: row.merged_at }),
    ...(row.deployed_at !== null && { deployedAt: row.deployed_at }),
    ...(row.live_at !== null && { liveAt: row.live_at }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.trouble !== null && { trouble: row.trouble }),
  };
}

export function toRecord(row: ChangeRow, pullRequests: readonly ChangePullRequest[]): ChangeRecord {
  return {
    ...toFacts(row, pullRequests),
    id: row.id,
    key: row.key,
    baseCommit: row.base_commit,
    request: JSON.parse(row.request) as OnboardingRequest,
    plan: JSON.parse(row.plan) as Plan,
    announced: row.announced,
    superseded: JSON.parse(row.superseded) as ChangeRecord['superseded'],
  };
}

export function toView(row: ViewRow, pullRequests: readonly ChangePullRequest[]): ChangeView {
  return {
    ...toFacts(row, pullRequests),
    id: row.id,
    title: row.title,
    ...(row.service !== null && { service: row.service }),
    request: JSON.parse(row.request) as OnboardingRequest,
    planDigest: row.plan_digest,
  };
}

export function toSummary(row: ChangeRow, pullRequests: readonly ChangePullRequest[]): ChangeRequestSummary {
  const endedAt = row.live_at ?? row.closed_at;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    ...(row.service !== null && { service: row.service }),
    ...(row.environment !== null && { environment: row.environment }),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    state: row.state,
    ...(row.waits_for !== null && { waitsFor: row.waits_for }),
    turn: whoseTurn(toFacts(row, pullRequests)),
    ...(endedAt !== null && { endedAt }),
    ...(row.live_at !== null && { leadTimeSeconds: leadTimeSeconds(row.requested_at, row.live_at) }),
    pullRequests: pullRequests.map(({ role, repository, number, url, state }) => ({
      role,
      repository,
      ...(number !== undefined && { number }),
      ...(url !== undefined && { url }),
      state,
    })),
  };
}

/** What a forge said of a pull request, beside its columns. */
type Seen = Partial<Pick<ChangePullRequest, 'approvals' | 'awaited' | 'checks' | 'mergeable' | 'blockedBy'>>;

export function toPull(row: PullRow): ChangePullRequest {
  const seen = JSON.parse(row.seen) as Seen;
  return {
    role: row.role,
    repository: row.repository,
    branch: row.branch,
    ...(row.number !== null && { number: row.number }),
    ...(row.url !== null && { url: row.url }),
    state: row.state,
    approvals: [],
    awaited: [],
    checks: [],
    ...seen,
    ...(row.merged_at !== null && { mergedAt: row.merged_at }),
  };
}

export function toPullRow({ role, repository, branch, ...pull }: ChangePullRequest) {
  const { number, url, state, approvals, awaited, checks, mergeable, blockedBy, mergedAt } = pull;
  const seen: Seen = {
    approvals,
    awaited,
    checks,
    ...(mergeable !== undefined && { mergeable }),
    ...(blockedBy !== undefined && { blockedBy }),
  };
  return {
    role,
    repository,
    branch,
    number: number ?? null,
    url: url ?? null,
    state,
    seen: JSON.stringify(seen),
    merged_at: mergedAt ?? null,
  };
}
