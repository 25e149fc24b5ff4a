import type { JsonObject } from '@busline/event-repository';

/** For whom a stack is, and in whose account it stands. */
export type StackOwner =
  /** What an environment declares for everybody: buses, and statements that were found on them. */
  | { readonly side: 'platform' }
  /** In the central bus's account, for one service: its rules there, their role, what it may publish. */
  | { readonly side: 'central'; readonly service: string }
  /** Roles of the central side that a policy in the service's account can only name once they exist. */
  | { readonly side: 'central-roles'; readonly service: string }
  /** In the service's own account. */
  | { readonly side: 'service'; readonly service: string };

/** Another stack that must stand before this one, wherever its file lies. */
export interface NeededStack {
  readonly stack: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** Names of rules in it to which this stack's rules forward: without them events would be forwarded to nobody. */
  readonly rules: readonly string[];
}

/** One CloudFormation stack, as deployed. All of it stands in its file, and is read back from there. */
export interface Stack {
  /** Unique in an event repository, over all accounts. At most 128 characters. */
  readonly name: string;
  /** Name of the event repository. */
  readonly repository: string;
  readonly environment: string;
  readonly owner: StackOwner;
  /**
   * Which of the owner's stacks it is, where one does not do: `alarms` that a template had no room for, or account and Region
   * where the owner has resources in a second place.
   */
  readonly part?: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** Names of the stacks that it needs. */
  readonly dependsOn: readonly string[];
  readonly needs: readonly NeededStack[];
  /** The CloudFormation template as a JSON value; `Metadata.Busline` holds what is above. */
  readonly template: JsonObject;
}

/** In which repository a stack's file lies, and where. */
export interface StackFile {
  readonly repository: 'events' | 'service';
  /** From the root of that repository, with `/`. */
  readonly path: string;
}
