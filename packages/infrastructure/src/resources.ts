import type { PolicyDocument, PolicyStatement } from '@busline/access-policy';
import type { JsonObject } from '@busline/event-repository';
import type { SubscriptionReference, TargetState } from './estate';

/** Which part of the declarations a resource follows from, hence in which stack it belongs. */
export type ResourceOwner =
  /** The central bus and what an environment declares for everybody. */
  | { readonly side: 'platform' }
  /** In the central bus's account, for one service. */
  | { readonly side: 'central'; readonly service: string }
  /** In the service's own account. */
  | { readonly side: 'service'; readonly service: string };

interface InAccount {
  readonly arn: string;
  readonly name: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  readonly owner: ResourceOwner;
}

export interface BusResource extends InAccount {
  readonly kind: 'bus';
  readonly description?: string;
  readonly kmsKeyIdentifier?: string;
  /** `default` is there already. */
  readonly exists: boolean;
}

/** One statement of a bus's policy. `name` is the statement id, `arn` the bus's. */
export interface BusPolicyStatementResource extends InAccount {
  readonly kind: 'bus-policy-statement';
  readonly busName: string;
  readonly statement: PolicyStatement;
}

export interface RuleResource extends InAccount {
  readonly kind: 'rule';
  readonly busArn: string;
  readonly busName: string;
  readonly description?: string;
  readonly pattern: JsonObject;
  readonly enabled: boolean;
  readonly targets: readonly TargetState[];
  readonly subscription: SubscriptionReference;
  /** All of them, where several share the rule. */
  readonly sharedBy?: readonly SubscriptionReference[];
}

export interface RoleResource extends InAccount {
  readonly kind: 'role';
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly policy: { readonly name: string; readonly document: PolicyDocument };
}

/** A queue that is a target. */
export interface QueueResource extends InAccount {
  readonly kind: 'queue';
  readonly fifo: boolean;
  /** Where a message goes that was received so often without being deleted. */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  readonly policy: PolicyDocument;
}

/** A queue for what one rule could not deliver. */
export interface DeadLetterQueueResource extends InAccount {
  readonly kind: 'dead-letter-queue';
  readonly ruleArn: string;
  readonly policy: PolicyDocument;
  readonly retentionSeconds: number;
}

/** Lets a rule (or a rule's role, from another account) call a function. `arn` is the function's, `name` the statement id. */
export interface FunctionPermissionResource extends InAccount {
  readonly kind: 'function-permission';
  readonly functionName: string;
  readonly grantee:
    | { readonly service: 'events.amazonaws.com'; readonly sourceArn: string }
    | { readonly roleArn: string };
}

/** Made by the service's own team; named here so that others can point at it. */
export interface FunctionResource extends InAccount {
  readonly kind: 'function';
}

/** Made by the service's own team, like a function. */
export interface StateMachineResource extends InAccount {
  readonly kind: 'state-machine';
}

/** What must stand on AWS for the declarations to hold. The list is in an order in which it can be made. */
export type Resource =
  | BusResource
  | BusPolicyStatementResource
  | RuleResource
  | RoleResource
  | QueueResource
  | DeadLetterQueueResource
  | FunctionPermissionResource
  | FunctionResource
  | StateMachineResource;
