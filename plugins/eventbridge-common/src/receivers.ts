import type { EventTypeRef, FacetValue, Page, SubscriptionSummary } from './types';

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
