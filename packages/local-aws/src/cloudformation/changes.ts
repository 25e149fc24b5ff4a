import type { JsonObject, JsonValue } from '../service';
import { checkProperties } from './checkProperties';
import { equal } from './equal';
import { activeResources, resolvedProperties, scopeFor, type ActiveResource } from './liveScope';
import { isTaggable, requiresRecreation } from './resourceSchema';
import type { Stack, Stacks, StackResource, StackSettings } from './stack';
import { checkTemplate } from './template/checkTemplate';
import { referencesIn } from './template/references';
import { KNOWN_AFTER_APPLY, type TemplateScope } from './template/resolve';
import type { DeletionPolicy, ResourceDeclaration } from './template/template';

export type ChangeAction = 'Add' | 'Modify' | 'Remove';

/** What a change set says about one resource. */
export interface ResourceChange {
  readonly action: ChangeAction;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  /** For `Remove`: what the deletion policy makes of it. */
  readonly policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly scope: readonly string[];
  readonly details: readonly ChangeDetail[];
  readonly before?: JsonObject;
  readonly after?: JsonObject;
}

export interface ChangeDetail {
  readonly attribute: 'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  /** The property's name. */
  readonly name?: string;
  readonly requiresRecreation: 'Never' | 'Always' | 'Conditionally';
  /** `/Properties/Targets/0/Arn` */
  readonly path: string;
  readonly changeType: 'Add' | 'Modify' | 'Remove';
  readonly beforeValue?: string;
  readonly afterValue?: string;
  readonly evaluation: 'Static' | 'Dynamic';
  readonly source: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  readonly causingEntity?: string;
}

/** Whether anything at all would be done: resources, outputs or what is said about the stack. */
export interface Changes {
  readonly resources: readonly ResourceChange[];
  readonly anything: boolean;
}

/**
 * What would change if a stack got new settings. Values that only the deployment tells are written as AWS writes them.
 * @throws AwsError ValidationError where the new template cannot be evaluated
 */
export function changesFor(stacks: Stacks, stack: Stack, settings: StackSettings): Changes {
  const next: Stack = { ...stack, ...settings };
  const template = checkTemplate(settings.templateBody);
  const records = new Map(
    [...stacks.resources(stack).values()]
      .filter(({ status }) => !status.startsWith('DELETE_'))
      .map(resource => [resource.logicalId, resource]),
  );
  const active = activeResources(stacks, next, template);
  const replaced = new Set<string>();
  const scope = scopeFor(stacks, next, template, {
    ref: id => (replaced.has(id) ? undefined : records.get(id)?.physicalId) ?? KNOWN_AFTER_APPLY,
    attribute: (id, name) => (replaced.has(id) ? undefined : records.get(id)?.attributes[name]) ?? KNOWN_AFTER_APPLY,
  });
  const old = stack.templateBody === '' ? undefined : checkTemplate(stack.templateBody);
  const changes: ResourceChange[] = [];
  for (const declaration of inOrder(active)) {
    const record = records.get(declaration.logicalId);
    const change = record
      ? modification(scope, next, declaration, record, old?.resources.get(declaration.logicalId), replaced)
      : addition(scope, declaration);
    if (change) changes.push(change);
    if (change?.replacement === 'True') replaced.add(declaration.logicalId);
  }
  for (const record of records.values()) {
    if (!active.has(record.logicalId)) changes.push(removal(record));
  }
  const sameOutputs = equal(outputsText(old?.outputs), outputsText(template.outputs));
  const sameTags = equal(stack.tags, settings.tags);
  const order = [...changes].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  return { resources: order, anything: order.length > 0 || !sameOutputs || !sameTags };
}

const outputsText = (outputs: ReadonlyMap<string, unknown> | undefined) => Object.fromEntries(outputs ?? []);

/** What is depended on comes first. */
function inOrder(active: ReadonlyMap<string, ActiveResource>): readonly ActiveResource[] {
  const ordered = new Map<string, ActiveResource>();
  const visit = (declaration: ActiveResource) => {
    if (ordered.has(declaration.logicalId)) return;
    for (const id of declaration.dependsOn) {
      const needed = active.get(id);
      if (needed) visit(needed);
    }
    ordered.set(declaration.logicalId, declaration);
  };
  for (const declaration of active.values()) visit(declaration);
  return [...ordered.values()];
}

function addition(scope: TemplateScope, declaration: ResourceDeclaration): ResourceChange {
  const { logicalId, type } = declaration;
  return { action: 'Add', logicalId, type, scope: [], details: [], after: propertiesOf(scope, declaration) };
}

const isRetaining = (policy: DeletionPolicy) => policy === 'Retain' || policy === 'RetainExceptOnCreate';

function removal({ logicalId, type, physicalId, deletionPolicy, properties }: StackResource): ResourceChange {
  const policyAction = isRetaining(deletionPolicy) ? 'Retain' : 'Delete';
  return { action: 'Remove', logicalId, type, physicalId, policyAction, scope: [], details: [], before: properties };
}

/** The properties as the engine will compare them, as far as they are known. */
function propertiesOf(scope: TemplateScope, declaration: ResourceDeclaration): JsonObject {
  return checkProperties(declaration.type, resolvedProperties(scope, declaration)).properties;
}

