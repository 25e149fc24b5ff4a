/*
 * Languages of texts as automata. An expression becomes a nondeterministic
 * automaton (Thompson), which is made deterministic only where a search goes:
 * a state is the set of places at which a match may be.
 *
 * `^` is passed only at the first position, `$` only at the last. An
 * expression is not anchored: every position may begin a match, and once one
 * is found the state is `MATCHED` for good.
 */
import { parseRegex, type Ranges, type RegexNode } from './regexSyntax';

/** Places of one automaton; `(a{1,1000}){1,1000}` would have a million. */
const MAX_PLACES = 4000;

type Place =
  | { readonly kind: 'chars'; readonly ranges: Ranges; readonly next: number }
  | { readonly kind: 'split'; next: readonly number[] }
  | { readonly kind: 'begin' | 'end'; readonly next: number }
  | { readonly kind: 'done' };

/** A deterministic automaton, made as it is walked. */
export interface Automaton {
  readonly start: number;
  step(state: number, code: number): number;
  accepts(state: number): boolean;
  /** Whether every text from here on is as this one is. */
  readonly sets: readonly Ranges[];
}

class TooLarge extends Error {}

class Builder {
  readonly places: Place[] = [{ kind: 'done' }];

  #add(place: Place): number {
    if (this.places.length >= MAX_PLACES) {
      throw new TooLarge();
    }
    this.places.push(place);
    return this.places.length - 1;
  }

  build(node: RegexNode, next: number): number {
    switch (node.kind) {
      case 'chars':
        return this.#add({ kind: 'chars', ranges: node.ranges, next });
      case 'begin':
      case 'end':
        return this.#add({ kind: node.kind, next });
      case 'choice':
        return this.#add({ kind: 'split', next: node.nodes.map(each => this.build(each, next)) });
      case 'sequence':
        return node.nodes.reduceRight((after, each) => this.build(each, after), next);
      default:
        return this.#repeat(node.node, node.min, node.max, next);
    }
  }

  #repeat(node: RegexNode, min: number, max: number, next: number): number {
    if (min > MAX_PLACES || (max !== Infinity && max > MAX_PLACES)) {
      throw new TooLarge();
    }
    let start = next;
    if (max === Infinity) {
      const loop: { kind: 'split'; next: readonly number[] } = { kind: 'split', next: [] };
      start = this.#add(loop);
      loop.next = [this.build(node, start), next];
    } else {
      for (let i = min; i < max; i++) {
        start = this.#add({ kind: 'split', next: [this.build(node, start), next] });
      }
    }
    for (let i = 0; i < min; i++) {
      start = this.build(node, start);
    }
    return start;
  }
}

export function inRanges(ranges: Ranges, code: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (code < ranges[middle][0]) {
      high = middle - 1;
    } else if (code > ranges[middle][1]) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

const MATCHED = 0;

class RegexAutomaton implements Automaton {
  readonly start: number;
  readonly sets: readonly Ranges[];
  readonly #places: readonly Place[];
  readonly #first: number;
  readonly #states: (readonly number[])[] = [[0]];
  readonly #ids = new Map<string, number>([['0', MATCHED]]);
  readonly #accepting = new Map<number, boolean>([[MATCHED, true]]);
  readonly #restart: readonly number[];

  constructor(places: readonly Place[], first: number) {
    this.#places = places;
    this.#first = first;
    this.sets = places.flatMap(place => (place.kind === 'chars' ? [place.ranges] : []));
    this.#restart = [...this.#closure([first], false, false)];
    this.start = this.#intern(this.#closure([this.#first], true, false));
  }

  #closure(from: Iterable<number>, atStart: boolean, atEnd: boolean): Set<number> {
    const reached = new Set<number>();
    const stack = [...from];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (reached.has(id)) {
        continue;
      }
      reached.add(id);
      const place = this.#places[id];
      if (place.kind === 'split') {
        stack.push(...place.next);
      } else if ((place.kind === 'begin' && atStart) || (place.kind === 'end' && atEnd)) {
        stack.push(place.next);
      }
    }
    return reached;
  }

  #intern(reached: Set<number>): number {
    if (reached.has(0)) {
      return MATCHED;
    }
    // a place where only the beginning may pass is of no use later, but `$` may follow `^`
    const ids = [...reached].filter(id => this.#places[id].kind !== 'split').sort((a, b) => a - b);
    const key = ids.join();
    const known = this.#ids.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#states.push(ids);
    this.#ids.set(key, this.#states.length - 1);
    return this.#states.length - 1;
  }

  step(state: number, code: number): number {
    if (state === MATCHED) {
      return MATCHED;
    }
    const next: number[] = [...this.#restart];
    for (const id of this.#states[state]) {
      const place = this.#places[id];
      if (place.kind === 'chars' && inRanges(place.ranges, code)) {
        next.push(place.next);
      }
    }
    return this.#intern(this.#closure(next, false, false));
  }

  accepts(state: number): boolean {
    const known = this.#accepting.get(state);
    if (known !== undefined) {
      return known;
    }
    const result = this.#closure(this.#states[state], state === this.start, true).has(0);
    this.#accepting.set(state, result);
    return result;
  }
}

const MAX_CACHED = 2000;
const cache = new Map<string, Automaton | undefined>();

/** The texts that an expression matches; undefined if it is not regular or too large. */
export function automatonOf(pattern: string): Automaton | undefined {
  if (cache.has(pattern)) {
    return cache.get(pattern);
  }
  if (cache.size >= MAX_CACHED) {
    cache.clear();
  }
  const automaton = make(pattern);
  cache.set(pattern, automaton);
  return automaton;
}

function make(pattern: string): Automaton | undefined {
  const tree = parseRegex(pattern);
  if (!tree) {
    return undefined;
  }
  try {
    const builder = new Builder();
    const first = builder.build(tree, 0);
    return new RegexAutomaton(builder.places, first);
  } catch (error) {
    if (error instanceof TooLarge || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** Exactly the given texts, as a tree of their characters. */
export function automatonOfTexts(texts: Iterable<string>): Automaton {
  const nodes: Map<number, number>[] = [new Map()];
  const ends = new Set<number>();
  const codes = new Set<number>();
  for (const text of texts) {
    let at = 0;
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      codes.add(code);
      let next = nodes[at].get(code);
      if (next === undefined) {
        next = nodes.push(new Map()) - 1;
        nodes[at].set(code, next);
      }
      at = next;
    }
    ends.add(at);
  }
  return {
    start: 0,
    sets: [...codes].map(code => [[code, code]]),
    step: (state, code) => (state < 0 ? -1 : nodes[state].get(code) ?? -1),
    accepts: state => ends.has(state),
  };
}
