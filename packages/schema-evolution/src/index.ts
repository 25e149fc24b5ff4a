export * from './types';
export { compareSchemas } from './compareSchemas';
export { MAX_FINDINGS } from './direction';
export { RULES, ruleOf, type Rule } from './rules';
