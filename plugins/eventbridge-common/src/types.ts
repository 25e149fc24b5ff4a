/**
 * What the HTTP API gives. Lists are paged by cursor: pass `nextCursor` back as `cursor` with the same filters.
 * All paths below `/api/eventbridge`.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Lifecycle = 'experimental' | 'production' | 'deprecated' | 'retired';
export type Classification = 'public' | 'internal' | 'confidential' | 'restricted';

/** Whether something is declared in an event repository, observed on AWS, or both. `unknown`: the AWS side was never read. */
export type Standing = 'in-sync' | 'drifted' | 'declared-only' | 'observed-only' | 'unknown';

/** One event type is one source + detail-type pair. */
export interface EventTypeRef {
  readonly source: string;
  readonly detailType: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** All that the filters take, not only this page. */
  readonly totalItems: number;
  readonly nextCursor?: string;
}

export interface Owner {
  /** Backstage entity reference, or `unknown`. */
  readonly ref: string;
}

/** GET /event-types */
export interface EventTypeSummary extends EventTypeRef {
  readonly title: string;
  /** First sentence of the description, plain text. */
  readonly summary: string;
  readonly domain?: { readonly name: string; readonly title: string };
  readonly owner: string;
  readonly lifecycle: Lifecycle;
  readonly classification: Classification;
  /** Newest version, semver; absent for a type that was only observed. */
  readonly version?: string;
  readonly versionCount: number;
  /** Services that publish it. */
  readonly publishers: readonly string[];
  readonly subscriberCount: number;
  readonly tags: readonly string[];
  readonly standing: Standing;
  /** Only where something is wrong: what, in a few words. */
  readonly health?: { readonly level: 'warning' | 'error'; readonly message: string };
  /** With a search: schema fields that matched, as paths. */
  readonly matchedFields?: readonly string[];
  /** Name of the source it was read from. */
  readonly origin: string;
}

export type EventTypeSort = 'name' | 'source' | 'owner' | 'publisher' | 'subscribers' | 'version' | 'relevance';

/** Query of GET /event-types and GET /event-types/facets. Several values of one filter: any of them. */
export interface EventTypeQuery {
  readonly q?: string;
  readonly domain?: readonly string[];
  readonly owner?: readonly string[];
  readonly publisher?: readonly string[];
  readonly subscriber?: readonly string[];
  readonly lifecycle?: readonly string[];
  readonly classification?: readonly string[];
  readonly bus?: readonly string[];
  readonly tag?: readonly string[];
  readonly sort?: EventTypeSort;
  readonly order?: 'asc' | 'desc';
  readonly cursor?: string;
  /** 1 to 500, by default 100. */
  readonly limit?: number;
}

/** GET /event-types/facets: counts that follow the other facets (a facet's own choice does not narrow it). */
export interface EventTypeFacets {
  readonly totalItems: number;
  readonly facets: Readonly<Record<FacetName, readonly FacetValue[]>>;
}
export type FacetName = 'domain' | 'owner' | 'publisher' | 'lifecycle' | 'classification' | 'bus';
export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** GET /event-types/:source/:detailType */
export interface EventTypeDetail extends EventTypeSummary {
  /** Markdown. */
  readonly description: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly personalData: readonly string[];
  readonly eventPaths: { readonly metadata?: string; readonly data?: string };
  readonly deprecation?: {
    readonly since: string;
    readonly sunset?: string;
    readonly reason: string;
    readonly replacement?: EventTypeRef;
  };
  /** Newest first. */
  readonly versions: readonly SchemaVersionSummary[];
  readonly publisherServices: readonly ServiceSummary[];
  /** Buses on which it is published. */
  readonly buses: readonly BusRef[];
  /** Where it is declared: file and, where known, a URL to look at it. */
  readonly declaredAt?: { readonly file: string; readonly line: number; readonly url?: string };
  /** Its entity in the catalog, where event types of its classification are taken in. */
  readonly entityRef?: string;
}

export interface SchemaVersionSummary {
  readonly version: string;
  readonly released?: string;
  readonly notes?: string;
  readonly exampleCount: number;
  /** Bytes. */
  readonly size: number;
  /** How many subscriptions pin this major, or none in particular. */
  readonly subscriberCount: number;
}

/** GET /event-types/:source/:detailType/versions/:version */
export interface SchemaVersionDetail extends SchemaVersionSummary {
  readonly schema: Json;
  readonly examples: readonly { readonly name: string; readonly value: Json }[];
}

