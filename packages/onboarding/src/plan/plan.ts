import type { PolicyStatement } from '@busline/access-policy';
import type { EventTypeReference } from '@busline/event-repository';
import type { RequestProblem } from '../request/problem';
import type { OnboardingRequest } from '../request/request';

/** What a request turns into. JSON all through: the pull requests' texts and the pages are made from it. */
export interface Plan {
  /** One line: what a reviewer sees in a list. */
  readonly title: string;
  /** Sentences of Markdown (names in backticks): the letter to the reviewers. */
  readonly summary: readonly string[];
  readonly request: OnboardingRequest;
  /** Hash of the request: the same request has the same. */
  readonly requestHash: string;
  /** Branch on which the pull requests stand: `busline/<kind>-<service>-<hash>`. */
  readonly branch: string;
  /** Name of the service, or for a deprecation the id of the event type. */
  readonly subject: string;
  /** Commit of the event repository that was planned against, where known. */
  readonly baseCommit?: string;
  /** The event repository first; then the service's, where there is anything for it. */
  readonly repositories: readonly RepositoryChange[];
  readonly accounts: readonly AccountChange[];
  readonly permissions: readonly Permission[];
  readonly proof: PermissionProof;
  readonly checks: readonly Check[];
  readonly people: readonly AffectedPerson[];
  readonly quotas: readonly QuotaChange[];
  readonly cost: Cost;
  readonly steps: readonly Step[];
}

export interface RepositoryChange {
  readonly role: 'events' | 'service';
  /** URL of the git repository; absent for the event repository where the caller does not say. */
  readonly url?: string;
  readonly title: string;
  /** In the order of their paths. */
  readonly files: readonly FileChange[];
}

export interface FileChange {
  /** Relative to the repository's root, `/` between segments. */
  readonly path: string;
  readonly status: 'added' | 'changed' | 'removed';
  readonly before?: string;
  readonly after?: string;
  /** Made by a tool from the declarations, hence nothing to review by itself. */
  readonly generated: boolean;
}

export interface AccountChange {
  /** 12 digits. */
  readonly accountId: string;
  /** Name in accounts.yaml. */
  readonly account?: string;
  readonly region: string;
  readonly environment: string;
  readonly owner?: string;
  readonly resources: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly status: 'added' | 'changed' | 'removed';
  /** `rule`, `queue`, `dead-letter queue`, `role`, `bus`, `bus policy statement`, `function permission`, ... */
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  /** Name of the stack that has it. */
  readonly stack?: string;
  /** What it is for, in words. */
  readonly words: string;
  /** What changes of it. */
  readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
  /** Expected to be there: a function or a state machine that the service's own team makes. */
  readonly madeByTeam: boolean;
  /** Event pattern of a rule, as JSON text. */
  readonly pattern?: string;
}

/** One statement that is gained, lost or replaced, in words beside the statement. */
export interface Permission {
  readonly change: 'gained' | 'changed' | 'lost';
  readonly who: string;
  readonly what: string;
  readonly where: string;
  readonly condition?: string;
  /** The whole as a sentence. */
  readonly words: string;
  readonly statement: PolicyStatement;
  /** Of a changed one. */
  readonly before?: PolicyStatement;
  /** Values that a changed statement has and had not: detail-types that may be published now. */
  readonly adds: readonly string[];
  /** Values that it had and has no longer. */
  readonly removes: readonly string[];
  /** What the statement stands on. */
  readonly on: {
    readonly type: 'bus policy' | 'role policy' | 'role trust' | 'queue policy' | 'function permission';
    readonly name: string;
    readonly arn: string;
    readonly accountId: string;
  };
  /** Name of the service for which it is written; absent where the environment declares it for everybody. */
  readonly service?: string;
  /** Other services that run in the account to which it is given, and so could use it. */
  readonly sharedWith: readonly string[];
}

export interface PermissionProof {
  /** `nobody else gains anything`, or who does. */
  readonly sentence: string;
  /** Whether nobody but the service itself gains anything. */
  readonly holds: boolean;
  /** Statements of the environment before and after that were compared. */
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
  /** Services of which something changed that is not the requested one. */
  readonly others: readonly string[];
}

export type CheckId =
  | 'repository'
  | 'pattern-valid'
  | 'pattern-examples'
  | 'pattern-can-match'
  | 'quota'
  | 'hops'
  | 'loop'
  | 'restricted'
  | 'least-privilege'
  | 'schema'
  | 'deprecated'
  | 'compatibility';

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  readonly status: 'passed' | 'warning' | 'failed';
  /** Markdown. */
  readonly detail: string;
  /** JSON pointer into the request, where it is about one field. */
  readonly field?: string;
}

export interface AffectedPerson {
  /** Entity reference. */
  readonly owner: string;
  readonly roles: readonly (
    | 'requester'
    | 'owner of the event type'
    | 'owner of the bus'
    | 'owner of the account'
    | 'subscriber'
    | 'publisher'
  )[];
  readonly why: readonly string[];
  /** The change waits for this owner's approval. */
  readonly mustApprove: boolean;
  /** Of those on whose account the owner is affected. */
  readonly eventTypes: readonly EventTypeReference[];
}

export interface QuotaChange {
  /** `rules`, `policy size`, `rules with a wildcard`, ... */
  readonly name: string;
  /** What it is counted on: a bus, an account, an account and Region, or a stack. */
  readonly of: string;
  readonly arn?: string;
  readonly unit: 'rules' | 'characters' | 'targets' | 'buses' | 'roles' | 'bytes' | 'resources';
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  readonly exceeded: boolean;
  readonly wayOut?: string;
}

export interface Cost {
  readonly currency: 'USD';
  /** Events a month that the subscriptions are taken to receive, each, and publications to send, each. */
  readonly eventsPerMonth: number;
  readonly eventSizeBytes: number;
  readonly perMonth: number;
  readonly items: readonly {
    readonly title: string;
    readonly units: number;
    readonly unit: string;
    /** For one million units, in USD. */
    readonly pricePerMillion: number;
    readonly perMonth: number;
  }[];
  readonly region: string;
  /** ISO date on which the prices were read. */
  readonly pricesOf: string;
  readonly source: string;
  readonly notes: readonly string[];
}

/** One step on the way from open to live, in order. */
export interface Step {
  readonly kind: 'approve' | 'merge' | 'deploy' | 'do' | 'verify';
  readonly title: string;
  readonly detail: string;
  /** For `merge`: of which repository. */
  readonly repository?: 'events' | 'service';
  /** For `deploy`: the stack, and the stacks that must stand before it. */
  readonly stack?: { readonly name: string; readonly accountId: string; readonly region: string };
  readonly after: readonly string[];
}

export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'problems'; readonly problems: readonly RequestProblem[] };
