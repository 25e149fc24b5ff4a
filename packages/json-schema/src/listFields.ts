import type { CompileOptions, SchemaField } from './types';

/** Fields listed of one schema. */
export const MAX_FIELDS = 1000;
/** Nesting down to which fields are listed. */
export const MAX_FIELD_DEPTH = 12;

export function listFields(
  _schema: unknown,
  _options: CompileOptions & { readonly maxFields?: number } = {},
): readonly SchemaField[] {
  throw new Error('in work');
}