function modification(
  scope: TemplateScope,
  next: Stack,
  declaration: ResourceDeclaration,
  record: StackResource,
  old: ResourceDeclaration | undefined,
  replaced: ReadonlySet<string>,
): ResourceChange | undefined {
  const after = propertiesOf(scope, declaration);
  const details = [
    ...propertyDetails(declaration, record, old, after, replaced),
    ...declaredDetails(declaration, record),
    ...(!isTaggable(declaration.type) || equal(record.stackTags, next.tags) ? [] : [stackTagsDetail(record, next)]),
  ];
  if (details.length === 0 && record.status.endsWith('_COMPLETE')) return undefined;
  const { logicalId, type } = declaration;
  const replacement = replacementOf(details);
  const fateOfOld = isRetaining(record.updateReplacePolicy) ? 'ReplaceAndRetain' : 'ReplaceAndDelete';
  return {
    action: 'Modify',
    logicalId,
    type,
    physicalId: record.physicalId,
    policyAction: replacement === 'True' ? fateOfOld : undefined,
    replacement,
    scope: [...new Set(details.map(detail => detail.attribute))],
    details,
    before: record.properties,
    after,
  };
}

function replacementOf(details: readonly ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const fixed = details.filter(detail => detail.requiresRecreation === 'Always');
  if (fixed.length === 0) return 'False';
  return fixed.some(detail => detail.evaluation === 'Static' || detail.source !== 'DirectModification')
    ? 'True'
    : 'Conditional';
}

function propertyDetails(
  { type, properties: text }: ResourceDeclaration,
  record: StackResource,
  old: ResourceDeclaration | undefined,
  after: JsonObject,
  replaced: ReadonlySet<string>,
): readonly ChangeDetail[] {
  const names = new Set([...Object.keys(record.properties), ...Object.keys(after)]);
  return [...names].flatMap(name => {
    const recreation = requiresRecreation(type, name);
    const cause = causeOf(old?.properties[name], text[name], replaced);
    return leaves(record.properties[name], after[name], `/Properties/${name}`).map(leaf => ({
      attribute: name === 'Tags' ? ('Tags' as const) : ('Properties' as const),
      name,
      requiresRecreation: recreation,
      evaluation: leaf.afterValue?.includes(KNOWN_AFTER_APPLY) ? ('Dynamic' as const) : ('Static' as const),
      ...leaf,
      ...cause,
    }));
  });
}

type Leaf = Pick<ChangeDetail, 'path' | 'changeType' | 'beforeValue' | 'afterValue'>;

/** The places in a property where the values differ. */
function leaves(before: JsonValue | undefined, after: JsonValue | undefined, path: string): readonly Leaf[] {
  if (equal(before, after)) return [];
  const both = typeof before === 'object' && typeof after === 'object' && before !== null && after !== null;
  if (both && Array.isArray(before) === Array.isArray(after)) {
    const [a, b] = [before as JsonObject, after as JsonObject];
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap(key => leaves(a[key], b[key], `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`));
  }
  return [{ path, changeType: changeTypeOf(before, after), beforeValue: textOf(before), afterValue: textOf(after) }];
}

function changeTypeOf(before: JsonValue | undefined, after: JsonValue | undefined): Leaf['changeType'] {
  if (before === undefined) return 'Add';
  return after === undefined ? 'Remove' : 'Modify';
}

const textOf = (value: JsonValue | undefined) =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** What made a property change: its own text, a parameter's value, or a resource that is replaced. */
function causeOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  replaced: ReadonlySet<string>,
): Pick<ChangeDetail, 'source' | 'causingEntity'> {
  if (!equal(before, after)) return { source: 'DirectModification' };
  for (const reference of referencesIn(after)) {
    if (reference.kind === 'attribute' && replaced.has(reference.name)) {
      return { source: 'ResourceAttribute', causingEntity: `${reference.name}.${reference.attribute ?? ''}` };
    }
    if (reference.kind === 'ref' && replaced.has(reference.name)) {
      return { source: 'ResourceReference', causingEntity: reference.name };
    }
  }
  for (const reference of referencesIn(after)) {
    if (reference.kind === 'ref') return { source: 'ParameterReference', causingEntity: reference.name };
  }
  return { source: 'DirectModification' };
}

function declaredDetails(declaration: ResourceDeclaration, record: StackResource): readonly ChangeDetail[] {
  const parts = [
    ['Metadata', record.metadata, declaration.metadata],
    ['DeletionPolicy', record.deletionPolicy, declaration.deletionPolicy],
    ['UpdateReplacePolicy', record.updateReplacePolicy, declaration.updateReplacePolicy],
  ] as const;
  return parts.flatMap(([attribute, before, after]) =>
    leaves(before, after, `/${attribute}`).map(leaf => ({
      attribute,
      requiresRecreation: 'Never' as const,
      evaluation: 'Static' as const,
      source: 'DirectModification' as const,
      ...leaf,
    })),
  );
}

function stackTagsDetail(record: StackResource, next: Stack): ChangeDetail {
  return {
    attribute: 'Tags',
    requiresRecreation: 'Never',
    path: '/Properties/Tags',
    changeType: 'Modify',
    beforeValue: JSON.stringify(record.stackTags),
    afterValue: JSON.stringify(next.tags),
    evaluation: 'Static',
    source: 'DirectModification',
  };
}

/** The template changes a resource's type: AWS refuses that. */
export function changedTypes(stacks: Stacks, stack: Stack, templateBody: string): readonly string[] {
  const records = stacks.resources(stack);
  return [...checkTemplate(templateBody).resources.values()]
    .filter(({ logicalId, type }) => {
      const known = records.get(logicalId);
      return known !== undefined && known.type !== type && !known.status.startsWith('DELETE_');
    })
    .map(({ logicalId }) => logicalId);
}
