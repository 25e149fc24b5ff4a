import type { Json } from '@busline/plugin-eventbridge-common';
import type { ParsedText } from './formData';

/**
 * Reads JSON that a person typed. Engines word their errors differently, and some say no place; the text is walked here
 * only for the place.
 */
export function parseJson(text: string): ParsedText {
  if (text.trim() === '') return { kind: 'invalid', message: 'nothing is written yet', offset: 0 };
  try {
    return { kind: 'value', value: JSON.parse(text) as Json };
  } catch {
    const offset = failsAt(text);
    return { kind: 'invalid', message: messageAt(text, offset), offset };
  }
}

/** `line 3, column 7` */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

function messageAt(text: string, offset: number): string {
  const rest = text.slice(offset);
  if (rest.trim() === '') return 'the JSON ends too early: a bracket, brace or quote is not closed';
  return `${JSON.stringify([...rest][0])} is not expected here`;
}

const SPACE = /[ \t\n\r]*/y;
// JSON takes no control characters in a string.
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/** Where a text stops being JSON. No recursion: what is pasted may be nested deeply. */
function failsAt(text: string): number {
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return false;
    at += found[0].length;
    return true;
  };
  const takeChar = (char: string) => {
    take(SPACE);
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };
  const open: ('{' | '[')[] = [];
  for (;;) {
    // A value begins here.
    take(SPACE);
    let complete = true;
    if (takeChar('{')) {
      if (!takeChar('}')) {
        open.push('{');
        take(SPACE);
        if (!take(STRING) || !takeChar(':')) return at;
        complete = false;
      }
    } else if (takeChar('[')) {
      if (!takeChar(']')) {
        open.push('[');
        complete = false;
      }
    } else if (!take(STRING) && !take(NUMBER) && !take(WORD)) return at;
    if (!complete) continue;
    // A value has ended; so may what it stands in.
    for (;;) {
      take(SPACE);
      const inside = open[open.length - 1];
      if (inside === undefined) return at;
      if (takeChar(inside === '{' ? '}' : ']')) {
        open.pop();
        continue;
      }
      if (!takeChar(',')) return at;
      if (inside === '{') {
        take(SPACE);
        if (!take(STRING) || !takeChar(':')) return at;
      }
      break;
    }
  }
}
