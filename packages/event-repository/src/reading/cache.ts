import type { Settings } from '../declarations/busline';
import type { SubscriptionContext } from '../rules/rule';
import type { EventType, Problem } from '../types';
import type { FileEntry } from './entry';

/**
 * What one read leaves for the next: every file as it was read, and what was
 * made of them. Opaque to callers; it may be used for any number of reads.
 */
export interface ReadCache {
  /** In the order of their paths. */
  readonly entries: readonly FileEntry[];
  readonly eventTypes: ReadonlyMap<string, CachedEventType>;
  readonly context?: SubscriptionContext;
  /** What the rules on paths found. */
  readonly pathProblems?: readonly Problem[];
}

/** An event type and what it was made from. */
export interface CachedEventType {
  readonly parts: readonly FileEntry[];
  readonly settings: Settings;
  readonly eventType: EventType;
}

export const NO_CACHE: ReadCache = { entries: [], eventTypes: new Map() };
