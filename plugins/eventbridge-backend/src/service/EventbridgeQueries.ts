import type { Quotas } from '@busline/infrastructure';
import type {
  AccountSummary,
  AffectedSubscribers,
  BusDetail,
  BusQuery,
  BusSummary,
  EventTypeDetail,
  EventTypeEvolution,
  EventTypeFacets,
  EventTypeQuery,
  EventTypeRef,
  EventInQuestion,
  EventTypeSummary,
  FlowMap,
  IndexedEventType,
  MapQuery,
  MetricsDay,
  Overview,
  Page,
  ReceiversPage,
  ReceiversQuery,
  SchemaVersionDetail,
  ServiceDetail,
  ServiceSummary,
  SourceProblem,
  SourceStatus,
  SubscriptionDetail,
  SubscriptionFacets,
  SubscriptionQuery,
  SubscriptionSummary,
  SubscriptionVerdicts,
  VersionComparison,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { VersionSteps } from '../evolution/VersionSteps';
import { getBus, listBuses } from '../queries/buses';
import { eventTypeFacets } from '../queries/eventTypeFacets';
import { receiversPage } from '../queries/findReceivers';
import { flowMap } from '../queries/flowMap';
import { getEventType, getSchemaVersion, noSuchEventType, oneEventType } from '../queries/getEventType';
import { listEventTypeIndex } from '../queries/eventTypeIndex';
import { getSubscription } from '../queries/getSubscription';
import { listEventTypes } from '../queries/listEventTypes';
import { getOverview, getSource, listSourceProblems, listSources } from '../queries/listSources';
import { listSubscriptions } from '../queries/listSubscriptions';
import { subscriptionFacets } from '../queries/subscriptionFacets';
import { getService, getServiceByEntity, listAccounts, listServices } from '../queries/services';
import type { Visibility } from '../queries/visibility';
import { Receivers } from '../receivers/Receivers';
import { Verdicts } from '../receivers/Verdicts';
import type { SourceReader } from '../sources/SourceReader';
import type { MetricsReader } from './MetricsReader';

export interface PageQuery {
  readonly cursor?: string;
  readonly limit?: number;
}

/** What the HTTP API asks for, given which event types may be seen. Knows no permissions. */
export class EventbridgeQueries {
  readonly #knex: Knex;
  readonly #reader: SourceReader;
  readonly #metrics: MetricsReader;
  readonly #now: () => Date;
  readonly #inCatalog: readonly string[];
  readonly #receivers: Receivers;
  readonly #verdicts: Verdicts;
  readonly #steps: VersionSteps;
  readonly #quotas: Quotas | undefined;

  constructor(options: {
    readonly knex: Knex;
    readonly reader: SourceReader;
    readonly metrics: MetricsReader;
    readonly now?: () => Date;
    /** Event types of which classifications are entities in the catalog. */
    readonly inCatalog: readonly string[];
    /** AWS's defaults if left out. */
    readonly quotas?: Quotas;
  }) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#metrics = options.metrics;
    this.#now = options.now ?? (() => new Date());
    this.#inCatalog = options.inCatalog;
    this.#quotas = options.quotas;
    this.#receivers = new Receivers(options.knex);
    this.#verdicts = new Verdicts(options.knex);
    this.#steps = new VersionSteps(options.knex, this.#now);
  }

  listEventTypes(query: EventTypeQuery, visibility: Visibility): Promise<Page<EventTypeSummary>> {
    return listEventTypes(this.#knex, query, visibility);
  }

  getEventTypeFacets(query: EventTypeQuery, visibility: Visibility): Promise<EventTypeFacets> {
    return eventTypeFacets(this.#knex, query, visibility);
  }

  getEventType(ref: EventTypeRef, visibility: Visibility): Promise<EventTypeDetail> {
    return getEventType(this.#knex, ref, visibility, this.#inCatalog);
  }

  getSchemaVersion(ref: EventTypeRef, version: string, visibility: Visibility): Promise<SchemaVersionDetail> {
    return getSchemaVersion(this.#knex, ref, version, visibility);
  }

  /** Throws `NotFoundError`. */
  getEventTypeEvolution(ref: EventTypeRef, visibility: Visibility): Promise<EventTypeEvolution> {
    return this.#steps.ofEventType(ref, visibility);
  }

  /** Throws `NotFoundError`. */
  compareVersions(
    ref: EventTypeRef,
    { from, to }: { readonly from: string; readonly to: string },
    visibility: Visibility,
  ): Promise<VersionComparison> {
    return this.#steps.between(ref, from, to, visibility);
  }

  /** Throws `NotFoundError`. */
  getAffectedSubscribers(
    ref: EventTypeRef,
    { from, to }: { readonly from: string; readonly to: string },
    visibility: Visibility,
  ): Promise<AffectedSubscribers> {
    return this.#steps.affected(ref, from, to, visibility);
  }

  async listEventTypeSubscriptions(
    ref: EventTypeRef,
    query: SubscriptionQuery,
    visibility: Visibility,
  ): Promise<Page<SubscriptionSummary>> {
    const found = await oneEventType(this.#knex, ref, visibility).first('e.id');
    if (!found) throw noSuchEventType(ref);
    return listSubscriptions(this.#knex, { ...query, ...ref }, visibility);
  }

  listEventTypeIndex(query: PageQuery, visibility: Visibility): Promise<Page<IndexedEventType>> {
    return listEventTypeIndex(this.#knex, query, visibility);
  }

  listSubscriptions(query: SubscriptionQuery, visibility: Visibility): Promise<Page<SubscriptionSummary>> {
    return listSubscriptions(this.#knex, query, visibility);
  }

  getSubscriptionFacets(query: SubscriptionQuery, visibility: Visibility): Promise<SubscriptionFacets> {
    return subscriptionFacets(this.#knex, query, visibility);
  }

  getSubscription(id: string, visibility: Visibility): Promise<SubscriptionDetail> {
    return getSubscription(this.#knex, id, visibility);
  }

  async getSubscriptionMetrics(id: string, visibility: Visibility): Promise<MetricsDay> {
    return this.#metrics.ofSubscription(await getSubscription(this.#knex, id, visibility));
  }

  /** Throws `NotFoundError`. */
  async getSubscriptionVerdicts(id: string, visibility: Visibility): Promise<SubscriptionVerdicts> {
    return this.#verdicts.ofSubscription(await getSubscription(this.#knex, id, visibility), visibility);
  }

  async findReceivers(
    { event }: EventInQuestion,
    query: ReceiversQuery,
    visibility: Visibility,
  ): Promise<ReceiversPage> {
    return receiversPage(this.#knex, await this.#receivers.find(event), query, visibility);
  }

  listServices(): Promise<readonly ServiceSummary[]> {
    return listServices(this.#knex);
  }

  getService(name: string, visibility: Visibility): Promise<ServiceDetail> {
    return getService(this.#knex, name, visibility);
  }

  getServiceByEntity(ref: string, visibility: Visibility): Promise<ServiceDetail> {
    return getServiceByEntity(this.#knex, ref, visibility);
  }

  listBuses(query: BusQuery): Promise<Page<BusSummary>> {
    return listBuses(this.#knex, query, this.#quotas);
  }

  getBus(arn: string, visibility: Visibility): Promise<BusDetail> {
    return getBus(this.#knex, arn, visibility, this.#quotas);
  }

  async getBusMetrics(arn: string, visibility: Visibility): Promise<MetricsDay> {
    return this.#metrics.ofBus(await getBus(this.#knex, arn, visibility));
  }

  listAccounts(): Promise<readonly AccountSummary[]> {
    return listAccounts(this.#knex);
  }

  getMap(query: MapQuery, visibility: Visibility): Promise<FlowMap> {
    return flowMap(this.#knex, query, visibility);
  }

  /** @param withSources - whether the person may see where the data come from */
  async getOverview(visibility: Visibility, withSources: boolean): Promise<Overview> {
    return getOverview(this.#knex, visibility, withSources ? await this.listSources() : []);
  }

  listSources(): Promise<readonly SourceStatus[]> {
    return listSources(this.#knex, this.#now());
  }

  listSourceProblems(id: string, query: PageQuery, visibility: Visibility): Promise<Page<SourceProblem>> {
    return listSourceProblems(this.#knex, id, query, visibility);
  }

  async refreshSource(id: string): Promise<SourceStatus> {
    await this.#reader.refresh(id);
    return { ...(await getSource(this.#knex, id, this.#now())), state: 'reading' };
  }
}
