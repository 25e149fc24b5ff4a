import type { BackstageCredentials, PermissionsService, UserInfoService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type BasicPermission, type ResourcePermission } from '@backstage/plugin-permission-common';
import type { ConditionTransformer } from '@backstage/plugin-permission-node';
import type { OnboardingRequest } from '@busline/onboarding';
import {
  changeRequestClosePermission,
  changeRequestMergePermission,
  changeRequestOpenPermission,
  changeRequestReadPermission,
  changeRequestReviewPermission,
  eventTypeReadPermission,
  eventTypeSubscribePermission,
  onboardingPlanPermission,
  toEventTypeResourceRef,
  type ActionState,
  type ChangeRequestDetail,
  type ChangeRequestQuery,
  type EventTypeRef,
  type NewChangeRequest,
} from '@busline/plugin-eventbridge-common';
import type { ChangeRequestFilter } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import type { ChangeReviews } from './ChangeReviews';
import type { ChangeRequests, Person } from './ChangeRequests';
import { countChangesByState, listChanges } from './changeLists';
import { leadTimeSeconds, type ChangeRecord } from './changeRecord';
import type { ChangeStore, ChangeVisibility } from './ChangeStore';
import { ALL_CHANGES, NO_CHANGES, visibleChanges } from './changeVisibility';
import { ALLOWED, NEVER, notAllowed, stateOf, stationsOf, waitsFor, whoseTurn } from './progress';
import { nameOf } from './pullRequestNews';

export interface AuthorizedChangesOptions {
  readonly knex: Knex;
  readonly store: ChangeStore;
  readonly requests: ChangeRequests;
  readonly reviews: ChangeReviews;
  readonly permissions: PermissionsService;
  readonly userInfo: UserInfoService;
  readonly transformConditions: ConditionTransformer<ChangeRequestFilter>;
}

/** Change requests, as far as the permissions of whoever asks go. */
export class AuthorizedChanges {
  readonly #options: AuthorizedChangesOptions;

  constructor(options: AuthorizedChangesOptions) {
    this.#options = options;
  }

  async plan(request: OnboardingRequest, credentials: BackstageCredentials) {
    await this.#demand(onboardingPlanPermission, credentials, 'have plans made');
    await this.#demandEventTypes(request, eventTypeReadPermission, credentials, 'read');
    return this.#options.requests.plan(request);
  }

  async send(sent: NewChangeRequest, credentials: BackstageCredentials) {
    await this.#demand(changeRequestOpenPermission, credentials, 'open change requests');
    await this.#demandEventTypes(sent.request, eventTypeReadPermission, credentials, 'read');
    await this.#demandEventTypes(sent.request, eventTypeSubscribePermission, credentials, 'ask for subscriptions to');
    const person = await this.#person(credentials);
    const result = await this.#options.requests.send(sent, person);
    return result.kind === 'problems'
      ? result
      : { kind: result.kind, change: await this.#detail(result.record, credentials) };
  }

  async open(id: string, credentials: BackstageCredentials) {
    await this.#demand(changeRequestOpenPermission, credentials, 'open change requests');
    const { ref } = await this.#person(credentials);
    const record = await this.#options.store.get(id, await this.#visibility(credentials));
    if (record.requestedBy !== ref) throw new NotAllowedError('Only whoever sent the form opens its pull requests');
    const log: string[] = [];
    const opened = await this.#options.requests.open(id, text => log.push(text));
    return { change: await this.#detail(opened, credentials), log };
  }

  async list(query: ChangeRequestQuery, credentials: BackstageCredentials) {
    const { knex } = this.#options;
    const visibility = await this.#visibility(credentials);
    const [page, states] = await Promise.all([
      listChanges(knex, query, visibility),
      countChangesByState(knex, visibility),
    ]);
    return { ...page, states };
  }

  async get(id: string, credentials: BackstageCredentials): Promise<ChangeRequestDetail> {
    return this.#detail(await this.#options.store.get(id, await this.#visibility(credentials)), credentials);
  }

  async review(
    id: string,
    review: { verdict: 'approved' | 'changes-requested'; comment?: string },
    credentials: BackstageCredentials,
  ) {
    await this.#demandOn(id, changeRequestReviewPermission, credentials, 'review this change request');
    const record = await this.#options.reviews.review(id, review, await this.#person(credentials));
    return this.#detail(record, credentials);
  }

  async merge(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestMergePermission, credentials, 'merge this change request');
    return this.#detail(await this.#options.reviews.merge(id, await this.#person(credentials)), credentials);
  }

  async close(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestClosePermission, credentials, 'close this change request');
    return this.#detail(await this.#options.reviews.close(id, await this.#person(credentials)), credentials);
  }

