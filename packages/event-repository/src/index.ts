export * from './types';
export {
  type CachedReadResult,
  readEventRepository,
  readEventRepositoryInSteps,
  type ReadOptions,
  type ReadProgress,
} from './reading/readEventRepository';
export type { ReadCache } from './reading/cache';
export { compareProblems, formatProblem } from './reading/places';
export { eventTypeId, ruleNameOf, slugOf, sourceFolderOf } from './names';
export {
  ACCOUNTS_FILE,
  BUSLINE_FILE,
  classify,
  domainFile,
  eventFile,
  exampleFile,
  type FilePath,
  schemaFile,
  serviceFile,
  subscriptionFile,
} from './layout';
export { contentHash } from './text/contentHash';
export { DEFAULT_DELIVERY, UNKNOWN_OWNER } from './declarations/busline';
export { FILE_SCHEMAS, SCHEMA_BASE_URL, type YamlKind } from './schemas';
export type { Rule, RuleCategory } from './rules/rule';
export { RULES } from './rules/rules';
