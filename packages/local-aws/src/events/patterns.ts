import {
  compileEventPattern,
  InvalidEventPatternError,
  sourcesAndDetailTypes,
  type CompiledPattern,
  type JsonObject,
  type NameConstraint,
  type ValueMatcher,
} from '@busline/event-pattern';
import type { EventEnvelope } from '../environment';
import { AwsError } from '../service';
import type { Rule } from './types';

/** @throws AwsError InvalidEventPatternException, in AWS's words */
export function compileOrRefuse(pattern: string, maxCharacters: number): CompiledPattern {
  try {
    return compileEventPattern(pattern, { maxCharacters });
  } catch (error) {
    if (error instanceof InvalidEventPatternError) {
      throw new AwsError('InvalidEventPatternException', error.message);
    }
    throw error;
  }
}

/** A rule's pattern, with what it asks of source and detail type where these are plain names. */
interface RulePattern {
  readonly pattern: CompiledPattern;
  readonly sources?: ReadonlySet<string>;
  readonly detailTypes?: ReadonlySet<string>;
}

const compiled = new WeakMap<Rule, RulePattern>();

/** The rule's pattern, compiled once: a stored rule never changes, it is replaced. */
function rulePattern(rule: Rule): RulePattern | undefined {
  if (rule.eventPattern === undefined) return undefined;
  const known = compiled.get(rule);
  if (known) return known;
  const pattern = compileEventPattern(rule.eventPattern, {
    maxCharacters: Infinity,
  });
  const types = sourcesAndDetailTypes(pattern);
  const entry = {
    pattern,
    sources: plainNames(types.map(type => type.source)),
    detailTypes: plainNames(types.map(type => type.detailType)),
  };
  compiled.set(rule, entry);
  return entry;
}

function plainNames(constraints: readonly NameConstraint[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const constraint of constraints) {
    if (constraint.kind !== 'exact') return undefined;
    names.add(constraint.value);
  }
  return names;
}

/** The compiled pattern of a rule that has one. */
export function patternOf(rule: Rule): CompiledPattern | undefined {
  return rulePattern(rule)?.pattern;
}

/** Whether the rule's pattern matches. Most rules of a busy bus are told apart by their source alone. */
export function ruleMatches(rule: Rule, event: EventEnvelope): boolean {
  const entry = rulePattern(rule);
  if (!entry) return false;
  if (entry.sources && !entry.sources.has(event.source)) return false;
  if (entry.detailTypes && !entry.detailTypes.has(event['detail-type'])) {
    return false;
  }
  return entry.pattern.matches(event as unknown as JsonObject);
}

/** True where the pattern uses the `wildcard` operator, also inside `anything-but`. */
export function usesWildcard(pattern: CompiledPattern): boolean {
  return pattern.alternatives.some(alternative => alternative.some(clause => clause.values.some(valueUsesWildcard)));
}

function valueUsesWildcard(value: ValueMatcher): boolean {
  return value.kind === 'wildcard' || (value.kind === 'anything-but' && value.excluded.some(valueUsesWildcard));
}
