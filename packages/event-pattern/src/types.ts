export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

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
      /** undefined where a double cannot hold the number; then only the same text matches */
      readonly value: number | undefined;
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
  /** `exact` for a plain string that is an IP address: it matches in every spelling */
  | {
      readonly kind: 'cidr';
      readonly value: string;
      readonly range: AddressRange;
      readonly exact: boolean;
    }
  | { readonly kind: 'exists'; readonly value: boolean }
  | {
      readonly kind: 'anything-but';
      readonly excluded: readonly ExcludedMatcher[];
    };

/** What `anything-but` may exclude. */
export type ExcludedMatcher = Extract<
  ValueMatcher,
  {
    kind: 'equals' | 'equals-number' | 'equals-ignore-case' | 'prefix' | 'suffix' | 'wildcard';
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

/**
 * First and last address as upper-case hexadecimal digits, 8 of them for IPv4
 * and 32 for IPv6.
 */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

/** A field and its values, any of which suffices. */
export interface FieldClause {
  /** `detail.data.level`, dots as on the wire: dotted and nested keys are the same. */
  readonly field: string;
  /** Keys from the root of the pattern, `$or` and its index included. */
  readonly path: readonly (string | number)[];
  readonly values: readonly ValueMatcher[];
}

/**
 * One way to match: all of these fields must, from elements of arrays that
 * agree. Sorted by field name, which is the order in which they are tried.
 */
export type Alternative = readonly FieldClause[];

export interface CompiledPattern {
  /** The pattern as it was given; as `JSON.stringify` writes it if given as a value. */
  readonly text: string;
  /** The pattern with every `$or` multiplied out; one of these must hold. */
  readonly alternatives: readonly Alternative[];
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