  async retry(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestMergePermission, credentials, 'have the deployment tried again');
    return this.#detail(await this.#options.reviews.retry(id, await this.#person(credentials)), credentials);
  }

  /** For whoever asked for it, and for whoever may merge it. */
  async update(id: string, credentials: BackstageCredentials) {
    const { store, requests } = this.#options;
    await this.#demand(changeRequestOpenPermission, credentials, 'open change requests');
    const person = await this.#person(credentials);
    const record = await store.get(id, await this.#visibility(credentials));
    if (record.requestedBy !== person.ref) {
      await this.#demandOn(id, changeRequestMergePermission, credentials, 'bring this change request up to date');
    }
    const result = await requests.update(id, person);
    return result.kind === 'problems'
      ? result
      : { kind: result.kind, change: await this.#detail(result.record, credentials) };
  }

  async #detail(record: ChangeRecord, credentials: BackstageCredentials): Promise<ChangeRequestDetail> {
    const { store } = this.#options;
    const endedAt = record.liveAt ?? record.closedAt;
    const waits = waitsFor(record);
    const { request, plan } = record;
    return {
      id: record.id,
      kind: request.kind,
      title: plan.title,
      service: plan.subject,
      ...(request.kind === 'onboard' && { environment: request.environment }),
      requestedBy: record.requestedBy,
      requestedAt: record.requestedAt,
      state: stateOf(record),
      ...(waits !== undefined && { waitsFor: waits }),
      turn: whoseTurn(record),
      ...(endedAt !== undefined && { endedAt }),
      ...(record.liveAt !== undefined && { leadTimeSeconds: leadTimeSeconds(record.requestedAt, record.liveAt) }),
      ...(request.reason !== undefined && { reason: request.reason }),
      request,
      plan,
      pullRequests: record.pullRequests,
      stations: stationsOf(record),
      stacks: record.stacks,
      live: record.live,
      history: await store.history(record.id),
      actions: await this.#actions(record, credentials),
    };
  }

  async #actions(record: ChangeRecord, credentials: BackstageCredentials): Promise<ChangeRequestDetail['actions']> {
    const state = stateOf(record);
    const isOpen = state === 'open' || state === 'approved';
    const isUnmerged = record.closedAt === undefined && record.pullRequests.every(pull => pull.state !== 'merged');
    const isHere = this.#options.reviews.happenHere;
    const isOwn = userOf(credentials) === record.requestedBy;
    const may = async (permission: ResourcePermission, when: boolean, why: string): Promise<ActionState> => {
      if (!when) return NEVER;
      return (await this.#isAllowedOn(record.id, permission, credentials)) ? ALLOWED : notAllowed(why);
    };
    const canUpdate = record.closedAt === undefined && record.mergedAt === undefined && isBehind(record);
    const [approve, merge, close, retry, update] = await Promise.all([
      may(changeRequestReviewPermission, isHere && isOpen, 'You may not review this change request'),
      may(changeRequestMergePermission, isHere && isOpen, 'You may not merge this change request'),
      may(changeRequestClosePermission, isUnmerged, 'You may not close this change request'),
      may(changeRequestMergePermission, state === 'failed', 'You may not have the step tried again'),
      isOwn && canUpdate
        ? ALLOWED
        : may(changeRequestMergePermission, canUpdate, 'You may not bring this change request up to date'),
    ]);
    return {
      approve:
        approve.allowed === true && isOwn ? notAllowed('Somebody else has to approve what you asked for') : approve,
      merge: merge.allowed === true ? mergeState(record) : merge,
      close,
      retry,
      update,
    };
  }

  async #person(credentials: BackstageCredentials): Promise<Person> {
    const { userEntityRef, ownershipEntityRefs } = await this.#options.userInfo.getUserInfo(credentials);
    return { ref: userEntityRef, claims: ownershipEntityRefs.map(ref => ref.toLowerCase()) };
  }

  async #visibility(credentials: BackstageCredentials): Promise<ChangeVisibility> {
    const { permissions, knex, transformConditions } = this.#options;
    const [decision] = await permissions.authorizeConditional([{ permission: changeRequestReadPermission }], {
      credentials,
    });
    if (decision.result === AuthorizeResult.ALLOW) return ALL_CHANGES;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return NO_CHANGES;
    return visibleChanges(knex, transformConditions(decision.conditions));
  }

  async #demandEventTypes(
    request: OnboardingRequest,
    permission: ResourcePermission,
    credentials: BackstageCredentials,
    what: string,
  ): Promise<void> {
    const refs = eventTypesOf(request);
    if (refs.length === 0) return;
    const decisions = await this.#options.permissions.authorize(
      refs.map(ref => ({ permission, resourceRef: toEventTypeResourceRef(ref) })),
      { credentials },
    );
    const denied = refs.filter((_, index) => decisions[index]?.result !== AuthorizeResult.ALLOW);
    if (denied.length > 0) {
      const names = denied.map(({ source, detailType }) => `${source} / ${detailType}`).join(', ');
      throw new NotAllowedError(`You may not ${what} ${names} (permission ${permission.name})`);
    }
  }

  async #isAllowedOn(id: string, permission: ResourcePermission, credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize([{ permission, resourceRef: id }], { credentials });
    return decision.result === AuthorizeResult.ALLOW;
  }

  async #demandOn(id: string, permission: ResourcePermission, credentials: BackstageCredentials, what: string) {
    // Who may not see it is not told that it is there.
    await this.#options.store.demandVisible(id, await this.#visibility(credentials));
    if (!(await this.#isAllowedOn(id, permission, credentials))) {
      throw new NotAllowedError(`You may not ${what} (permission ${permission.name})`);
    }
  }

  async #demand(permission: BasicPermission, credentials: BackstageCredentials, what: string): Promise<void> {
    const [decision] = await this.#options.permissions.authorize([{ permission }], { credentials });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You may not ${what} (permission ${permission.name})`);
    }
  }
}

