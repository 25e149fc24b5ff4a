import type { PolicyStatement } from '@busline/access-policy';
import { parseArn } from './arns';
import type { RuleState } from './estate';
import { queueStatementForRule } from './policies';
import { targetAccess } from './targets';

/** What a resource's own policy lets EventBridge do for a rule, by the service in the target's ARN. */
const INVOKED_BY_RULE: ReadonlyMap<string, string> = new Map([
  ['sqs', 'sqs:SendMessage'],
  ['sns', 'sns:Publish'],
  ['lambda', 'lambda:InvokeFunction'],
  ['logs', 'logs:PutLogEvents'],
]);

/**
 * The grants that a rule's deliveries need: one for each target, by the target's policy or by the rule's role, and one for each dead-letter queue.
 * Each names one principal and one resource.
 */
export function deliveryStatements(rule: RuleState): readonly PolicyStatement[] {
  const targets = rule.targets.flatMap(target => {
    const access = targetAccess(target.arn, rule.accountId);
    if (access.by === 'role' && target.roleArn !== undefined) {
      return [
        { Effect: 'Allow' as const, Principal: { AWS: target.roleArn }, Action: access.actions, Resource: target.arn },
      ];
    }
    return access.by === 'resource-policy' ? invokedByRule(target.arn, rule.arn) : [];
  });
  const queues = new Set(rule.targets.flatMap(({ deadLetterArn }) => deadLetterArn ?? []));
  return [...targets, ...[...queues].map(queue => queueStatementForRule(queue, rule.arn))];
}

function invokedByRule(targetArn: string, ruleArn: string): PolicyStatement[] {
  const action = INVOKED_BY_RULE.get(parseArn(targetArn)?.service ?? '');
  if (action === undefined) return [];
  return [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: action,
      Resource: targetArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    },
  ];
}
