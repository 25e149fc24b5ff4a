import type { Draft } from '@busline/json-schema';
import type { JsonObject } from '../types';

/** The event around a schema, and how the schema is read. */
export interface EventSchemaOptions {
  /**
   * Where things stand in the event, as `busline.yaml` says: `data` is the place of the schema (the whole `detail`
   * if left out), `metadata` the place of id, schemaVersion and publishedBy (nowhere if left out).
   */
  readonly eventPaths?: { readonly data?: string; readonly metadata?: string };
  /** What `source` is; any text if left out. */
  readonly source?: string;
  /** What `detail-type` is; any text if left out. */
  readonly detailType?: string;
  /** What `schemaVersion` in the metadata is; any text if left out. */
  readonly schemaVersion?: string;
  /** `closed-world` if left out: a field that the schema does not list is not there. */
  readonly contentModel?: 'closed-world' | 'open';
  /** Whether `format` rejects values. `assert` if left out. */
  readonly format?: 'assert' | 'annotation';
  /** Draft of a schema without `$schema`; `2020-12` if left out. */
  readonly draft?: Draft;
  /** Work that one question may cost; past it the answer is `unknown`. */
  readonly steps?: number;
  /** Values of what the schema describes, as people wrote them: events are made like the first that is valid. */
  readonly examples?: readonly unknown[];
}

/**
 * `always`: every event of the schema matches. `never`: none does. Both are proofs. `sometimes`: some do. `unknown`:
 * could not be decided.
 */
export type PatternVerdict = 'always' | 'sometimes' | 'never' | 'unknown';

/** What is the matter with a clause, beyond its verdict. */
export type ClauseReason =
  /** The schema has no such field; `nearName` is one that it has and that may have been meant. */
  | { readonly kind: 'not-listed'; readonly nearName?: string }
  /** An object stands there: patterns see values only. `inside` are fields in it. */
  | { readonly kind: 'no-value'; readonly inside: readonly string[] }
  /** The schema lists the field, and allows none of the values that the clause wants. */
  | { readonly kind: 'no-such-value' }
  /** The schema lets the field be absent. */
  | { readonly kind: 'may-be-absent' }
  | { readonly kind: 'undecided'; readonly reason: string };

/** One clause of a pattern by itself. */
export interface ClauseAnalysis {
  readonly field: string;
  /** Keys from the root of the pattern to the clause, `$or` and its index included. */
  readonly path: readonly (string | number)[];
  /** What the clause wants, in words: ``is `ERROR` or `FATAL` ``. */
  readonly wanted: string;
  readonly verdict: PatternVerdict;
  /** Whether the verdict on the pattern rests on this clause. */
  readonly decides: boolean;
  readonly reason?: ClauseReason;
}

interface AnalysisOfClauses {
  /** Every clause once, in the order of the pattern; the first `MAX_CLAUSES` of many. */
  readonly clauses: readonly ClauseAnalysis[];
}

export type PatternAnalysis =
  | (AnalysisOfClauses & { readonly verdict: 'always' })
  | (AnalysisOfClauses & {
      readonly verdict: 'never';
      /** `schema`: there is no event that satisfies it. `combination`: the clauses can hold, not together. */
      readonly because: 'clause' | 'combination' | 'schema';
    })
  | (AnalysisOfClauses & {
      readonly verdict: 'sometimes';
      /** Both are valid under the schema, confirmed by the validator and by the matcher. */
      readonly matching: JsonObject;
      readonly notMatching: JsonObject;
    })
  | (AnalysisOfClauses & { readonly verdict: 'unknown'; readonly reason: string });

/** How the events that match one pattern lie to those that match another. */
export type PatternRelation = 'equal' | 'narrower' | 'wider' | 'overlapping' | 'disjoint' | 'unknown';

export interface PatternComparison {
  /** Of the first pattern to the second: `narrower` means that it matches less. */
  readonly relation: PatternRelation;
  /** Matches both. */
  readonly both?: JsonObject;
  /** Matches the first only. */
  readonly onlyFirst?: JsonObject;
  /** Matches the second only. */
  readonly onlySecond?: JsonObject;
  /** Why it is not known. */
  readonly reason?: string;
}

/** Events for a person to look at; all are valid under the schema. */
export interface PatternExamples {
  readonly matching?: JsonObject;
  /** Like the matching one but for as little as possible. */
  readonly justMissing?: JsonObject;
  /** The clauses that the event misses. */
  readonly missed: readonly string[];
  /** Why one of them is not there. */
  readonly reason?: string;
}
