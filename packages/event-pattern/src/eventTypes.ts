import type { CompiledPattern, JsonObject, SourceAndDetailType } from './types';

export function sourcesAndDetailTypes(
  _pattern: string | JsonObject | CompiledPattern,
): readonly SourceAndDetailType[] {
  throw new Error('in work');
}

export function couldMatchType(
  _pattern: string | JsonObject | CompiledPattern,
  _source: string,
  _detailType: string,
): boolean {
  throw new Error('in work');
}
