/*
 * The regular subset of ECMA 262's expressions as a tree over ranges of code
 * points: characters, classes, `.`, groups, alternatives, repetitions, `^` and
 * `$`. Look-around, back references and `\b` are not in it: `undefined`.
 */

/** From and to, inclusive, in ascending order and apart. */
export type Ranges = readonly (readonly [number, number])[];

export type RegexNode =
  | { readonly kind: 'chars'; readonly ranges: Ranges }
  | { readonly kind: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: 'begin' }
  | { readonly kind: 'end' };

export const MAX_CODE_POINT = 0x10ffff;
/** Groups in groups that are parsed; the stack allows it. */
const MAX_NESTING = 200;

class NotRegular extends Error {}

export function normalise(ranges: Iterable<readonly [number, number]>): Ranges {
  const sorted = [...ranges].filter(([a, b]) => a <= b).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged[merged.length - 1];
    if (last && from <= last[1] + 1) {
      last[1] = Math.max(last[1], to);
    } else {
      merged.push([from, to]);
    }
  }
  return merged;
}

export function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) {
      result.push([next, from - 1]);
    }
    next = to + 1;
  }
  if (next <= MAX_CODE_POINT) {
    result.push([next, MAX_CODE_POINT]);
  }
  return result;
}

const DIGITS: Ranges = [[48, 57]];
const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: Ranges = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const CLASSES: { readonly [letter: string]: Ranges } = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};
const CONTROLS: { readonly [letter: string]: number } = { n: 10, r: 13, t: 9, v: 11, f: 12, 0: 0 };

const properties = new Map<string, Ranges>();

/** `\p{L}`: asked of the language's own engine, once for each property. */
function propertyRanges(source: string): Ranges {
  const known = properties.get(source);
  if (known) {
    return known;
  }
  const expression = new RegExp(`^${source}$`, 'u');
  const ranges: [number, number][] = [];
  for (let point = 0; point <= MAX_CODE_POINT; point++) {
    if (expression.test(String.fromCodePoint(point))) {
      const last = ranges[ranges.length - 1];
      if (last && last[1] === point - 1) {
        last[1] = point;
      } else {
        ranges.push([point, point]);
      }
    }
  }
  properties.set(source, ranges);
  return ranges;
}

