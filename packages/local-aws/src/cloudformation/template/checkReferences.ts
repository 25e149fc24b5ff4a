import type { JsonValue } from '../../service';
import { validationError } from '../errors';
import { knownAttributes, resourceSchema, RESOURCE_TYPES } from '../resourceSchema';
import { referencesIn } from './references';
import { PSEUDO_PARAMETERS, type Template } from './template';

/**
 * Checks that every name in a template means something, on all branches, and that nothing depends on itself.
 * @throws AwsError ValidationError
 */
export function checkReferences(template: Template): void {
  checkTypes(template);
  checkConditions(template);
  checkConditionCircles(template);
  const unresolved = new Set<string>();
  for (const { logicalId, properties, dependsOn, condition } of template.resources.values()) {
    checkConditionName(template, condition, `for resource ${logicalId}`);
    for (const name of dependsOn) if (!template.resources.has(name)) unresolved.add(name);
    collectUnresolved(template, properties, unresolved);
  }
  refuseUnresolved(unresolved, 'Resources');
  for (const { name, value, exportName, condition } of template.outputs.values()) {
    checkConditionName(template, condition, `for output ${name}`);
    collectUnresolved(template, [value, exportName ?? ''], unresolved);
  }
  refuseUnresolved(unresolved, 'Outputs');
  checkCircles(template);
}

function checkTypes({ resources }: Template): void {
  const unknown = [...resources.values()].map(({ type }) => type).filter(type => !resourceSchema(type));
  if (unknown.length === 0) return;
  throw validationError(
    `Template format error: Unrecognized resource types: [${[...new Set(unknown)].join(', ')}]. ` +
      `This local server has: ${RESOURCE_TYPES.join(', ')}.`,
  );
}

function refuseUnresolved(unresolved: ReadonlySet<string>, block: string): void {
  if (unresolved.size === 0) return;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${[...unresolved].join(
      ', ',
    )}] in the ${block} block of the template`,
  );
}

function collectUnresolved(template: Template, value: JsonValue, unresolved: Set<string>): void {
  for (const reference of referencesIn(value)) {
    if (reference.kind === 'ref') {
      const { name } = reference;
      const known = template.resources.has(name) || template.parameters.has(name) || PSEUDO_PARAMETERS.has(name);
      if (!known) unresolved.add(name);
    } else if (reference.kind === 'attribute') {
      const resource = template.resources.get(reference.name);
      if (!resource) unresolved.add(reference.name);
      else checkAttribute(resource.type, reference);
    }
  }
}

function checkAttribute(type: string, { name, attribute }: { name: string; attribute?: string }): void {
  if (attribute === undefined || knownAttributes(type).includes(attribute)) return;
  throw validationError(`Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
}

function checkConditions({ conditions, parameters }: Template): void {
  for (const [name, value] of conditions) {
    for (const reference of referencesIn(value)) {
      const known =
        (reference.kind === 'condition' && conditions.has(reference.name)) ||
        (reference.kind === 'ref' && (parameters.has(reference.name) || PSEUDO_PARAMETERS.has(reference.name)));
      if (known) continue;
      throw validationError(
        reference.kind === 'condition' || reference.kind === 'ref'
          ? `Template format error: Unresolved dependencies [${reference.name}]. Cannot reference resources in the Conditions block of the template`
          : `Template validation error: Template error: condition ${name} uses a function that is not allowed in Conditions`,
      );
    }
  }
}

function checkConditionName({ conditions }: Template, name: string | undefined, where: string): void {
  if (name === undefined || conditions.has(name)) return;
  throw validationError(`Template format error: Unresolved condition dependency ${name} ${where} of the template`);
}

function checkConditionCircles({ conditions }: Template): void {
  const circle = circleIn(
    new Map(
      [...conditions].map(([name, value]) => [
        name,
        [...referencesIn(value)].flatMap(reference => (reference.kind === 'condition' ? [reference.name] : [])),
      ]),
    ),
  );
  if (circle.length > 0) {
    throw validationError(`Template format error: Circular dependencies for conditions [${circle.join(', ')}]`);
  }
}

/** The logical ids that a resource's own text names, whether its conditions hold or not. */
function named(template: Template, logicalId: string): readonly string[] {
  const resource = template.resources.get(logicalId);
  if (!resource) return [];
  const referred = [...referencesIn(resource.properties)].flatMap(reference =>
    reference.kind === 'ref' || reference.kind === 'attribute' ? [reference.name] : [],
  );
  return [...new Set([...resource.dependsOn, ...referred])].filter(name => template.resources.has(name));
}

function checkCircles(template: Template): void {
  const circle = circleIn(new Map([...template.resources.keys()].map(id => [id, named(template, id)])));
  if (circle.length > 0) throw validationError(`Circular dependency between resources: [${circle.join(', ')}]`);
}

/** What is left once everything that depends on nothing left is taken away, again and again. */
function circleIn(needs: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const left = new Map(needs);
  for (;;) {
    const free = [...left].filter(([, ids]) => ids.every(id => !left.has(id))).map(([id]) => id);
    if (free.length === 0) return [...left.keys()];
    for (const id of free) left.delete(id);
  }
}
