import { activeResources } from './liveScope';
import type { Before, Doomed, Stack, StackResource, Stacks } from './stack';
import { checkTemplate } from './template/checkTemplate';

const own = (resource: StackResource): Doomed => ({ resource, state: 'waiting', own: true });
const another = (resource: StackResource): Doomed => ({ resource, state: 'waiting', own: false });

/** All that a stack has, also what failed updates left behind. */
export function everythingOf(stacks: Stacks, stack: Stack): readonly Doomed[] {
  const there = [...stacks.resources(stack).values()].filter(
    ({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED',
  );
  return [...there.map(own), ...stack.leftBehind.map(another)];
}

/** What an update makes superfluous: resources that the template has no more, and those that were replaced. */
export function obsoleteAfter(stacks: Stacks, stack: Stack): readonly Doomed[] {
  const before = stacks.before(stack).get(stack.id)?.resources ?? [];
  const active = activeResources(stacks, stack, checkTemplate(stack.templateBody));
  const gone = before.filter(({ logicalId }) => !active.has(logicalId));
  return [...gone.map(own), ...[...replacedIn(stacks, stack), ...stack.leftBehind].map(another)];
}

/** What stood before an update, and has another in its place now. */
export function replacedIn(stacks: Stacks, stack: Stack): readonly StackResource[] {
  const records = stacks.resources(stack);
  return (stacks.before(stack).get(stack.id)?.resources ?? []).filter(({ logicalId, physicalId }) => {
    const now = records.get(logicalId)?.physicalId;
    return physicalId !== undefined && now !== undefined && now !== physicalId;
  });
}

/** What an update made anew, and its rollback has to take away: added resources, and those that replaced others. */
export function madeSince(stacks: Stacks, stack: Stack, before: Before): readonly Doomed[] {
  const old = new Map(before.resources.map(resource => [resource.logicalId, resource]));
  return [...stacks.resources(stack).values()].flatMap(resource => {
    const known = old.get(resource.logicalId);
    if (!known) return [own(resource)];
    const same = known.physicalId === resource.physicalId || resource.physicalId === undefined;
    return same ? [] : [another(resource)];
  });
}
