import type { FailedResource } from './failure';
import type { MissingStack, PlannedStack } from './plan';

/** How it went with one stack. */
export type StackOutcome = { readonly planned: PlannedStack } & (
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'deployed'; readonly created: boolean }
  /** Something it needs is not on main yet. `words` says what, and what to do. */
  | { readonly outcome: 'waiting'; readonly for: readonly MissingStack[]; readonly words: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly resources: readonly FailedResource[] }
  /** Something it needs failed, waits or was skipped itself. */
  | { readonly outcome: 'skipped'; readonly because: string }
);

export interface DeploymentReport {
  /** In the order of the plan. */
  readonly stacks: readonly StackOutcome[];
}

/** Told as it happens. `done` of `total` stacks have come to their end. */
export interface DeploymentProgress {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  /** In words: `making`, `updating`, `waiting for …`, `unchanged`, … */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** What a person can do about what is missing: `merge key/access-service#12`. */
export type HintFor = (missing: MissingStack) => string | undefined;

/** `waits for the subscriber bus busline-x in account 444455556666: merge key/x#12` */
export function waitingWords(missing: readonly MissingStack[], hintFor: HintFor = () => undefined): string {
  return `waits for ${missing
    .map(need => {
      const hint = hintFor(need);
      return hint ? `${need.words}: ${hint}` : need.words;
    })
    .join(', and for ')}`;
}
