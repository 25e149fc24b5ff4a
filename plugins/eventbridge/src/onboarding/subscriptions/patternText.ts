import type { Json } from '@busline/plugin-eventbridge-common';

/** Lists up to this many characters stand in one line. */
const MAX_LINE = 76;

/** A pattern as people write it: lists of values in one line, objects one key a line. */
export function patternText(value: Json, indent: string = ''): string {
  const flat = inOneLine(value);
  if (!isObject(value)) {
    if (!Array.isArray(value) || indent.length + flat.length <= MAX_LINE) return flat;
    const items = (value as readonly Json[]).map(item => `${indent}  ${patternText(item, `${indent}  `)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, inner]) => `${indent}  ${JSON.stringify(key)}: ${patternText(inner as Json, `${indent}  `)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function inOneLine(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inOneLine(inner as Json)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
