/*
 * Two patterns as sets of events: what is in both, and what in one only.
 */
import { toCompiled } from '../describe';
import { matcherOf } from '../matcherOf';
import type { Alternative, CompiledPattern, JsonObject } from '../types';
import { decide, type Finding } from './decide';
import type { PatternComparison, PatternRelation } from './types';

interface Side {
  readonly alternatives: readonly Alternative[];
  readonly matches: (event: JsonObject) => boolean;
}

function relationOf(both: Finding, onlyFirst: Finding, onlySecond: Finding): PatternRelation {
  if (both.kind === 'none') return 'disjoint';
  if (onlyFirst.kind === 'none' && onlySecond.kind === 'none') return 'equal';
  if ([both, onlyFirst, onlySecond].some(({ kind }) => kind === 'unknown')) return 'unknown';
  if (onlyFirst.kind === 'none') return 'narrower';
  return onlySecond.kind === 'none' ? 'wider' : 'overlapping';
}

/**
 * How the events that match the first pattern lie to those that match the second, with an event for each difference.
 * Every JSON object counts as an event here. Throws `InvalidEventPatternError`.
 */
export function comparePatterns(
  first: string | JsonObject | CompiledPattern,
  second: string | JsonObject | CompiledPattern,
  options: { readonly steps?: number } = {},
): PatternComparison {
  const [a, b] = [first, second].map((each): Side => {
    const { alternatives } = toCompiled(each);
    return { alternatives, matches: matcherOf(alternatives) };
  });
  const { steps } = options;
  const ask = (matchesA: boolean, matchesB: boolean) =>
    decide({
      conditions: [
        { alternatives: a.alternatives, matching: matchesA },
        { alternatives: b.alternatives, matching: matchesB },
      ],
      dottedKeys: true,
      ...(steps === undefined ? {} : { steps }),
      isRight: event => a.matches(event) === matchesA && b.matches(event) === matchesB,
    });
  const both = ask(true, true);
  const onlyFirst = ask(true, false);
  const onlySecond = ask(false, true);
  const unknown = [both, onlyFirst, onlySecond].find(({ kind }) => kind === 'unknown');
  const relation = relationOf(both, onlyFirst, onlySecond);
  return {
    relation,
    ...(both.kind === 'found' ? { both: both.event } : {}),
    ...(onlyFirst.kind === 'found' ? { onlyFirst: onlyFirst.event } : {}),
    ...(onlySecond.kind === 'found' ? { onlySecond: onlySecond.event } : {}),
    ...(relation === 'unknown' && unknown?.kind === 'unknown' ? { reason: unknown.reason } : {}),
  };
}
