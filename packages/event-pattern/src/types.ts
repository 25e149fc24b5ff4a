export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A place in the pattern text: `offset` from 0 in UTF-16 units, `line` and `column` from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface PatternOptions {
  /** Longest pattern in characters; `Infinity` lifts it. `MAX_PATTERN_CHARACTERS` if left out. */
  readonly maxCharacters?: number;
}

/** One way in which a field's value may match. */
export type ValueMatcher =
  | { readonly kind: 'equals'; readonly value: string | boolean | null }
  | {
      readonly kind: 'equals-number';
      readonly value: number;
      readonly text: string;
    }
  | { readonly kind: 'equals-ignore-case'; readonly value: string }
  | {
      readonly kind: 'prefix';
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: 'suffix';
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'wildcard'; readonly value: string }
  | { readonly kind: 'numeric'; readonly range: NumericRange }
  | { readonly kind: 'cidr'; readonly value: string; readonly block: CidrBlock }
  | { readonly kind: 'exists'; readonly value: boolean }
  | {
      readonly kind: 'anything-but';
      readonly excluded: readonly ExcludedMatcher[];
    };

/** What `anything-but` may exclude. */
export type ExcludedMatcher = Extract<
  ValueMatcher,
  {
    kind:
      | 'equals'
      | 'equals-number'
      | 'equals-ignore-case'
      | 'prefix'
      | 'suffix'
      | 'wildcard';
  }
>;

export interface NumericBound {
  readonly value: number;
  readonly inclusive: boolean;
}

/** A side that is left out is open; `numeric: ["=", 5]` has both sides 5, inclusive. */
export interface NumericRange {
  readonly lower?: NumericBound;
  readonly upper?: NumericBound;
}

export interface CidrBlock {
  readonly version: 4 | 6;
  /** First and last address as numbers of 32 or 128 bits. */
  readonly first: bigint;
  readonly last: bigint;
}

/** A field and its values, any of which suffices. */
export interface FieldClause {
  /** `detail.data.level`, dots as on the wire: dotted and nested keys are the same. */
  readonly field: string;
  /** Keys from the root of the pattern, `$or` and its index included. */
  readonly path: readonly (string | number)[];
  readonly values: readonly ValueMatcher[];
}

/** All `clauses` must hold, and of each `$or` one alternative. */
export interface PatternNode {
  readonly clauses: readonly FieldClause[];
  readonly ors: readonly (readonly PatternNode[])[];
}

export interface CompiledPattern {
  /** The pattern as a value. Of a key written twice the last one is kept, as AWS does. */
  readonly pattern: JsonObject;
  readonly node: PatternNode;
  /** Every field that the pattern reads, once, in the order of the text. */
  readonly fields: readonly string[];
  /** Whether the event matches. Throws `InvalidEventError` if it is no JSON object. */
  matches(event: string | JsonObject): boolean;
}

/** One clause in words: field `detail.data.amount`, words `is above 100`. */
export interface ClauseWords {
  readonly field: string;
  readonly words: string;
}

/** What a pattern asks of `source` or `detail-type`. */
export type NameConstraint =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  /** a condition that is neither, in words */
  | { readonly kind: 'other'; readonly words: string }
  | { readonly kind: 'any' };

export interface SourceAndDetailType {
  readonly source: NameConstraint;
  readonly detailType: NameConstraint;
}
