import type { CompileOptions, SchemaProblem } from './types';

export function checkSchema(
  _schema: unknown,
  _options: CompileOptions = {},
): readonly SchemaProblem[] {
  throw new Error('in work');
}
