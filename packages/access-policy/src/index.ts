export * from './document';
export * from './request';
export { evaluate, statementsOf } from './evaluate';
export { arnMatches, parseArn, type Arn } from './arn';
export { globMatches } from './glob';
export {
  eventBridgeTrust,
  forwardStatement,
  policyDocument,
  principalTrust,
  publishStatement,
  queueStatement,
  type ForwardGrant,
  type PublishGrant,
  type QueueGrant,
} from './build';
export { describePolicy, describeStatement, type DescribedStatement } from './describe';
export { describeArn, type DescribeOptions } from './words';
export { validatePolicy, type PolicyKind, type PolicyProblem } from './validate';
