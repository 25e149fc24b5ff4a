import { judgeVersions, type JsonSchemaDocument } from '@busline/event-repository';
import { NotFoundError } from '@backstage/errors';
import { compileEventPattern, type JsonObject } from '@busline/event-pattern';
import type {
  AffectedSubscribers,
  BusQuery,
  ChangeRequestDetail,
  ChangeRequestPage,
  ChangeRequestPlan,
  ChangeRequestQuery,
  ChangeRequestState,
  EventbridgeApi,
  EventInQuestion,
  EventTypeDetail,
  EventTypeQuery,
  EventTypeRef,
  FacetName,
  FacetValue,
  FlowMap,
  MetricsDay,
  Overview,
  Page,
  ReceiversPage,
  ReceiversQuery,
  SourceStatus,
  SubscriptionDetail,
  SubscriptionFacetName,
  SubscriptionFacets,
  SubscriptionQuery,
  SubscriptionVerdicts,
  EventTypeEvolution,
  VersionComparison,
  VersionStep,
} from '@busline/plugin-eventbridge-common';
import { toSummary } from './changeFixtures';
import { ACCOUNTS, BUSES, PROBLEMS, SUBSCRIPTIONS } from './estateFixtures';
import {
  ACCESS_EXAMPLE,
  ACCESS_SCHEMA,
  ACCESS_SCHEMA_OLD,
  EVENT_TYPES,
  SERVICES,
  SOURCES,
  subscriptionsOf,
} from './fixtures';
import { PLAN } from './planFixture';

const FACET_NAMES: readonly FacetName[] = ['domain', 'owner', 'publisher', 'lifecycle', 'classification', 'bus'];

