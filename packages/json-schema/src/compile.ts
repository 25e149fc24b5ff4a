import type { CompiledSchema, CompileOptions, Draft } from './types';

/** Errors kept of one validation; a person reads no more, and a hostile value costs no more. */
export const MAX_ERRORS = 100;

export function detectDraft(_schema: unknown, _fallback?: Draft): Draft {
  throw new Error('in work');
}

export function compileSchema(
  _schema: unknown,
  _options: CompileOptions = {},
): CompiledSchema {
  throw new Error('in work');
}
