import type { OnboardingRequest } from '@busline/onboarding';
import type {
  ChangeRequestAnswer,
  ChangeRequestDetail,
  ChangeRequestPage,
  ChangeRequestPlan,
  ChangeRequestQuery,
  NewChangeRequest,
  OpenedPullRequests,
  PlanAnswer,
} from './changes';
import type { AffectedSubscribers, EventTypeEvolution, VersionComparison } from './evolution';
import type { EventInQuestion, ReceiversPage, ReceiversQuery, SubscriptionVerdicts } from './receivers';
import type {
  AccountSummary,
  BusDetail,
  BusQuery,
  BusSummary,
  EventTypeDetail,
  EventTypeFacets,
  EventTypeQuery,
  EventTypeRef,
  EventTypeSummary,
  FlowMap,
  IndexedEventType,
  MapQuery,
  MetricsDay,
  Overview,
  Page,
  SchemaVersionDetail,
  ServiceDetail,
  ServiceSummary,
  SourceProblem,
  SourceStatus,
  SubscriptionDetail,
  SubscriptionFacets,
  SubscriptionQuery,
  SubscriptionSummary,
} from './types';

export interface RequestOptions {
  /** Cancels the request. */
  readonly signal?: AbortSignal;
  /** Backstage token, for calls from another backend plugin. In the browser the fetch API adds the user's own. */
  readonly token?: string;
}

/**
 * The HTTP API of the backend plugin. Every method throws the errors of `@backstage/errors`: `NotFoundError` for what
 * is not there or may not be seen, `NotAllowedError`, `InputError`, `AuthenticationError`,
 * `ServiceUnavailableError` while the database is away, and `ResponseError` for the rest.
 */
export interface EventbridgeApi {
  listEventTypes(query?: EventTypeQuery, options?: RequestOptions): Promise<Page<EventTypeSummary>>;
  getEventTypeFacets(query?: EventTypeQuery, options?: RequestOptions): Promise<EventTypeFacets>;
  getEventType(ref: EventTypeRef, options?: RequestOptions): Promise<EventTypeDetail>;
  getSchemaVersion(ref: EventTypeRef, version: string, options?: RequestOptions): Promise<SchemaVersionDetail>;
  /** Subscriptions whose pattern takes this event type. */
  listEventTypeSubscriptions(
    ref: EventTypeRef,
    query?: SubscriptionQuery,
    options?: RequestOptions,
  ): Promise<Page<SubscriptionSummary>>;
  /** Each version beside the one before it, judged by the rules of the organisation. */
  getEventTypeEvolution(ref: EventTypeRef, options?: RequestOptions): Promise<EventTypeEvolution>;
  /** Any two versions: what changed, and what breaks in which direction. */
  compareVersions(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    options?: RequestOptions,
  ): Promise<VersionComparison>;
  /** Whom the step from one version to another hits. */
  getAffectedSubscribers(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    options?: RequestOptions,
  ): Promise<AffectedSubscribers>;
  /** Everything, for plugins that keep an index of their own. */
  listEventTypeIndex(
    query?: { readonly cursor?: string; readonly limit?: number },
    options?: RequestOptions,
  ): Promise<Page<IndexedEventType>>;

  listSubscriptions(query?: SubscriptionQuery, options?: RequestOptions): Promise<Page<SubscriptionSummary>>;
  getSubscriptionFacets(query?: SubscriptionQuery, options?: RequestOptions): Promise<SubscriptionFacets>;
  getSubscription(id: string, options?: RequestOptions): Promise<SubscriptionDetail>;
  getSubscriptionMetrics(id: string, options?: RequestOptions): Promise<MetricsDay>;

  /** What its pattern means for every version of the schemas of its event types. */
  getSubscriptionVerdicts(id: string, options?: RequestOptions): Promise<SubscriptionVerdicts>;
  /** Which subscriptions an event goes to. Throws `InputError` for what is no event. */
  findReceivers(event: EventInQuestion, query?: ReceiversQuery, options?: RequestOptions): Promise<ReceiversPage>;

  listServices(options?: RequestOptions): Promise<readonly ServiceSummary[]>;
  getService(name: string, options?: RequestOptions): Promise<ServiceDetail>;
  /** By Backstage component reference, e.g. `component:default/access-service`. */
  getServiceByEntity(entityRef: string, options?: RequestOptions): Promise<ServiceDetail>;

  listBuses(query?: BusQuery, options?: RequestOptions): Promise<Page<BusSummary>>;
  getBus(arn: string, options?: RequestOptions): Promise<BusDetail>;
  getBusMetrics(arn: string, options?: RequestOptions): Promise<MetricsDay>;
  listAccounts(options?: RequestOptions): Promise<readonly AccountSummary[]>;

  getMap(query?: MapQuery, options?: RequestOptions): Promise<FlowMap>;
  getOverview(options?: RequestOptions): Promise<Overview>;

  listSources(options?: RequestOptions): Promise<readonly SourceStatus[]>;
  listSourceProblems(
    id: string,
    query?: { readonly cursor?: string; readonly limit?: number },
    options?: RequestOptions,
  ): Promise<Page<SourceProblem>>;
  /** Starts reading; gives the status with state `reading`. Follow it with `listSources`. */
  refreshSource(id: string, options?: RequestOptions): Promise<SourceStatus>;

  /** What a request would do; opens nothing and writes nothing. */
  makePlan(request: OnboardingRequest, options?: RequestOptions): Promise<PlanAnswer>;
  /** Takes a request on; the same key finds the same change request. Its pull requests are opened by `openPullRequests`. */
  sendChangeRequest(request: NewChangeRequest, options?: RequestOptions): Promise<ChangeRequestAnswer>;
  openPullRequests(id: string, options?: RequestOptions): Promise<OpenedPullRequests>;
  listChangeRequests(query?: ChangeRequestQuery, options?: RequestOptions): Promise<ChangeRequestPage>;
  getChangeRequest(id: string, options?: RequestOptions): Promise<ChangeRequestDetail>;
  getChangeRequestPlan(id: string, options?: RequestOptions): Promise<ChangeRequestPlan>;
  reviewChangeRequest(
    id: string,
    review: { readonly verdict: 'approved' | 'changes-requested'; readonly comment?: string },
    options?: RequestOptions,
  ): Promise<ChangeRequestDetail>;
  mergeChangeRequest(id: string, options?: RequestOptions): Promise<ChangeRequestDetail>;
  closeChangeRequest(id: string, options?: RequestOptions): Promise<ChangeRequestDetail>;
  /** Has the step that failed tried again. */
  retryChangeRequest(id: string, options?: RequestOptions): Promise<ChangeRequestDetail>;
  /** Plans it again on what main is now; newer pull requests take the place of those that conflict or differ. */
  updateChangeRequest(id: string, options?: RequestOptions): Promise<ChangeRequestAnswer>;
}
