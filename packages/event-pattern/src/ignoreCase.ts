/*
 * Comparison without case, character by character as EventBridge does it: each
 * UTF-16 unit of the pattern stands for itself in lower case or in upper case
 * (which may be several characters: `ß` also stands for `SS`), and half of a
 * surrogate pair, which has neither, for a question mark.
 */

function isSurrogate(unit: string): boolean {
  const code = unit.charCodeAt(0);
  return code >= 0xd800 && code <= 0xdfff;
}

/** What each unit of the pattern may be in the event. */
function spellings(pattern: string): readonly (readonly string[])[] {
  const result: string[][] = [];
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern[i];
    result.push(isSurrogate(unit) ? ['?'] : [...new Set([unit.toLowerCase(), unit.toUpperCase()])]);
  }
  return result;
}

/** Offsets in `text` at which a spelling of the pattern that begins at `from` ends. */
export function endsIgnoringCase(pattern: string, text: string, from: number): ReadonlySet<number> {
  let reached = new Set([from]);
  for (const options of spellings(pattern)) {
    const next = new Set<number>();
    for (const offset of reached) {
      for (const option of options) {
        if (text.startsWith(option, offset)) {
          next.add(offset + option.length);
        }
      }
    }
    if (next.size === 0) {
      return next;
    }
    reached = next;
  }
  return reached;
}

export function equalsIgnoringCase(pattern: string, text: string): boolean {
  return endsIgnoringCase(pattern, text, 0).has(text.length);
}

export function startsIgnoringCase(pattern: string, text: string): boolean {
  return endsIgnoringCase(pattern, text, 0).size > 0;
}

/** A spelling is at most this many times as long as what it stands for. */
const LONGEST_SPELLING = 3;

export function endsWithIgnoringCase(pattern: string, text: string): boolean {
  const first = Math.max(0, text.length - pattern.length * LONGEST_SPELLING);
  for (let from = first; from <= text.length; from++) {
    if (endsIgnoringCase(pattern, text, from).has(text.length)) {
      return true;
    }
  }
  return false;
}

/**
 * The text in upper case, if all its spellings become that in upper case: then
 * what the text stands for can be looked up by it. Undefined otherwise.
 */
export function foldedForIndex(pattern: string): string | undefined {
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern[i];
    const upper = unit.toUpperCase();
    if (isSurrogate(unit) || unit.toLowerCase().toUpperCase() !== upper || upper.toUpperCase() !== upper) {
      return undefined;
    }
  }
  return pattern.toUpperCase();
}
