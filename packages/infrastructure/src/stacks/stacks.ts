import type { EventRepository, JsonObject } from '@busline/event-repository';
import type { DeclaredOptions } from '../deployments';
import { dependenciesOf, type Dependencies } from './dependencies';
import { deploymentOrder } from './order';
import type { NeededStack, Stack, StackOwner } from './stack';
import { stackGroups, type StackedResource, type StackGroup } from './stackGroups';
import { ALARMS_PART, stackName } from './stackNames';
import { MAX_TEMPLATE_BYTES, templateText } from './limits';
import { templateBody, type TemplateContext } from './template';
import { plain } from './templateResources';

export interface StackOptions extends DeclaredOptions {
  /** Only stacks of these services (and not the platform's); all where left out. */
  readonly services?: readonly string[];
}

/**
 * Every CloudFormation stack of an environment, in an order in which they can be deployed. The same declarations give the same
 * stacks; a declaration of one service changes no stack of another.
 *
 * @param environment - a name in busline.yaml; one that is not there has no stacks
 */
export function stacksOf(
  repository: EventRepository,
  environment: string,
  options: StackOptions = {},
): readonly Stack[] {
  const { deployment, groups } = stackGroups(repository, environment, options);
  const context: TemplateContext = { repository, deployment, dependencies: dependenciesOf(groups) };
  const wanted = options.services && new Set(options.services);
  const stacks = groups
    .filter(({ owner }) => !wanted || ('service' in owner && wanted.has(owner.service)))
    .flatMap(group => stacksOfGroup(group, context));
  return deploymentOrder(stacks);
}

/** Buses of an environment, and what was found on their policies; undefined where it declares none that can be made. */
export function platformStack(repository: EventRepository, environment: string): Stack | undefined {
  return stacksOf(repository, environment).find(({ owner }) => owner.side === 'platform');
}

/** What stands in the central bus's account for a service; undefined where it neither publishes nor subscribes across accounts. */
export function centralStack(repository: EventRepository, environment: string, service: string): Stack | undefined {
  return stacksOf(repository, environment, { services: [service] }).find(({ owner }) => owner.side === 'central');
}

/** What stands in a service's own account; undefined where it subscribes to nothing. */
export function serviceStack(repository: EventRepository, environment: string, service: string): Stack | undefined {
  return stacksOf(repository, environment, { services: [service] }).find(({ owner }) => owner.side === 'service');
}

/** One stack; two where one template cannot hold it all. */
function stacksOfGroup(group: StackGroup, context: TemplateContext): readonly Stack[] {
  const { name, owner, part, accountId, region } = group;
  const needed = needs(group, context.dependencies);
  const head: StackHead = {
    name,
    repository: context.repository.name,
    environment: context.deployment.environment,
    owner,
    part,
    accountId,
    region,
    dependsOn: needed.map(({ stack }) => stack),
    needs: needed,
  };
  const { resources, alarms, outputs } = templateBody(group, context);
  const whole = stackOf(head, { ...resources, ...alarms }, outputs);
  if (templateText(whole).length <= MAX_TEMPLATE_BYTES || Object.keys(alarms).length === 0) return [whole];
  // Alarms have no state and no name of their own: they can move to another stack, and back, without anybody noticing.
  const alarmsPart = part === undefined ? ALARMS_PART : `${part}-${ALARMS_PART}`;
  const alarmsHead = {
    ...head,
    name: stackName(head.environment, owner, alarmsPart),
    part: alarmsPart,
    dependsOn: [name],
    needs: [{ stack: name, accountId, region, rules: [] }],
  };
  return [stackOf(head, resources, outputs), stackOf(alarmsHead, alarms, {})];
}

type StackHead = Omit<Stack, 'template'>;

function stackOf(head: StackHead, resources: JsonObject, outputs: JsonObject): Stack {
  return plainStack({ ...head, template: templateOf(head, resources, outputs) });
}

/** Without members that are undefined, as it is read back from its file. */
function plainStack({ part, ...stack }: Stack): Stack {
  return part === undefined ? stack : { ...stack, part };
}

function needs({ name, resources }: StackGroup, dependencies: Dependencies): readonly NeededStack[] {
  const found = new Map<string, { readonly group: StackGroup; readonly rules: Set<string> }>();
  const need = (resource: StackedResource) => {
    const group = dependencies.stackOf(resource);
    const known = found.get(group.name) ?? { group, rules: new Set<string>() };
    found.set(group.name, known);
    return known;
  };
  for (const resource of resources) {
    for (const before of dependencies.before(resource)) need(before);
    if (resource.kind !== 'rule') continue;
    for (const receiver of dependencies.receivers(resource)) need(receiver).rules.add(receiver.name);
  }
  found.delete(name);
  return [...found.values()]
    .map(({ group, rules }) => ({
      stack: group.name,
      accountId: group.accountId,
      region: group.region,
      rules: [...rules].sort(),
    }))
    .sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

function templateOf(head: StackHead, resources: JsonObject, outputs: JsonObject): JsonObject {
  const { name, repository, environment, owner, part, accountId, region } = head;
  const Busline = {
    stack: name,
    repository,
    environment,
    ...owner,
    part,
    account: accountId,
    region,
    needs: head.needs.length > 0 ? head.needs.map(neededInWords) : undefined,
  };
  return plain({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: descriptionOf(head),
    Metadata: { Busline },
    Resources: resources,
    Outputs: Object.keys(outputs).length > 0 ? outputs : undefined,
  });
}

function neededInWords({ stack, accountId, region, rules }: NeededStack): object {
  return { stack, account: accountId, region, rules: rules.length > 0 ? rules : undefined };
}

function descriptionOf({ owner, environment, part }: StackHead): string {
  const what = part?.endsWith(ALARMS_PART) ? `alarms of ${sideInWords(owner)}` : sideInWords(owner);
  return `Busline: ${what}, ${environment}`;
}

function sideInWords(owner: StackOwner): string {
  switch (owner.side) {
    case 'platform':
      return 'the buses';
    case 'central':
      return `${owner.service} in the central bus's account`;
    case 'central-roles':
      return `roles that call functions of ${owner.service}`;
    default:
      return `${owner.service} in its own account`;
  }
}
