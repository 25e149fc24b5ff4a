import type { EventTypeRef, FacetValue, Json, Page, SubscriptionSummary } from './types';

/**
 * Most characters of an event that the portal is asked about: PutEvents takes entries under 1 MB
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html), and the envelope comes on top.
 */
export const MAX_EVENT_CHARACTERS = 1_048_576 + 4_096;

/** POST /receivers: the event as EventBridge delivers it, as JSON text, so that no number loses a digit on its way. */
export interface EventInQuestion {
  readonly event: string;
}

export interface ReceiversQuery {
  /** `no`: subscriptions to its event type that would not receive this event. `yes` if left out. */
  readonly receives?: 'yes' | 'no';
  readonly environment?: readonly string[];
  readonly cursor?: string;
  readonly limit?: number;
}

/** Which subscriptions of the whole platform an event goes to, of those that the person may see. */
export interface ReceiversPage extends Page<SubscriptionSummary> {
  readonly eventType: EventTypeRef;
  /** Whether a source holds the event type and the person may see it. */
  readonly isKnown: boolean;
  /** Subscriptions whose pattern takes the event, in all environments. */
  readonly receiving: number;
  /** Subscriptions to its event type whose pattern does not take this event. */
  readonly missing: number;
  /** Environments of what the page is about, with the number in each. */
  readonly environments: readonly FacetValue[];
}

/** `always`: every event of the schema version matches. `never`: none can. Both are proofs. */
export type PatternVerdict = 'always' | 'sometimes' | 'never' | 'unknown';

/** What a subscription's pattern means for the events of one schema version. */
export interface VersionPatternVerdict {
  readonly version: string;
  readonly verdict: PatternVerdict;
  /** Clauses that decide it, in words; names and values between backticks. */
  readonly reasons: readonly string[];
  /** With `sometimes`: events that are valid under the schema, one that matches and one that does not. */
  readonly matching?: Json;
  readonly notMatching?: Json;
}

export interface EventTypePatternVerdicts extends EventTypeRef {
  /** Newest first, as many as `MAX_JUDGED_VERSIONS`. */
  readonly versions: readonly VersionPatternVerdict[];
  readonly versionCount: number;
}

/** GET /subscriptions/:id/verdicts: the pattern against every version of the schemas of its event types. */
export interface SubscriptionVerdicts {
  /** Those with a schema that the person may see, as many as `MAX_JUDGED_EVENT_TYPES`. */
  readonly eventTypes: readonly EventTypePatternVerdicts[];
  readonly eventTypeCount: number;
  /** Whether the pattern asks for more than source, detail-type and schema version. */
  readonly hasFilter: boolean;
}

/** A subscription to more takes nearly everything: nobody reads a verdict on each. */
export const MAX_JUDGED_EVENT_TYPES = 20;
/** Of each event type. Older ones are hardly published any more. */
export const MAX_JUDGED_VERSIONS = 10;
