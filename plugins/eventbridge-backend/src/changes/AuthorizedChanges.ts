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
import { leadTimeSeconds, type ChangeRecord, type ChangeStore, type ChangeVisibility } from './ChangeStore';
import { ALL_CHANGES, NO_CHANGES, visibleChanges } from './changeVisibility';
import { ALLOWED, NEVER, notAllowed, stateOf, stationsOf, waitsFor, whoseTurn } from './progress';

/** Change requests, as far as the permissions of whoever asks go. */
export class AuthorizedChanges {
  readonly #options: {
    readonly knex: Knex;
    readonly store: ChangeStore;
    readonly requests: ChangeRequests;
    readonly reviews: ChangeReviews;
    readonly permissions: PermissionsService;
    readonly userInfo: UserInfoService;
    readonly transformConditions: ConditionTransformer<ChangeRequestFilter>;
  };

  constructor(options: {
    readonly knex: Knex;
    readonly store: ChangeStore;
    readonly requests: ChangeRequests;
    readonly reviews: ChangeReviews;
    readonly permissions: PermissionsService;
    readonly userInfo: UserInfoService;
    readonly transformConditions: ConditionTransformer<ChangeRequestFilter>;
  }) {
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
    return result.kind === 'problems' ? result : { kind: result.kind, change: await this.#detail(result.record, credentials) };
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
    const { store } = this.#options;
    const visibility = await this.#visibility(credentials);
    const [page, states] = await Promise.all([store.list(query, visibility), store.countByState(visibility)]);
    return { ...page, states };
  }

  async get(id: string, credentials: BackstageCredentials): Promise<ChangeRequestDetail> {
    return this.#detail(await this.#options.store.get(id, await this.#visibility(credentials)), credentials);
  }

  async review(id: string, review: { verdict: 'approved' | 'changes-requested'; comment?: string }, credentials: BackstageCredentials) {
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
    const { reviews } = this.#options;
    const may = async (permission: ResourcePermission, when: boolean, why: string): Promise<ActionState> => {
      if (!when || !reviews.happenHere) return NEVER;
      return (await this.#isAllowedOn(record.id, permission, credentials)) ? ALLOWED : notAllowed(why);
    };
    const [approve, merge, close, retry] = await Promise.all([
      may(changeRequestReviewPermission, isOpen, 'You may not review this change request'),
      may(changeRequestMergePermission, isOpen, 'You may not merge this change request'),
      may(changeRequestClosePermission, isOpen || state === 'opening', 'You may not close this change request'),
      may(changeRequestMergePermission, state === 'failed', 'You may not have the deployment tried again'),
    ]);
    const isOwn = credentials.principal && (await this.#refOf(credentials)) === record.requestedBy;
    const awaited = [...new Set(record.pullRequests.flatMap(pull => pull.awaited))];
    return {
      approve: approve.allowed === true && isOwn ? notAllowed('Somebody else has to approve what you asked for') : approve,
      merge:
        merge.allowed === true && awaited.length > 0
          ? notAllowed(`The approval of ${awaited.join(' and ')} is missing`)
          : merge,
      close,
      retry,
    };
  }

  async #person(credentials: BackstageCredentials): Promise<Person> {
    const { userEntityRef, ownershipEntityRefs } = await this.#options.userInfo.getUserInfo(credentials);
    return { ref: userEntityRef, claims: ownershipEntityRefs.map(ref => ref.toLowerCase()) };
  }

  async #refOf(credentials: BackstageCredentials): Promise<string> {
    return (await this.#person(credentials)).ref;
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
    await this.#options.store.get(id, await this.#visibility(credentials));
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

/** Event types that exist already and that a request asks to receive. */
function eventTypesOf(request: OnboardingRequest): readonly EventTypeRef[] {
  if (request.kind === 'onboard') return request.subscriptions.flatMap(each => each.eventTypes ?? []);
  if (request.kind === 'change-subscription') return request.changes.eventTypes ?? [];
  return [];
}
