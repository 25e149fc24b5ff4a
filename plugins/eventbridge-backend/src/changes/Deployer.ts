import type { StackProgress } from '@busline/plugin-eventbridge-common';
import type { ChangeRecord } from './changeRecord';

export type DeployResult =
  | { readonly kind: 'deployed'; readonly stacks: readonly StackProgress[] }
  /** Something that is to be merged first is missing; its stack says what. */
  | { readonly kind: 'waiting'; readonly stacks: readonly StackProgress[] };

/** Deploys what main declares for the service of a change request; never what a plan said. */
export interface Deployer {
  /** Throws with a reason for people when a stack fails; a second call goes on where the first stopped. */
  deploy(
    record: ChangeRecord,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress: (stacks: readonly StackProgress[]) => Promise<void>;
    },
  ): Promise<DeployResult>;
}
