import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { LoggerService, SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Account, EventRepository, JsonObject, Problem } from '@busline/event-repository';
import type { Estate } from '@busline/infrastructure';

/** One version of an event type that AWS knows of, from an EventBridge schema registry. */
export interface RegistrySchema {
  readonly registry: string;
  readonly name: string;
  /** As the registry counts: `1`, `2`, ... */
  readonly version: string;
  /** Empty, like `detailType`, for a schema that describes no event. */
  readonly source: string;
  readonly detailType: string;
  /** JSON Schema of `detail`. */
  readonly schema: JsonObject;
  readonly createdAt?: string;
}

/** One account in one Region: read as a whole, or not at all. */
export type EstatePart = {
  readonly accountId: string;
  readonly region: string;
} & (
  | {
      readonly outcome: 'read';
      readonly estate: Estate;
      /** Absent where registries were not read: what was known of them stays. */
      readonly registries?: {
        /** Schema versions that were not known before. */
        readonly fresh: readonly RegistrySchema[];
        /** Every schema that is there. */
        readonly schemas: readonly { readonly registry: string; readonly name: string }[];
      };
      /** What could not be read beside the estate, such as registries without permission. */
      readonly warning?: { readonly rule: string; readonly reason: string };
    }
  /** What was read before stays; `reason` is shown to people, `rule` names the kind of failure. */
  | { readonly outcome: 'failed'; readonly reason: string; readonly rule: string }
);

/** Everything that a source says at one time. */
export type SourceSnapshot =
  | {
      readonly kind: 'event-repository';
      readonly repository: EventRepository;
      readonly problems: readonly Problem[];
      /** Where a person can look at a file, when that is known. */
      readonly fileUrl?: (file: string, line: number) => string | undefined;
      /** Given back as `previousFingerprint` on the next read. */
      readonly fingerprint?: string;
    }
  /** The parts were handed to `onPart`; these are all accounts and Regions that the source covers, read or failed. */
  | { readonly kind: 'aws'; readonly covered: readonly { readonly accountId: string; readonly region: string }[] }
  /** Nothing changed since `previousFingerprint`. */
  | { readonly kind: 'unchanged' };

export interface ReadContext {
  readonly signal: AbortSignal;
  readonly logger: LoggerService;
  /** Fingerprint of the snapshot that stands in the database. */
  readonly previousFingerprint?: string;
  /** Accounts that the event repositories declare. */
  declaredAccounts(): Promise<readonly Account[]>;
  /** Schema versions that stand in the database, as `registry/name/version`: they never change. */
  knownSchemaVersions(accountId: string, region: string): Promise<ReadonlySet<string>>;
  /** Only these places are wanted, and of them only what runs; a source that cannot leave out the rest may read it all. */
  readonly only?: readonly { readonly accountId: string; readonly region: string }[];
  /** Writes one account in one Region as soon as it was read. */
  onPart(part: EstatePart): Promise<void>;
}

/** Metrics of `AWS/Events` that the pages show. */
export type MetricName = 'MatchedEvents' | 'FailedInvocations' | 'InvocationsSentToDlq';

export interface MetricsRequest {
  readonly accountId: string;
  readonly region: string;
  /** A rule, or a bus where `rule` is left out. */
  readonly subjects: readonly { readonly bus: string; readonly rule?: string }[];
  readonly metrics: readonly MetricName[];
  /** The end of the 24 hours asked for, in milliseconds since 1970. */
  readonly until: number;
  readonly signal: AbortSignal;
}

export interface MetricSeries {
  readonly metric: string;
  /** Sums by hour; hours that are absent are unknown. */
  readonly points: readonly { readonly time: string; readonly value: number }[];
}

/**
 * Where declarations or observations come from. Sources are read on schedule, one replica at a time. A read that
 * throws changes nothing: the last good snapshot stays and is marked stale with the error's message.
 */
export interface EventSource {
  /** Stays the same over restarts. */
  readonly id: string;
  readonly kind: 'event-repository' | 'aws';
  readonly title: string;
  /** What is read, for people: a URL, a folder, or how many accounts and Regions. */
  readonly target: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  read(context: ReadContext): Promise<SourceSnapshot>;
  /** Numbers from CloudWatch; undefined for an account or Region that this source does not cover. */
  readMetrics?(request: MetricsRequest): Promise<readonly MetricSeries[] | undefined>;
}

export interface EventSourcesExtensionPoint {
  addEventSource(source: EventSource): void;
}

/** Adds sources beside those in the configuration. */
export const eventSourcesExtensionPoint = createExtensionPoint<EventSourcesExtensionPoint>({
  id: 'eventbridge.sources',
});
