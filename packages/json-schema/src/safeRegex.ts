/*
 * A second engine for regular expressions, that cannot backtrack: all places
 * at which a match may be are followed at once (Thompson's construction), so
 * that time is at most length of text times length of expression.
 *
 * It is used for expressions with a repetition inside a repetition, where the
 * engine of the language may need longer than the universe exists. It knows
 * what such expressions are made of in practice: characters, classes, `.`,
 * groups, alternatives, repetitions, `^`, `$` and `\b`; not back references
 * nor look-around.
 */

/** States of one automaton; `(a{1,1000}){1,1000}` would have a million. */
const MAX_STATES = 20_000;

type Test = (char: string) => boolean;

type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly kind: 'choice'; readonly nodes: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'anchor'; readonly anchor: '^' | '$' | 'b' | 'B' };

/** What this engine does not know. */
class Unsupported extends Error {}

class Parser {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#chars = [...source];
  }

  parse(): Node {
    const node = this.#choice();
    if (this.#at < this.#chars.length) {
      throw new Unsupported();
    }
    return node;
  }

  #peek(offset = 0): string | undefined {
    return this.#chars[this.#at + offset];
  }

  #take(): string {
    const char = this.#chars[this.#at];
    if (char === undefined) {
      throw new Unsupported();
    }
    this.#at += 1;
    return char;
  }

  #choice(): Node {
    const nodes = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      nodes.push(this.#sequence());
    }
    return nodes.length === 1 ? nodes[0] : { kind: 'choice', nodes };
  }

  #sequence(): Node {
    const nodes: Node[] = [];
    for (let char = this.#peek(); char !== undefined && char !== '|' && char !== ')'; char = this.#peek()) {
      nodes.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', nodes };
  }

  #repeated(node: Node): Node {
    const bounds = this.#bounds();
    if (!bounds) {
      return node;
    }
    if (this.#peek() === '?') {
      // lazy or not: whether there is a match is the same
      this.#at += 1;
    }
    return { kind: 'repeat', node, ...bounds };
  }

  #bounds(): { min: number; max: number } | undefined {
    switch (this.#peek()) {
      case '*':
        this.#at += 1;
        return { min: 0, max: Infinity };
      case '+':
        this.#at += 1;
        return { min: 1, max: Infinity };
      case '?':
        this.#at += 1;
        return { min: 0, max: 1 };
      case '{': {
        const rest = this.#chars.slice(this.#at, this.#at + 24).join('');
        const match = /^\{(\d+)(,(\d*))?\}/.exec(rest);
        if (!match) {
          return undefined;
        }
        this.#at += match[0].length;
        const min = Number(match[1]);
        const open = match[2] !== undefined && match[3] === '';
        return { min, max: open ? Infinity : Number(match[3] ?? min) };
      }
      default:
        return undefined;
    }
  }

  #atom(): Node {
    const char = this.#take();
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'char', test: this.#charClass() };
      case '.':
        return { kind: 'char', test: c => !/[\n\r\u2028\u2029]/.test(c) };
      case '^':
      case '$':
        return { kind: 'anchor', anchor: char };
      case '\\': {
        const next = this.#peek();
        if (next === 'b' || next === 'B') {
          this.#at += 1;
          return { kind: 'anchor', anchor: next };
        }
        return { kind: 'char', test: this.#escape() };
      }
      case '*':
      case '+':
      case '?':
        throw new Unsupported();
      default:
        return { kind: 'char', test: c => c === char };
    }
  }

  #group(): Node {
    if (this.#peek() === '?') {
      const named = this.#peek(1) === '<' && !/[=!]/.test(this.#peek(2) ?? '');
      if (this.#peek(1) !== ':' && !named) {
        throw new Unsupported();
      }
      this.#at += 2;
      while (named && this.#take() !== '>') {
        // the name does not matter
      }
    }
    const node = this.#choice();
    if (this.#take() !== ')') {
      throw new Unsupported();
    }
    return node;
  }

  /** `\d`, `\p{L}`, `\u0041`, `\.`: left to the engine of the language, one character at a time. */
  #escape(): Test {
    const letter = this.#take();
    let source = `\\${letter}`;
    if (/[1-9k]/.test(letter)) {
      throw new Unsupported();
    }
    const operand =
      /[pPu]/.test(letter) && this.#peek() === '{'
        ? /^\{[^}]*\}/
        : { u: /^[0-9a-fA-F]{4}/, x: /^[0-9a-fA-F]{2}/, c: /^[A-Za-z]/ }[letter];
    if (operand) {
      const rest = this.#chars.slice(this.#at, this.#at + 64).join('');
      const match = operand.exec(rest);
      if (!match) {
        throw new Unsupported();
      }
      source += match[0];
      this.#at += [...match[0]].length;
    }
    return oneCharTest(source);
  }

  #charClass(): Test {
    let source = '[';
    for (let char = this.#take(); ; char = this.#take()) {
      source += char;
      if (char === '\\') {
        source += this.#take();
      } else if (char === ']') {
        return oneCharTest(source);
      }
    }
  }
}

