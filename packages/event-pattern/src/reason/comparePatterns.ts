/*
 * Two patterns as sets of events: what is in both, and what in one only.
 */
import { toCompiled } from '../describe';
import type { CompiledPattern, JsonObject } from '../types';
import { findAnyEvent } from './anyEvents';
import type { Finding } from './eventSchema';
import type { PatternComparison, PatternRelation } from './types';

function relationOf(both: Finding, onlyFirst: Finding, onlySecond: Finding): PatternRelation {
  if (onlyFirst.kind === 'none' && onlySecond.kind === 'none') return 'equal';
  if (both.kind === 'none') return 'disjoint';
  if ([both, onlyFirst, onlySecond].some(({ kind }) => kind === 'unknown')) return 'unknown';
  if (onlyFirst.kind === 'none') return 'narrower';
  return onlySecond.kind === 'none' ? 'wider' : 'overlapping';
}

/**
 * How the events that match the first pattern lie to those that match the second, with an event for each difference.
 * Events are JSON objects; AWS's own fields (`source`, `detail-type`, `account` and so on) are one text each, where they
 * are, and `detail` is an object. Throws `InvalidEventPatternError`.
 */
export function comparePatterns(
  first: string | JsonObject | CompiledPattern,
  second: string | JsonObject | CompiledPattern,
  options: { readonly steps?: number } = {},
): PatternComparison {
  const [a, b] = [toCompiled(first), toCompiled(second)];
  const { steps } = options;
  const ask = (matchesA: boolean, matchesB: boolean) =>
    findAnyEvent(
      [
        { alternatives: a.alternatives, matching: matchesA },
        { alternatives: b.alternatives, matching: matchesB },
      ],
      steps,
    );
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
