import type { EventTypeReference, Json } from '@busline/event-repository';

/**
 * What code is made from: the parts that an event repository's values and the HTTP API's answers have in common, so that
 * the same functions run on a page and in a build.
 */
export interface DescribedEventType extends EventTypeReference {
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  /** Where metadata and data stand in an event; without `data` the schema describes the whole detail. */
  readonly eventPaths: { readonly metadata?: string; readonly data?: string };
}

export interface DescribedVersion {
  /** semver */
  readonly version: string;
  readonly schema: Json;
  readonly examples: readonly { readonly name: string; readonly value: Json }[];
}

/** A bus by what a publisher needs to know. */
export interface DescribedBus {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
}