/** Services, such as the search, are nobody who could have asked for something. */
function userOf({ principal }: BackstageCredentials): string | undefined {
  return typeof principal === 'object' && principal !== null && 'userEntityRef' in principal
    ? String(principal.userEntityRef)
    : undefined;
}

/** Whether main went on without it: then newer pull requests are the way out. */
function isBehind({ pullRequests }: ChangeRecord): boolean {
  return pullRequests.some(
    pull =>
      pull.state === 'open' && (pull.mergeable === 'conflicts' || pull.checks.some(({ state }) => state === 'failed')),
  );
}

function mergeState({ pullRequests }: ChangeRecord): ActionState {
  const open = pullRequests.filter(({ state }) => state === 'open');
  const conflict = open.find(({ mergeable }) => mergeable === 'conflicts');
  if (conflict) return notAllowed(`${nameOf(conflict)} conflicts with main: bring it up to date`);
  const awaited = [...new Set(open.flatMap(pull => pull.awaited))];
  if (awaited.length > 0) return notAllowed(`The approval of ${awaited.join(' and ')} is missing`);
  const failed = open.flatMap(({ checks }) => checks).find(({ state }) => state === 'failed');
  return failed ? notAllowed(`The check ${failed.name} fails`) : ALLOWED;
}

/** Event types that exist already and that a request asks to receive. */
function eventTypesOf(request: OnboardingRequest): readonly EventTypeRef[] {
  if (request.kind === 'onboard') return request.subscriptions.flatMap(each => each.eventTypes ?? []);
  if (request.kind === 'change-subscription') return request.changes.eventTypes ?? [];
  return [];
}
