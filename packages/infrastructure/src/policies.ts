import type { PolicyDocument, PolicyStatement } from '@busline/access-policy';
import { accountArn, parseArn } from './arns';
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

/**
 * A role, and nobody else of its account, as the condition and not as the principal. AWS refuses a resource policy whose
 * principal is a role that does not exist yet, and a rule that targets a bus whose policy does not let it: role, policy and
 * rule would have to be made in three steps, in two accounts. A condition is not looked up, so that the receiving stack comes
 * first and the sending one second. It also outlives the role: a principal is stored as the role's unique id, and a role that
 * is made again would be locked out. `aws:PrincipalArn` of a role's session is the role's ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function asRole(role: string): Pick<PolicyStatement, 'Principal' | 'Condition'> {
  const { accountId, partition } = parseArn(role) ?? { accountId: '', partition: '' };
  if (accountId === '') return { Principal: { AWS: role } };
  return {
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
  };
}

/** The central bus's role, and nobody else, puts events on the subscriber bus. */
export function forwardStatement(toBusArn: string, fromBusArn: string, role: string): PolicyStatement {
  const { Principal, Condition } = asRole(role);
  return {
    Sid: forwardStatementId(toBusArn, fromBusArn),
    Effect: 'Allow',
    Principal,
    Action: 'events:PutEvents',
    Resource: toBusArn,
    ...(Condition && { Condition }),
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
  const { Principal, Condition } = asRole(role);
  return {
    Sid: resourceStatementId(queue, role),
    Effect: 'Allow',
    Principal,
    Action: 'sqs:SendMessage',
    Resource: queue,
    ...(Condition && { Condition }),
  };
}

/** Nobody reaches a queue but by TLS. */
export function denyPlainText(queue: string): PolicyStatement {
  return {
    Sid: 'BuslineTlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: queue,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

export function policyDocument(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: POLICY_VERSION, Statement: statements };
}
