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
  type ChangeRequestDetail,
  type ChangeRequestPlan,
  type ChangeRequestQuery,
  type EventTypeRef,
  type NewChangeRequest,
} from '@busline/plugin-eventbridge-common';
import type { ChangeRequestFilter } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { changeActions, type ChangeGrants } from './changeActions';
import { toDetail } from './changeDetail';
import type { ChangeReviews } from './ChangeReviews';
import type { ChangeRequests, Person } from './ChangeRequests';
import { countChangesByState, listChanges } from './changeLists';
import type { ChangeStore, ChangeVisibility } from './ChangeStore';
import { ALL_CHANGES, NO_CHANGES, visibleChanges } from './changeVisibility';

export interface AuthorizedChangesOptions {
  readonly knex: Knex;
  readonly store: ChangeStore;
  readonly requests: ChangeRequests;
  readonly reviews: ChangeReviews;
  /** What git clones, by `owner/name`. */
  readonly cloneUrlOf: (repository: string) => string;
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
      : { kind: result.kind, change: await this.#detail(result.record.id, credentials) };
  }

  async open(id: string, credentials: BackstageCredentials) {
    await this.#demand(changeRequestOpenPermission, credentials, 'open change requests');
    const { ref } = await this.#person(credentials);
    const { requestedBy } = await this.#options.store.view(id, await this.#visibility(credentials));
    if (requestedBy !== ref) throw new NotAllowedError('Only whoever sent the form opens its pull requests');
    const log: string[] = [];
    const opened = await this.#options.requests.open(id, text => log.push(text));
    return { change: await this.#detail(opened.id, credentials), log };
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
    return this.#detail(id, credentials, await this.#visibility(credentials));
  }

  async getPlan(id: string, credentials: BackstageCredentials): Promise<ChangeRequestPlan> {
    return this.#options.store.planOf(id, await this.#visibility(credentials));
  }

  async review(
    id: string,
    review: { verdict: 'approved' | 'changes-requested'; comment?: string },
    credentials: BackstageCredentials,
  ) {
    await this.#demandOn(id, changeRequestReviewPermission, credentials, 'review this change request');
    await this.#options.reviews.review(id, review, await this.#person(credentials));
    return this.#detail(id, credentials);
  }

  async merge(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestMergePermission, credentials, 'merge this change request');
    await this.#options.reviews.merge(id, await this.#person(credentials));
    return this.#detail(id, credentials);
  }

  async close(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestClosePermission, credentials, 'close this change request');
    await this.#options.reviews.close(id, await this.#person(credentials));
    return this.#detail(id, credentials);
  }

  async retry(id: string, credentials: BackstageCredentials) {
    await this.#demandOn(id, changeRequestMergePermission, credentials, 'have the deployment tried again');
    await this.#options.reviews.retry(id, await this.#person(credentials));
    return this.#detail(id, credentials);
  }

  /** For whoever asked for it, and for whoever may merge it. */
  async update(id: string, credentials: BackstageCredentials) {
    const { store, requests } = this.#options;
    await this.#demand(changeRequestOpenPermission, credentials, 'open change requests');
    const person = await this.#person(credentials);
    const { requestedBy } = await store.view(id, await this.#visibility(credentials));
    if (requestedBy !== person.ref) {
      await this.#demandOn(id, changeRequestMergePermission, credentials, 'bring this change request up to date');
    }
    const result = await requests.update(id, person);
    return result.kind === 'problems'
      ? result
      : { kind: result.kind, change: await this.#detail(result.record.id, credentials) };
  }

  async #detail(id: string, credentials: BackstageCredentials, visibility?: ChangeVisibility) {
    const { store, reviews, cloneUrlOf } = this.#options;
    const view = await store.view(id, visibility);
    const [history, grants] = await Promise.all([store.history(id), this.#grants(id, credentials)]);
    const isOwn = userOf(credentials) === view.requestedBy;
    const actions = changeActions(view, { grants, isHere: reviews.happenHere, isOwn });
    return toDetail(view, { history, actions, cloneUrlOf });
  }

  /** All in one question: the page asks every two seconds. */
  async #grants(resourceRef: string, credentials: BackstageCredentials): Promise<ChangeGrants> {
    const asked = [changeRequestReviewPermission, changeRequestMergePermission, changeRequestClosePermission];
    const decisions = await this.#options.permissions.authorize(
      asked.map(permission => ({ permission, resourceRef })),
      { credentials },
    );
    const [review, merge, close] = decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
    return { review: review === true, merge: merge === true, close: close === true };
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

/** Event types that exist already and that a request asks to receive. */
function eventTypesOf(request: OnboardingRequest): readonly EventTypeRef[] {
  if (request.kind === 'onboard') return request.subscriptions.flatMap(each => each.eventTypes ?? []);
  if (request.kind === 'change-subscription') return request.changes.eventTypes ?? [];
  return [];
}
