import type { Json } from '@busline/plugin-eventbridge-common';

/** Beyond this a person scrolls past; the copy button gives the whole. */
export const MAX_LINES = 3000;

/** One line of a JSON text and the place in the value that it shows: `guest.email`, `doors[].id`, `''` at the top. */
export interface JsonLine {
  readonly depth: number;
  readonly path: string;
  /** `"name": `, absent for array elements and the root. */
  readonly key?: string;
  readonly text: string;
  readonly kind: 'string' | 'number' | 'keyword' | 'bracket';
}

/** The text of a value line by line, as `JSON.stringify(value, null, 2)` breaks it. */
export function jsonLines(value: Json, limit: number = MAX_LINES): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const add = (depth: number, path: string, key: string | undefined, part: Json, comma: string) => {
    if (lines.length >= limit) return;
    if (part === null || typeof part !== 'object') {
      lines.push({
        depth,
        path,
        key,
        text: `${JSON.stringify(part)}${comma}`,
        kind: kindOf(part),
      });
      return;
    }
    const array = Array.isArray(part);
    const entries: readonly (readonly [string, Json])[] = array
      ? part.map((element: Json) => ['[]', element] as const)
      : Object.entries(part);
    const [open, close] = array ? '[]' : '{}';
    if (entries.length === 0) {
      lines.push({
        depth,
        path,
        key,
        text: `${open}${close}${comma}`,
        kind: 'bracket',
      });
      return;
    }
    lines.push({ depth, path, key, text: open, kind: 'bracket' });
    entries.forEach(([name, child], index) => {
      const childPath = array ? `${path}[]` : joinPath(path, name);
      add(depth + 1, childPath, array ? undefined : name, child, index < entries.length - 1 ? ',' : '');
    });
    if (lines.length < limit) lines.push({ depth, path, text: `${close}${comma}`, kind: 'bracket' });
  };
  add(0, '', undefined, value, '');
  return lines;
}

/** A property's path below its parent's, written as the schema's paths are. */
export function joinPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}

function kindOf(value: Json): JsonLine['kind'] {
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' ? 'number' : 'keyword';
}
