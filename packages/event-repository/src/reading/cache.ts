import type { Settings } from '../declarations/busline';
import type { EventType, Problem, Service, Subscription } from '../types';
import type { FileEntry } from './entry';

/**
 * What one read leaves for the next: every file as it was read, and what was
 * made of them. Opaque to callers; it may be used for any number of reads.
 */
export interface ReadCache {
  readonly files: ReadonlyMap<string, FileEntry>;
  readonly eventTypes: ReadonlyMap<string, CachedEventType>;
  readonly subscriptions: WeakMap<FileEntry, CachedSubscription>;
  readonly examples: WeakMap<FileEntry, CachedExample>;
  /** Problems that the repository rules found, by file and finding. */
  readonly places: WeakMap<FileEntry, Map<string, Problem>>;
  /** Content hashes of entries whose id is something else. */
  readonly hashes: WeakMap<FileEntry, string>;
}

/** An event type and what it was made from. */
export interface CachedEventType {
  readonly parts: readonly FileEntry[];
  readonly settings: Settings;
  readonly eventType: EventType;
}

export interface CachedSubscription {
  readonly service: Service | undefined;
  readonly settings: Settings;
  readonly subscription: Subscription;
}

/** What an example's schema said of it. */
export interface CachedExample {
  readonly schema: FileEntry | undefined;
  readonly problems: readonly Problem[];
}

export const emptyCache = (): ReadCache => ({
  files: new Map(),
  eventTypes: new Map(),
  subscriptions: new WeakMap(),
  examples: new WeakMap(),
  places: new WeakMap(),
  hashes: new WeakMap(),
});
