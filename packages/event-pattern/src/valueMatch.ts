/*
 * Whether one value satisfies one matcher. String operators see a string with
 * its quotes, as EventBridge does: that keeps `"true"` apart from `true`, and
 * lets a prefix end with the closing quote.
 */
import { addressDigits, inAddressRange } from './addresses';
import type { LeafValue } from './leaves';
import { endsWithIgnoringCase, equalsIgnoringCase, startsIgnoringCase } from './ignoreCase';
import type { NumericRange, ValueMatcher } from './types';
import { matchesWildcard, parseWildcard, wildcardLiterals } from './wildcard';

/** A wildcard is parsed when it is first needed. */
const parsedWildcards = new WeakMap<ValueMatcher, readonly string[]>();

export function literalsOf(matcher: ValueMatcher & { readonly kind: 'wildcard' }): readonly string[] {
  let literals = parsedWildcards.get(matcher);
  if (literals === undefined) {
    literals = wildcardLiterals(parseWildcard(matcher.value));
    parsedWildcards.set(matcher, literals);
  }
  return literals;
}

function inRange(value: number, { lower, upper }: NumericRange): boolean {
  const above = lower === undefined || value > lower.value || (lower.inclusive && value === lower.value);
  const below = upper === undefined || value < upper.value || (upper.inclusive && value === upper.value);
  return above && below;
}

function equalsNumber(leaf: LeafValue, value: number | undefined, text: string): boolean {
  return (
    leaf.type === 'number' &&
    (leaf.text === text ||
      // 0 and -0 are one number
      (leaf.value !== undefined && leaf.value === value))
  );
}

/** Whether the value, which is there, satisfies the matcher. */
export function matchesValue(matcher: ValueMatcher, leaf: LeafValue): boolean {
  switch (matcher.kind) {
    case 'equals':
      return typeof matcher.value === 'string'
        ? leaf.type === 'string' && leaf.text === matcher.value
        : leaf.type === 'literal' && leaf.text === String(matcher.value);
    case 'equals-number':
      return equalsNumber(leaf, matcher.value, matcher.text);
    case 'exists':
      return matcher.value;
    case 'numeric':
      return leaf.type === 'number' && leaf.value !== undefined && inRange(leaf.value, matcher.range);
    case 'anything-but':
      return !matcher.excluded.some(each => matchesValue(each, leaf));
    default:
      return leaf.type === 'string' && matchesString(matcher, leaf.text);
  }
}

type StringMatcher = Extract<ValueMatcher, { kind: 'equals-ignore-case' | 'prefix' | 'suffix' | 'wildcard' | 'cidr' }>;

function matchesString(matcher: StringMatcher, text: string): boolean {
  switch (matcher.kind) {
    case 'equals-ignore-case':
      return equalsIgnoringCase(matcher.value, text);
    case 'prefix':
      return matcher.ignoreCase ? startsIgnoringCase(matcher.value, `${text}"`) : `${text}"`.startsWith(matcher.value);
    case 'suffix':
      return matcher.ignoreCase ? endsWithIgnoringCase(matcher.value, `"${text}`) : `"${text}`.endsWith(matcher.value);
    case 'wildcard':
      return matchesWildcard(literalsOf(matcher), text);
    case 'cidr': {
      const digits = addressDigits(text);
      return digits !== undefined && inAddressRange(digits, matcher.range);
    }
    default:
      throw new Error(`Unknown matcher ${JSON.stringify(matcher)}`);
  }
}
