import type { EventRepository, JsonObject } from '@busline/event-repository';
import type { DeclaredOptions } from '../deployments';
import { dependenciesOf, type Dependencies } from './dependencies';
import { deploymentOrder } from './order';
import type { NeededRule, Stack, StackOwner } from './stack';
import { stackGroups, type StackGroup } from './stackGroups';
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
  const head: StackHead = {
    name,
    repository: context.repository.name,
    environment: context.deployment.environment,
    owner,
    part,
    accountId,
    region,
    dependsOn: dependsOn(group, context.dependencies),
    needs: needs(group, context.dependencies),
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
    needs: [],
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

function dependsOn({ name, resources }: StackGroup, dependencies: Dependencies): readonly string[] {
  const before = resources.flatMap(resource => dependencies.before(resource));
  const names = new Set(before.map(resource => dependencies.stackOf(resource).name));
  names.delete(name);
  return [...names].sort();
}

function needs({ resources }: StackGroup, dependencies: Dependencies): readonly NeededRule[] {
  const found = resources.flatMap(resource => (resource.kind === 'rule' ? dependencies.receivers(resource) : []));
  const unique = new Map(found.map(need => [JSON.stringify([need.stack, need.rule]), need]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
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
    dependsOn: head.dependsOn.length > 0 ? head.dependsOn : undefined,
    needs: head.needs.length > 0 ? head.needs : undefined,
  };
  return plain({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: descriptionOf(head),
    Metadata: { Busline },
    Resources: resources,
    Outputs: Object.keys(outputs).length > 0 ? outputs : undefined,
  });
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
