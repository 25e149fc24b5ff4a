import type { JsonObject } from '@busline/event-repository';
import type { Classification, Json } from '@busline/plugin-eventbridge-common';
import type { EventTypeChoice, OnboardingRequest, RequestProblem } from '@busline/onboarding';

/*
 * What stands in the forms' pages while a person fills them in. JSON all through, so that an address can carry it, and
 * anything may be missing. `requestOfForm` makes the onboarding request of it.
 */

export type FormKind = OnboardingRequest['kind'];

export interface FormData {
  readonly service?: ServiceFormData;
  readonly subscriptions?: readonly SubscriptionFormData[];
  readonly publications?: readonly PublicationFormData[];
  readonly change?: ChangeFormData;
  readonly leave?: LeaveFormData;
  readonly deprecation?: DeprecationFormData;
  readonly plan?: PlanFormData;
}

export interface ServiceFormData {
  readonly kind?: 'existing' | 'new';
  readonly name?: string;
  /** The rest of a new one. */
  readonly title?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly domain?: string;
  readonly system?: string;
  readonly component?: string;
  readonly repository?: string;
  readonly environment?: string;
  readonly account?: string;
  readonly region?: string;
}

export type FilterBy = 'everything' | 'fields' | 'pattern';

export interface SubscriptionFormData {
  /** By default from the first event type. */
  readonly name?: string;
  readonly description?: string;
  readonly eventTypes?: readonly EventTypeChoice[];
  /** By default everything. */
  readonly filterBy?: FilterBy;
  readonly clauses?: readonly FilterClause[];
  /** A whole event pattern, as written. */
  readonly patternText?: string;
  readonly target?: TargetFormData;
  readonly delivery?: DeliveryFormData;
  /** Event types are ticked in the picker, and no subscription is made of them yet; the last one of the list. */
  readonly picking?: boolean;
}

export type ClauseOperator =
  | 'is'
  | 'is-not'
  | 'starts-with'
  | 'ends-with'
  | 'contains'
  | 'above'
  | 'at-least'
  | 'below'
  | 'at-most'
  | 'exists'
  | 'missing';

export interface FilterClause {
  /** Path below `detail`: `data.channel`. */
  readonly field: string;
  readonly operator: ClauseOperator;
  /** As typed; what they become depends on `type`. */
  readonly values: readonly string[];
  readonly type: 'text' | 'number' | 'boolean';
}

export interface TargetFormData {
  /** By default a queue. */
  readonly type?: 'sqs' | 'lambda' | 'step-functions' | 'arn';
  readonly name?: string;
  readonly arn?: string;
}

export interface DeliveryFormData {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  /** By default one is made. */
  readonly deadLetterQueue?: boolean | string;
}

export interface PublicationFormData {
  readonly kind?: 'existing' | 'new';
  readonly source?: string;
  readonly detailType?: string;
  readonly title?: string;
  readonly description?: string;
  readonly domain?: string;
  readonly classification?: Classification;
  readonly startFrom?: 'example' | 'schema';
  readonly exampleText?: string;
  readonly schemaText?: string;
}

export interface ChangeFormData extends SubscriptionFormData {
  readonly service?: string;
  readonly subscription?: string;
  readonly enabled?: boolean;
  /** What is declared, for a filter that is built: everything of it but the filter stays. */
  readonly declaredPattern?: JsonObject;
  /** What is to change; the rest stays as it is. */
  readonly parts?: readonly ('description' | 'filter' | 'target' | 'delivery' | 'enabled')[];
}

export interface LeaveFormData {
  readonly service?: string;
  readonly everything?: boolean;
  readonly subscriptions?: readonly string[];
  readonly publications?: readonly { readonly source: string; readonly detailType: string }[];
}

export interface DeprecationFormData {
  readonly eventType?: { readonly source: string; readonly detailType: string };
  readonly since?: string;
  readonly sunset?: string;
  readonly reason?: string;
  readonly replacement?: { readonly source: string; readonly detailType: string };
}

/** What reading the plan leaves behind: the task opens exactly this. */
export interface PlanFormData {
  /** Why, for the reviewers. */
  readonly reason?: string;
  /** The request that was planned. */
  readonly request?: OnboardingRequest;
  readonly title?: string;
  /** Where pull requests are opened, and with how many files. */
  readonly where?: readonly string[];
  /** Of the plan that was shown; absent while there are problems. */
  readonly digest?: string;
  readonly problems?: readonly RequestProblem[];
}

/** A JSON value that came as text, or where it breaks off. */
export type ParsedText =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'invalid'; readonly message: string; readonly offset?: number };
