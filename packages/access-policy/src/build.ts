import type { ConditionBlock, PolicyDocument, PolicyStatement } from './document';

/**
 * The statements that an event platform needs, each with exact ARNs: no wildcard stands in an Allow.
 */

const VERSION = '2012-10-17';
const EVENTBRIDGE = 'events.amazonaws.com';

export function policyDocument(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: VERSION, Statement: statements };
}

export interface PublishGrant {
  readonly sid?: string;
  /** The bus on which may be published. */
  readonly busArn: string;
  /** Who may: a 12-digit account, or the ARN of a role. Left out in a role's own policy. */
  readonly principal?: string;
  /** One source: a statement for several accounts and sources would let each publish as all. */
  readonly source: string;
  /** All detail types of the source where left out. */
  readonly detailTypes?: readonly string[];
}

/** Lets one account or role publish as one source on one bus. */
export function publishStatement(grant: PublishGrant): PolicyStatement {
  const { sid, busArn, principal, source, detailTypes } = grant;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: 'Allow',
    ...(principal === undefined ? {} : { Principal: { AWS: principalArn(principal) } }),
    Action: 'events:PutEvents',
    Resource: busArn,
    Condition: {
      StringEquals: {
        'events:source': source,
        ...(detailTypes === undefined ? {} : { 'events:detail-type': detailTypes }),
      },
    },
  };
}

export interface ForwardGrant {
  readonly sid?: string;
  readonly busArn: string;
  /** The role of the sending rules, in the account of the sending bus. Left out in that role's own policy. */
  readonly roleArn?: string;
}

/** Lets the rules of another bus forward to this one, as their role. */
export function forwardStatement(grant: ForwardGrant): PolicyStatement {
  return {
    ...(grant.sid === undefined ? {} : { Sid: grant.sid }),
    Effect: 'Allow',
    ...(grant.roleArn === undefined ? {} : { Principal: { AWS: grant.roleArn } }),
    Action: 'events:PutEvents',
    Resource: grant.busArn,
  };
}

export interface QueueGrant {
  readonly sid?: string;
  readonly queueArn: string;
  /** The rule, for a target queue or for its dead-letter queue. */
  readonly ruleArn: string;
}

/** Lets EventBridge put messages of one rule into a queue: as its target, or as its dead-letter queue. */
export function queueStatement(grant: QueueGrant): PolicyStatement {
  return {
    ...(grant.sid === undefined ? {} : { Sid: grant.sid }),
    Effect: 'Allow',
    Principal: { Service: EVENTBRIDGE },
    Action: 'sqs:SendMessage',
    Resource: grant.queueArn,
    Condition: sourceIs(grant.ruleArn),
  };
}

/** The trust policy of a role that EventBridge takes on for one rule. */
export function eventBridgeTrust(ruleArn: string): PolicyDocument {
  return policyDocument([
    {
      Effect: 'Allow',
      Principal: { Service: EVENTBRIDGE },
      Action: 'sts:AssumeRole',
      Condition: sourceIs(ruleArn),
    },
  ]);
}

/** The trust policy of a role that one account or one role takes on. */
export function principalTrust(principal: string, condition?: ConditionBlock): PolicyDocument {
  return policyDocument([
    {
      Effect: 'Allow',
      Principal: { AWS: principalArn(principal) },
      Action: 'sts:AssumeRole',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ]);
}

function sourceIs(ruleArn: string): ConditionBlock {
  return { ArnEquals: { 'aws:SourceArn': ruleArn } };
}

function principalArn(principal: string): string {
  return /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
}
