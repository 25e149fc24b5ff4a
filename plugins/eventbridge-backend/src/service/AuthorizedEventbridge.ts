import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type BasicPermission } from '@backstage/plugin-permission-common';
import type { ConditionTransformer } from '@backstage/plugin-permission-node';
import {
  estateReadPermission,
  eventTypeReadPermission,
  sourceProblemsReadPermission,
  sourceReadPermission,
  sourceRefreshPermission,
  type BusQuery,
  type EventInQuestion,
  type EventTypeQuery,
  type EventTypeRef,
  type MapQuery,
  type ReceiversQuery,
  type SubscriptionQuery,
} from '@busline/plugin-eventbridge-common';
import type { EventTypeFilter } from '@busline/plugin-eventbridge-node';
import type { Visibility } from '../queries/visibility';
import type { EventbridgeQueries, PageQuery } from './EventbridgeQueries';

/** The queries, as far as the permissions of whoever asks go. */
export class AuthorizedEventbridge {
  readonly #queries: EventbridgeQueries;
  readonly #permissions: PermissionsService;
  readonly #transformConditions: ConditionTransformer<EventTypeFilter>;

  constructor(options: {
    readonly queries: EventbridgeQueries;
    readonly permissions: PermissionsService;
    readonly transformConditions: ConditionTransformer<EventTypeFilter>;
  }) {
    this.#queries = options.queries;
    this.#permissions = options.permissions;
    this.#transformConditions = options.transformConditions;
  }

  async listEventTypes(query: EventTypeQuery, credentials: BackstageCredentials) {
    return this.#queries.listEventTypes(query, await this.#visibility(credentials));
  }

  async getEventTypeFacets(query: EventTypeQuery, credentials: BackstageCredentials) {
    return this.#queries.getEventTypeFacets(query, await this.#visibility(credentials));
  }

  async getEventType(ref: EventTypeRef, credentials: BackstageCredentials) {
    return this.#queries.getEventType(ref, await this.#visibility(credentials));
  }

  async getSchemaVersion(ref: EventTypeRef, version: string, credentials: BackstageCredentials) {
    return this.#queries.getSchemaVersion(ref, version, await this.#visibility(credentials));
  }

  async listEventTypeSubscriptions(ref: EventTypeRef, query: SubscriptionQuery, credentials: BackstageCredentials) {
    return this.#queries.listEventTypeSubscriptions(ref, query, await this.#visibility(credentials));
  }

  async listEventTypeIndex(query: PageQuery, credentials: BackstageCredentials) {
    return this.#queries.listEventTypeIndex(query, await this.#visibility(credentials));
  }

  async listSubscriptions(query: SubscriptionQuery, credentials: BackstageCredentials) {
    return this.#queries.listSubscriptions(query, await this.#visibility(credentials));
  }

  async getSubscriptionFacets(query: SubscriptionQuery, credentials: BackstageCredentials) {
    return this.#queries.getSubscriptionFacets(query, await this.#visibility(credentials));
  }

  async getSubscription(id: string, credentials: BackstageCredentials) {
    return this.#queries.getSubscription(id, await this.#visibility(credentials));
  }

  async getSubscriptionMetrics(id: string, credentials: BackstageCredentials) {
    return this.#queries.getSubscriptionMetrics(id, await this.#visibility(credentials));
  }

  async getEventTypeEvolution(ref: EventTypeRef, credentials: BackstageCredentials) {
    return this.#queries.getEventTypeEvolution(ref, await this.#visibility(credentials));
  }

  async compareVersions(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    credentials: BackstageCredentials,
  ) {
    return this.#queries.compareVersions(ref, versions, await this.#visibility(credentials));
  }

  async getAffectedSubscribers(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    credentials: BackstageCredentials,
  ) {
    return this.#queries.getAffectedSubscribers(ref, versions, await this.#visibility(credentials));
  }

  async getSubscriptionVerdicts(id: string, credentials: BackstageCredentials) {
    return this.#queries.getSubscriptionVerdicts(id, await this.#visibility(credentials));
  }

  async findReceivers(event: EventInQuestion, query: ReceiversQuery, credentials: BackstageCredentials) {
    return this.#queries.findReceivers(event, query, await this.#visibility(credentials));
  }

  async listServices(_credentials: BackstageCredentials) {
    return this.#queries.listServices();
  }

  async getService(name: string, credentials: BackstageCredentials) {
    return this.#queries.getService(name, await this.#visibility(credentials));
  }

  async getServiceByEntity(ref: string, credentials: BackstageCredentials) {
    return this.#queries.getServiceByEntity(ref, await this.#visibility(credentials));
  }

  async listBuses(query: BusQuery, credentials: BackstageCredentials) {
    await this.#demand(estateReadPermission, credentials, 'see buses');
    return this.#queries.listBuses(query);
  }

  async getBus(arn: string, credentials: BackstageCredentials) {
    await this.#demand(estateReadPermission, credentials, 'see buses');
    return this.#queries.getBus(arn, await this.#visibility(credentials));
  }

  async getBusMetrics(arn: string, credentials: BackstageCredentials) {
    await this.#demand(estateReadPermission, credentials, 'see buses');
    return this.#queries.getBusMetrics(arn, await this.#visibility(credentials));
  }

  async listAccounts(credentials: BackstageCredentials) {
    await this.#demand(estateReadPermission, credentials, 'see accounts');
    return this.#queries.listAccounts();
  }

  async getMap(query: MapQuery, credentials: BackstageCredentials) {
    return this.#queries.getMap(query, await this.#visibility(credentials));
  }

  async getOverview(credentials: BackstageCredentials) {
    const visibility = await this.#visibility(credentials);
    return this.#queries.getOverview(visibility, await this.#isAllowed(sourceReadPermission, credentials));
  }

  async listSources(credentials: BackstageCredentials) {
    await this.#demand(sourceReadPermission, credentials, 'see the sources');
    return this.#queries.listSources();
  }

  async listSourceProblems(id: string, query: PageQuery, credentials: BackstageCredentials) {
    await this.#demand(sourceProblemsReadPermission, credentials, 'see the problems of a source');
    return this.#queries.listSourceProblems(id, query, await this.#visibility(credentials));
  }

  async refreshSource(id: string, credentials: BackstageCredentials) {
    await this.#demand(sourceRefreshPermission, credentials, 'have a source read now');
    return this.#queries.refreshSource(id);
  }

  async #visibility(credentials: BackstageCredentials): Promise<Visibility> {
    const [decision] = await this.#permissions.authorizeConditional([{ permission: eventTypeReadPermission }], {
      credentials,
    });
    if (decision.result === AuthorizeResult.ALLOW) return { kind: 'all' };
    if (decision.result !== AuthorizeResult.CONDITIONAL) return { kind: 'none' };
    return { kind: 'some', criteria: this.#transformConditions(decision.conditions) };
  }

  async #isAllowed(permission: BasicPermission, credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], { credentials });
    return decision.result === AuthorizeResult.ALLOW;
  }

  async #demand(permission: BasicPermission, credentials: BackstageCredentials, what: string): Promise<void> {
    if (!(await this.#isAllowed(permission, credentials))) {
      throw new NotAllowedError(`You may not ${what} (permission ${permission.name})`);
    }
  }
}
