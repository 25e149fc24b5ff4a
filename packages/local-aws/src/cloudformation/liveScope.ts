import type { JsonObject, JsonValue } from '../service';
import { validationError } from './errors';
import { findExport } from './exports';
import type { Stack, Stacks, StackResource } from './stack';
import { conditionHolds, KNOWN_AFTER_APPLY, resolve, type TemplateScope } from './template/resolve';
import type { ResourceDeclaration, Template } from './template/template';

/** What `Ref` and `Fn::GetAtt` give for resources. */
export type ResourceLookup = Pick<TemplateScope, 'ref' | 'attribute'>;

/** A template's functions, answered for a stack. */
export function scopeFor(stacks: Stacks, stack: Stack, template: Template, lookup: ResourceLookup): TemplateScope {
  return {
    template,
    parameters: stack.parameters,
    account: stack.account,
    region: stack.region,
    stackId: stack.id,
    stackName: stack.name,
    notificationArns: stack.notificationArns,
    importValue: name => findExport(stacks, stack, name),
    ...lookup,
  };
}

/** References to resources that stand. */
export function standing(resourceOf: (logicalId: string) => StackResource | undefined): ResourceLookup {
  const found = (logicalId: string) => {
    const resource = resourceOf(logicalId);
    if (resource?.physicalId !== undefined) return { ...resource, physicalId: resource.physicalId };
    throw validationError(`Template error: unresolved resource dependency: ${logicalId}`);
  };
  return {
    ref: logicalId => found(logicalId).physicalId,
    attribute(logicalId, name) {
      const { attributes, type } = found(logicalId);
      if (Object.hasOwn(attributes, name)) return attributes[name];
      throw validationError(`Requested attribute ${name} does not exist in schema for ${type}`);
    },
  };
}

/** A template's resources whose condition holds, each with the logical ids that must stand before it. */
export function activeResources(stacks: Stacks, stack: Stack, template: Template): ReadonlyMap<string, ActiveResource> {
  let named: Set<string> = new Set();
  const note = (logicalId: string): JsonValue => {
    named.add(logicalId);
    return KNOWN_AFTER_APPLY;
  };
  const scope: TemplateScope = {
    ...scopeFor(stacks, stack, template, { ref: note, attribute: note }),
    importValue: () => KNOWN_AFTER_APPLY,
  };
  const active = [...template.resources.values()].filter(
    ({ condition }) => condition === undefined || conditionHolds(scope, condition),
  );
  const ids = new Set(active.map(({ logicalId }) => logicalId));
  return new Map(
    active.map(declaration => {
      named = new Set(declaration.dependsOn);
      resolve(scope, declaration.properties);
      const dependsOn = [...named].filter(id => ids.has(id));
      return [declaration.logicalId, { ...declaration, dependsOn }];
    }),
  );
}

export type ActiveResource = ResourceDeclaration;

/** The names that a stack imports. */
export function importsOf(stacks: Stacks, stack: Stack, template: Template): readonly string[] {
  const names = new Set<string>();
  const unknown = () => KNOWN_AFTER_APPLY;
  const scope: TemplateScope = {
    ...scopeFor(stacks, stack, template, { ref: unknown, attribute: unknown }),
    importValue(name) {
      names.add(name);
      return KNOWN_AFTER_APPLY;
    },
  };
  for (const { properties } of activeResources(stacks, stack, template).values()) resolve(scope, properties);
  for (const { value, condition } of template.outputs.values()) {
    if (condition === undefined || conditionHolds(scope, condition)) resolve(scope, value);
  }
  return [...names];
}

/** A resource's properties with every function done. */
export function resolvedProperties(scope: TemplateScope, declaration: ResourceDeclaration): JsonObject {
  return resolve(scope, declaration.properties) as JsonObject;
}