function oneCharTest(source: string): Test {
  for (const flags of ['u', '']) {
    try {
      const expression = new RegExp(`^(?:${source})$`, flags);
      return char => expression.test(char);
    } catch {
      // without the flag, or not at all
    }
  }
  throw new Unsupported();
}

/** A state: waits for a character, checks an anchor, or goes on to several. */
type State =
  | { readonly kind: 'char'; readonly test: Test; next: number }
  | { readonly kind: 'anchor'; readonly anchor: string; next: number }
  | { readonly kind: 'split'; next: number[] }
  | { readonly kind: 'end' };

class Automaton {
  readonly states: State[] = [{ kind: 'end' }];

  #add(state: State): number {
    if (this.states.length >= MAX_STATES) {
      throw new Unsupported();
    }
    this.states.push(state);
    return this.states.length - 1;
  }

  /** The state at which the node begins, when `next` comes after it. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case 'char':
        return this.#add({ kind: 'char', test: node.test, next });
      case 'anchor':
        return this.#add({ kind: 'anchor', anchor: node.anchor, next });
      case 'choice':
        return this.#add({
          kind: 'split',
          next: node.nodes.map(each => this.build(each, next)),
        });
      case 'sequence':
        return node.nodes.reduceRight((after, each) => this.build(each, after), next);
      default:
        return this.#repeat(node.node, node.min, node.max, next);
    }
  }

  #repeat(node: Node, min: number, max: number, next: number): number {
    let start = next;
    if (max === Infinity) {
      const loop: State = { kind: 'split', next: [] };
      start = this.#add(loop);
      loop.next = [this.build(node, start), next];
    } else {
      for (let i = min; i < max; i++) {
        start = this.#add({
          kind: 'split',
          next: [this.build(node, start), next],
        });
      }
    }
    for (let i = 0; i < min; i++) {
      start = this.build(node, start);
    }
    return start;
  }
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /\w/.test(char);
}

function anchorHolds(anchor: string, chars: readonly string[], at: number): boolean {
  switch (anchor) {
    case '^':
      return at === 0;
    case '$':
      return at === chars.length;
    default: {
      const edge = isWord(chars[at - 1]) !== isWord(chars[at]);
      return anchor === 'b' ? edge : !edge;
    }
  }
}

function matches(states: readonly State[], start: number, text: string): boolean {
  const chars = [...text];
  let current = new Set<number>();
  for (let at = 0; ; at++) {
    // a match may begin anywhere
    const stack = [start, ...current];
    const reached = new Set<number>();
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (reached.has(id)) {
        continue;
      }
      reached.add(id);
      const state = states[id];
      if (state.kind === 'end') {
        return true;
      } else if (state.kind === 'split') {
        stack.push(...state.next);
      } else if (state.kind === 'anchor' && anchorHolds(state.anchor, chars, at)) {
        stack.push(state.next);
      }
    }
    if (at >= chars.length) {
      return false;
    }
    current = new Set();
    for (const id of reached) {
      const state = states[id];
      if (state.kind === 'char' && state.test(chars[at])) {
        current.add(state.next);
      }
    }
  }
}

/**
 * A tester for the expression that needs no longer than text times expression,
 * undefined for an expression that this engine does not know.
 */
export function safeTester(source: string): ((text: string) => boolean) | undefined {
  try {
    const automaton = new Automaton();
    const start = automaton.build(new Parser(source).parse(), 0);
    return text => matches(automaton.states, start, text);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
