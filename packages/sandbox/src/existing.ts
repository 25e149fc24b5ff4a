import type { PolicyStatement } from '@busline/access-policy';
import {
  nameInArn,
  parseArn,
  rolePolicy,
  roleTrust,
  shortHash,
  targetAccess,
  type Resource,
} from '@busline/infrastructure';

type Queue = Extract<Resource, { readonly kind: 'queue' }>;
type Role = Extract<Resource, { readonly kind: 'role' }>;

/** What the repositories name because on AWS somebody has made it already, and here nobody has. */
export function existingOnAws(resources: readonly Resource[]): readonly (Queue | Role)[] {
  return [...existingRoles(resources), ...existingQueues(resources)];
}

/** Roles that targets name. Each may be taken by the rules that name it, for their targets. */
function existingRoles(resources: readonly Resource[]): readonly Role[] {
  const made = new Set(resources.map(resource => resource.arn));
  const uses = new Map<
    string,
    { readonly rules: Set<string>; readonly targets: Set<string>; readonly region: string }
  >();
  for (const rule of resources) {
    if (rule.kind !== 'rule') continue;
    for (const { arn, roleArn } of rule.targets) {
      if (roleArn === undefined || made.has(roleArn) || parseArn(roleArn)?.service !== 'iam') continue;
      const use = uses.get(roleArn) ?? { rules: new Set(), targets: new Set(), region: rule.region };
      use.rules.add(rule.arn);
      use.targets.add(arn);
      uses.set(roleArn, use);
    }
  }
  return [...uses].flatMap(([arn, { rules, targets, region }]): Role[] => {
    const { accountId } = parseArn(arn)!;
    const grants = [...targets].flatMap(resource => {
      const access = targetAccess(resource, accountId);
      return access.by === 'role' ? [{ actions: access.actions, resource }] : [];
    });
    if (grants.length === 0) return [];
    return [
      {
        kind: 'role',
        arn,
        name: nameInArn(arn),
        accountId,
        region,
        owner: { side: 'platform' },
        description: 'Made by hand, as far as the repositories know.',
        trust: roleTrust(accountId, [...rules]),
        policy: { name: 'deliver', document: rolePolicy(grants) },
      },
    ];
  });
}

/** Queues that targets name by ARN. Each lets in the rules that send to it. */
function existingQueues(resources: readonly Resource[]): readonly Queue[] {
  const made = new Set(resources.map(resource => resource.arn));
  const senders = new Map<string, Map<string, PolicyStatement>>();
  for (const rule of resources) {
    if (rule.kind !== 'rule') continue;
    for (const { arn, roleArn, deadLetterArn } of rule.targets) {
      const sent: readonly (readonly [string | undefined, PolicyStatement])[] = [
        [arn, roleArn ? byRole(arn, roleArn) : byRule(arn, rule.arn)],
        [deadLetterArn, byRule(deadLetterArn ?? '', rule.arn)],
      ];
      for (const [queue, statement] of sent) {
        if (queue === undefined || made.has(queue) || parseArn(queue)?.service !== 'sqs') continue;
        const statements = senders.get(queue) ?? new Map<string, PolicyStatement>();
        statements.set(statement.Sid!, statement);
        senders.set(queue, statements);
      }
    }
  }
  return [...senders].map(([arn, statements]) => {
    const { accountId, region, resource } = parseArn(arn)!;
    return {
      kind: 'queue',
      arn,
      name: resource,
      accountId,
      region,
      owner: { side: 'platform' },
      fifo: resource.endsWith('.fifo'),
      policy: { Version: '2012-10-17', Statement: [...statements.values()] },
    };
  });
}

function byRule(queue: string, rule: string): PolicyStatement {
  return {
    Sid: shortHash([queue, rule]),
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  };
}

function byRole(queue: string, role: string): PolicyStatement {
  return {
    Sid: shortHash([queue, role]),
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: 'sqs:SendMessage',
    Resource: queue,
  };
}
