import {
  compileEventPattern,
  InvalidEventPatternError,
  type CompiledPattern,
  type ValueMatcher,
} from '@busline/event-pattern';
import { AwsError } from '../service';
import type { Rule } from './types';

/** @throws AwsError InvalidEventPatternException, in AWS's words */
export function compileOrRefuse(
  pattern: string,
  maxCharacters: number,
): CompiledPattern {
  try {
    return compileEventPattern(pattern, { maxCharacters });
  } catch (error) {
    if (error instanceof InvalidEventPatternError) {
      throw new AwsError('InvalidEventPatternException', error.message);
    }
    throw error;
  }
}

const compiled = new WeakMap<Rule, CompiledPattern>();

/** The rule's pattern, compiled once: a stored rule never changes, it is replaced. */
export function patternOf(rule: Rule): CompiledPattern | undefined {
  if (rule.eventPattern === undefined) return undefined;
  const known = compiled.get(rule);
  if (known) return known;
  const pattern = compileEventPattern(rule.eventPattern, {
    maxCharacters: Infinity,
  });
  compiled.set(rule, pattern);
  return pattern;
}

/** True where the pattern uses the `wildcard` operator, also inside `anything-but`. */
export function usesWildcard(pattern: CompiledPattern): boolean {
  return pattern.alternatives.some(alternative =>
    alternative.some(clause => clause.values.some(valueUsesWildcard)),
  );
}

function valueUsesWildcard(value: ValueMatcher): boolean {
  return (
    value.kind === 'wildcard' ||
    (value.kind === 'anything-but' && value.excluded.some(valueUsesWildcard))
  );
}