export interface ServiceSummary {
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  readonly domain?: string;
  /** Backstage component reference. */
  readonly entityRef?: string;
}

/** GET /services/:name and GET /services/by-entity?ref= */
export interface ServiceDetail extends ServiceSummary {
  readonly description: string;
  readonly repository?: string;
  readonly environments: readonly {
    readonly environment: string;
    readonly account: AccountRef;
    readonly region: string;
  }[];
  readonly publishes: readonly EventTypeSummary[];
  readonly subscriptions: readonly SubscriptionSummary[];
}

export interface AccountRef {
  /** 12 digits. */
  readonly id: string;
  /** Name in accounts.yaml; the id again where nobody named it. */
  readonly name: string;
  readonly title?: string;
}

export interface BusRef {
  readonly arn: string;
  readonly name: string;
  readonly account: AccountRef;
  readonly region: string;
  readonly environment?: string;
}

/** GET /subscriptions, GET /event-types/:source/:detailType/subscriptions; one row per subscription and environment. */
export interface SubscriptionSummary {
  readonly id: string;
  readonly name: string;
  readonly service: ServiceSummary;
  readonly environment: string;
  readonly account: AccountRef;
  readonly region: string;
  readonly bus: string;
  readonly description: string;
  /** The filter beyond source and detail-type, a clause each; empty: everything of the type. */
  readonly filter: readonly { readonly field: string; readonly words: string }[];
  /** Event types that the pattern takes, at most 20 of them. */
  readonly eventTypes: readonly EventTypeRef[];
  readonly eventTypeCount: number;
  readonly target: TargetSummary;
  readonly enabled: boolean;
  readonly standing: Standing;
  readonly origin: string;
}

export interface TargetSummary {
  readonly type: 'sqs' | 'lambda' | 'step-functions' | 'bus' | 'other';
  /** Name of the queue, function, … */
  readonly name: string;
  readonly arn?: string;
}

export interface SubscriptionQuery {
  readonly q?: string;
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
  readonly account?: readonly string[];
  readonly standing?: readonly string[];
  readonly targetType?: readonly string[];
  readonly source?: string;
  readonly detailType?: string;
  readonly sort?: 'service' | 'name' | 'account' | 'standing';
  readonly order?: 'asc' | 'desc';
  readonly cursor?: string;
  readonly limit?: number;
}

/** GET /subscriptions/facets: counts that follow the other facets (a facet's own choice does not narrow it). */
export interface SubscriptionFacets {
  readonly totalItems: number;
  readonly facets: Readonly<Record<SubscriptionFacetName, readonly FacetValue[]>>;
}
export type SubscriptionFacetName = 'service' | 'environment' | 'account' | 'standing' | 'targetType';

/** GET /subscriptions/:id */
export interface SubscriptionDetail extends SubscriptionSummary {
  readonly pattern: Json;
  /** How an event travels: the rule on the central bus, then the rule on the subscriber bus (one step when direct). */
  readonly hops: readonly RuleHop[];
  readonly delivery: {
    readonly maximumEventAgeSeconds: number;
    readonly maximumRetryAttempts: number;
    readonly deadLetterQueue?: string;
  };
  /** Where declared and observed differ. */
  readonly differences: readonly Difference[];
  /** Policies that let it happen, in words beside the document. */
  readonly permissions: readonly PermissionInWords[];
  readonly declaredAt?: { readonly file: string; readonly line: number; readonly url?: string };
}

export interface RuleHop {
  readonly bus: BusRef;
  readonly rule: {
    readonly name: string;
    readonly arn: string;
    readonly enabled: boolean;
    readonly consoleUrl: string;
  };
  readonly targets: readonly {
    readonly id: string;
    readonly arn: string;
    readonly roleArn?: string;
    readonly deadLetterArn?: string;
  }[];
  readonly standing: Standing;
}

export interface Difference {
  readonly field: string;
  readonly declared?: string;
  readonly observed?: string;
}

export interface PermissionInWords {
  readonly words: string;
  readonly effect: 'Allow' | 'Deny';
  /** The policy statement. */
  readonly statement: Json;
}

