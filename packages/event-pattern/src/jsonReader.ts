/*
 * A pull reader of JSON text. It differs from `JSON.parse` in what patterns
 * need: every token has its place, numbers keep their text, keys that are
 * written twice are both seen, and errors are worded as the JSON parser of
 * EventBridge words them.
 */
import {
  endInside,
  endOfInput,
  JsonSyntaxError,
  unexpectedCharacter,
  wrongCloseMarker,
  type OpenStructure,
} from './jsonErrors';

/** Nesting that EventBridge's JSON parser accepts. */
export const MAX_NESTING = 1000;

export type TokenType =
  | 'start-object'
  | 'end-object'
  | 'start-array'
  | 'end-array'
  | 'field'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null';

export interface Token {
  readonly type: TokenType;
  /** The value of a string or field name, the text of everything else. */
  readonly text: string;
  readonly offset: number;
}

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const ESCAPES: { readonly [letter: string]: string } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z0-9_$]+/y;
// control characters may not stand in a string
// eslint-disable-next-line no-control-regex
const PLAIN_STRING = /[^"\\\u0000-\u001f]*/y;

interface Level extends OpenStructure {
  /** Entries read so far. */
  count: number;
}

export class JsonReader {
  readonly #text: string;
  #offset = 0;
  /** A field name was read; its value comes next. */
  #inField = false;
  #done = false;
  readonly #levels: Level[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token. Throws `JsonSyntaxError`, also at the end of the text. */
  next(): Token {
    this.#skipSpace();
    const level = this.#levels[this.#levels.length - 1];
    if (level === undefined) {
      if (this.#done) {
        throw this.#error('Unexpected end-of-input', this.#offset);
      }
      return this.#value();
    }
    if (this.#inField) {
      this.#inField = false;
      return this.#value();
    }
    return level.kind === 'object' ? this.#nextInObject(level) : this.#nextInArray(level);
  }

  /** Reads over the value that begins with this token. */
  skip(start: Token): void {
    if (start.type !== 'start-object' && start.type !== 'start-array') {
      return;
    }
    const depth = this.#levels.length;
    while (this.#levels.length >= depth) {
      this.next();
    }
  }

  #nextInObject(level: Level): Token {
    const start = this.#offset;
    let char = this.#peek(level);
    if (char === '}') {
      return this.#end('end-object');
    }
    if (level.count > 0) {
      if (char !== ',') {
        throw this.#noComma(level);
      }
      this.#offset += 1;
      this.#skipSpace();
      char = this.#peekInside(level);
    }
    if (char === ']' && level.count === 0) {
      throw wrongCloseMarker(this.#text, this.#offset, level);
    }
    if (char !== '"') {
      throw this.#unexpected('was expecting double-quote to start field name');
    }
    level.count += 1;
    const fieldOffset = this.#offset;
    const text = this.#string();
    this.#skipSpace();
    if (this.#peekInside(level) !== ':') {
      throw this.#unexpected('was expecting a colon to separate field name and value');
    }
    this.#offset += 1;
    this.#inField = true;
    return { type: 'field', text, offset: Math.max(start, fieldOffset) };
  }

  #nextInArray(level: Level): Token {
    if (this.#peek(level) === ']') {
      return this.#end('end-array');
    }
    if (level.count > 0) {
      if (this.#peek(level) !== ',') {
        throw this.#noComma(level);
      }
      this.#offset += 1;
      this.#skipSpace();
      this.#peekInside(level);
    }
    level.count += 1;
    return this.#value();
  }

  #end(type: 'end-object' | 'end-array'): Token {
    const offset = this.#offset;
    this.#offset += 1;
    this.#levels.pop();
    this.#done = this.#levels.length === 0;
    return { type, text: this.#text[offset], offset };
  }

  #value(): Token {
    this.#skipSpace();
    const offset = this.#offset;
    const char = this.#text[offset];
    if (char === undefined) {
      throw endInside(this.#text, this.#levels[this.#levels.length - 1]);
    }
    if (char === '{' || char === '[') {
      return this.#start(char);
    }
    if (this.#levels.length === 0) {
      this.#done = true;
    }
    if (char === '"') {
      return { type: 'string', text: this.#string(), offset };
    }
    if (char === '-' || (char >= '0' && char <= '9')) {
      return { type: 'number', text: this.#number(), offset };
    }
    return this.#word(offset);
  }

  #start(char: '{' | '['): Token {
    const offset = this.#offset;
    if (this.#levels.length >= MAX_NESTING) {
      throw this.#error(
        `Document nesting depth (${
          MAX_NESTING + 1
        }) exceeds the maximum allowed (${MAX_NESTING}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
        offset,
      );
    }
    this.#offset += 1;
    this.#levels.push({
      kind: char === '{' ? 'object' : 'array',
      offset,
      count: 0,
    });
    return {
      type: char === '{' ? 'start-object' : 'start-array',
      text: char,
      offset,
    };
  }

  #word(offset: number): Token {
    WORD.lastIndex = offset;
    const word = WORD.exec(this.#text)?.[0];
    if (word === undefined) {
      throw this.#noValue(offset);
    }
    if (word !== 'true' && word !== 'false' && word !== 'null') {
      throw this.#error(`Unrecognized token '${word}': was expecting ${VALUES}`, offset);
    }
    this.#offset += word.length;
    return { type: word, text: word, offset };
  }

  #number(): string {
    NUMBER.lastIndex = this.#offset;
    const text = NUMBER.exec(this.#text)?.[0];
    if (text === undefined) {
      this.#offset += 1;
      throw this.#unexpected('expected digit (0-9) to follow minus sign, for valid numeric value', ' in numeric value');
    }
    if (/^-?0\d/.test(text)) {
      throw this.#error('Invalid numeric value: Leading zeroes not allowed', this.#offset);
    }
    this.#offset += text.length;
    const after = this.#text[this.#offset];
    if (after === '.' || after === 'e' || after === 'E') {
      this.#offset += 1;
      throw this.#unexpected(
        after === '.' ? 'Decimal point not followed by a digit' : 'Exponent indicator not followed by a digit',
        ' in numeric value',
      );
    }
    return text;
  }

  #string(): string {
    let from = this.#offset + 1;
    let value = '';
    for (;;) {
      PLAIN_STRING.lastIndex = from;
      const plain = PLAIN_STRING.exec(this.#text)?.[0] ?? '';
      const end = from + plain.length;
      const char = this.#text[end];
      value += plain;
      if (char === '"') {
        this.#offset = end + 1;
        return value;
      }
      if (char === undefined) {
        throw this.#error('Unexpected end-of-input: was expecting closing quote for a string value', end);
      }
      if (char !== '\\') {
        throw this.#error(
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(
            0,
          )})): has to be escaped using backslash to be included in string value`,
          end,
        );
      }
      const [escaped, length] = this.#escape(end);
      value += escaped;
      from = end + length;
    }
  }

  #escape(offset: number): readonly [string, number] {
    const letter = this.#text[offset + 1];
    if (letter === 'u') {
      const digits = this.#text.slice(offset + 2, offset + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
        const bad = [...digits].findIndex(c => !/[0-9a-fA-F]/.test(c));
        this.#offset = offset + 2 + (bad === -1 ? digits.length : bad);
        throw this.#unexpected('expected a hex-digit for character escape sequence');
      }
      return [String.fromCharCode(parseInt(digits, 16)), 6];
    }
    if (letter === undefined) {
      throw this.#error('Unexpected end-of-input in character escape sequence', offset);
    }
    if (!Object.hasOwn(ESCAPES, letter)) {
      throw this.#error(`Unrecognized character escape '${letter}' (code ${letter.charCodeAt(0)})`, offset);
    }
    return [ESCAPES[letter], 2];
  }

  /** The character at hand; the text may not end inside an object or array. */
  #peek(level: Level): string {
    const char = this.#text[this.#offset];
    if (char === undefined) {
      throw endOfInput(this.#text, level);
    }
    return char;
  }

  /** The same between the parts of an entry. */
  #peekInside(level: Level): string {
    const char = this.#text[this.#offset];
    if (char === undefined) {
      throw endInside(this.#text, level);
    }
    return char;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) {
        return;
      }
      this.#offset += 1;
    }
  }

  #unexpected(expectation: string, where = ''): JsonSyntaxError {
    const level = this.#levels[this.#levels.length - 1];
    return this.#text[this.#offset] === undefined
      ? endOfInput(this.#text, level)
      : unexpectedCharacter(this.#text, this.#offset, expectation, where);
  }

  /** Something that no value begins with stands where a value should. */
  #noValue(offset: number): JsonSyntaxError {
    const level = this.#levels[this.#levels.length - 1];
    const char = this.#text[offset];
    if (level?.kind === 'array' && char === '}' && level.count === 1) {
      return wrongCloseMarker(this.#text, offset, level);
    }
    return this.#unexpected(char === '}' ? 'expected a value' : `expected a valid value ${VALUES}`);
  }

  /** Something else stands where a comma or the end should. */
  #noComma(level: Level): JsonSyntaxError {
    const char = this.#text[this.#offset];
    if (char === '}' || char === ']') {
      return wrongCloseMarker(this.#text, this.#offset, level);
    }
    const kind = level.kind === 'object' ? 'Object' : 'Array';
    return this.#unexpected(`was expecting comma to separate ${kind} entries`);
  }

  #error(message: string, offset: number): JsonSyntaxError {
    return new JsonSyntaxError(message, offset);
  }
}
