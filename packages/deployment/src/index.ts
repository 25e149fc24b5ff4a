export {
  DeploymentPlanError,
  planDeployment,
  type DeploymentPlan,
  type DeploymentSources,
  type MissingStack,
  type PlannedStack,
  type PlanOptions,
  type RepositoryOnMain,
} from './plan';
export type { ResourceChange } from './changeSet';
export type { FailedResource } from './failure';
export type { PreparedStack } from './prepare';
export { StackFailedError } from './deployStack';
export {
  deployStacks,
  discardDeployment,
  executeDeployment,
  prepareDeployment,
  wordsOf,
  type DeployOptions,
  type PreparedDeployment,
} from './deploy';
export {
  waitingWords,
  type DeploymentProgress,
  type DeploymentReport,
  type HintFor,
  type StackOutcome,
} from './report';
export { deleteLeftovers, findLeftovers, type Leftover, type LeftoverSearch } from './prune';
export { deployerPolicy, type DeployerPolicyOptions } from './deployerPolicy';
