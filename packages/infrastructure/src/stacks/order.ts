import type { Stack } from './stack';

/**
 * Stacks so that each comes behind those it depends on: a receiving bus with its policy before the rule that targets it.
 * Of stacks that may come in any order, the one named first in the alphabet does. What a stack depends on may be missing.
 *
 * @throws Error naming the stacks, where they depend on each other in a circle
 */
export function deploymentOrder<T extends Pick<Stack, 'name' | 'dependsOn'>>(stacks: readonly T[]): readonly T[] {
  const byName = new Map([...stacks].sort((a, b) => (a.name < b.name ? -1 : 1)).map(stack => [stack.name, stack]));
  const ordered = new Set<T>();
  const visit = (stack: T, path: readonly string[]) => {
    if (ordered.has(stack)) return;
    if (path.includes(stack.name)) {
      const circle = [...path.slice(path.indexOf(stack.name)), stack.name];
      throw new Error(`Stacks depend on each other in a circle: ${circle.join(' → ')}`);
    }
    for (const name of [...stack.dependsOn].sort()) {
      const other = byName.get(name);
      if (other) visit(other, [...path, stack.name]);
    }
    ordered.add(stack);
  };
  for (const stack of byName.values()) visit(stack, []);
  return [...ordered];
}
