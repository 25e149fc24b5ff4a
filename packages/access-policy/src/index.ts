export * from './document';
export * from './request';
export { evaluate, statementsOf } from './evaluate';
export { parseArn, arnMatches, type Arn } from './arn';
export { globMatches } from './glob';
export { validatePolicy, type PolicyKind, type PolicyProblem } from './validate';
