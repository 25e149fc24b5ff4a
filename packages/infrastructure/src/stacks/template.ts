import type { EventRepository, JsonObject } from '@busline/event-repository';
import type { EnvironmentDeployment } from '../deployments';
import type { DeadLetterQueueResource, RuleResource } from '../resources';
import { canNotify, ruleAlarms } from './alarms';
import type { Dependencies } from './dependencies';
import { logicalId, pascalCase } from './logicalIds';
import type { StackedResource, StackGroup } from './stackGroups';
import {
  busPolicyTemplate,
  busTemplate,
  deadLetterQueueTemplate,
  functionPermissionTemplate,
  queuePolicyTemplate,
  queueTemplate,
  roleTemplate,
  ruleTemplate,
} from './templateResources';

export interface TemplateContext {
  readonly repository: EventRepository;
  readonly deployment: EnvironmentDeployment;
  readonly dependencies: Dependencies;
}

/** By logical id: what a stack's template holds. */
export interface TemplateBody {
  readonly resources: JsonObject;
  readonly alarms: JsonObject;
  readonly outputs: JsonObject;
}

/** Writes a stack's resources, each with what it waits for in the same stack. */
export function templateBody(group: StackGroup, context: TemplateContext): TemplateBody {
  const ids = logicalIdsOf(group, context);
  const resources: [string, JsonObject][] = [];
  const alarms: [string, JsonObject][] = [];
  const outputs: [string, JsonObject][] = [];
  const previousStatement = new Map<string, string>();
  const inStack = (resource: StackedResource) =>
    context.dependencies.before(resource).flatMap(other => {
      const id = ids.get(other);
      if (id === undefined) return [];
      // A queue is of use to a rule once its policy lets the rule in.
      return other.kind === 'queue' || other.kind === 'dead-letter-queue' ? [`${id}Policy`] : [id];
    });
  const output = (id: string, description: string, value: JsonObject) =>
    outputs.push([id, { Description: description, Value: value }]);
  for (const resource of group.resources) {
    const id = ids.get(resource)!;
    switch (resource.kind) {
      case 'bus':
        resources.push([id, busTemplate(resource)]);
        output(`${id}Arn`, `ARN of bus ${resource.name}`, { 'Fn::GetAtt': [id, 'Arn'] });
        break;
      case 'bus-policy-statement': {
        // A bus has one policy; two changes of it at once would fail.
        const previous = previousStatement.get(resource.arn);
        previousStatement.set(resource.arn, id);
        const dependsOn = [...inStack(resource), ...(previous === undefined ? [] : [previous])];
        resources.push([id, withDependencies(busPolicyTemplate(resource), dependsOn)]);
        break;
      }
      case 'role':
        resources.push([id, roleTemplate(resource)]);
        break;
      case 'queue':
      case 'dead-letter-queue': {
        const isTarget = resource.kind === 'queue';
        const template = isTarget ? queueTemplate(resource) : deadLetterQueueTemplate(resource);
        const dependsOn = isTarget ? context.dependencies.before(resource).flatMap(other => ids.get(other) ?? []) : [];
        resources.push([id, withDependencies(template, dependsOn)]);
        resources.push([`${id}Policy`, queuePolicyTemplate(resource, id)]);
        if (isTarget) output(`${id}Url`, `URL of queue ${resource.name}`, { Ref: id });
        break;
      }
      case 'function-permission':
        resources.push([id, withDependencies(functionPermissionTemplate(resource), inStack(resource))]);
        break;
      default:
        resources.push([id, ruleTemplate(resource, inStack(resource))]);
        alarms.push(...alarmsOf(resource, group, context));
    }
  }
  return {
    resources: Object.fromEntries(resources),
    alarms: Object.fromEntries(alarms),
    outputs: Object.fromEntries(outputs),
  };
}