/** GET /subscriptions/:id/metrics and GET /buses/:arn/metrics: the last 24 hours. */
export interface MetricsDay {
  readonly period: 'hour';
  readonly source: 'CloudWatch';
  readonly until: string;
  /** A point per hour; absent hours are unknown, not zero. */
  readonly matched: readonly MetricPoint[];
  readonly failed: readonly MetricPoint[];
  readonly deadLettered: readonly MetricPoint[];
}
export interface MetricPoint {
  readonly time: string;
  readonly value: number;
}

/** GET /buses */
export interface BusSummary extends BusRef {
  readonly description?: string;
  readonly role: 'central' | 'subscriber' | 'other';
  readonly standing: Standing;
  readonly ruleCount: number;
  readonly quotas: readonly QuotaUse[];
  readonly origin: string;
}
export interface QuotaUse {
  /** In words: `rules`, `policy size`, … */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: 'rules' | 'characters' | 'targets' | 'buses';
}
/** GET /buses/:arn */
export interface BusDetail extends BusSummary {
  readonly permissions: readonly PermissionInWords[];
  readonly differences: readonly Difference[];
  readonly rules: readonly {
    readonly name: string;
    readonly arn: string;
    readonly enabled: boolean;
    readonly pattern?: Json;
    readonly standing: Standing;
    readonly subscriptionId?: string;
    readonly targetCount: number;
  }[];
}

/** GET /event-type-index: event types with what other plugins (catalog, search) keep of them, in the order of their ids. */
export interface IndexedEventType extends EventTypeSummary {
  /** Markdown. */
  readonly description: string;
  /** Paths of the newest schema's fields. */
  readonly fields: readonly string[];
  /** Backstage component references, as far as services have one. */
  readonly publisherRefs: readonly string[];
  readonly subscriberRefs: readonly string[];
  /** Backstage system of the first publisher that has one. */
  readonly system?: string;
}

/** Query of GET /buses. */
export interface BusQuery {
  readonly q?: string;
  readonly account?: readonly string[];
  readonly environment?: readonly string[];
  readonly standing?: readonly string[];
  readonly cursor?: string;
  readonly limit?: number;
}

/** GET /accounts */
export interface AccountSummary extends AccountRef {
  /** Backstage entity reference, or `unknown`. */
  readonly owner: string;
  readonly environment?: string;
  readonly regions: readonly string[];
  readonly busCount: number;
  readonly ruleCount: number;
  /** Services that run in it. */
  readonly services: readonly string[];
}

/** Query of GET /map. Nothing: the whole flow. */
export interface MapQuery {
  readonly domain?: readonly string[];
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
}

/** Event types on one map; past that it says how many were left out. */
export const MAP_LIMIT = 2000;

/** GET /map: nodes and edges; at most MAP_LIMIT event types, grouped by domain. */
export interface FlowMap {
  readonly domains: readonly { readonly name: string; readonly title: string }[];
  readonly services: readonly {
    readonly name: string;
    readonly title: string;
    readonly domain?: string;
    readonly owner: string;
  }[];
  readonly eventTypes: readonly (EventTypeRef & {
    readonly title: string;
    readonly domain?: string;
    readonly lifecycle: Lifecycle;
  })[];
  /** `publishes`: service -> event type; `subscribes`: event type -> service. Indexes into the two lists above. */
  readonly edges: readonly {
    readonly kind: 'publishes' | 'subscribes';
    readonly service: number;
    readonly eventType: number;
    readonly standing: Standing;
  }[];
  /** Event types that would be on the map beyond MAP_LIMIT. */
  readonly omittedEventTypes?: number;
}

/** GET /sources */
export interface SourceStatus {
  readonly id: string;
  readonly kind: 'event-repository' | 'aws';
  readonly title: string;
  readonly target: string;
  readonly state: 'fresh' | 'stale' | 'reading' | 'never-read';
  /** Why it is stale: what happened, in words. */
  readonly reason?: string;
  /** Of an event repository: changes when what it declares does. */
  readonly version?: string;
  readonly lastReadAt?: string;
  readonly lastAttemptAt?: string;
  /** Milliseconds of the last good read. */
  readonly lastReadMs?: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly problemCount: number;
}

/** GET /sources/:id/problems */
export interface SourceProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** GET /overview: numbers for the head of the pages. */
export interface Overview {
  readonly eventTypes: number;
  readonly services: number;
  readonly subscriptions: number;
  readonly buses: number;
  readonly drifted: number;
  readonly sources: readonly SourceStatus[];
}
