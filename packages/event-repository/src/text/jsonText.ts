import type { Json } from '../types';
import { type Pointer, type Position, positionAt, START } from './position';
import { isDeeperThan } from './yamlText';

/** Levels of a schema or an example; the deepest published schemas stay below 60. */
export const MAX_JSON_DEPTH = 200;

export type JsonResult =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      readonly kind: 'syntax' | 'limit';
      readonly message: string;
      readonly position: Position;
    };

/** Reads a JSON text (RFC 8259; a byte order mark is passed over). Never throws. */
export function parseJson(text: string): JsonResult {
  let value: Json;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return { ok: false, kind: 'syntax', ...findSyntaxError(text) };
  }
  if (isDeeperThan(value, MAX_JSON_DEPTH)) {
    return {
      ok: false,
      kind: 'limit',
      message: `nested deeper than ${MAX_JSON_DEPTH} levels`,
      position: START,
    };
  }
  return { ok: true, value };
}

const SPACE = /[\ufeff \t\r\n]*/y;
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)(?![\w.+-])/y;

type Token = 'string' | 'scalar' | 'end' | 'wrong' | '{' | '}' | '[' | ']' | ',' | ':';

/** Splits a JSON text into tokens; nothing is recursive, so that depth costs no stack. */
class Scanner {
  start = 0;
  end = 0;
  #token: Token = 'end';
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.next();
  }

  next(): Token {
    SPACE.lastIndex = this.end;
    SPACE.exec(this.#text);
    this.start = SPACE.lastIndex;
    this.#token = this.#read();
    return this.#token;
  }

  token(): Token {
    return this.#token;
  }

  string(): string {
    return JSON.parse(this.#text.slice(this.start, this.end));
  }

  #read(): Token {
    const char = this.#text[this.start];
    this.end = this.start + 1;
    if (char === undefined) return 'end';
    if ('{}[],:'.includes(char)) return char as Token;
    const pattern = char === '"' ? STRING : SCALAR;
    pattern.lastIndex = this.start;
    if (!pattern.test(this.#text)) return 'wrong';
    this.end = pattern.lastIndex;
    return char === '"' ? 'string' : 'scalar';
  }
}

const NAMES: Readonly<Record<Token, string>> = {
  string: 'text',
  scalar: 'a value',
  end: 'the end of the file',
  wrong: 'what is no JSON',
  '{': '"{"',
  '}': '"}"',
  '[': '"["',
  ']': '"]"',
  ',': '","',
  ':': '":"',
};

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/** The first place at which a text stops being JSON. */
function findSyntaxError(text: string): {
  message: string;
  position: Position;
} {
  const scanner = new Scanner(text);
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  for (;;) {
    const token = scanner.token();
    if (open.length === 0 && expected === ', or end') {
      if (token === 'end') break;
      return wrong(text, scanner, 'the end of the file');
    }
    const next = advance(token, expected, open);
    if (next === undefined) return wrong(text, scanner, words(expected, open));
    expected = next;
    scanner.next();
  }
  return { message: 'is no JSON', position: START };
}

function advance(token: Token, expected: Expectation, open: ('{' | '[')[]): Expectation | undefined {
  switch (expected) {
    case 'key':
    case 'key or }':
      if (token === 'string') return ':';
      return expected === 'key or }' && token === '}' ? close(open) : undefined;
    case ':':
      return token === ':' ? 'value' : undefined;
    case ', or end':
      if (token === ',') return open.at(-1) === '{' ? 'key' : 'value';
      if (token === (open.at(-1) === '{' ? '}' : ']')) return close(open);
      return undefined;
    default:
      if (token === 'string' || token === 'scalar') return ', or end';
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or }' : 'value or ]';
      }
      return expected === 'value or ]' && token === ']' ? close(open) : undefined;
  }
}

function close(open: ('{' | '[')[]): Expectation {
  open.pop();
  return ', or end';
}

