export type {
  CallOptions,
  CloseOptions,
  CommitRequest,
  CommitResult,
  FileChange,
  Forge,
  MergeMethod,
  MergeRequest,
  OpenedPullRequest,
  OpenRequest,
  PullRequestFilter,
  ReviewRequest,
  Signature,
  TreeFile,
} from './forge';
export type {
  BranchHead,
  ChangedFile,
  Check,
  CheckState,
  Mergeability,
  PullRequest,
  PullRequestState,
  Review,
  ReviewVerdict,
} from './pullRequest';
export { ForgeError, isPassing, type ForgeErrorDetails, type ForgeFailure } from './errors';
export {
  createMemoryPullRequestStore,
  type MergeRecord,
  type NewPullRequest,
  type PullRequestRecord,
  type PullRequestStore,
  type RecordFilter,
} from './local/pullRequestStore';
export {
  noProtection,
  standingVerdicts,
  type ProtectionContext,
  type ProtectionRule,
  type ProtectionVerdict,
} from './local/protection';
export { createGitHttpHandler, type GitHttpHandler, type GitHttpOptions } from './http/gitHttpHandler';
export { createLocalForge, type LocalForge, type LocalForgeOptions } from './local/localForge';
export type { CheckContext, RunChecks } from './local/presenting';
export type { CreateRepositoryRequest } from './local/repositories';
export type { CommittedFiles } from './git/repositoryFiles';
export { createGithubForge, type GithubForgeOptions } from './github/githubForge';
export type { Clock, RetryOptions } from './github/retry';
export { cloneUrlOf, repositoryOfUrl, type RepositoryUrlOptions } from './repositoryUrl';
export { branchProblem, pathProblem, repositoryProblem } from './names';
