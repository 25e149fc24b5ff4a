import { randomUUID } from 'node:crypto';
import type { Environment } from '../environment';
import type { Caller } from '../service';
import type { Scope } from '../store/store';
import { everythingOf, madeSince, obsoleteAfter, replacedIn } from './doomed';
import { exportConflict } from './exports';
import { activeResources, importsOf, scopeFor, standing } from './liveScope';
import { failureSentence, makeResource, prepareResource } from './making';
import { outputsOf } from './outputs';
import { removeResource, retained } from './removing';
import { restoreResource } from './restoring';
import { isBusy, type Before, type Doomed, type Failure, type Stack, type StackOperation, type Stacks } from './stack';
import type { StackEvents } from './stackEvents';
import { checkTemplate } from './template/checkTemplate';
import { asAwsError, type Worker } from './worker';

/** Between the start of a resource and its end, as on AWS things take a moment. */
const STEP_MILLISECONDS = 5;

export interface DeploymentParts {
  readonly environment: Environment;
  readonly stacks: Stacks;
  readonly events: StackEvents;
  readonly worker: Worker;
  /** Told of a stack with which nothing is being done any more. */
  readonly finished: (stack: Stack) => void;
}

export interface StartOptions {
  readonly kind: StackOperation['kind'];
  readonly caller: Caller;
  readonly token?: string;
  readonly before?: Before;
  readonly skipped?: readonly string[];
}

/**
 * Carries stack operations out. All that it needs to go on is in the store: the stack, its resources and the operation.
 * `advance` looks at them and does what can be done next; every step ends in another `advance`. So a server that was
 * killed goes on where it stopped, and what was under way is done again from its start, which no resource minds.
 *
 *     create   make -> CREATE_COMPLETE           failed: remove all       -> ROLLBACK_COMPLETE
 *     update   make -> remove what is replaced   failed: restore, remove what is new -> UPDATE_ROLLBACK_COMPLETE
 *     delete   remove all -> DELETE_COMPLETE
 */
export interface Deployer {
  /** Starts an operation on a stack whose new settings and status are saved already. */
  start(stack: Stack, options: StartOptions): void;
  /** Undoes an update that is being made. */
  cancel(stack: Stack): void;
  /** Goes on with a rollback that failed. */
  continueRollback(stack: Stack, caller: Caller, skipped: readonly string[], token: string | undefined): void;
  /** Goes on with what the last run of the server left. */
  resume(): void;
  close(): void;
}