function words(expected: Expectation, open: readonly string[]): string {
  switch (expected) {
    case 'key':
      return 'a key in double quotes';
    case 'key or }':
      return 'a key in double quotes or "}"';
    case ':':
      return '":"';
    case ', or end':
      return `"," or "${open.at(-1) === '{' ? '}' : ']'}"`;
    case 'value or ]':
      return 'a value or "]"';
    default:
      return 'a value';
  }
}

function wrong(text: string, scanner: Scanner, expected: string) {
  return {
    message: `expected ${expected}, found ${NAMES[scanner.token()]}`,
    position: positionAt(text, scanner.start),
  };
}

/** A member name and what is around its colon; inside of a text it may be more, never less. */
const MEMBER = /"[ \t\r\n]*:/g;

/** Keys that stand a second time in one object, at most so many: the first ones are what a person mends first. */
const MAX_DUPLICATE_KEYS = 100;

/**
 * Where keys stand that their object has already. The text must be JSON, and `value` what it says: of a file without
 * such keys, nearly every one, no more is read than that as many members were kept as are written.
 */
export function findDuplicateKeys(text: string, value: Json): readonly { key: string; position: Position }[] {
  const written = text.match(MEMBER)?.length ?? 0;
  if (written === countMembers(value)) return [];
  const found: { key: string; position: Position }[] = [];
  const open: (Set<string> | undefined)[] = [];
  const scanner = new Scanner(text);
  let expectsKey = false;
  for (let token = scanner.token(); token !== 'end'; token = scanner.next()) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token === ',') {
      expectsKey = open.at(-1) !== undefined;
    } else if (token === 'string' && expectsKey) {
      expectsKey = false;
      const key = scanner.string();
      const keys = open.at(-1)!;
      if (keys.has(key)) found.push({ key, position: positionAt(text, scanner.start) });
      if (found.length === MAX_DUPLICATE_KEYS) break;
      keys.add(key);
    }
  }
  return found;
}

/** Members of all objects of a value; its depth is bounded (`MAX_JSON_DEPTH`). */
function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item);
    return members;
  }
  for (const child of Object.values(value)) members += 1 + countMembers(child);
  return members;
}

/**
 * Where a value, or its key, stands in a JSON text; where it is absent, its
 * nearest ancestor. The text must be JSON. Of a key written twice the last one
 * counts, as for JSON.parse.
 */
export function locateInJson(text: string, pointer: Pointer, at: 'key' | 'value'): Position {
  const scanner = new Scanner(text);
  let offset = scanner.start;
  for (const [index, part] of pointer.entries()) {
    const last = index === pointer.length - 1;
    const found = scanner.token() === '{' ? enterMember(scanner, String(part)) : enterItem(scanner, Number(part));
    if (!found) break;
    offset = last && at === 'key' ? found.key : found.value;
    scanner.end = found.value;
    scanner.next();
  }
  return positionAt(text, offset);
}

interface Found {
  readonly key: number;
  readonly value: number;
}

function enterMember(scanner: Scanner, name: string): Found | undefined {
  let found: Found | undefined;
  scanner.next();
  while (scanner.token() === 'string') {
    const key = scanner.start;
    const matches = scanner.string() === name;
    scanner.next();
    scanner.next();
    if (matches) found = { key, value: scanner.start };
    skipValue(scanner);
    if (scanner.token() === ',') scanner.next();
  }
  return found;
}

function enterItem(scanner: Scanner, index: number): Found | undefined {
  if (scanner.token() !== '[') return undefined;
  scanner.next();
  for (let at = 0; scanner.token() !== ']' && scanner.token() !== 'end'; at += 1) {
    if (at === index) return { key: scanner.start, value: scanner.start };
    skipValue(scanner);
    if (scanner.token() === ',') scanner.next();
  }
  return undefined;
}

function skipValue(scanner: Scanner): void {
  let depth = 0;
  do {
    if (scanner.token() === '{' || scanner.token() === '[') depth += 1;
    if (scanner.token() === '}' || scanner.token() === ']') depth -= 1;
    scanner.next();
  } while (depth > 0 && scanner.token() !== 'end');
}
