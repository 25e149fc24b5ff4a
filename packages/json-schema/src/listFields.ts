import { describeSchema, outlineSchema } from './describeSchema';
import type { CompileOptions, SchemaField, SchemaNode } from './types';

/** Fields listed of one schema: a search index gains nothing from more. */
export const MAX_FIELDS = 1000;
/** Nesting down to which fields are listed. */
export const MAX_FIELD_DEPTH = 12;

const NOT_FIELDS: ReadonlySet<SchemaNode['kind']> = new Set(['root', 'alternative', 'condition']);

interface ListOptions extends CompileOptions {
  readonly maxFields?: number;
}

/**
 * Every field of a schema, flat, upper levels first; at most `maxFields`.
 * Throws `InvalidSchemaError` for what is no object or boolean.
 */
export function listFields(schema: unknown, options: ListOptions = {}): readonly SchemaField[] {
  const nodes = collect(describeSchema(schema, options), options);
  return Array.from(nodes.values(), ({ path, type, required, description }) => ({
    path,
    type,
    required,
    ...(description === undefined ? {} : { description }),
  }));
}

/** The paths of `listFields` alone, which are found in a fraction of the time. */
export function listFieldPaths(schema: unknown, options: ListOptions = {}): readonly string[] {
  return [...collect(outlineSchema(schema, options).root, options).keys()];
}

interface Tree<Self> {
  readonly kind: SchemaNode['kind'];
  readonly path: string;
  children(): readonly Self[];
}

/** By path; of several alternatives with the same path, the first one. */
function collect<Node extends Tree<Node>>(
  root: Node,
  { maxFields = MAX_FIELDS }: ListOptions,
): ReadonlyMap<string, Node> {
  const fields = new Map<string, Node>();
  let level = root.children();
  for (let depth = 0; depth < MAX_FIELD_DEPTH && level.length > 0; depth++) {
    const next: Node[] = [];
    for (const node of level) {
      if (fields.size >= maxFields) {
        return fields;
      }
      if (!NOT_FIELDS.has(node.kind) && !fields.has(node.path)) {
        fields.set(node.path, node);
      }
      // enough to fill what is left, however wide the level
      if (next.length < maxFields) {
        next.push(...node.children());
      }
    }
    level = next;
  }
  return fields;
}
