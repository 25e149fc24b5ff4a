import type { CompileOptions, SchemaChange } from './types';

export function diffSchemas(
  _before: unknown,
  _after: unknown,
  _options: CompileOptions = {},
): readonly SchemaChange[] {
  throw new Error('in work');
}