function withDependencies(template: JsonObject, dependsOn: readonly string[]): JsonObject {
  if (dependsOn.length === 0) return template;
  const { Type, ...rest } = template;
  return { Type, DependsOn: [...new Set(dependsOn)].sort(), ...rest };
}

function alarmsOf(rule: RuleResource, group: StackGroup, context: TemplateContext): readonly [string, JsonObject][] {
  const queue = group.resources.find(
    (other): other is DeadLetterQueueResource => other.kind === 'dead-letter-queue' && other.ruleArn === rule.arn,
  );
  const topic = alarmTopicOf(rule, context);
  return ruleAlarms(rule, queue?.name, topic).map(({ kind, resource }) => [
    logicalId(rule.subscription.name, kind, isUsualBus(rule.busArn, rule.subscription.service, context)),
    resource,
  ]);
}

/** The team's topic; that of the rule's account, where the team's is in another Region. */
export function alarmTopicOf(
  rule: Pick<RuleResource, 'subscription' | 'accountId' | 'region'>,
  { repository }: Pick<TemplateContext, 'repository'>,
): string | undefined {
  const { service: name, environment } = rule.subscription;
  const at = repository.services
    .find(service => service.name === name)
    ?.environments.find(candidate => candidate.environment === environment);
  const ofAccount = repository.accounts.find(account => account.name === at?.account)?.alarmTopic;
  const here = repository.accounts.find(account => account.id === rule.accountId)?.alarmTopic;
  return [at?.alarmTopic, ofAccount, here].find(topic => topic !== undefined && canNotify(topic, rule.region));
}

/** The bus on which one expects a service's rules: the central one or its own. */
function isUsualBus(busArn: string, service: string, { deployment }: TemplateContext): boolean {
  return busArn === deployment.buses[0]?.place.arn || busArn === deployment.services.get(service)?.subscriberBus.arn;
}

function logicalIdsOf(group: StackGroup, context: TemplateContext): ReadonlyMap<StackedResource, string> {
  const rules = group.resources.filter((r): r is RuleResource => r.kind === 'rule');
  const ruleByArn = new Map(rules.map(rule => [rule.arn, rule]));
  const ruleByRole = new Map(rules.flatMap(rule => rule.targets.map(target => [target.roleArn, rule] as const)));
  const service = 'service' in group.owner ? group.owner.service : '';
  const own = context.deployment.services.get(service)?.subscriberBus.arn;
  const ofRule = (rule: RuleResource, kind: string) =>
    logicalId(rule.subscription.name, kind, isUsualBus(rule.busArn, rule.subscription.service, context));
  const idOf = (resource: StackedResource): string => {
    switch (resource.kind) {
      case 'bus':
        return resource.arn === own ? 'SubscriberBus' : logicalId(resource.name, 'Bus');
      case 'bus-policy-statement':
        // Those that Busline writes end in a hash already.
        return resource.owner.side === 'platform'
          ? logicalId(resource.name, 'BusPolicy', false)
          : `${pascalCase(resource.name)}BusPolicy`;
      case 'role': {
        const targets = new Set(
          rules.flatMap(rule => rule.targets.filter(t => t.roleArn === resource.arn)).map(t => t.arn),
        );
        if (own !== undefined && targets.has(own)) return 'RoleToSubscriberBus';
        const rule = ruleByRole.get(resource.arn);
        return rule ? ofRule(rule, 'Role') : logicalId(resource.name, 'Role', false);
      }
      case 'queue':
        return logicalId(resource.name.replace(/\.fifo$/, ''), 'Queue', !resource.fifo);
      case 'dead-letter-queue': {
        const rule = ruleByArn.get(resource.ruleArn);
        return rule ? ofRule(rule, 'DeadLetters') : logicalId(resource.name, 'DeadLetters', false);
      }
      case 'function-permission':
        return logicalId(`${resource.functionName} ${resource.name}`, 'Permission', false);
      default:
        return ofRule(resource, 'Rule');
    }
  };
  return new Map(group.resources.map(resource => [resource, idOf(resource)]));
}
