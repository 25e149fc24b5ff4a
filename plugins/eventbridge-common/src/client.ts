import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { OnboardingRequest } from '@busline/onboarding';
import type { EventbridgeApi, RequestOptions } from './api';
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

/** Id under which the backend plugin is found. */
export const EVENTBRIDGE_PLUGIN_ID = 'eventbridge';

export interface EventbridgeClientOptions {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Adds the user's token in the browser; the global `fetch` if left out. */
  readonly fetchApi?: { readonly fetch: typeof fetch };
}

type QueryValue = string | number | readonly string[] | undefined;

/** `EventbridgeApi` over HTTP. */
export class EventbridgeClient implements EventbridgeApi {
  readonly #discoveryApi: EventbridgeClientOptions['discoveryApi'];
  readonly #fetch: typeof fetch;

  constructor(options: EventbridgeClientOptions) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetch = options.fetchApi ? (...args) => options.fetchApi!.fetch(...args) : (...args) => fetch(...args);
  }

  listEventTypes(query: EventTypeQuery = {}, options?: RequestOptions) {
    return this.#get<Page<EventTypeSummary>>(`/event-types${toQueryString(query)}`, options);
  }

  getEventTypeFacets(query: EventTypeQuery = {}, options?: RequestOptions) {
    return this.#get<EventTypeFacets>(`/event-types/facets${toQueryString(query)}`, options);
  }

  async getEventType(ref: EventTypeRef, options?: RequestOptions) {
    return this.#get<EventTypeDetail>(eventTypePath(ref), options);
  }

  async getSchemaVersion(ref: EventTypeRef, version: string, options?: RequestOptions) {
    return this.#get<SchemaVersionDetail>(`${eventTypePath(ref)}/versions/${toSegment(version)}`, options);
  }

  async listEventTypeSubscriptions(ref: EventTypeRef, query: SubscriptionQuery = {}, options?: RequestOptions) {
    return this.#get<Page<SubscriptionSummary>>(`${eventTypePath(ref)}/subscriptions${toQueryString(query)}`, options);
  }

  async getEventTypeEvolution(ref: EventTypeRef, options?: RequestOptions) {
    return this.#get<EventTypeEvolution>(`${eventTypePath(ref)}/evolution`, options);
  }

  async compareVersions(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    options?: RequestOptions,
  ) {
    return this.#get<VersionComparison>(`${eventTypePath(ref)}/comparison${toQueryString(versions)}`, options);
  }

  async getAffectedSubscribers(
    ref: EventTypeRef,
    versions: { readonly from: string; readonly to: string },
    options?: RequestOptions,
  ) {
    return this.#get<AffectedSubscribers>(`${eventTypePath(ref)}/affected${toQueryString(versions)}`, options);
  }

  listEventTypeIndex(query: { readonly cursor?: string; readonly limit?: number } = {}, options?: RequestOptions) {
    return this.#get<Page<IndexedEventType>>(`/event-type-index${toQueryString(query)}`, options);
  }

  listSubscriptions(query: SubscriptionQuery = {}, options?: RequestOptions) {
    return this.#get<Page<SubscriptionSummary>>(`/subscriptions${toQueryString(query)}`, options);
  }

  getSubscriptionFacets(query: SubscriptionQuery = {}, options?: RequestOptions) {
    return this.#get<SubscriptionFacets>(`/subscriptions/facets${toQueryString(query)}`, options);
  }

  async getSubscription(id: string, options?: RequestOptions) {
    return this.#get<SubscriptionDetail>(`/subscriptions/${toSegment(id)}`, options);
  }

  async getSubscriptionMetrics(id: string, options?: RequestOptions) {
    return this.#get<MetricsDay>(`/subscriptions/${toSegment(id)}/metrics`, options);
  }

  async getSubscriptionVerdicts(id: string, options?: RequestOptions) {
    return this.#get<SubscriptionVerdicts>(`/subscriptions/${toSegment(id)}/verdicts`, options);
  }

  async findReceivers(event: EventInQuestion, query: ReceiversQuery = {}, options?: RequestOptions) {
    return this.#request<ReceiversPage>('POST', `/receivers${toQueryString(query)}`, options, event);
  }

  async listServices(options?: RequestOptions) {
    const body = await this.#get<{ items: readonly ServiceSummary[] }>('/services', options);
    return body.items;
  }

  async getService(name: string, options?: RequestOptions) {
    return this.#get<ServiceDetail>(`/services/${toSegment(name)}`, options);
  }

  getServiceByEntity(entityRef: string, options?: RequestOptions) {
    return this.#get<ServiceDetail>(`/services/by-entity${toQueryString({ ref: entityRef })}`, options);
  }

  listBuses(query: BusQuery = {}, options?: RequestOptions) {
    return this.#get<Page<BusSummary>>(`/buses${toQueryString(query)}`, options);
  }

  async getBus(arn: string, options?: RequestOptions) {
    return this.#get<BusDetail>(`/buses/${toSegment(arn)}`, options);
  }

  async getBusMetrics(arn: string, options?: RequestOptions) {
    return this.#get<MetricsDay>(`/buses/${toSegment(arn)}/metrics`, options);
  }

  async listAccounts(options?: RequestOptions) {
    const body = await this.#get<{ items: readonly AccountSummary[] }>('/accounts', options);
    return body.items;
  }

  getMap(query: MapQuery = {}, options?: RequestOptions) {
    return this.#get<FlowMap>(`/map${toQueryString(query)}`, options);
  }

  getOverview(options?: RequestOptions) {
    return this.#get<Overview>('/overview', options);
  }

  async listSources(options?: RequestOptions) {
    const body = await this.#get<{ items: readonly SourceStatus[] }>('/sources', options);
    return body.items;
  }

  async listSourceProblems(
    id: string,
    query: { readonly cursor?: string; readonly limit?: number } = {},
    options?: RequestOptions,
  ) {
    return this.#get<Page<SourceProblem>>(`/sources/${toSegment(id)}/problems${toQueryString(query)}`, options);
  }

  async refreshSource(id: string, options?: RequestOptions) {
    return this.#request<SourceStatus>('POST', `/sources/${toSegment(id)}/refresh`, options);
  }

  makePlan(request: OnboardingRequest, options?: RequestOptions) {
    return this.#request<PlanAnswer>('POST', '/plans', options, { request });
  }

  sendChangeRequest(request: NewChangeRequest, options?: RequestOptions) {
    return this.#request<ChangeRequestAnswer>('POST', '/change-requests', options, request);
  }

  async openPullRequests(id: string, options?: RequestOptions) {
    return this.#request<OpenedPullRequests>('POST', `/change-requests/${toSegment(id)}/pull-requests`, options);
  }

  listChangeRequests(query: ChangeRequestQuery = {}, options?: RequestOptions) {
    return this.#get<ChangeRequestPage>(`/change-requests${toQueryString(query)}`, options);
  }

  async getChangeRequest(id: string, options?: RequestOptions) {
    return this.#get<ChangeRequestDetail>(`/change-requests/${toSegment(id)}`, options);
  }

  async getChangeRequestPlan(id: string, options?: RequestOptions) {
    return this.#get<ChangeRequestPlan>(`/change-requests/${toSegment(id)}/plan`, options);
  }

  async reviewChangeRequest(
    id: string,
    review: { readonly verdict: 'approved' | 'changes-requested'; readonly comment?: string },
    options?: RequestOptions,
  ) {
    return this.#request<ChangeRequestDetail>('POST', `/change-requests/${toSegment(id)}/reviews`, options, review);
  }

  async mergeChangeRequest(id: string, options?: RequestOptions) {
    return this.#request<ChangeRequestDetail>('POST', `/change-requests/${toSegment(id)}/merge`, options);
  }

  async closeChangeRequest(id: string, options?: RequestOptions) {
    return this.#request<ChangeRequestDetail>('POST', `/change-requests/${toSegment(id)}/close`, options);
  }

  async retryChangeRequest(id: string, options?: RequestOptions) {
    return this.#request<ChangeRequestDetail>('POST', `/change-requests/${toSegment(id)}/retry`, options);
  }

  async updateChangeRequest(id: string, options?: RequestOptions) {
    return this.#request<ChangeRequestAnswer>('POST', `/change-requests/${toSegment(id)}/update`, options);
  }

  #get<T>(path: string, options?: RequestOptions): Promise<T> {
    return this.#request<T>('GET', path, options);
  }

  async #request<T>(method: string, path: string, options: RequestOptions = {}, body?: unknown): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(EVENTBRIDGE_PLUGIN_ID);
    const response = await this.#fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
      },
      signal: options.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw await toTypedError(response);
    }
    return (await response.json()) as T;
  }
}