export function createDeployer(parts: DeploymentParts): Deployer {
  const { environment, stacks, events, worker } = parts;
  const timers = new Map<string, () => void>();
  let closed = false;

  function later(operation: StackOperation, key: string, task: () => Promise<void>): void {
    const id = `${operation.id}/${key}`;
    if (timers.has(id) || closed) return;
    const cancel = environment.clock.after(STEP_MILLISECONDS, () =>
      worker.exclusively(async () => {
        timers.delete(id);
        if (!closed) await task();
      }),
    );
    timers.set(id, cancel);
  }

  const isRunning = (operation: StackOperation) => [...timers.keys()].some(id => id.startsWith(`${operation.id}/`));

  /** The stack and its operation, if that one is still what is being done. */
  function current(stack: Stack, operation: StackOperation) {
    const now = stacks.operations(stack).get(stack.id);
    const fresh = stacks.find(stack, stack.id);
    return now?.id === operation.id && fresh ? { stack: fresh, operation: now } : undefined;
  }

  function save(stack: Stack, operation: StackOperation): void {
    stacks.operations(stack).set(stack.id, operation);
  }

  function setStatus(stack: Stack, operation: StackOperation, status: string, reason?: string): Stack {
    const changed: Stack = { ...stack, status, statusReason: reason };
    stacks.save(changed);
    events.ofStack(changed, status, reason, operation.token);
    return changed;
  }

  function finish(stack: Stack, operation: StackOperation, status: string, reason?: string): void {
    const deleted = status === 'DELETE_COMPLETE' ? { deleted: environment.clock.now(), outputs: [], imports: [] } : {};
    parts.finished(setStatus({ ...stack, ...deleted }, operation, status, reason));
    if (status === 'UPDATE_ROLLBACK_FAILED') return;
    stacks.operations(stack).delete(stack.id);
    stacks.before(stack).delete(stack.id);
  }

  function advance(scope: Scope, stackId: string): void {
    const operation = stacks.operations(scope).get(stackId);
    const stack = stacks.find(scope, stackId);
    if (!operation || !stack || !isBusy(stack) || closed) return;
    switch (operation.phase) {
      case 'make':
        advanceMaking(stack, operation);
        return;
      case 'restore':
        advanceRestoring(stack, operation);
        return;
      default:
        advanceRemoving(stack, operation);
    }
  }

  /** Runs a step and then looks again. */
  function step(
    stack: Stack,
    operation: StackOperation,
    key: string,
    run: (stack: Stack, operation: StackOperation) => Promise<StackOperation>,
  ): void {
    later(operation, key, async () => {
      const now = current(stack, operation);
      if (!now) return;
      save(now.stack, await run(now.stack, now.operation));
      advance(stack, stack.id);
    });
  }

  // ── make ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  function advanceMaking(stack: Stack, operation: StackOperation): void {
    if (operation.failed.length > 0 || operation.undoBecause !== undefined) {
      undo(stack, operation);
      return;
    }
    const template = checkTemplate(stack.templateBody);
    const active = activeResources(stacks, stack, template);
    let known = operation;
    const isDone = (id: string) => known.done.includes(id);
    for (const declaration of active.values()) {
      const { logicalId, dependsOn } = declaration;
      if (isDone(logicalId) || !dependsOn.every(isDone)) continue;
      if (timers.has(`${known.id}/${logicalId}`)) continue;
      known = prepareResource(parts, stack, known, template, declaration);
      save(stack, known);
      if (known.failed.length > 0) {
        undo(stack, known);
        return;
      }
      if (isDone(logicalId)) continue;
      step(stack, known, logicalId, (fresh, now) => makeResource(parts, fresh, now, template, declaration));
    }
    if (known !== operation && !isRunning(known)) {
      // Resources that did not change let others start.
      advanceMaking(stack, known);
      return;
    }
    if (known.done.length >= active.size && !isRunning(known)) completeMaking(stack, known);
  }

  function completeMaking(stack: Stack, operation: StackOperation): void {
    const template = checkTemplate(stack.templateBody);
    const resources = stacks.resources(stack);
    let outputs;
    try {
      outputs = outputsOf(
        scopeFor(
          stacks,
          stack,
          template,
          standing(id => resources.get(id)),
        ),
      );
    } catch (error) {
      undo(stack, { ...operation, undoBecause: asAwsError(environment, error).message });
      return;
    }
    const conflict = exportConflict(stacks, stack, outputs);
    if (conflict !== undefined) {
      undo(stack, { ...operation, undoBecause: conflict });
      return;
    }
    const made: Stack = { ...stack, outputs, description: template.description };
    if (operation.kind === 'create') {
      finish(made, operation, 'CREATE_COMPLETE');
      return;
    }
    const doomed = obsoleteAfter(stacks, stack);
    const cleaning = setStatus({ ...made, leftBehind: [] }, operation, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    remove(cleaning, operation, doomed);
  }

  // ── undo ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  function undo(stack: Stack, begun: StackOperation): void {
    cancelRunning(stack, begun);
    // Another id: what is still on its way finds that it is not wanted any more.
    const operation = { ...begun, id: randomUUID() };
    const reason = operation.undoBecause ?? failureSentence(operation.failed);
    if (operation.kind === 'update') undoUpdate(stack, operation, reason);
    else undoCreate(stack, operation, reason);
  }

  /** What was started and not done yet, is not done. */
  function cancelRunning(stack: Stack, operation: StackOperation): void {
    for (const [id, cancel] of [...timers]) {
      if (!id.startsWith(`${operation.id}/`)) continue;
      cancel();
      timers.delete(id);
    }
    const records = stacks.resources(stack);
    for (const resource of [...records.values()]) {
      const { logicalId, status } = resource;
      const action = /^(CREATE|UPDATE)_IN_PROGRESS$/.exec(status)?.[1];
      if (action === undefined) continue;
      const cancelled = {
        ...resource,
        status: `${action}_FAILED`,
        statusReason: `Resource ${action === 'CREATE' ? 'creation' : 'update'} cancelled`,
        timestamp: environment.clock.now(),
      };
      records.set(logicalId, cancelled);
      events.ofResource(stack, cancelled, operation.token);
    }
  }

  function undoCreate(stack: Stack, operation: StackOperation, reason: string): void {
    if (stack.disableRollback || stack.onFailure === 'DO_NOTHING') {
      finish(stack, operation, 'CREATE_FAILED', reason);
      return;
    }
    if (stack.onFailure === 'DELETE') {
      const deleting = setStatus(stack, operation, 'DELETE_IN_PROGRESS', `${reason} Delete requested by user.`);
      remove(deleting, { ...operation, kind: 'delete' }, everythingOf(stacks, deleting));
      return;
    }
    const said = `${reason}${reason.endsWith('. ') ? '' : '. '}Rollback requested by user.`;
    const rollingBack = setStatus(stack, operation, 'ROLLBACK_IN_PROGRESS', said);
    remove(rollingBack, { ...operation, undoing: true }, everythingOf(stacks, rollingBack));
  }

  function undoUpdate(stack: Stack, operation: StackOperation, reason: string): void {
    const before = stacks.before(stack).get(stack.id);
    if (stack.disableRollback || !before) {
      const leftBehind = [...stack.leftBehind, ...replacedIn(stacks, stack)];
      finish({ ...stack, leftBehind }, operation, 'UPDATE_FAILED', reason);
      return;
    }
    const { settings, outputs, imports, description } = before;
    const restored: Stack = { ...stack, ...settings, outputs, imports, description };
    const rollingBack = setStatus(restored, operation, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
    const restoring: StackOperation = {
      ...operation,
      phase: 'restore',
      undoing: true,
      done: [],
      failed: [],
      undoBecause: undefined,
      doomed: madeSince(stacks, rollingBack, before),
    };
    save(rollingBack, restoring);
    advance(stack, stack.id);
  }

  // ── restore ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function advanceRestoring(stack: Stack, operation: StackOperation): void {
    const before = stacks.before(stack).get(stack.id)?.resources ?? [];
    if (operation.failed.length > 0) {
      if (isRunning(operation)) return;
      finish(stack, operation, 'UPDATE_ROLLBACK_FAILED', failureSentence(operation.failed));
      return;
    }
    const left = before.filter(({ logicalId }) => !operation.done.includes(logicalId));
    for (const resource of left) {
      if (!resource.dependsOn.every(id => !left.some(other => other.logicalId === id))) continue;
      step(stack, operation, resource.logicalId, (fresh, now) => restoreResource(parts, fresh, now, resource));
    }
    if (left.length > 0) return;
    const cleaning = setStatus(stack, operation, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    remove(cleaning, operation, operation.doomed);
  }

  // ── remove ────────────────────────────────────────────────────────────────────────────────────────────────────────

  function remove(stack: Stack, operation: StackOperation, doomed: readonly Doomed[]): void {
    save(stack, { ...operation, phase: 'remove', doomed, done: [], failed: [] });
    advance(stack, stack.id);
  }

  function advanceRemoving(stack: Stack, operation: StackOperation): void {
    const left = operation.doomed.filter(({ state }) => state !== 'removed');
    for (const [index, item] of operation.doomed.entries()) {
      if (item.state !== 'waiting') continue;
      // A resource goes after those that are built on it; one that could not be removed holds up what it is built on.
      const needed = left.some(other => other !== item && other.resource.dependsOn.includes(item.resource.logicalId));
      if (needed) continue;
      if (!retained(operation, stack, item)) markRemoving(stack, operation, index);
      step(stack, operation, `remove-${index}`, (fresh, now) => removeResource(parts, fresh, now, index));
    }
    if (!isRunning(operation)) completeRemoving(stack, operation);
  }

  function markRemoving(stack: Stack, operation: StackOperation, index: number): void {
    const { resource, own } = operation.doomed[index];
    const records = stacks.resources(stack);
    const known = own ? records.get(resource.logicalId) : undefined;
    if (resource.physicalId === undefined || known?.status === 'DELETE_IN_PROGRESS') return;
    const removing = {
      ...resource,
      status: 'DELETE_IN_PROGRESS',
      statusReason: undefined,
      timestamp: environment.clock.now(),
    };
    if (own) records.set(resource.logicalId, removing);
    if (!timers.has(`${operation.id}/remove-${index}`)) events.ofResource(stack, removing, operation.token);
  }

  function completeRemoving(stack: Stack, operation: StackOperation): void {
    const failed: readonly Failure[] = operation.doomed
      .filter(({ state }) => state === 'failed')
      .map(({ resource }) => ({ logicalId: resource.logicalId, action: 'delete' }));
    const reason = failed.length > 0 ? failureSentence(failed) : undefined;
    switch (operation.kind) {
      case 'create':
        finish(stack, operation, reason === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', reason);
        return;
      case 'update':
        // What could not be cleaned up is left, and the stack knows it no more.
        for (const { resource, own } of operation.doomed) {
          if (own) stacks.resources(stack).delete(resource.logicalId);
        }
        finish(stack, operation, operation.undoing ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE');
        return;
      default:
        finish(stack, operation, reason === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED', reason);
    }
  }

  // ── from outside ──────────────────────────────────────────────────────────────────────────────────────────────────

  function start(stack: Stack, { kind, caller, token, before, skipped = [] }: StartOptions): void {
    const previous = stacks.operations(stack).get(stack.id);
    if (previous) cancelRunning(stack, previous);
    const operation: StackOperation = {
      id: randomUUID(),
      kind,
      phase: kind === 'delete' ? 'remove' : 'make',
      caller,
      token,
      done: [],
      failed: [],
      undoing: false,
      // With what a failed rollback was still to remove.
      doomed:
        kind === 'delete'
          ? [...everythingOf(stacks, stack), ...(previous?.doomed ?? []).filter(({ own }) => !own)]
          : [],
      skipped,
    };
    if (before) stacks.before(stack).set(stack.id, before);
    save(stack, operation);
    events.ofStack(stack, stack.status, stack.statusReason, token);
    begin(stack, operation);
  }

  function begin(stack: Stack, operation: StackOperation): void {
    if (operation.kind === 'delete') {
      const conflict = exportConflict(stacks, stack, []);
      if (conflict !== undefined) finish(stack, operation, 'DELETE_FAILED', conflict);
      else advance(stack, stack.id);
      return;
    }
    try {
      const imports = importsOf(stacks, stack, checkTemplate(stack.templateBody));
      const scope = scopeFor(
        stacks,
        stack,
        checkTemplate(stack.templateBody),
        standing(() => undefined),
      );
      for (const name of imports) scope.importValue(name);
      stacks.save({ ...stack, imports });
      advance(stack, stack.id);
    } catch (error) {
      undo(stack, { ...operation, undoBecause: asAwsError(environment, error).message });
    }
  }

  return {
    start,
    cancel(stack) {
      const operation = stacks.operations(stack).get(stack.id);
      if (operation) undo(stack, { ...operation, undoBecause: 'User Initiated' });
    },
    continueRollback(stack, caller, skipped, token) {
      const operation = stacks.operations(stack).get(stack.id);
      if (!operation) return;
      const going = setStatus(stack, { ...operation, token }, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
      save(going, { ...operation, id: randomUUID(), caller, skipped, token, failed: [] });
      advance(going, going.id);
    },
    resume() {
      for (const scope of stacks.busyScopes()) {
        for (const stackId of [...stacks.operations(scope).keys()]) advance(scope, stackId);
      }
    },
    close() {
      closed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
