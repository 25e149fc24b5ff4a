import type { CompiledPattern, JsonObject, PatternOptions } from './types';

/** EventBridge's quota for the size of an event pattern (can be raised on request). */
export const MAX_PATTERN_CHARACTERS = 2048;

export function compileEventPattern(
  _pattern: string | JsonObject,
  _options: PatternOptions = {},
): CompiledPattern {
  throw new Error('in work');
}
