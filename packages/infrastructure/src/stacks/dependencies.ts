import { parseArn } from '../arns';
import type { BusPolicyStatementResource, FunctionPermissionResource, RuleResource } from '../resources';
import type { StackedResource, StackGroup } from './stackGroups';

/** What a resource waits for, and in which stack that stands. */
export interface Dependencies {
  /** Resources that must stand before this one, in any stack. */
  before(resource: StackedResource): readonly StackedResource[];
  stackOf(resource: StackedResource): StackGroup;
  /** Rules, in any stack, to which this one forwards. */
  receivers(rule: RuleResource): readonly RuleResource[];
}

/** Looks through all stacks of an environment once. */
export function dependenciesOf(groups: readonly StackGroup[]): Dependencies {
  const stacks = new Map<StackedResource, StackGroup>();
  const byArn = new Map<string, StackedResource>();
  const statements = new Map<string, BusPolicyStatementResource[]>();
  const permissions = new Map<string, FunctionPermissionResource[]>();
  const rules = new Map<string, RuleResource>();
  for (const group of groups) {
    for (const resource of group.resources) {
      stacks.set(resource, group);
      if (resource.kind === 'bus-policy-statement') addTo(statements, resource.arn, resource);
      else if (resource.kind === 'function-permission') addTo(permissions, resource.arn, resource);
      else if (resource.kind === 'rule') {
        rules.set(ruleKey(resource.busArn, resource.subscription), resource);
      } else byArn.set(resource.arn, resource);
    }
  }
  const ofArn = (arn: string | undefined) => (arn !== undefined ? byArn.get(arn) : undefined) ?? [];
  const beforeRule = (rule: RuleResource) => [
    ofArn(rule.busArn),
    ...rule.targets.flatMap(target => [
      ofArn(target.arn),
      ofArn(target.roleArn),
      ofArn(target.deadLetterArn),
      ...(statements.get(target.arn) ?? []).filter(({ statement }) => lets(statement.Condition, target.roleArn)),
      ...(permissions.get(target.arn) ?? []).filter(({ grantee }) =>
        'roleArn' in grantee ? grantee.roleArn === target.roleArn : grantee.sourceArn === rule.arn,
      ),
    ]),
  ];
  const before = (resource: StackedResource): readonly StackedResource[] => {
    switch (resource.kind) {
      case 'rule':
        return [...new Set(beforeRule(resource).flat())];
      case 'bus-policy-statement':
        return [ofArn(resource.arn)].flat();
      case 'function-permission':
        return 'roleArn' in resource.grantee ? [ofArn(resource.grantee.roleArn)].flat() : [];
      case 'queue':
        return [ofArn(resource.redrive?.deadLetterArn)].flat();
      default:
        return [];
    }
  };
  return {
    before,
    stackOf: resource => stacks.get(resource)!,
    receivers: rule =>
      rule.targets
        .filter(target => isBus(target.arn))
        .flatMap(({ arn }) =>
          (rule.sharedBy ?? [rule.subscription]).flatMap(subscription => rules.get(ruleKey(arn, subscription)) ?? []),
        ),
  };
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function ruleKey(busArn: string, { service, name }: RuleResource['subscription']): string {
  return JSON.stringify([busArn, service, name]);
}

function lets(condition: BusPolicyStatementResource['statement']['Condition'], role: string | undefined): boolean {
  return role !== undefined && condition?.ArnEquals?.['aws:PrincipalArn'] === role;
}

function isBus(arn: string): boolean {
  const parts = parseArn(arn);
  return parts?.service === 'events' && parts.resource.startsWith('event-bus/');
}
