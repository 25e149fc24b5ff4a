import {
  compileEventPattern,
  couldMatchType,
  describePattern,
  sourcesAndDetailTypes,
  type CompiledPattern,
  type FieldClause,
  type NameConstraint,
} from '@busline/event-pattern';
import type { EventTypeRef } from '@busline/plugin-eventbridge-common';

/** What lists and links need to know of a pattern. */
export interface PatternFacts {
  /** Clauses beyond source and detail-type, in words. */
  readonly filter: readonly { readonly field: string; readonly words: string }[];
  /** Pairs that are named in full; the event types need not exist. */
  readonly named: readonly EventTypeRef[];
  /** Pairs that are not: the event types have to be looked up. */
  readonly open: readonly { readonly source: NameConstraint; readonly detailType: NameConstraint }[];
  /** The major version that it pins, or NO_MAJOR. */
  readonly major: number;
  /** As far as source and detail-type decide it. */
  couldMatch(ref: EventTypeRef): boolean;
}

export const NO_MAJOR = -1;
const ENVELOPE_FIELDS = new Set(['source', 'detail-type']);

/**
 * Facts about a pattern. A pattern that EventBridge would refuse takes nothing (the repository's check reports it).
 *
 * @param metadataPath - where the event's metadata stands, such as `detail.metadata`; there is the schema version
 */
export function patternFacts(pattern: object, metadataPath: string | undefined): PatternFacts {
  if (metadataPath !== knownFor) {
    known.clear();
    knownFor = metadataPath;
  }
  const found = known.get(pattern) ?? factsOf(pattern, metadataPath);
  // What names every event type in full needs its compiled pattern no more; the others are few.
  if (found.open.length === 0) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(pattern, found);
  }
  return found;
}

/** To be called behind a read: what was found is of no more use, and takes memory. */
export function forgetPatternFacts(): void {
  known.clear();
}

/** Many subscriptions have the same, which the reader of event repositories gives as one object: looking into it once is enough. */
const known = new Map<object, PatternFacts>();
let knownFor: string | undefined;
const MAX_KNOWN = 20_000;
const NEVER = () => false;

function factsOf(pattern: object, metadataPath: string | undefined): PatternFacts {
  let compiled: CompiledPattern;
  try {
    compiled = compileEventPattern(pattern as Parameters<typeof compileEventPattern>[0] & object, {
      maxCharacters: Infinity,
    });
  } catch {
    return { filter: [], named: [], open: [], major: NO_MAJOR, couldMatch: NEVER };
  }
  const pairs = sourcesAndDetailTypes(compiled);
  const named: EventTypeRef[] = [];
  const open: PatternFacts['open'][number][] = [];
  for (const { source, detailType } of pairs) {
    if (source.kind === 'exact' && detailType.kind === 'exact') {
      named.push({ source: source.value, detailType: detailType.value });
    } else {
      open.push({ source, detailType });
    }
  }
  return {
    filter: describePattern(compiled)
      .filter(({ field }) => !ENVELOPE_FIELDS.has(field))
      .map(({ field, words }) => ({ field, words })),
    named,
    open,
    major: metadataPath === undefined ? NO_MAJOR : pinnedMajor(compiled, `${metadataPath}.schemaVersion`),
    couldMatch:
      open.length === 0
        ? ref => named.some(({ source, detailType }) => source === ref.source && detailType === ref.detailType)
        : ref => couldMatchType(compiled, ref.source, ref.detailType),
  };
}

/** `["2.1.0"]` and `[{ prefix: "2." }]` pin major 2. */
function pinnedMajor(compiled: CompiledPattern, field: string): number {
  const majors = new Set<number>();
  for (const clauses of compiled.alternatives) {
    const clause = clauses.find((each: FieldClause) => each.field === field);
    if (!clause) return NO_MAJOR;
    for (const matcher of clause.values) {
      const text =
        (matcher.kind === 'equals' || matcher.kind === 'prefix' || matcher.kind === 'wildcard') &&
        typeof matcher.value === 'string'
          ? matcher.value
          : '';
      const major = /^(\d{1,6})\./.exec(text)?.[1];
      if (major === undefined) return NO_MAJOR;
      majors.add(Number(major));
    }
  }
  return majors.size === 1 ? [...majors][0]! : NO_MAJOR;
}
