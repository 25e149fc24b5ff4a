import { type Json, parseYaml, toYaml } from '@busline/event-repository';

/** A value on one line, as people write it inside `{ }` and `[ ]`; it reads back as the same. */
export function flowYaml(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(flowYaml).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([key, inner]) => `${flowYaml(key)}: ${flowYaml(inner)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' && isPlain(value) ? value : asciiJson(value);
}

/** Words with nothing in them that YAML takes for something else. */
function isPlain(text: string): boolean {
  return (
    /^[A-Za-z](?:[A-Za-z0-9._/ -]*[A-Za-z0-9])?$/.test(text) && parseYaml(text).value === text && !isOldBoolean(text)
  );
}

/** YAML 1.1 readers take these for true or false. */
const isOldBoolean = (text: string) => /^(y|n|yes|no|on|off)$/i.test(text);

function asciiJson(value: Json): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `key: value` as lines of a block mapping, the first without indentation. */
export function pairYaml(key: string, value: Json, indent: number): string {
  const text = toYaml({ [key]: value });
  // What cannot be written plainly comes back as one JSON object, which is no pair.
  const pair = text.startsWith('{') ? `${asciiJson(key)}: ${asciiJson(value)}` : text.trimEnd();
  return indented(pair, indent);
}

/** `- value` as lines of a block sequence, the first without indentation. */
export function itemYaml(value: Json, indent: number, isFlow: boolean): string {
  if (isFlow || value === null || typeof value !== 'object') return `- ${flowYaml(value)}`;
  const text = toYaml(value);
  return `- ${text.startsWith('{') ? asciiJson(value) : indented(text.trimEnd(), indent + 2)}`;
}

function indented(text: string, indent: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);
}
