import type { JsonObject } from '../service';
import { equal } from './equal';
import { isTaggable, requiresRecreation } from './resourceSchema';
import { handlerFor } from './resources/handlers';
import type { Stack, StackResource, Tag } from './stack';
import type { ResourceDeclaration } from './template/template';

export type Action = 'create' | 'update' | 'replace' | 'none';

/** What has to be done for a resource to become what the template says. */
export function actionFor(
  old: StackResource | undefined,
  type: string,
  properties: JsonObject,
  stackTags: readonly Tag[],
): Action {
  if (old?.physicalId === undefined) return 'create';
  if (changedProperties(old.properties, properties).some(name => requiresRecreation(type, name) === 'Always')) {
    return 'replace';
  }
  const sameTags = !isTaggable(type) || equal(old.stackTags, stackTags);
  return sameTags && equal(old.properties, properties) && !isUnsettled(old) ? 'none' : 'update';
}

/** A failed or unfinished resource may be anything between what it was and what it was to be. */
export const isUnsettled = ({ status }: StackResource) => !status.endsWith('_COMPLETE');

/** Names of the properties that differ. */
export function changedProperties(a: JsonObject, b: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(name => !equal(a[name], b[name]));
}

/** Why a resource cannot be replaced: the new one would have the old one's name. In AWS's words. */
export function nameTaken(old: StackResource, properties: JsonObject): string | undefined {
  const { nameProperty } = handlerFor(old.type);
  const name = nameProperty === undefined ? undefined : properties[nameProperty];
  if (name === undefined || name !== old.properties[nameProperty ?? '']) return undefined;
  return (
    'CloudFormation cannot update a stack when a custom-named resource requires replacing. ' +
    `Rename ${String(name)} and update the stack again.`
  );
}

/** The tags that a stack's resources get beside their own: the stack's, and the three by which AWS marks them. */
export function tagsFor(stack: Stack, logicalId: string): readonly Tag[] {
  return [
    ...stack.tags,
    { Key: 'aws:cloudformation:stack-name', Value: stack.name },
    { Key: 'aws:cloudformation:stack-id', Value: stack.id },
    { Key: 'aws:cloudformation:logical-id', Value: logicalId },
  ];
}

/** A resource's record before anything is there. */
export function newRecord(declaration: ResourceDeclaration, timestamp: number): StackResource {
  const { logicalId, type } = declaration;
  return {
    logicalId,
    type,
    status: 'CREATE_IN_PROGRESS',
    timestamp,
    properties: {},
    stackTags: [],
    attributes: {},
    ...declaredPart(declaration),
  };
}

/** The part of a record that the template alone decides. */
export function declaredPart({ dependsOn, deletionPolicy, updateReplacePolicy, metadata }: ResourceDeclaration) {
  return { dependsOn, deletionPolicy, updateReplacePolicy, metadata };
}
