/*
 * Which event types a pattern is about. Only its clauses on `source` and
 * `detail-type` are looked at: what it asks of the rest may still never hold.
 */
import { toCompiled } from './describe';
import { matchesAlternative } from './match';
import { NOWHERE, type EventFields } from './leaves';
import type {
  Alternative,
  CompiledPattern,
  FieldClause,
  JsonObject,
  NameConstraint,
  SourceAndDetailType,
  ValueMatcher,
} from './types';
import { describeMatchers } from './words';

const TYPE_FIELDS: ReadonlySet<string> = new Set(['source', 'detail-type']);

function constraintOf(matcher: ValueMatcher): NameConstraint {
  if (matcher.kind === 'equals' && typeof matcher.value === 'string') {
    return { kind: 'exact', value: matcher.value };
  }
  if (matcher.kind === 'cidr' && matcher.exact) {
    return { kind: 'exact', value: matcher.value };
  }
  if (matcher.kind === 'prefix' && !matcher.ignoreCase) {
    return matcher.value === '' ? { kind: 'any' } : { kind: 'prefix', value: matcher.value };
  }
  if (matcher.kind === 'exists' && matcher.value) {
    return { kind: 'any' };
  }
  return { kind: 'other', words: describeMatchers([matcher]) };
}

function constraintsOn(field: string, clauses: Alternative): readonly NameConstraint[] {
  const clause: FieldClause | undefined = clauses.find(each => each.field === field);
  return clause ? clause.values.map(constraintOf) : [{ kind: 'any' }];
}

/**
 * Every pair of source and detail-type that the pattern could name, without
 * repetition. Throws `InvalidEventPatternError`.
 */
export function sourcesAndDetailTypes(pattern: string | JsonObject | CompiledPattern): readonly SourceAndDetailType[] {
  const pairs = new Map<string, SourceAndDetailType>();
  for (const clauses of toCompiled(pattern).alternatives) {
    for (const source of constraintsOn('source', clauses)) {
      for (const detailType of constraintsOn('detail-type', clauses)) {
        const pair = { source, detailType };
        pairs.set(JSON.stringify(pair), pair);
      }
    }
  }
  return [...pairs.values()];
}

/**
 * Whether the pattern lets events of this type through, as far as source and
 * detail-type decide it. Throws `InvalidEventPatternError`.
 */
export function couldMatchType(
  pattern: string | JsonObject | CompiledPattern,
  source: string,
  detailType: string,
): boolean {
  const leaf = (text: string) => [{ value: { type: 'string' as const, text }, membership: NOWHERE }];
  const event: EventFields = {
    get: field => leaf(field === 'source' ? source : detailType),
    inElements: false,
  };
  return toCompiled(pattern).alternatives.some(clauses =>
    matchesAlternative(
      clauses.filter(clause => TYPE_FIELDS.has(clause.field)),
      event,
    ),
  );
}
