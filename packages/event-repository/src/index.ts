export * from './types';
export {
  type CachedReadResult,
  readEventRepository,
  readEventRepositoryInSteps,
  type ReadOptions,
  type ReadProgress,
} from './reading/readEventRepository';
export type { ReadCache } from './reading/cache';
export { type ExaminedFile, examineFile } from './reading/entry';
export { compareProblems, formatProblem } from './reading/places';
export { eventTypeId, slugOf, sourceFolderOf } from './names';
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
export * from './evolution';
export { ALL_LINT_RULES, LINT_RULES } from './lint/rules';
export type { LintRule } from './lint/rule';
export { lintSchemas, type LintOptions, reasonOff } from './lint/lintSchemas';
export type { Rule, RuleCategory } from './rules/rule';
export { RULES } from './rules/rules';
export {
  busOf,
  centralBus,
  currentVersion,
  eventFolderOf,
  indexRepository,
  publishersOf,
  type RepositoryIndex,
  subscribersOf,
} from './lookups';
export { type Change, type Changes, type EventTypeChange, impactOf, type RepositoryImpact } from './impact';
export { foldersOf, headOf, jsonText, writeEventRepository, type WriteOptions } from './writing/writeEventRepository';
export { toYaml } from './writing/yaml';
export { renderEvolutionRules, renderRules } from './rules/renderRules';
export { shapeOf, shapeViolations, type Shape, type Violation } from './shape';
export { parseYaml, yamlLocator, type YamlResult } from './text/yamlText';
export { locateInJson, parseJson, type JsonResult } from './text/jsonText';
export { parsePointer, type Pointer, type Position } from './text/position';
export { didYouMean, nearest } from './text/nearest';
export { disguise, pathEscape, ruleNameOf, visible } from './names';
