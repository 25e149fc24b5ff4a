import type { ClauseWords, CompiledPattern, JsonObject } from './types';

export function describePattern(
  _pattern: string | JsonObject | CompiledPattern,
): readonly ClauseWords[] {
  throw new Error('in work');
}

export function describePatternSentence(
  _pattern: string | JsonObject | CompiledPattern,
): string {
  throw new Error('in work');
}