/** Address of an event type below the plugin's base URL. Throws `InputError` for names that no URL can carry. */
export function eventTypePath(ref: EventTypeRef): string {
  return `/event-types/${toSegment(ref.source)}/${toSegment(ref.detailType)}`;
}

/**
 * One path segment. `.` and `..` are refused even when encoded, because URL parsers resolve `%2e%2e` as well
 * (https://url.spec.whatwg.org/#double-dot-path-segment); so are the empty name and lone surrogates.
 */
function toSegment(name: string): string {
  if (name === '' || name === '.' || name === '..') {
    throw new InputError(`"${name}" cannot be part of an address`);
  }
  try {
    return encodeURIComponent(name);
  } catch {
    throw new InputError('A name with half a surrogate pair cannot be part of an address');
  }
}

function toQueryString(query: object): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query) as [string, QueryValue][]) {
    if (value === undefined) continue;
    for (const single of Array.isArray(value) ? value : [value]) {
      params.append(key, String(single));
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

const ERROR_BY_STATUS: Readonly<Record<number, new (message: string, cause?: Error) => Error>> = {
  400: InputError,
  401: AuthenticationError,
  403: NotAllowedError,
  404: NotFoundError,
  409: ConflictError,
  503: ServiceUnavailableError,
};

async function toTypedError(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  const TypedError = ERROR_BY_STATUS[response.status];
  return TypedError ? new TypedError(error.cause.message, error) : error;
}
