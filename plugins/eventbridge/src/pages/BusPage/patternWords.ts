import type { Json } from '@busline/plugin-eventbridge-common';

/** Names shown of each field before "and n more". */
const NAMED = 3;

/** What a rule takes, for a line of a list: `Access Granted from com.key.access, filtered`. */
export function patternWords(pattern: Json | undefined): string {
  if (pattern === undefined) return 'No pattern is known';
  if (pattern === null || typeof pattern !== 'object' || Array.isArray(pattern)) return 'A pattern that is no object';
  const fields = pattern as Readonly<Record<string, Json>>;
  const types = valuesOf(fields['detail-type']);
  const sources = valuesOf(fields.source);
  const others = Object.keys(fields).filter(name => name !== 'detail-type' && name !== 'source');
  const words = [types ?? 'Everything', sources && `from ${sources}`].filter(Boolean).join(' ');
  return others.length > 0 ? `${words}, filtered by ${others.join(', ')}` : words;
}

/** `Access Granted, prefix "Door" and 2 more`. */
function valuesOf(value: Json | undefined): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const words = value.slice(0, NAMED).map(item => (typeof item === 'string' ? item : operatorWords(item)));
  const more = value.length - words.length;
  return more > 0 ? `${words.join(', ')} and ${more} more` : words.join(' or ');
}

function operatorWords(item: Json): string {
  if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
    const [entry] = Object.entries(item as Readonly<Record<string, Json>>);
    if (entry) return `${entry[0]} ${JSON.stringify(entry[1])}`;
  }
  return JSON.stringify(item);
}
