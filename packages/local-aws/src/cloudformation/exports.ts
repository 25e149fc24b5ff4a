import type { Scope } from '../store/store';
import { validationError } from './errors';
import type { Output, Stack, Stacks } from './stack';

export interface Export {
  readonly name: string;
  readonly value: string;
  readonly stack: Stack;
}

/** What the stacks of an account and Region export. */
export function exportsOf(stacks: Stacks, scope: Scope): readonly Export[] {
  return [...stacks.all(scope).values()]
    .filter(stack => stack.status !== 'DELETE_COMPLETE')
    .flatMap(stack =>
      stack.outputs.flatMap(({ exportName: name, value }) => (name === undefined ? [] : [{ name, value, stack }])),
    );
}

/** @throws AwsError ValidationError where nobody exports the name */
export function findExport(stacks: Stacks, scope: Scope, name: string): string {
  const found = exportsOf(stacks, scope).find(exported => exported.name === name);
  if (found) return found.value;
  throw validationError(`No export named ${name} found`);
}

/** Names of the stacks that import an export. */
export function importersOf(stacks: Stacks, scope: Scope, name: string): readonly string[] {
  return [...stacks.all(scope).values()]
    .filter(stack => stack.status !== 'DELETE_COMPLETE' && stack.imports.includes(name))
    .map(stack => stack.name)
    .sort();
}

/**
 * What keeps a stack from having these outputs: an export of the same name elsewhere, or a stack that still uses one
 * that would go or change. In AWS's words; nothing where all is well.
 */
export function exportConflict(stacks: Stacks, stack: Stack, next: readonly Output[]): string | undefined {
  const others = exportsOf(stacks, stack).filter(exported => exported.stack.id !== stack.id);
  for (const { exportName } of next) {
    const other = others.find(exported => exported.name === exportName);
    if (other) return `Export with name ${other.name} is already exported by stack ${other.stack.name}`;
  }
  for (const { exportName: name, value } of stack.outputs) {
    if (name === undefined) continue;
    const kept = next.find(output => output.exportName === name);
    if (kept?.value === value) continue;
    const users = importersOf(stacks, stack, name).filter(user => user !== stack.name);
    if (users.length === 0) continue;
    return `Export ${name} cannot be ${kept ? 'updated' : 'deleted'} as it is in use by ${listed(users)}`;
  }
  return undefined;
}

/** `a, b and c` */
function listed(names: readonly string[]): string {
  const last = names[names.length - 1];
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
