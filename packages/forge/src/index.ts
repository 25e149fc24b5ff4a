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
