import type { Json } from '@busline/event-repository';

/** JSON values as source text of a language, laid out for reading. A value can never end the literal that it stands in. */

const INDENT = '  ';

/** A TypeScript expression. */
export function typescriptLiteral(value: Json, indent = ''): string {
  return literal(value, indent, INDENT, {
    null: 'null',
    true: 'true',
    false: 'false',
    text: scriptText,
    key: key => {
      // As a plain key this one would set the prototype.
      if (key === '__proto__') return `['__proto__']`;
      return /^[A-Za-z_$][\w$]*$/.test(key) ? key : scriptText(key);
    },
  });
}

/** A Python expression. */
export function pythonLiteral(value: Json, indent = ''): string {
  const text = (of: string) => JSON.stringify(of).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit);
  return literal(value, indent, INDENT + INDENT, { null: 'None', true: 'True', false: 'False', text, key: text });
}

/** A text in single quotes, as Prettier would have it. */
export function scriptText(text: string): string {
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/[\u2028\u2029]/g, escapeUnit);
  return `'${body}'`;
}

/** A text for a POSIX shell: nothing in it is special. */
export function shellText(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A text that stands in a comment of one line. */
export function commentText(text: string): string {
  return text
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/\*\//g, '* /')
    .trim();
}

interface Syntax {
  readonly null: string;
  readonly true: string;
  readonly false: string;
  readonly text: (text: string) => string;
  readonly key: (key: string) => string;
}

function literal(value: Json, indent: string, step: string, syntax: Syntax): string {
  if (value === null) return syntax.null;
  if (typeof value === 'boolean') return value ? syntax.true : syntax.false;
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return syntax.text(value);
  const inner = indent + step;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(item => `${inner}${literal(item, inner, step, syntax)},\n`);
    return items.length === 0 ? '[]' : `[\n${items.join('')}${indent}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${inner}${syntax.key(key)}: ${literal(member, inner, step, syntax)},\n`,
  );
  return members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
