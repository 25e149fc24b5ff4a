import type { PolicyDocument } from '@busline/access-policy';
import type { JsonObject } from '../service';

export const DEFAULT_BUS = 'default';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** An event bus as it is stored. Times in milliseconds since 1970. */
export interface Bus {
  readonly name: string;
  readonly created: number;
  readonly modified: number;
  readonly description?: string;
  readonly kmsKeyIdentifier?: string;
  readonly deadLetterConfig?: JsonObject;
  readonly logConfig?: JsonObject;
  readonly policy?: PolicyDocument;
  readonly tags: readonly Tag[];
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A rule with its targets: at most five, and always wanted together. */
export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  /** The account that called PutRule. */
  readonly createdBy: string;
  readonly state: RuleState;
  /** As the caller wrote it. */
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly tags: readonly Tag[];
  readonly targets: readonly Target[];
}

/** A target as the caller wrote it; what this server reads of it is named here, the rest is kept as it is. */
export interface Target extends JsonObject {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: InputTransformer;
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

export interface InputTransformer extends JsonObject {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

export interface RetryPolicy extends JsonObject {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
}