function valuesOf(type: EventTypeDetail, facet: FacetName): readonly FacetValue[] {
  const one = (value: string | undefined, label = value) => (value ? [{ value, label: label!, count: 1 }] : []);
  switch (facet) {
    case 'domain':
      return one(type.domain?.name, type.domain?.title);
    case 'owner':
      return one(type.owner, type.owner.replace(/^.*\//, ''));
    case 'publisher':
      return type.publishers.flatMap(name => one(name));
    case 'lifecycle':
      return one(type.lifecycle);
    case 'classification':
      return one(type.classification);
    default:
      return type.buses.flatMap(bus => one(bus.arn, bus.name));
  }
}

/** Value and label of each filter of subscriptions. */
const SUBSCRIPTION_FACETS: Readonly<Record<SubscriptionFacetName, (row: SubscriptionDetail) => [string, string]>> = {
  service: row => [row.service.name, row.service.title],
  environment: row => [row.environment, row.environment],
  account: row => [row.account.id, row.account.name],
  standing: row => [row.standing, row.standing],
  targetType: row => [row.target.type, row.target.type],
};

function filteredSubscriptions(query: SubscriptionQuery): readonly SubscriptionDetail[] {
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return SUBSCRIPTIONS.filter(row => {
    const text = `${row.name} ${row.service.title} ${row.target.name} ${row.eventTypes[0].detailType}`.toLowerCase();
    return (
      words.every(word => text.includes(word)) &&
      Object.entries(SUBSCRIPTION_FACETS).every(([facet, valueOf]) => {
        const chosen = query[facet as SubscriptionFacetName];
        return !chosen?.length || chosen.includes(valueOf(row)[0]);
      })
    );
  });
}

async function notInFixtures(): Promise<never> {
  throw new NotFoundError('There are no change requests among the fixtures');
}

/** One page of a list, with the cursor of the next. */
function pageOf<T>(items: readonly T[], query: { readonly cursor?: string; readonly limit?: number }): Page<T> {
  const start = Number(query.cursor ?? 0);
  const end = start + (query.limit ?? 100);
  return {
    items: items.slice(start, end),
    totalItems: items.length,
    ...(end < items.length && { nextCursor: String(end) }),
  };
}

const RULES_OF_FIXTURES = { mode: 'FULL_TRANSITIVE', origin: 'default', contentModel: 'closed-world' } as const;

/**
 * `EventbridgeApi` over values in memory, for component tests and for work on the pages. It keeps the contract's
 * promises that pages rely on: cursors, totals, facets that follow the others, errors of `@backstage/errors`.
 */
export class FixtureApi implements EventbridgeApi {
  constructor(
    readonly eventTypes: readonly EventTypeDetail[] = EVENT_TYPES,
    readonly sources: readonly SourceStatus[] = SOURCES,
    readonly changes: readonly ChangeRequestDetail[] = [],
  ) {}

  async listEventTypes(query: EventTypeQuery = {}) {
    const found = this.#filtered(query);
    const key = {
      name: (type: EventTypeDetail) => type.detailType,
      source: (type: EventTypeDetail) => type.source,
      owner: (type: EventTypeDetail) => type.owner,
      publisher: (type: EventTypeDetail) => type.publishers[0] ?? '',
      subscribers: (type: EventTypeDetail) => String(type.subscriberCount).padStart(6, '0'),
      version: (type: EventTypeDetail) => type.version ?? '',
      relevance: (type: EventTypeDetail) => type.detailType,
    }[query.sort ?? 'name'];
    const sorted = [...found].sort((a, b) => key(a).localeCompare(key(b)));
    if (query.order === 'desc') sorted.reverse();
    const start = Number(query.cursor ?? 0);
    const end = start + (query.limit ?? 100);
    return {
      items: sorted.slice(start, end).map(type => ({
        ...type,
        ...(query.q &&
          /guest|mail/i.test(query.q) && {
            matchedFields: ['guest', 'guest.email'],
          }),
      })),
      totalItems: sorted.length,
      ...(end < sorted.length && { nextCursor: String(end) }),
    };
  }

  async getEventTypeFacets(query: EventTypeQuery = {}) {
    const facets = Object.fromEntries(
      FACET_NAMES.map(facet => {
        const { [facet]: _, ...others } = query;
        const counts = new Map<string, FacetValue>();
        for (const value of this.#filtered(others).flatMap(type => valuesOf(type, facet))) {
          counts.set(value.value, {
            ...value,
            count: (counts.get(value.value)?.count ?? 0) + 1,
          });
        }
        return [facet, [...counts.values()].sort((a, b) => b.count - a.count)];
      }),
    ) as unknown as Record<FacetName, readonly FacetValue[]>;
    return { totalItems: this.#filtered(query).length, facets };
  }

  async getEventType(ref: EventTypeRef) {
    const found = this.eventTypes.find(type => type.source === ref.source && type.detailType === ref.detailType);
    if (!found) throw new NotFoundError(`No event type ${ref.source} / ${ref.detailType}`);
    return found;
  }

  async listEventTypeIndex(query: { readonly cursor?: string; readonly limit?: number } = {}) {
    const index = this.eventTypes.map(type => ({
      ...type,
      fields: [],
      publisherRefs: type.publisherServices.flatMap(({ entityRef }) => entityRef ?? []),
      subscriberRefs: [],
    }));
    return pageOf(index, query);
  }

  async getSchemaVersion(ref: EventTypeRef, version: string) {
    const type = await this.getEventType(ref);
    const summary = type.versions.find(known => known.version === version);
    if (!summary) throw new NotFoundError(`${ref.source} / ${ref.detailType} has no version ${version}`);
    const newest = version === type.version;
    return {
      ...summary,
      schema: newest ? ACCESS_SCHEMA : ACCESS_SCHEMA_OLD,
      examples: newest
        ? [
            { name: 'a-guest-by-pin', value: ACCESS_EXAMPLE },
            {
              name: 'a-resident',
              value: {
                grantId: '7b0f2f0c-9d53-4b0e-8f0a-3b7f1f1f7a11',
                homeId: 'home_4k2m9x1p',
                method: 'key',
                validUntil: '2027-01-01T00:00:00Z',
              },
            },
          ]
        : [
            {
              name: 'default',
              value: { grantId: 'g-1', homeId: 'home_4k2m9x1p' },
            },
          ],
    };
  }

  async listEventTypeSubscriptions(ref: EventTypeRef, _query: SubscriptionQuery = {}) {
    const items = subscriptionsOf(await this.getEventType(ref));
    return { items, totalItems: items.length };
  }

  async listSubscriptions(query: SubscriptionQuery = {}) {
    const found = filteredSubscriptions(query);
    const key = {
      service: (row: SubscriptionDetail) => `${row.service.title} ${row.name}`,
      name: (row: SubscriptionDetail) => row.name,
      account: (row: SubscriptionDetail) => row.account.name,
      standing: (row: SubscriptionDetail) => row.standing,
    }[query.sort ?? 'service'];
    const sorted = [...found].sort((a, b) => key(a).localeCompare(key(b)));
    if (query.order === 'desc') sorted.reverse();
    return pageOf(sorted, query);
  }

  async getSubscriptionFacets(query: SubscriptionQuery = {}): Promise<SubscriptionFacets> {
    const facets = Object.fromEntries(
      Object.entries(SUBSCRIPTION_FACETS).map(([facet, valueOf]) => {
        const counts = new Map<string, FacetValue>();
        for (const row of filteredSubscriptions({ ...query, [facet]: undefined })) {
          const [value, label] = valueOf(row);
          counts.set(value, { value, label, count: (counts.get(value)?.count ?? 0) + 1 });
        }
        // What is chosen stays among the values, even where nothing is left of it.
        for (const [value, label] of filteredSubscriptions({}).map(valueOf)) {
          const isChosen = (query[facet as keyof SubscriptionQuery] as readonly string[] | undefined)?.includes(value);
          if (isChosen && !counts.has(value)) counts.set(value, { value, label, count: 0 });
        }
        return [facet, [...counts.values()].sort((a, b) => b.count - a.count)];
      }),
    ) as unknown as SubscriptionFacets['facets'];
    return { totalItems: filteredSubscriptions(query).length, facets };
  }

  async getSubscription(id: string) {
    const found = [...subscriptionsOf(this.eventTypes[0]), ...SUBSCRIPTIONS].find(
      subscription => subscription.id === id,
    );
    if (!found) throw new NotFoundError(`No subscription ${id}`);
    return found;
  }

  async getSubscriptionMetrics(id: string): Promise<MetricsDay> {
    const until = '2026-11-20T13:00:00Z';
    if (id.startsWith('plan-route'))
      return {
        period: 'hour',
        source: 'CloudWatch',
        until,
        matched: [],
        failed: [],
        deadLettered: [],
      };
    const matched = Array.from({ length: 24 }, (_, hour) => ({
      time: new Date(Date.parse(until) - (24 - hour) * 3_600_000 + 1).toISOString(),
      value: Math.round(60 + 50 * Math.sin(hour / 3.5) + (hour % 5) * 6),
    })).filter((_, hour) => !id.startsWith('bill') || hour > 9);
    return {
      period: 'hour',
      source: 'CloudWatch',
      until,
      matched,
      failed: [],
      deadLettered: [],
    };
  }

  /** The versions of the fixtures, compared by the engine itself. */
  async compareVersions(
    ref: EventTypeRef,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<VersionComparison> {
    const [old, next] = await Promise.all([this.getSchemaVersion(ref, from), this.getSchemaVersion(ref, to)]);
    const { comparison, ...step } = judgeVersions(
      { version: from, schema: old.schema as JsonSchemaDocument },
      { version: to, schema: next.schema as JsonSchemaDocument },
      { policy: RULES_OF_FIXTURES },
      { today: '2026-06-01' },
    );
    return { from, to, ...RULES_OF_FIXTURES, ...step, ...comparison };
  }

  async getAffectedSubscribers(
    ref: EventTypeRef,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<AffectedSubscribers> {
    const subscriptions = subscriptionsOf(await this.getEventType(ref));
    return {
      from,
      to,
      subscriptionCount: subscriptions.length,
      subscribers: subscriptions.map(({ id, name, service, environment }, index) => ({
        id,
        service: service.name,
        subscription: name,
        owner: service.owner,
        environments: [environment],
        verdict: index === 0 ? 'broken' : 'unaffected',
        match: index === 0 ? 'no longer' : 'same',
        reasons: [index === 0 ? `Its pattern takes no event of ${to}.` : 'Nothing that it takes or uses changes.'],
        ...(index === 0 && { event: { source: ref.source, detail: {} } }),
      })),
    };
  }

  async getEventTypeEvolution(ref: EventTypeRef): Promise<EventTypeEvolution> {
    const { versions } = await this.getEventType(ref);
    const pairs = versions.slice(1).map((old, index) => [old.version, versions[index].version] as const);
    const steps = await Promise.all(
      pairs.map(async ([from, to]): Promise<VersionStep> => {
        const { asked, outcome, backward, forward, semver, changes } = await this.compareVersions(ref, { from, to });
        return {
          from,
          to,
          asked,
          outcome,
          brokenTowards: outcome === 'broken' ? [from] : [],
          backward: backward.kind,
          forward: forward.kind,
          semver,
          changeCount: changes.length,
        };
      }),
    );
    return { ...RULES_OF_FIXTURES, steps, stepCount: steps.length };
  }

  async getSubscriptionVerdicts(id: string): Promise<SubscriptionVerdicts> {
    const { eventTypes, filter } = await this.getSubscription(id);
    const [first] = eventTypes;
    const known = this.eventTypes.find(({ detailType }) => detailType === first?.detailType);
    return {
      eventTypeCount: eventTypes.length,
      hasFilter: filter.length > 0,
      eventTypes: known
        ? [
            {
              ...first,
              versionCount: known.versions.length,
              versions: known.versions.map(({ version }, index) =>
                index === 0
                  ? { version, verdict: 'sometimes', reasons: ['`detail.data.method` sometimes is `pin`'] }
                  : { version, verdict: 'always', reasons: [] },
              ),
            },
          ]
        : [],
    };
  }

  /** Who takes the event by the patterns of the fixtures. */
  async findReceivers({ event }: EventInQuestion, query: ReceiversQuery = {}): Promise<ReceiversPage> {
    const { source, 'detail-type': detailType } = JSON.parse(event) as Record<string, string>;
    const known = this.eventTypes.find(type => type.source === source && type.detailType === detailType);
    const candidates = known ? subscriptionsOf(known) : [];
    const takes = ({ pattern }: SubscriptionDetail) => compileEventPattern(pattern as JsonObject).matches(event);
    const receiving = candidates.filter(takes);
    const missing = candidates.filter(row => !takes(row));
    const asked = query.receives === 'no' ? missing : receiving;
    return {
      ...pageOf(asked, query),
      eventType: { source, detailType },
      isKnown: known !== undefined,
      receiving: receiving.length,
      missing: missing.length,
      environments: [{ value: 'production', label: 'production', count: asked.length }],
    };
  }

  async listServices() {
    return Object.values(SERVICES);
  }

  async getService(name: string) {
    const found = Object.values(SERVICES).find(service => service.name === name);
    if (!found) throw new NotFoundError(`No service ${name}`);
    return {
      ...found,
      description: '',
      environments: [],
      publishes: this.eventTypes.filter(type => type.publishers.includes(name)),
      subscriptions: subscriptionsOf(this.eventTypes[0]).filter(({ service }) => service.name === name),
    };
  }

  getServiceByEntity(entityRef: string) {
    return this.getService(entityRef.replace(/^.*\//, ''));
  }

  async listBuses(query: BusQuery = {}) {
    const takes = (chosen: readonly string[] | undefined, value: string | undefined) =>
      !chosen?.length || chosen.includes(value ?? '');
    const found = BUSES.filter(
      bus =>
        `${bus.name} ${bus.account.name} ${bus.account.id}`.includes((query.q ?? '').toLowerCase()) &&
        takes(query.account, bus.account.id) &&
        takes(query.environment, bus.environment) &&
        takes(query.standing, bus.standing),
    );
    return pageOf(found, query);
  }

  async getBus(arn: string) {
    const found = BUSES.find(bus => bus.arn === arn);
    if (!found) throw new NotFoundError(`No bus ${arn}`);
    return found;
  }

  getBusMetrics(arn: string) {
    return this.getSubscriptionMetrics(arn);
  }

  async listAccounts() {
    return ACCOUNTS;
  }

  async getMap(): Promise<FlowMap> {
    return { domains: [], services: [], eventTypes: [], edges: [] };
  }

  async getOverview(): Promise<Overview> {
    return {
      eventTypes: this.eventTypes.length,
      services: 5,
      subscriptions: 24,
      buses: 3,
      drifted: 1,
      sources: this.sources,
    };
  }

  async listSources() {
    return this.sources;
  }

  async listSourceProblems(id: string, query: { readonly cursor?: string; readonly limit?: number } = {}) {
    return pageOf(id === this.sources[0]?.id ? PROBLEMS.slice(0, this.sources[0].problemCount) : [], query);
  }

  async refreshSource(id: string) {
    const found = this.sources.find(source => source.id === id);
    if (!found) throw new NotFoundError(`No source ${id}`);
    return { ...found, state: 'reading' as const };
  }

  // Plans and sent forms have no fixtures here: pages that show them bring their own.
  makePlan = notInFixtures;
  sendChangeRequest = notInFixtures;
  openPullRequests = notInFixtures;

  async listChangeRequests(query: ChangeRequestQuery = {}): Promise<ChangeRequestPage> {
    const takes = (chosen: readonly string[] | undefined, values: readonly string[]) =>
      !chosen || values.some(value => chosen.includes(value));
    const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.changes.filter(
      change =>
        takes(query.state, [change.state]) &&
        takes(query.service, change.service ? [change.service] : []) &&
        takes(query.requestedBy, [change.requestedBy]) &&
        takes(query.turnOf, change.turn) &&
        (!query.detailType ||
          PLAN.people.some(({ eventTypes }) =>
            eventTypes.some(type => type.detailType === query.detailType && type.source === query.source),
          )) &&
        words.every(word => `${change.title} ${change.service} ${change.requestedBy}`.toLowerCase().includes(word)),
    );
    const states: Partial<Record<ChangeRequestState, number>> = {};
    for (const { state } of this.changes) states[state] = (states[state] ?? 0) + 1;
    return { ...pageOf(found.map(toSummary), query), states };
  }

  async getChangeRequest(id: string): Promise<ChangeRequestDetail> {
    const found = this.changes.find(change => change.id === id);
    if (!found) throw new NotFoundError(`There is no change request "${id}", or you may not see it`);
    return found;
  }

  async getChangeRequestPlan(id: string): Promise<ChangeRequestPlan> {
    const { planDigest } = await this.getChangeRequest(id);
    return { plan: PLAN, baseCommit: 'c0ffee', digest: planDigest };
  }

  // What is done to a change request stays without effect: tests say what comes of it.
  async reviewChangeRequest(id: string, _review: { readonly verdict: string; readonly comment?: string }) {
    return this.getChangeRequest(id);
  }

  async mergeChangeRequest(id: string) {
    return this.getChangeRequest(id);
  }

  async closeChangeRequest(id: string) {
    return this.getChangeRequest(id);
  }

  async retryChangeRequest(id: string) {
    return this.getChangeRequest(id);
  }

  async updateChangeRequest(id: string) {
    return { kind: 'change', change: await this.getChangeRequest(id) } as const;
  }

  #filtered(query: EventTypeQuery): readonly EventTypeDetail[] {
    const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    return this.eventTypes.filter(type => {
      const text = `${type.detailType} ${type.source} ${type.summary} guest email`.toLowerCase();
      return (
        words.every(word => text.includes(word)) &&
        FACET_NAMES.every(facet => {
          const chosen = query[facet];
          return !chosen?.length || valuesOf(type, facet).some(({ value }) => chosen.includes(value));
        })
      );
    });
  }
}
