import type { ConditionValue, NamedPolicy, PolicyDocument, PolicyStatement } from './document';

/** Who asks. */
export type Principal =
  /** The account itself, as its root user. Its identity may do everything that no policy denies. */
  | { readonly kind: 'account'; readonly account: string }
  | {
      readonly kind: 'role';
      readonly account: string;
      /** `arn:aws:iam::111122223333:role/name` */
      readonly arn: string;
      /** `arn:aws:sts::111122223333:assumed-role/name/session`, when acting in a session. */
      readonly sessionArn?: string;
    }
  /** An AWS service acting on its own, such as `events.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string };

/** Condition keys with their values; keys are compared without regard to case. */
export type RequestContext = {
  readonly [key: string]: ConditionValue | readonly ConditionValue[] | undefined;
};

export interface AccessRequest {
  readonly principal: Principal;
  /** `events:PutEvents` */
  readonly action: string;
  /** The ARN that the action is done to, or `*` for an action without a resource. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly context?: RequestContext;
  /** The principal's own policies. Ignored for accounts (root may everything) and services. */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** The resource's policy, where it has one. */
  readonly resourcePolicy?: NamedPolicy | PolicyDocument;
  /**
   * True for a role's trust policy: the resource policy alone must allow, in the same account as well,
   * and naming the account delegates to its identities. Defaults to false.
   */
  readonly trustPolicy?: boolean;
  /**
   * Condition keys whose values are not known yet: asks "could it be allowed?". Conditions on them count as met
   * in an Allow, and a Deny that has one does not apply.
   */
  readonly openKeys?: readonly string[];
}

/** Why a decision fell as it did: the statement that decides, or what is missing. */
export type DecisionReason =
  | {
      readonly kind: 'allow';
      readonly policyName: string;
      readonly statement?: PolicyStatement;
    }
  | {
      readonly kind: 'explicit-deny';
      readonly policyName: string;
      readonly statement: PolicyStatement;
    }
  | { readonly kind: 'no-identity-allow' }
  | { readonly kind: 'no-resource-allow' };

export interface Decision {
  readonly decision: 'allow' | 'deny';
  readonly reason: DecisionReason;
  /** The reason as part of a sentence: "because no resource-based policy allows the events:PutEvents action". */
  readonly because: string;
}
