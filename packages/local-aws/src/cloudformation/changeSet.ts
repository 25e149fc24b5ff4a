import type { Collection, Scope, Store } from '../store/store';
import type { ResourceChange } from './changes';
import type { OnFailure, Stack, StackSettings } from './stack';

/** A change set as it is stored. */
export interface ChangeSet {
  /** `arn:aws:cloudformation:eu-west-1:111122223333:changeSet/name/uuid` */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly status: 'CREATE_PENDING' | 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  readonly executionStatus:
    | 'UNAVAILABLE'
    | 'AVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE';
  readonly created: number;
  readonly description?: string;
  readonly settings: StackSettings;
  readonly roleArn?: string;
  readonly onStackFailure?: OnFailure;
  readonly includeNestedStacks: boolean;
  readonly changes: readonly ResourceChange[];
  readonly token?: string;
}

export interface ChangeSets {
  all(scope: Scope): Collection<ChangeSet>;
  ofStack(stack: Stack): readonly ChangeSet[];
  /** Whatever was worked out, was worked out for a stack that is about to change. */
  makeObsolete(stack: Stack): void;
  /** Marks a change set as being executed. "When a change set is executed, all others of the stack are deleted." */
  execute(stack: Stack, changeSet: ChangeSet): void;
  /** Says how the execution ended, where the stack is done with one. */
  settle(stack: Stack): void;
  /** By its ARN, or by its name on a stack. */
  find(scope: Scope, nameOrId: string, stack: Stack | undefined): ChangeSet | undefined;
}

export function createChangeSets(store: Store): ChangeSets {
  const all = (scope: Scope) => store.collection<ChangeSet>('cloudformation/changeSets', scope);
  const ofStack = (stack: Stack) => [...all(stack).values()].filter(({ stackId }) => stackId === stack.id);
  return {
    all,
    ofStack,
    makeObsolete(stack) {
      for (const changeSet of ofStack(stack)) {
        if (changeSet.executionStatus !== 'AVAILABLE') continue;
        all(stack).set(changeSet.id, { ...changeSet, executionStatus: 'OBSOLETE' });
      }
    },
    execute(stack, changeSet) {
      for (const { id } of ofStack(stack)) all(stack).delete(id);
      all(stack).set(changeSet.id, { ...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS' });
    },
    settle(stack) {
      const changeSet = stack.changeSetId === undefined ? undefined : all(stack).get(stack.changeSetId);
      if (changeSet?.executionStatus !== 'EXECUTE_IN_PROGRESS') return;
      const succeeded = /^(CREATE|UPDATE)_COMPLETE$/.test(stack.status);
      all(stack).set(changeSet.id, {
        ...changeSet,
        executionStatus: succeeded ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED',
      });
    },
    find(scope, nameOrId, stack) {
      if (nameOrId.startsWith('arn:')) return all(scope).get(nameOrId);
      return stack && ofStack(stack).find(({ name }) => name === nameOrId);
    },
  };
}
