/*
 * Wildcards: `*` for any number of characters, `\*` and `\\` for the
 * characters themselves.
 */

/** A literal character, or any number of characters. */
export type WildcardPart = { readonly char: string } | 'star';

export class WildcardError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WildcardError';
  }
}

/** Bytes of the opening quote, which EventBridge counts in positions. */
const QUOTE_BYTES = 1;

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Throws `WildcardError`, worded as EventBridge words it. */
export function parseWildcard(text: string): readonly WildcardPart[] {
  const parts: WildcardPart[] = [];
  const at = (index: number) => utf8Length(text.slice(0, index)) + QUOTE_BYTES;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const next = text[i + 1];
    if (char === '*') {
      if (next === '*') {
        throw new WildcardError(`Consecutive wildcard characters at pos ${at(i)}`);
      }
      parts.push('star');
    } else if (char === '\\') {
      if (next !== '*' && next !== '\\') {
        throw new WildcardError(`Invalid escape character at pos ${at(i)}`);
      }
      parts.push({ char: next });
      i += 1;
    } else {
      parts.push({ char });
    }
  }
  return parts;
}

/** The literal texts between the stars, in order; the first and the last may be empty. */
export function wildcardLiterals(parts: readonly WildcardPart[]): readonly string[] {
  const literals = [''];
  for (const part of parts) {
    if (part === 'star') {
      literals.push('');
    } else {
      literals[literals.length - 1] += part.char;
    }
  }
  return literals;
}

/** Whether the whole text fits, each literal at its first place after the one before. */
export function matchesWildcard(literals: readonly string[], text: string): boolean {
  const last = literals.length - 1;
  if (last === 0) {
    return text === literals[0];
  }
  const end = text.length - literals[last].length;
  let at = literals[0].length;
  if (at > end || !text.startsWith(literals[0]) || !text.endsWith(literals[last])) {
    return false;
  }
  for (let i = 1; i < last; i++) {
    const found = text.indexOf(literals[i], at);
    if (found === -1) {
      return false;
    }
    at = found + literals[i].length;
  }
  return at <= end;
}

/** Places of a wildcard that one value can be at, at once; beyond it a pattern is refused. */
export const MAX_WILDCARD_COMPLEXITY = 10;

/** Sets of places looked at before a wildcard counts as too complex. */
const MAX_EXPLORED = 20_000;

/**
 * How many places of these wildcards one value could be at, at once, in the
 * worst case. EventBridge refuses patterns by this measure, as matching costs
 * that many steps for each character.
 */
export function wildcardComplexity(wildcards: readonly (readonly WildcardPart[])[], limit: number): number {
  // one automaton for all: places are numbered through, quotes included
  const parts: WildcardPart[] = [];
  const starts: number[] = [];
  const ends = new Set<number>();
  for (const wildcard of wildcards) {
    starts.push(parts.length);
    parts.push({ char: '"' }, ...wildcard, { char: '"' });
    ends.add(parts.length - 1);
  }
  const alphabet = new Set(parts.flatMap(part => (part === 'star' ? [] : [part.char])));
  alphabet.add('');
  const after = (place: number): number[] => {
    if (ends.has(place)) {
      return [];
    }
    return parts[place + 1] === 'star' ? [place + 1, place + 2] : [place + 1];
  };
  const step = (places: readonly number[], char: string): number[] => {
    const reached = new Set<number>();
    for (const place of places) {
      const candidates = after(place);
      if (parts[place] === 'star') {
        candidates.push(place);
      }
      for (const candidate of candidates) {
        const part = parts[candidate];
        if (part === 'star' || part.char === char) {
          reached.add(candidate);
        }
      }
    }
    return [...reached].sort((a, b) => a - b);
  };
  // a star that follows a reached place counts as reached: it may be empty
  const size = (places: readonly number[]): number =>
    new Set([...places, ...places.filter(p => parts[p + 1] === 'star' && !ends.has(p)).map(p => p + 1)]).size;

  let worst = 0;
  const seen = new Set<string>();
  const queue: (readonly number[])[] = [starts];
  for (let places = queue.pop(); places; places = queue.pop()) {
    worst = Math.max(worst, size(places));
    if (worst > limit || seen.size > MAX_EXPLORED) {
      return limit + 1;
    }
    for (const char of alphabet) {
      const next = step(places, char);
      const key = next.join(',');
      if (next.length > 0 && !seen.has(key)) {
        seen.add(key);
        queue.push(next);
      }
    }
  }
  return worst;
}
