import type { EventType, Json } from '@busline/event-repository';
import { describeSchema, listFields, type SchemaNode } from '@busline/json-schema';
import type { FilterClause } from '../form/formData';

/** A field that a filter can look at. */
export interface FilterField {
  /** Path below `detail`: `data.channel`, `data.items[].sku`. */
  readonly path: string;
  readonly words: string;
  readonly description?: string;
  readonly type: FilterClause['type'];
  /** Values that the schema allows, where it lists them. */
  readonly choices: readonly string[];
}

/** Fields that stand in every one of the event types, in their newest versions: a filter looks at all of them. */
export function filterFields(eventTypes: readonly EventType[]): readonly FilterField[] {
  const lists = eventTypes.map(fieldsOf);
  const [first = [], ...others] = lists;
  return first.filter(field => others.every(list => list.some(other => other.path === field.path)));
}

function fieldsOf(eventType: EventType): readonly FilterField[] {
  const newest = eventType.versions[eventType.versions.length - 1];
  if (!newest) return [];
  try {
    const below = eventType.eventPaths.data?.split('.').slice(1).join('.');
    const prefix = below ? `${below}.` : '';
    const nodes = nodesByPath(describeSchema(newest.schema));
    return listFields(newest.schema).flatMap(({ path, type, description }) => {
      const kind = kindOf(type);
      if (kind === undefined) return [];
      const node = nodes.get(path);
      const choices = (node?.enum ?? (node?.const ? [node.const.value] : [])).flatMap(textOf);
      return [
        {
          path: prefix + path,
          words: path,
          description,
          type: kind,
          choices: kind === 'boolean' ? ['true', 'false'] : choices,
        },
      ];
    });
  } catch {
    // A schema that cannot be listed is said so elsewhere; the pattern can still be written.
    return [];
  }
}

function textOf(value: Json): readonly string[] {
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** Objects have no value to compare; arrays are compared by their elements. */
function kindOf(type: string): FilterField['type'] | undefined {
  const words = type.replace(/^array of /, '');
  if (/\bboolean\b/.test(words)) return 'boolean';
  if (/\b(number|integer)\b/.test(words)) return 'number';
  return /\bstring\b/.test(words) ? 'text' : undefined;
}

/** Deep enough for what `listFields` gives. */
const MAX_NODES = 2_000;

function nodesByPath(root: SchemaNode): ReadonlyMap<string, SchemaNode> {
  const found = new Map<string, SchemaNode>();
  let level = root.children();
  while (level.length > 0 && found.size < MAX_NODES) {
    const next: SchemaNode[] = [];
    for (const node of level) {
      const known = found.get(node.path);
      if (!known || (!known.enum && node.enum)) found.set(node.path, node);
      next.push(...node.children());
      if (found.size >= MAX_NODES) break;
    }
    level = next;
  }
  return found;
}
