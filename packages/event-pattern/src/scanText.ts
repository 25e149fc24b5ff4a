/*
 * Reads an event's text, keeping only what some pattern uses. Everything else
 * is checked and passed over: no object, array or string is made of it. Valid
 * is what `JSON.parse` takes, nested no deeper than EventBridge's own parser
 * goes. The scanner says no more than that a text is wrong; `JsonReader` then
 * says what is wrong with it.
 */
/* eslint-disable no-bitwise */
import type { Collector } from './collector';
import { EMPTY_HASH, type FieldNode } from './fieldTree';
import { MAX_NESTING } from './jsonReader';
import type { LeafValue } from './leaves';
import { toComparable } from './numbers';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const DOT = 0x2e;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const FIRST_PRINTABLE = 0x20;

/** Instead of an offset: the text is no JSON. */
const INVALID = -1;

const TRUE: LeafValue = { type: 'literal', text: 'true' };
const FALSE: LeafValue = { type: 'literal', text: 'false' };
const NULL: LeafValue = { type: 'literal', text: 'null' };

/** False for a text that is no JSON object. */
export function scanText(text: string, collector: Collector): boolean {
  const start = skipSpace(text, 0);
  if (text.charCodeAt(start) !== OPEN_BRACE) {
    return false;
  }
  const end = scanObject(text, start, 1, collector.tree.root, collector);
  return end !== INVALID && skipSpace(text, end) === text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  let code = text.charCodeAt(at);
  // most texts have none
  while (code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

/** From the opening brace to behind the closing one. */
function scanObject(text: string, open: number, depth: number, node: FieldNode, collector: Collector): number {
  if (depth > MAX_NESTING) {
    return INVALID;
  }
  let at = skipSpace(text, open + 1);
  if (text.charCodeAt(at) === CLOSE_BRACE) {
    return at + 1;
  }
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) {
      return INVALID;
    }
    const start = at + 1;
    let hash = EMPTY_HASH;
    let plain = true;
    at = start;
    let code = text.charCodeAt(at);
    while (code !== QUOTE) {
      if (!(code >= FIRST_PRINTABLE)) {
        return INVALID;
      }
      if (code === BACKSLASH) {
        plain = false;
        at = skipEscape(text, at);
        if (at === INVALID) {
          return INVALID;
        }
      } else {
        if (code === DOT) {
          plain = false;
        }
        hash = (Math.imul(hash, 31) + code) & 0x3fffffff;
        at += 1;
      }
      code = text.charCodeAt(at);
    }
    const child = plain
      ? node.childInText(hash, text, start, at)
      : collector.tree.step(node, unescaped(text, start, at));
    at = skipSpace(text, at + 1);
    if (text.charCodeAt(at) !== COLON) {
      return INVALID;
    }
    at = skipSpace(text, at + 1);
    at = child === undefined ? skipValue(text, at, depth) : scanValue(text, at, depth, child, collector);
    if (at === INVALID) {
      return INVALID;
    }
    at = skipSpace(text, at);
    code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) {
      return at + 1;
    }
    if (code !== COMMA) {
      return INVALID;
    }
    at = skipSpace(text, at + 1);
  }
}

/** A value on the way to a used field, or of it. */
function scanValue(text: string, at: number, depth: number, node: FieldNode, collector: Collector): number {
  const code = text.charCodeAt(at);
  if (code === OPEN_BRACE) {
    return scanObject(text, at, depth + 1, node, collector);
  }
  if (code === OPEN_BRACKET) {
    return scanArray(text, at, depth + 1, node, collector);
  }
  const end = skipValue(text, at, depth);
  if (end !== INVALID && node.slot !== undefined) {
    collector.add(node.slot, leafOf(text, at, end, code));
  }
  return end;
}

function scanArray(text: string, open: number, depth: number, node: FieldNode, collector: Collector): number {
  if (depth > MAX_NESTING) {
    return INVALID;
  }
  const array = collector.newArray();
  let at = skipSpace(text, open + 1);
  if (text.charCodeAt(at) === CLOSE_BRACKET) {
    return at + 1;
  }
  for (let index = 0; ; index++) {
    const first = text.charCodeAt(at);
    // plain values of one array stand beside each other, not in elements
    const nested = first === OPEN_BRACE || first === OPEN_BRACKET;
    if (nested) {
      collector.enter(array, index);
    }
    at = scanValue(text, at, depth, node, collector);
    if (nested) {
      collector.leave(array);
    }
    if (at === INVALID) {
      return INVALID;
    }
    at = skipSpace(text, at);
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACKET) {
      return at + 1;
    }
    if (code !== COMMA) {
      return INVALID;
    }
    at = skipSpace(text, at + 1);
  }
}

