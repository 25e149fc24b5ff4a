import type {
  Classification,
  EventTypeReference,
  Json,
  JsonObject,
  JsonSchemaDocument,
} from '@busline/event-repository';

/**
 * What a person fills in: a description without files. JSON all through, so that a form, an HTTP API and a task log can
 * carry it.
 */
export type OnboardingRequest = OnboardRequest | ChangeSubscriptionRequest | LeaveRequest | DeprecateRequest;

export type RequestKind = OnboardingRequest['kind'];

/** A service subscribes, publishes, or both; it may be new. */
export interface OnboardRequest {
  readonly kind: 'onboard';
  readonly service: ServiceChoice;
  readonly environment: string;
  /** A name in accounts.yaml. */
  readonly account: string;
  readonly region: string;
  readonly subscriptions: readonly SubscriptionRequest[];
  readonly publications: readonly PublicationRequest[];
  /** Why, for the reviewers. */
  readonly reason?: string;
}

export interface ChangeSubscriptionRequest {
  readonly kind: 'change-subscription';
  readonly service: string;
  readonly subscription: string;
  /** What is left out stays as it is. */
  readonly changes: Partial<Omit<SubscriptionRequest, 'name'>> & { readonly enabled?: boolean };
  readonly reason?: string;
}

/** Takes away subscriptions and publications, or the service with everything of it. */
export interface LeaveRequest {
  readonly kind: 'leave';
  readonly service: string;
  /** Names. */
  readonly subscriptions?: readonly string[];
  readonly publications?: readonly EventTypeReference[];
  readonly everything?: boolean;
  readonly reason?: string;
}

export interface DeprecateRequest {
  readonly kind: 'deprecate';
  readonly eventType: EventTypeReference;
  /** ISO dates. */
  readonly since: string;
  readonly sunset?: string;
  readonly reason: string;
  readonly replacement?: EventTypeReference;
}

export type ServiceChoice =
  | { readonly kind: 'existing'; readonly name: string }
  | {
      readonly kind: 'new';
      readonly name: string;
      readonly title: string;
      readonly description: string;
      /** Entity reference such as `group:default/deliveries`. */
      readonly owner: string;
      readonly domain?: string;
      readonly system?: string;
      readonly component?: string;
      /** URL of its git repository. */
      readonly repository: string;
    };

/** One event type to subscribe to. */
export interface EventTypeChoice extends EventTypeReference {
  /**
   * The major that the subscriber reads. By default the current one's, where the event type has several; where it has
   * only one there is nothing to choose.
   */
  readonly major?: number;
}

export type TargetRequest =
  | { readonly type: 'sqs' | 'lambda' | 'step-functions'; readonly name: string }
  | { readonly type: 'arn'; readonly arn: string };

export interface DeliveryRequest {
  /** Seconds, 60 to 86,400. */
  readonly maximumEventAgeSeconds?: number;
  /** 0 to 185. */
  readonly maximumRetryAttempts?: number;
  /** Whether a dead-letter queue is made, or the ARN of an existing one. */
  readonly deadLetterQueue?: boolean | string;
}

export interface SubscriptionRequest {
  readonly name: string;
  readonly description: string;
  readonly eventTypes: readonly EventTypeChoice[];
  /** A pattern of what stands below `detail`; joined with source, detail-type and major. */
  readonly filter?: JsonObject;
  /** The whole pattern, in place of `eventTypes`, their majors and `filter`. */
  readonly pattern?: JsonObject;
  readonly target: TargetRequest;
  readonly delivery?: DeliveryRequest;
  /** By default a bus in the service's account. */
  readonly path?: 'subscriber-bus' | 'direct';
  /** Name of the bus it listens on; by default the central one. */
  readonly bus?: string;
}

export type PublicationRequest = ExistingPublicationRequest | NewPublicationRequest;

export interface ExistingPublicationRequest extends EventTypeReference {
  readonly kind: 'existing';
  /** All current ones when empty or left out. */
  readonly majors?: readonly number[];
}

export interface NewPublicationRequest extends EventTypeReference {
  readonly kind: 'new';
  readonly title: string;
  readonly description: string;
  readonly domain?: string;
  readonly classification?: Classification;
  /** By default the service's. */
  readonly owner?: string;
  readonly tags?: readonly string[];
  /** Of the data. Without one it is made from the example. */
  readonly schema?: JsonSchemaDocument;
  readonly example?: Json;
  /** semver of the first version; 1.0.0 by default. */
  readonly version?: string;
}

/** Name of the service that asks, or whose event type is changed; undefined for a deprecation. */
export function serviceOfRequest(request: OnboardingRequest): string | undefined {
  if (request.kind === 'deprecate') return undefined;
  return typeof request.service === 'string' ? request.service : request.service.name;
}
