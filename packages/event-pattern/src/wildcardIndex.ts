/*
 * Wildcards by a few characters that every value they match must have. Of the
 * literal texts between the stars each wildcard gives one run of characters,
 * the one that fewest others gave; a value is looked up by each run of its
 * own, in one pass, and only wildcards found so are tried.
 */
/* eslint-disable no-bitwise */

/** Lengths of the runs, longest first. Longer ones tell more wildcards apart, and exist in fewer of them. */
const RUN_LENGTHS = [4, 2] as const;
const HASH_BITS = 0x3fffffff;

function hashOf(text: string, from: number, length: number): number {
  let hash = 0;
  for (let i = from; i < from + length; i++) {
    hash = (Math.imul(hash, 0x01000193) + text.charCodeAt(i)) & HASH_BITS;
  }
  return hash;
}

interface Place {
  readonly length: number;
  readonly hash: number;
}

export class WildcardIndex<T> {
  readonly #runs = new Map<number, Map<number, T[]>>(RUN_LENGTHS.map(length => [length, new Map()]));
  /** Those without a run of two characters. */
  readonly #rest = new Set<T>();
  readonly #places = new Map<T, Place>();
  /** Runs that the text at hand was already found by. */
  readonly #seen = new Set<number>();

  get isEmpty(): boolean {
    return this.#places.size === 0 && this.#rest.size === 0;
  }

  add(literals: readonly string[], entry: T): void {
    const place = this.#placeFor(literals);
    if (place === undefined) {
      this.#rest.add(entry);
      return;
    }
    this.#places.set(entry, place);
    const runs = this.#runs.get(place.length)!;
    const entries = runs.get(place.hash);
    if (entries) {
      entries.push(entry);
    } else {
      runs.set(place.hash, [entry]);
    }
  }

  /** The quotes count: a literal at an end of a wildcard stands at that end of the value. */
  #placeFor(literals: readonly string[]): Place | undefined {
    const texts = [...literals];
    texts[0] = `"${texts[0]}`;
    texts[texts.length - 1] += '"';
    for (const length of RUN_LENGTHS) {
      let best: Place | undefined;
      let fewest = Infinity;
      for (const text of texts) {
        for (let i = 0; i + length <= text.length && fewest > 0; i++) {
          const hash = hashOf(text, i, length);
          const others = this.#runs.get(length)!.get(hash)?.length ?? 0;
          if (others < fewest) {
            fewest = others;
            best = { length, hash };
          }
        }
      }
      if (best) {
        return best;
      }
    }
    return undefined;
  }

  delete(entry: T): void {
    this.#rest.delete(entry);
    const place = this.#places.get(entry);
    if (place === undefined) {
      return;
    }
    this.#places.delete(entry);
    const runs = this.#runs.get(place.length)!;
    const entries = runs.get(place.hash)!;
    entries.splice(entries.indexOf(entry), 1);
    if (entries.length === 0) {
      runs.delete(place.hash);
    }
  }

  /** Wildcards that may match the text; each once. */
  forEachCandidate(text: string, visit: (entry: T) => void): void {
    this.#rest.forEach(visit);
    const quoted = `"${text}"`;
    for (const [length, runs] of this.#runs) {
      if (runs.size > 0) {
        this.#seen.clear();
        for (let i = 0; i + length <= quoted.length; i++) {
          const hash = hashOf(quoted, i, length);
          const entries = runs.get(hash);
          if (entries !== undefined && !this.#seen.has(hash)) {
            this.#seen.add(hash);
            entries.forEach(visit);
          }
        }
      }
    }
  }
}
