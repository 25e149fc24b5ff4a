import type { Caller, JsonObject, JsonValue } from '../service';
import type { Collection, Scope, Store } from '../store/store';
import type { ParameterValues } from './template/parameters';
import type { DeletionPolicy } from './template/template';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What a caller may change about a stack: what an update brings, and a rollback brings back. */
export interface StackSettings {
  /** As the caller wrote it; empty for a stack that only has a change set so far. */
  readonly templateBody: string;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration?: JsonObject;
}

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

/** A stack as it is stored. Times in milliseconds since 1970. */
export interface Stack extends StackSettings {
  /** `arn:aws:cloudformation:eu-west-1:111122223333:stack/name/uuid` */
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly created: number;
  readonly updated?: number;
  readonly deleted?: number;
  readonly description?: string;
  readonly outputs: readonly Output[];
  /** Names that the stack's resources import. */
  readonly imports: readonly string[];
  readonly roleArn?: string;
  readonly onFailure: OnFailure;
  readonly disableRollback: boolean;
  readonly retainExceptOnCreate: boolean;
  readonly timeoutMinutes?: number;
  readonly terminationProtection: boolean;
  /** The change set that was executed last, or that the stack was made for. */
  readonly changeSetId?: string;
  /** What failed updates that were not rolled back replaced, and a later operation removes. */
  readonly leftBehind: readonly StackResource[];
  /** Tokens of the requests that were accepted, with what they asked for. */
  readonly requestTokens: Readonly<Record<string, string>>;
}

/** A resource of a stack as it is stored. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** `CREATE_COMPLETE`, `UPDATE_IN_PROGRESS`, ... */
  readonly status: string;
  readonly statusReason?: string;
  readonly timestamp: number;
  /** Known once the resource is there. */
  readonly physicalId?: string;
  /** With every function resolved, as they were applied last. */
  readonly properties: JsonObject;
  readonly stackTags: readonly Tag[];
  readonly attributes: Readonly<Record<string, JsonValue>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  readonly metadata?: JsonObject;
}

/** A resource that has to go: one that the template has no more, or that another one replaces. */
export interface Doomed {
  readonly resource: StackResource;
  readonly state: 'waiting' | 'removing' | 'removed' | 'failed';
  /** True where the stack's own record of the resource goes with it. */
  readonly own: boolean;
}

/**
 * What is being done to a stack, so that it goes on after the process was killed.
 * `make`: resources become what the template says. `restore`: they become what they were before. `remove`: doomed ones go.
 */
export interface StackOperation {
  readonly id: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly phase: 'make' | 'restore' | 'remove';
  readonly caller: Caller;
  readonly token?: string;
  /** Logical ids that are done in this phase. */
  readonly done: readonly string[];
  readonly failed: readonly Failure[];
  /** Why the operation is to be undone, where that is not a resource's fault. */
  readonly undoBecause?: string;
  readonly undoing: boolean;
  readonly doomed: readonly Doomed[];
  /** Logical ids that ContinueUpdateRollback leaves as they are, or DeleteStack retains. */
  readonly skipped: readonly string[];
}

export interface Failure {
  readonly logicalId: string;
  readonly action: 'create' | 'update' | 'delete';
}

/** What a stack was before an update. */
export interface Before {
  readonly settings: StackSettings;
  readonly outputs: readonly Output[];
  readonly imports: readonly string[];
  readonly description?: string;
  readonly resources: readonly StackResource[];
}

/** Stacks and what belongs to them, in the store. */
export interface Stacks {
  /** Every stack by its id, also those that were deleted. */
  all(scope: Scope): Collection<Stack>;
  /** The stack that a name or an id means; a deleted one by its id only. */
  find(scope: Scope, nameOrId: string): Stack | undefined;
  save(stack: Stack): void;
  resources(stack: Stack): Collection<StackResource>;
  operations(scope: Scope): Collection<StackOperation>;
  before(scope: Scope): Collection<Before>;
  /** Forgets stacks that were deleted before a time. */
  forgetDeleted(before: number): void;
  /** Scopes in which something is being done. */
  busyScopes(): readonly Scope[];
}

export function createStacks(store: Store): Stacks {
  const all = (scope: Scope) => store.collection<Stack>('cloudformation/stacks', scope);
  /** The id of the stack that has a name now. */
  const names = (scope: Scope) => store.collection<{ readonly id: string }>('cloudformation/names', scope);
  return {
    all,
    find(scope, nameOrId) {
      const id = nameOrId.startsWith('arn:') ? nameOrId : names(scope).get(nameOrId)?.id;
      return id === undefined ? undefined : all(scope).get(id);
    },
    save(stack) {
      all(stack).set(stack.id, stack);
      if (stack.status === 'DELETE_COMPLETE') {
        if (names(stack).get(stack.name)?.id === stack.id) names(stack).delete(stack.name);
      } else if (names(stack).get(stack.name)?.id !== stack.id) {
        names(stack).set(stack.name, { id: stack.id });
      }
    },
    resources: stack => store.collection<StackResource>(`cloudformation/resources/${uuidOf(stack)}`, stack),
    operations: scope => store.collection<StackOperation>('cloudformation/operations', scope),
    before: scope => store.collection<Before>('cloudformation/before', scope),
    forgetDeleted(before) {
      for (const scope of store.scopes('cloudformation/stacks')) {
        for (const stack of [...all(scope).values()]) {
          if (stack.status !== 'DELETE_COMPLETE' || (stack.deleted ?? before) >= before) continue;
          for (const kind of ['resources', 'events']) {
            const things = store.collection(`cloudformation/${kind}/${uuidOf(stack)}`, scope);
            for (const key of [...things.keys()]) things.delete(key);
          }
          all(scope).delete(stack.id);
        }
      }
    },
    busyScopes: () => store.scopes('cloudformation/operations'),
  };
}

export const uuidOf = ({ id }: Pick<Stack, 'id'>) => id.slice(id.lastIndexOf('/') + 1);

export const isBusy = ({ status }: Pick<Stack, 'status'>) =>
  status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
