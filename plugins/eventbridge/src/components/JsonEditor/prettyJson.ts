import type { Json } from '@busline/plugin-eventbridge-common';

/** Characters of a list that stays on one line. */
const LINE = 64;

/** JSON as people write patterns and events: an entry on each line, short lists on one. */
export function prettyJson(value: Json): string {
  return broken(value, '');
}

function broken(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const elements = value as readonly Json[];
    const line = oneLine(elements);
    if (line.length <= LINE) return line;
    return `[\n${elements.map(each => inner + broken(each, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, each]) => `${inner}${JSON.stringify(key)}: ${broken(each, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** As one line, or something longer than a line where it does not fit. */
function oneLine(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const parts: string[] = [];
  let length = 0;
  for (const [key, each] of Object.entries(value)) {
    const part = isArray ? oneLine(each) : `${JSON.stringify(key)}: ${oneLine(each)}`;
    parts.push(part);
    length += part.length;
    if (length > LINE) break;
  }
  if (isArray) return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
