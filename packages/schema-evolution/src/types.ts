import type { Draft, Json } from '@busline/json-schema';

/** `backward`: all that the old version writes, the new one reads. `forward`: all that the new one writes, the old one reads. */
export type Direction = 'backward' | 'forward';

/**
 * `open`: both schemas at their word. `closed-world`: the writing side as if every object had
 * `unevaluatedProperties: false`, the reading side as written.
 */
export type ContentModel = 'open' | 'closed-world';

export interface CompareOptions {
  /** `closed-world` if left out: publishers write what their schema describes. */
  readonly contentModel?: ContentModel;
  /** Whether `format` rejects values. `assert` if left out. */
  readonly format?: 'assert' | 'annotation';
  /** Draft of a schema without `$schema`. */
  readonly draft?: Draft;
  /** Work that one question may cost; past it the verdict is `unknown`. */
  readonly steps?: number;
  /** Findings listed for each direction, 20 if left out. */
  readonly maxFindings?: number;
}

/** One way in which a direction breaks. */
export interface Finding {
  /** Id of a row of `RULES`. */
  readonly rule: string;
  readonly direction: Direction;
  /** JSON pointers of the places in the old and in the new document. */
  readonly oldPointer: string;
  readonly newPointer: string;
  /** JSON pointer into the counterexample. */
  readonly instancePath: string;
  /** One sentence about this case. */
  readonly message: string;
  /** An event that the writing side allows and the reading side rejects, here. */
  readonly counterexample: Json;
}

export type Verdict =
  | { readonly kind: 'compatible' }
  /** The first finding's counterexample is among the smallest. */
  | { readonly kind: 'breaking'; readonly counterexample: Json; readonly findings: readonly Finding[] }
  | { readonly kind: 'unknown'; readonly reason: string };

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'probably renamed'
  | 'tightened'
  | 'loosened'
  /** neither allows all that the other does */
  | 'changed'
  /** said differently, and the same values are allowed */
  | 'reworded'
  | 'documentation only';

/** One difference, for people. */
export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly oldPointer?: string;
  readonly newPointer?: string;
  readonly message: string;
  readonly before?: string;
  readonly after?: string;
}

export type SemverStep = 'none' | 'patch' | 'minor' | 'major';

export interface SchemaComparison {
  readonly backward: Verdict;
  readonly forward: Verdict;
  readonly changes: readonly Change[];
  /** What the change calls for where both directions must hold; what is not known counts as breaking. */
  readonly semver: SemverStep;
}
