/**
 * The IAM policy document as it is written in JSON.
 * Source: "IAM JSON policy elements reference" in the IAM user guide.
 */

export type OneOrMany<T> = T | readonly T[];

export type PolicyEffect = 'Allow' | 'Deny';

/** `"*"`, or principals by type: `{ "AWS": ["111122223333"], "Service": "events.amazonaws.com" }`. */
export type PolicyPrincipal =
  | '*'
  | {
      readonly AWS?: OneOrMany<string>;
      readonly Service?: OneOrMany<string>;
      readonly Federated?: OneOrMany<string>;
      readonly CanonicalUser?: OneOrMany<string>;
    };

export type ConditionValue = string | number | boolean;

/** `{ "StringEquals": { "events:source": ["com.key.access"] } }` */
export type ConditionBlock = {
  readonly [operator: string]: {
    readonly [key: string]: OneOrMany<ConditionValue>;
  };
};

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: PolicyEffect;
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}

/** A document with the name under which people know it: an inline policy's name, or "bus policy". */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The one or many as a list. */
export function asList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
