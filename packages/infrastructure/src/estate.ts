import type { JsonObject } from '@busline/event-repository';

/**
 * What stands on AWS, or what should stand there. The declared side and the observed side have this one shape,
 * so that drift is a comparison of two values.
 */
export interface Estate {
  readonly buses: readonly BusState[];
  readonly rules: readonly RuleState[];
}

export interface BusState {
  readonly arn: string;
  readonly name: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  readonly description?: string;
  /** The resource policy, when there is one. */
  readonly policy?: JsonObject;
  readonly kmsKeyIdentifier?: string;
}

export interface RuleState {
  readonly arn: string;
  readonly name: string;
  readonly busArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly description?: string;
  /** Absent for a rule on a schedule. */
  readonly pattern?: JsonObject;
  readonly schedule?: string;
  readonly enabled: boolean;
  /** Set by AWS on rules that a service manages. */
  readonly managedBy?: string;
  readonly targets: readonly TargetState[];
  /** Declared side: the subscription that asks for this rule. */
  readonly subscription?: SubscriptionReference;
  /**
   * Declared side: all subscriptions for which the rule forwards, where they are several. Subscriptions of one service
   * whose patterns may match the same event share the rule that forwards to their subscriber bus; with a rule each,
   * every one of them would receive the event as often as there are rules.
   */
  readonly sharedBy?: readonly SubscriptionReference[];
}

export interface TargetState {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: { readonly inputPathsMap: JsonObject; readonly inputTemplate: string };
  readonly deadLetterArn?: string;
  readonly maximumEventAgeSeconds?: number;
  readonly maximumRetryAttempts?: number;
  /** Parameters such as SqsParameters, as the AWS API names them. */
  readonly parameters?: JsonObject;
}

/** A subscription in one environment. */
export interface SubscriptionReference {
  readonly service: string;
  readonly name: string;
  readonly environment: string;
}

/** One difference between declared and observed. */
export type Drift =
  | { readonly kind: 'missing'; readonly resource: DriftResource; readonly subscription?: SubscriptionReference }
  | { readonly kind: 'unexpected'; readonly resource: DriftResource }
  | {
      readonly kind: 'different';
      readonly resource: DriftResource;
      readonly subscription?: SubscriptionReference;
      readonly differences: readonly FieldDifference[];
    };

export interface DriftResource {
  readonly type: 'bus' | 'rule' | 'target' | 'policy-statement';
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

export interface FieldDifference {
  /** In words of the pages: `pattern`, `state`, `target sqs`, `dead-letter queue`, … */
  readonly field: string;
  /** JSON text, or undefined where absent. */
  readonly declared?: string;
  readonly observed?: string;
}
