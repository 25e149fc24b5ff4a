import type { Json } from './types';

/** `backward`: the later version reads what the earlier one wrote. `forward`: the earlier one reads what the later one writes. */
export type EvolutionDirection = 'backward' | 'forward';

/** One way in which a direction breaks. */
export interface EvolutionFinding {
  /** Id of a rule of docs/schema-evolution.md. */
  readonly rule: string;
  readonly direction: EvolutionDirection;
  /** JSON pointers of the places in the earlier and in the later schema. */
  readonly oldPointer: string;
  readonly newPointer: string;
  /** JSON pointer into the counterexample. */
  readonly instancePath: string;
  readonly message: string;
  /** What the writing side allows and the reading side rejects. */
  readonly counterexample: Json;
}

export type EvolutionVerdict =
  | { readonly kind: 'compatible' }
  | { readonly kind: 'breaking'; readonly counterexample: Json; readonly findings: readonly EvolutionFinding[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One difference between two schemas, for people. */
export interface EvolutionChange {
  readonly kind: string;
  /** Where the value stands in an event. */
  readonly path: string;
  readonly oldPointer?: string;
  readonly newPointer?: string;
  readonly message: string;
  readonly before?: string;
  readonly after?: string;
}

/** What a step comes to: all that is asked for holds; something breaks; an exception allows it; not decided; nothing is asked for. */
export type StepOutcome = 'kept' | 'broken' | 'excused' | 'undecided' | 'free';

export interface CompatibilityException {
  readonly version: string;
  readonly by: string;
  readonly reason: string;
  /** ISO date: the last day on which it excuses. */
  readonly until: string;
}

/** A version beside the one before it. */
export interface VersionStep {
  readonly from: string;
  readonly to: string;
  /** Directions that the rules ask for between these two. */
  readonly asked: readonly EvolutionDirection[];
  /** Towards all versions that the rules name, not only the one before. */
  readonly outcome: StepOutcome;
  /** Earlier versions towards which something breaks that is asked for. */
  readonly brokenTowards: readonly string[];
  readonly backward: EvolutionVerdict['kind'];
  readonly forward: EvolutionVerdict['kind'];
  readonly semver: 'none' | 'patch' | 'minor' | 'major';
  readonly changeCount: number;
  readonly exception?: CompatibilityException;
}

export interface EvolutionRules {
  /** `FULL_TRANSITIVE` and the like. */
  readonly mode: string;
  /** Who says so: `event type`, `domain`, `event repository`, or `default`. */
  readonly origin: string;
  readonly contentModel: 'closed-world' | 'open';
}

/** GET /event-types/:source/:detailType/evolution */
export interface EventTypeEvolution extends EvolutionRules {
  /** Newest first, of the newest versions. */
  readonly steps: readonly VersionStep[];
  /** Of all versions. */
  readonly stepCount: number;
}

/** GET /event-types/:source/:detailType/comparison?from=&to= */
export interface VersionComparison extends EvolutionRules {
  readonly from: string;
  readonly to: string;
  readonly asked: readonly EvolutionDirection[];
  readonly outcome: StepOutcome;
  readonly backward: EvolutionVerdict;
  readonly forward: EvolutionVerdict;
  readonly changes: readonly EvolutionChange[];
  readonly semver: 'none' | 'patch' | 'minor' | 'major';
  readonly exception?: CompatibilityException;
}

/** What the step does to a subscriber, in all environments where its pattern is the same. */
export interface AffectedSubscriber {
  /** Id of the subscription in one of the environments. */
  readonly id: string;
  readonly service: string;
  readonly subscription: string;
  readonly owner: string;
  readonly environments: readonly string[];
  readonly verdict: 'unaffected' | 'check' | 'broken';
  /** What its pattern takes of the later version beside the earlier one. */
  readonly match: 'same' | 'no longer' | 'newly' | 'more' | 'fewer' | 'other' | 'nothing' | 'unknown';
  /** Sentences, names in backticks. */
  readonly reasons: readonly string[];
  /** An event that shows it. */
  readonly event?: Json;
}

/** GET /event-types/:source/:detailType/affected?from=&to= */
export interface AffectedSubscribers {
  readonly from: string;
  readonly to: string;
  /** Those that are hit hardest first. */
  readonly subscribers: readonly AffectedSubscriber[];
  /** Of all subscriptions, in every environment, of which the first `MAX_AFFECTED` are looked at. */
  readonly subscriptionCount: number;
}

/** Subscriptions that are looked at for one step. */
export const MAX_AFFECTED = 200;

/** Steps of the newest versions that a timeline gives. */
export const MAX_TIMELINE_STEPS = 30;