class Parser {
  readonly #chars: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string, private readonly unicode: boolean) {
    this.#chars = [...source];
  }

  parse(): RegexNode {
    const node = this.#choice();
    if (this.#at < this.#chars.length) {
      throw new NotRegular();
    }
    return node;
  }

  #peek(offset = 0): string | undefined {
    return this.#chars[this.#at + offset];
  }

  #take(): string {
    const char = this.#chars[this.#at];
    if (char === undefined) {
      throw new NotRegular();
    }
    this.#at += 1;
    return char;
  }

  #takeMatch(expression: RegExp): string | undefined {
    const match = expression.exec(this.#chars.slice(this.#at, this.#at + 64).join(''));
    if (!match) {
      return undefined;
    }
    this.#at += [...match[0]].length;
    return match[0];
  }

  #choice(): RegexNode {
    const nodes = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      nodes.push(this.#sequence());
    }
    return nodes.length === 1 ? nodes[0] : { kind: 'choice', nodes };
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    for (let char = this.#peek(); char !== undefined && char !== '|' && char !== ')'; char = this.#peek()) {
      nodes.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', nodes };
  }

  #repeated(node: RegexNode): RegexNode {
    const text = this.#takeMatch(/^(?:[*+?]|\{\d+(?:,\d*)?\})/);
    if (text === undefined) {
      return node;
    }
    if (this.#peek() === '?') {
      // lazy or greedy: whether there is a match is the same
      this.#at += 1;
    }
    if (text.startsWith('{')) {
      const [min, max] = text.slice(1, -1).split(',');
      const most = max === '' ? Infinity : Number(max ?? min);
      return { kind: 'repeat', node, min: Number(min), max: most };
    }
    return { kind: 'repeat', node, min: text === '+' ? 1 : 0, max: text === '?' ? 1 : Infinity };
  }

  #atom(): RegexNode {
    const char = this.#take();
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'chars', ranges: this.#class() };
      case '.':
        return { kind: 'chars', ranges: complement(LINE_ENDS) };
      case '^':
        return { kind: 'begin' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return { kind: 'chars', ranges: this.#escape(false) };
      case '*':
      case '+':
      case '?':
        throw new NotRegular();
      default:
        return { kind: 'chars', ranges: one(char) };
    }
  }

  #group(): RegexNode {
    if (this.#peek() === '?') {
      const named = this.#peek(1) === '<' && !/[=!]/.test(this.#peek(2) ?? '');
      if (this.#peek(1) !== ':' && !named) {
        throw new NotRegular();
      }
      this.#at += 2;
      while (named && this.#take() !== '>') {
        // the name does not matter
      }
    }
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) {
      throw new NotRegular();
    }
    const node = this.#choice();
    this.#depth -= 1;
    if (this.#take() !== ')') {
      throw new NotRegular();
    }
    return node;
  }

  #escape(inClass: boolean): Ranges {
    const letter = this.#take();
    if (Object.hasOwn(CLASSES, letter)) {
      return CLASSES[letter];
    }
    if (letter === 'b' && inClass) {
      return [[8, 8]];
    }
    if (/[1-9bBk]/.test(letter) || (letter === '0' && /\d/.test(this.#peek() ?? ''))) {
      throw new NotRegular();
    }
    if (Object.hasOwn(CONTROLS, letter)) {
      return [[CONTROLS[letter], CONTROLS[letter]]];
    }
    if ((letter === 'p' || letter === 'P') && this.unicode) {
      const operand = this.#takeMatch(/^\{[^}]*\}/);
      if (operand === undefined) {
        throw new NotRegular();
      }
      return propertyRanges(`\\${letter}${operand}`);
    }
    return this.#coded(letter) ?? one(letter);
  }

  /** `\u0041`, `\u{41}`, `\x41`, `\cA` */
  #coded(letter: string): Ranges | undefined {
    if (letter === 'u') {
      const braced = this.unicode ? this.#takeMatch(/^\{[0-9a-fA-F]+\}/) : undefined;
      if (braced !== undefined) {
        return code(parseInt(braced.slice(1, -1), 16));
      }
      const pair = this.#takeMatch(/^[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/);
      if (pair !== undefined) {
        const text = String.fromCharCode(parseInt(pair.slice(0, 4), 16), parseInt(pair.slice(6), 16));
        return one(text);
      }
    }
    const digits =
      letter === 'u' || letter === 'x'
        ? this.#takeMatch(letter === 'u' ? /^[0-9a-fA-F]{4}/ : /^[0-9a-fA-F]{2}/)
        : undefined;
    if (digits !== undefined) {
      return code(parseInt(digits, 16));
    }
    if (letter === 'c') {
      const control = this.#takeMatch(/^[A-Za-z]/);
      if (control === undefined) {
        throw new NotRegular();
      }
      return code(control.charCodeAt(0) % 32);
    }
    return undefined;
  }

  #class(): Ranges {
    const negated = this.#peek() === '^';
    if (negated) {
      this.#at += 1;
    }
    const parts: (readonly [number, number])[] = [];
    while (this.#peek() !== ']') {
      const from = this.#classAtom();
      if (this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== undefined) {
        this.#at += 1;
        const to = this.#classAtom();
        if (isSingle(from) && isSingle(to)) {
          parts.push([from[0][0], to[0][0]]);
        } else {
          parts.push(...from, ...to, [45, 45]);
        }
      } else {
        parts.push(...from);
      }
    }
    this.#at += 1;
    const ranges = normalise(parts);
    return negated ? complement(ranges) : ranges;
  }

  #classAtom(): Ranges {
    const char = this.#take();
    return char === '\\' ? this.#escape(true) : one(char);
  }
}

function code(value: number): Ranges {
  return [[value, value]];
}

function one(char: string): Ranges {
  return code(char.codePointAt(0) ?? 0);
}

function isSingle(ranges: Ranges): boolean {
  return ranges.length === 1 && ranges[0][0] === ranges[0][1];
}

/** The tree of an expression; undefined for one outside the regular subset (or none at all). */
export function parseRegex(source: string): RegexNode | undefined {
  let unicode = true;
  try {
    RegExp(source, 'u');
  } catch {
    unicode = false;
    // eslint-disable-next-line no-control-regex
    if (!/^[\u0000-\u007f]*$/.test(source)) {
      // halves of characters are characters of their own there
      return undefined;
    }
  }
  try {
    if (!unicode) {
      RegExp(source);
    }
    return new Parser(source, unicode).parse();
  } catch {
    return undefined;
  }
}
