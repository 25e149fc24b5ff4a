import type { Json } from '../types';

/*
 * Schemas and examples are kept as text: parsed they take some eight times the
 * memory, and most are never looked at. The values asked for last are kept.
 */

/** Characters of text whose values are kept. */
const MAX_KEPT_CHARACTERS = 2_000_000;

const kept = new Map<string, Json>();
let characters = 0;

/** The value of a text that is known to be JSON. */
export function lazyJson(text: string): Json {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const value: Json = JSON.parse(text);
  kept.set(text, value);
  characters += text.length;
  for (const oldest of kept.keys()) {
    if (characters <= MAX_KEPT_CHARACTERS || kept.size === 1) break;
    kept.delete(oldest);
    characters -= oldest.length;
  }
  return value;
}
