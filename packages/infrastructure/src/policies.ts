import type { PolicyDocument, PolicyStatement } from '@busline/access-policy';
import { accountArn } from './arns';
import { forwardStatementId, publisherStatementId, resourceStatementId } from './names';

/**
 * The policy documents that Busline writes. Each Allow names exact ARNs, one principal and the condition that binds
 * it; none has a wildcard.
 */

export const POLICY_VERSION = '2012-10-17';
const EVENTBRIDGE = 'events.amazonaws.com';

/**
 * AWS's default quota for a role's trust policy, in characters ("IAM and AWS STS quotas"). A role that is shared by
 * more rules than fit is bound to the account instead of each rule; what it may do stays one action on one bus.
 */
export const MAX_TRUST_POLICY_CHARACTERS = 2_048;

/** A service in another account publishes one source's event types, those and no others. */
export function publisherStatement(input: {
  readonly busArn: string;
  readonly region: string;
  readonly service: string;
  readonly accountId: string;
  readonly source: string;
  readonly detailTypes: readonly string[];
}): PolicyStatement {
  return {
    Sid: publisherStatementId(input.busArn, input.service, input.source),
    Effect: 'Allow',
    Principal: { AWS: accountArn(input.accountId, input.region) },
    Action: 'events:PutEvents',
    Resource: input.busArn,
    Condition: {
      StringEquals: {
        'events:source': input.source,
        'events:detail-type': [...new Set(input.detailTypes)].sort(),
      },
    },
  };
}

/** The central bus's role, and nobody else, puts events on the subscriber bus. */
export function forwardStatement(toBusArn: string, fromBusArn: string, role: string): PolicyStatement {
  return {
    Sid: forwardStatementId(toBusArn, fromBusArn),
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: 'events:PutEvents',
    Resource: toBusArn,
  };
}

/** EventBridge, acting for exactly these rules of this account, takes the role. */
export function roleTrust(accountId: string, ruleArns: readonly string[]): PolicyDocument {
  const statement = (condition: PolicyStatement['Condition']): PolicyDocument => ({
    Version: POLICY_VERSION,
    Statement: [
      { Effect: 'Allow', Principal: { Service: EVENTBRIDGE }, Action: 'sts:AssumeRole', Condition: condition },
    ],
  });
  const account = { StringEquals: { 'aws:SourceAccount': accountId } };
  const exact = statement({ ...account, ArnEquals: { 'aws:SourceArn': [...ruleArns].sort() } });
  return JSON.stringify(exact).length <= MAX_TRUST_POLICY_CHARACTERS ? exact : statement(account);
}

/** These actions on each of these resources. */
export function rolePolicy(
  grants: readonly { readonly actions: readonly string[]; readonly resource: string }[],
): PolicyDocument {
  return {
    Version: POLICY_VERSION,
    Statement: grants.map(({ actions, resource }) => ({
      Effect: 'Allow' as const,
      Action: actions.length === 1 ? actions[0] : actions,
      Resource: resource,
    })),
  };
}

/** Id of the one statement that a dead-letter queue's policy has. */
export const DEAD_LETTER_STATEMENT_ID = 'BuslineDeadLetters';

/**
 * EventBridge, acting for exactly this rule, sends to the queue.
 * @param id - by default a hash of queue and rule, so that several rules can share the queue
 */
export function queueStatementForRule(
  queue: string,
  ruleArn: string,
  id: string = resourceStatementId(queue, ruleArn),
): PolicyStatement {
  return {
    Sid: id,
    Effect: 'Allow',
    Principal: { Service: EVENTBRIDGE },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
  };
}

/** The role of a rule in another account sends to the queue. */
export function queueStatementForRole(queue: string, role: string): PolicyStatement {
  return {
    Sid: resourceStatementId(queue, role),
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: 'sqs:SendMessage',
    Resource: queue,
  };
}

export function policyDocument(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: POLICY_VERSION, Statement: statements };
}
