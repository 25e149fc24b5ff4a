import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { LoggerService, SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Account, EventRepository, Problem } from '@busline/event-repository';
import type { Estate } from '@busline/infrastructure';

/** An event type that AWS knows of, from an EventBridge schema registry. */
export interface ObservedEventType {
  readonly source: string;
  readonly detailType: string;
  /** JSON Schema of `detail`. */
  readonly schema: unknown;
  /** Version as the registry counts: 1, 2, ... */
  readonly registryVersion: string;
  readonly registry: string;
  readonly schemaName: string;
}

/** One account in one Region: read as a whole, or not at all. */
export type EstatePart = {
  readonly accountId: string;
  readonly region: string;
} & (
  | { readonly outcome: 'read'; readonly estate: Estate; readonly eventTypes: readonly ObservedEventType[] }
  /** What was read before stays; `reason` is shown to people. */
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
  | { readonly kind: 'aws'; readonly parts: readonly EstatePart[] }
  /** Nothing changed since `previousFingerprint`. */
  | { readonly kind: 'unchanged' };

export interface ReadContext {
  readonly signal: AbortSignal;
  readonly logger: LoggerService;
  /** Fingerprint of the snapshot that stands in the database. */
  readonly previousFingerprint?: string;
  /** Accounts that the event repositories declare. */
  readonly declaredAccounts: () => Promise<readonly Account[]>;
  /** Hands on parts as they come, so that a long read shows early; the last call of a read may be the snapshot itself. */
  readonly onPart?: (part: EstatePart) => Promise<void>;
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
}

export interface EventSourcesExtensionPoint {
  addEventSource(source: EventSource): void;
}

/** Adds sources beside those in the configuration. */
export const eventSourcesExtensionPoint = createExtensionPoint<EventSourcesExtensionPoint>({
  id: 'eventbridge.sources',
});
