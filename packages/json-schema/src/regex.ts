/*
 * Regular expressions of schemas: ECMA-262, not anchored, with the `u` flag
 * where the expression allows it.
 */

/** Compiled expressions that are kept; a portal's schemas repeat a few. */
const MAX_CACHED = 2000;

const cache = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // e.g. \- outside a class, which many schemas have
  }
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** The expression, undefined for a text that is none. */
export function toRegExp(pattern: string): RegExp | undefined {
  if (cache.has(pattern)) {
    return cache.get(pattern);
  }
  if (cache.size >= MAX_CACHED) {
    cache.clear();
  }
  const compiled = compile(pattern);
  cache.set(pattern, compiled);
  return compiled;
}

/** Whether the text has a match; an expression that is none does not restrict. */
export function matchesRegExp(pattern: string, text: string): boolean {
  return toRegExp(pattern)?.test(text) ?? true;
}
