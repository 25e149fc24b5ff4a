import type { AccessRequest, Decision, Principal } from '@busline/access-policy';
import type { Clock } from './clock';
import type { Quotas } from './quotas';
import type { Store } from './store/store';

/** Decides by the policies that the IAM service of this server holds. */
export interface Authorizer {
  /** Looks the principal's own policies up; the caller passes the resource's. */
  decide(request: Omit<AccessRequest, 'identityPolicies'>): Decision;
}

/** What every service is built on. */
export interface Environment {
  readonly store: Store;
  readonly clock: Clock;
  readonly quotas: Quotas;
  readonly authorizer: Authorizer;
  /** `http://127.0.0.1:4566`, without a trailing slash. Known once the server listens. */
  readonly endpoint: () => string;
  /** Called where something that runs by itself fails in a way that nobody can be told about. */
  readonly logError: (message: string, error: unknown) => void;
}

/** How Events puts messages into queues; the SQS service is one. */
export interface QueueSink {
  deliver(delivery: QueueDelivery): QueueDeliveryResult;
}

export interface QueueDelivery {
  readonly queueArn: string;
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
  /** For FIFO queues. */
  readonly messageGroupId?: string;
  /** `events.amazonaws.com`, or the role that the target names. */
  readonly principal: Principal;
  /** The rule's ARN, for `aws:SourceArn`. */
  readonly sourceArn?: string;
}

export type QueueDeliveryResult =
  | { readonly kind: 'delivered'; readonly messageId: string }
  | {
      readonly kind: 'failed';
      /** `NO_PERMISSIONS`, `NO_RESOURCE`, `THROTTLING`, ... as on a dead letter's ERROR_CODE */
      readonly code: string;
      readonly message: string;
      /** True for what EventBridge would try again. */
      readonly retryable: boolean;
    };

export type EventsMetric =
  | 'MatchedEvents'
  | 'TriggeredRules'
  | 'Invocations'
  | 'FailedInvocations'
  | 'InvocationAttempts'
  | 'SuccessfulInvocationAttempts'
  | 'RetryInvocationAttempts'
  | 'InvocationsSentToDlq'
  | 'InvocationsFailedToBeSentToDlq'
  | 'ThrottledRules'
  | 'IngestionToInvocationSuccessLatency'
  | 'PutEventsRequestSize'
  | 'PutEventsLatency'
  | 'PutEventsApproximateCallCount'
  | 'PutEventsApproximateThrottledCount'
  | 'PutEventsApproximateFailedCount'
  | 'PutEventsEntriesCount'
  | 'PutEventsFailedEntriesCount'
  | 'PutEventsApproximateSuccessCount';

export interface MetricSource {
  readonly account: string;
  readonly region: string;
  /** Left out for the PutEvents metrics, which have no dimensions. */
  readonly bus?: string;
  readonly rule?: string;
}

/** How Events counts; the CloudWatch service is one. */
export interface MetricSink {
  /** @param time - milliseconds since 1970 */
  count(source: MetricSource, metric: EventsMetric, value: number, time: number): void;
}

/** Sees every event that a bus accepts; discoverers are one. */
export interface EventTap {
  /** @param busArn - the bus that accepted; @param event - the envelope as rules see it */
  seen(busArn: string, event: EventEnvelope): void;
}

export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