function leafOf(text: string, start: number, end: number, code: number): LeafValue {
  switch (code) {
    case QUOTE:
      return { type: 'string', text: unescaped(text, start + 1, end - 1) };
    case 0x74:
      return TRUE;
    case 0x66:
      return FALSE;
    case 0x6e:
      return NULL;
    default: {
      const number = text.slice(start, end);
      return { type: 'number', text: number, value: toComparable(number) };
    }
  }
}

/** What stands between the quotes of a valid string. */
function unescaped(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** From the first character of a value to behind its last. */
function skipValue(text: string, at: number, depth: number): number {
  const code = text.charCodeAt(at);
  if (code === QUOTE) {
    return skipString(text, at + 1);
  }
  if (code === OPEN_BRACE || code === OPEN_BRACKET) {
    return skipNested(text, at, depth + 1);
  }
  if (code === MINUS || (code >= ZERO && code <= NINE)) {
    return skipNumber(text, at);
  }
  if (code === 0x74) {
    return text.startsWith('true', at) ? at + 4 : INVALID;
  }
  if (code === 0x66) {
    return text.startsWith('false', at) ? at + 5 : INVALID;
  }
  return code === 0x6e && text.startsWith('null', at) ? at + 4 : INVALID;
}

/** From behind the opening quote to behind the closing one. */
function skipString(text: string, from: number): number {
  let at = from;
  let code = text.charCodeAt(at);
  while (code !== QUOTE) {
    if (!(code >= FIRST_PRINTABLE)) {
      return INVALID;
    }
    if (code === BACKSLASH) {
      at = skipEscape(text, at);
      if (at === INVALID) {
        return INVALID;
      }
    } else {
      at += 1;
    }
    code = text.charCodeAt(at);
  }
  return at + 1;
}

function isHex(code: number): boolean {
  return (code >= ZERO && code <= NINE) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

function skipEscape(text: string, backslash: number): number {
  switch (text.charCodeAt(backslash + 1)) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return backslash + 2;
    case 0x75:
      for (let i = 2; i < 6; i++) {
        if (!isHex(text.charCodeAt(backslash + i))) {
          return INVALID;
        }
      }
      return backslash + 6;
    default:
      return INVALID;
  }
}

function skipDigits(text: string, from: number): number {
  let at = from;
  let code = text.charCodeAt(at);
  while (code >= ZERO && code <= NINE) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

function skipNumber(text: string, from: number): number {
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from;
  const whole = skipDigits(text, at);
  if (whole === at || (text.charCodeAt(at) === ZERO && whole > at + 1)) {
    return INVALID;
  }
  at = whole;
  if (text.charCodeAt(at) === DOT) {
    const fraction = skipDigits(text, at + 1);
    if (fraction === at + 1) {
      return INVALID;
    }
    at = fraction;
  }
  if ((text.charCodeAt(at) | 0x20) === 0x65) {
    const sign = text.charCodeAt(at + 1);
    const start = sign === MINUS || sign === 0x2b ? at + 2 : at + 1;
    at = skipDigits(text, start);
    if (at === start) {
      return INVALID;
    }
  }
  return at;
}

/** An object or array that no pattern uses. */
function skipNested(text: string, open: number, depth: number): number {
  if (depth > MAX_NESTING) {
    return INVALID;
  }
  const isObject = text.charCodeAt(open) === OPEN_BRACE;
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = skipSpace(text, open + 1);
  if (text.charCodeAt(at) === close) {
    return at + 1;
  }
  for (;;) {
    if (isObject) {
      at = text.charCodeAt(at) === QUOTE ? skipString(text, at + 1) : INVALID;
      if (at === INVALID) {
        return INVALID;
      }
      at = skipSpace(text, at);
      if (text.charCodeAt(at) !== COLON) {
        return INVALID;
      }
      at = skipSpace(text, at + 1);
    }
    at = skipValue(text, at, depth);
    if (at === INVALID) {
      return INVALID;
    }
    at = skipSpace(text, at);
    const code = text.charCodeAt(at);
    if (code === close) {
      return at + 1;
    }
    if (code !== COMMA) {
      return INVALID;
    }
    at = skipSpace(text, at + 1);
  }
}
