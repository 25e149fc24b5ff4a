import { describeSchema } from './describeSchema';
import type { CompileOptions, SchemaField, SchemaNode } from './types';

/** Fields listed of one schema: a search index gains nothing from more. */
export const MAX_FIELDS = 1000;
/** Nesting down to which fields are listed. */
export const MAX_FIELD_DEPTH = 12;

const NOT_FIELDS: ReadonlySet<SchemaNode['kind']> = new Set(['root', 'alternative', 'condition']);

/**
 * Every field of a schema, flat, upper levels first; at most `maxFields`.
 * Throws `InvalidSchemaError` for what is no object or boolean.
 */
export function listFields(
  schema: unknown,
  options: CompileOptions & { readonly maxFields?: number } = {},
): readonly SchemaField[] {
  const { maxFields = MAX_FIELDS } = options;
  const fields = new Map<string, SchemaField>();
  let level: readonly SchemaNode[] = describeSchema(schema, options).children();
  for (let depth = 0; depth < MAX_FIELD_DEPTH && level.length > 0; depth++) {
    const next: SchemaNode[] = [];
    for (const node of level) {
      if (fields.size >= maxFields) {
        return [...fields.values()];
      }
      if (!NOT_FIELDS.has(node.kind) && !fields.has(node.path)) {
        const { path, type, required, description } = node;
        fields.set(path, {
          path,
          type,
          required,
          ...(description === undefined ? {} : { description }),
        });
      }
      // enough to fill what is left, however wide the level
      if (next.length < maxFields) {
        next.push(...node.children());
      }
    }
    level = next;
  }
  return [...fields.values()];
}
