import type { CompileOptions, SchemaNode } from './types';

export function describeSchema(
  _schema: unknown,
  _options: CompileOptions = {},
): SchemaNode {
  throw new Error('in work');
}
