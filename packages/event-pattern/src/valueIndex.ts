/*
 * The matchers that rules have on one field, found by the value: exact values
 * in hash maps, affixes in tries, ranges and address blocks in interval trees,
 * wildcards by runs of characters, `anything-but` by what it excludes. What a
 * lookup costs grows with the value and with what it finds.
 */
import { addressDigits } from './addresses';
import { AffixTrie } from './affixTrie';
import { IntervalTree } from './intervalTree';
import { foldedForIndex } from './ignoreCase';
import type { LeafValue } from './leaves';
import type { AddressRange, ExcludedMatcher, NumericRange, ValueMatcher } from './types';
import { literalsOf, matchesValue } from './valueMatch';
import { WildcardIndex } from './wildcardIndex';

/** A matcher in the index, and whose it is. */
interface Entry<T> {
  readonly matcher: ValueMatcher;
  readonly owner: T;
}

/** Entries by something that can be looked up. */
class Buckets<K, E> {
  readonly #byKey = new Map<K, E[]>();

  get size(): number {
    return this.#byKey.size;
  }

  add(key: K, entry: E): void {
    const entries = this.#byKey.get(key);
    if (entries) {
      entries.push(entry);
    } else {
      this.#byKey.set(key, [entry]);
    }
  }

  delete(key: K, entry: E): void {
    const entries = this.#byKey.get(key);
    const index = entries?.indexOf(entry) ?? -1;
    if (entries && index !== -1) {
      entries.splice(index, 1);
      if (entries.length === 0) {
        this.#byKey.delete(key);
      }
    }
  }

  get(key: K): readonly E[] | undefined {
    return this.#byKey.get(key);
  }
}

/** One home for the entries of one kind of matcher. */
interface Home<T> {
  add(entry: Entry<T>): void;
  delete(entry: Entry<T>): void;
  /** Visits every entry that matches. */
  find(leaf: LeafValue, visit: (owner: T) => void): void;
}

type Of<K extends ValueMatcher['kind']> = Extract<ValueMatcher, { kind: K }>;

const verified =
  <T>(leaf: LeafValue, visit: (owner: T) => void) =>
  (entry: Entry<T>) => {
    if (matchesValue(entry.matcher, leaf)) {
      visit(entry.owner);
    }
  };

function exactHome<T>(): Home<T> {
  // a literal's key is of another type than a text's
  const texts = new Buckets<string, Entry<T>>();
  const literals = new Buckets<string, Entry<T>>();
  const place = ({ value }: Of<'equals'>) =>
    typeof value === 'string' ? ([texts, value] as const) : ([literals, String(value)] as const);
  return {
    add(entry) {
      const [buckets, key] = place(entry.matcher as Of<'equals'>);
      buckets.add(key, entry);
    },
    delete(entry) {
      const [buckets, key] = place(entry.matcher as Of<'equals'>);
      buckets.delete(key, entry);
    },
    find(leaf, visit) {
      if (leaf.type !== 'number') {
        const found = (leaf.type === 'string' ? texts : literals).get(leaf.text);
        if (found) {
          for (const { owner } of found) {
            visit(owner);
          }
        }
      }
    },
  };
}

/** Numbers by value; by text what no double holds. 0 and -0 are one key of a map. */
function numberHome<T>(): Home<T> {
  const buckets = new Buckets<number | string, Entry<T>>();
  const keyOf = ({ value, text }: Of<'equals-number'>) => value ?? text;
  return {
    add: entry => buckets.add(keyOf(entry.matcher as Of<'equals-number'>), entry),
    delete: entry => buckets.delete(keyOf(entry.matcher as Of<'equals-number'>), entry),
    find(leaf, visit) {
      if (leaf.type === 'number') {
        buckets.get(leaf.value ?? leaf.text)?.forEach(({ owner }) => visit(owner));
      }
    },
  };
}

const doubles = new Float64Array(1);
const bits = new BigInt64Array(doubles.buffer);

/** The next double up or down, which makes an open end of a range a closed one. */
function nextDouble(value: number, up: boolean): number {
  if (value === 0) {
    return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  }
  doubles[0] = value;
  bits[0] += value > 0 === up ? 1n : -1n;
  return doubles[0];
}

function closed({ lower, upper }: NumericRange): readonly [number, number] {
  const end = (bound: NumericRange['lower'], up: boolean) =>
    bound === undefined || bound.inclusive ? bound?.value : nextDouble(bound.value, up);
  return [end(lower, true) ?? -Infinity, end(upper, false) ?? Infinity];
}

function rangeHome<T>(): Home<T> {
  const tree = new IntervalTree<number, Entry<T>>();
  return {
    add: entry => tree.add(...closed((entry.matcher as Of<'numeric'>).range), entry),
    delete: entry => tree.delete(entry),
    find(leaf, visit) {
      if (leaf.type === 'number' && leaf.value !== undefined) {
        tree.forEach(leaf.value, verified(leaf, visit));
      }
    },
  };
}

const IPV4_DIGITS = 8;
const IPV6_DIGITS = 32;

function addressHome<T>(): Home<T> {
  const blocks4 = new IntervalTree<string, Entry<T>>();
  const blocks6 = new IntervalTree<string, Entry<T>>();
  const treeOf = (range: AddressRange) => (range.first.length === IPV4_DIGITS ? blocks4 : blocks6);
  return {
    add(entry) {
      const { range } = entry.matcher as Of<'cidr'>;
      treeOf(range).add(range.first, range.last, entry);
    },
    delete: entry => treeOf((entry.matcher as Of<'cidr'>).range).delete(entry),
    find(leaf, visit) {
      const digits = leaf.type === 'string' ? addressDigits(leaf.text) : undefined;
      if (digits !== undefined) {
        // an address of the other version is judged by the digits that both have
        blocks4.forEach(digits.slice(0, IPV4_DIGITS), verified(leaf, visit));
        blocks6.forEach(digits.padEnd(IPV6_DIGITS, '0'), verified(leaf, visit));
      }
    },
  };
}

function wildcardHome<T>(): Home<T> {
  const index = new WildcardIndex<Entry<T>>();
  return {
    add: entry => index.add(literalsOf(entry.matcher as Of<'wildcard'>), entry),
    delete: entry => index.delete(entry),
    find(leaf, visit) {
      if (leaf.type === 'string') {
        index.forEachCandidate(leaf.text, verified(leaf, visit));
      }
    },
  };
}

/** Affixes and values without case. What has no one folded spelling is tried one by one. */
function affixHome<T>(kind: 'prefix' | 'suffix'): Home<T> {
  const fromEnd = kind === 'suffix';
  const plain = new AffixTrie<Entry<T>>(fromEnd);
  const folded = new AffixTrie<Entry<T>>(fromEnd);
  const rest = new Set<Entry<T>>();
  const place = (entry: Entry<T>, change: 'add' | 'delete') => {
    const { value, ignoreCase } = entry.matcher as Of<'prefix'>;
    const fold = ignoreCase ? foldedForIndex(value) : undefined;
    if (!ignoreCase) {
      plain[change](value, entry);
    } else if (fold !== undefined) {
      folded[change](fold, entry);
    } else {
      rest[change](entry);
    }
  };
  return {
    add: entry => place(entry, 'add'),
    delete: entry => place(entry, 'delete'),
    find(leaf, visit) {
      if (leaf.type === 'string') {
        const quoted = fromEnd ? `"${leaf.text}` : `${leaf.text}"`;
        if (!plain.isEmpty) {
          plain.forEach(quoted, ({ owner }) => visit(owner));
        }
        if (!folded.isEmpty) {
          folded.forEach(quoted.toUpperCase(), verified(leaf, visit));
        }
        rest.forEach(verified(leaf, visit));
      }
    },
  };
}

function ignoreCaseHome<T>(): Home<T> {
  const folded = new Buckets<string, Entry<T>>();
  const rest = new Set<Entry<T>>();
  const foldOf = (entry: Entry<T>) => foldedForIndex((entry.matcher as Of<'equals-ignore-case'>).value);
  return {
    add(entry) {
      const fold = foldOf(entry);
      if (fold === undefined) {
        rest.add(entry);
      } else {
        folded.add(fold, entry);
      }
    },
    delete(entry) {
      rest.delete(entry);
      folded.delete(foldOf(entry) ?? '', entry);
    },
    find(leaf, visit) {
      if (leaf.type === 'string') {
        folded.get(leaf.text.toUpperCase())?.forEach(verified(leaf, visit));
        rest.forEach(verified(leaf, visit));
      }
    },
  };
}

function presentHome<T>(): Home<T> {
  const entries = new Set<Entry<T>>();
  return {
    add(entry) {
      // absence is not a value, and is asked for elsewhere
      if ((entry.matcher as Of<'exists'>).value) {
        entries.add(entry);
      }
    },
    delete: entry => entries.delete(entry),
    find: (_, visit) => entries.forEach(({ owner }) => visit(owner)),
  };
}

/** All but those that exclude the value. */
function anythingButHome<T>(): Home<T> {
  const entries = new Set<Entry<T>>();
  const excluding = new ValueIndex<Entry<T>>();
  const excluded = new Set<Entry<T>>();
  const note = (entry: Entry<T>) => excluded.add(entry);
  return {
    add(entry) {
      entries.add(entry);
      (entry.matcher as Of<'anything-but'>).excluded.forEach(each => excluding.add(each, entry));
    },
    delete(entry) {
      entries.delete(entry);
      (entry.matcher as Of<'anything-but'>).excluded.forEach(each => excluding.delete(each, entry));
    },
    find(leaf, visit) {
      excluded.clear();
      excluding.find(leaf, note);
      for (const entry of entries) {
        if (!excluded.has(entry)) {
          visit(entry.owner);
        }
      }
      excluded.clear();
    },
  };
}

const HOMES: { readonly [K in ValueMatcher['kind']]: <T>() => Home<T> } = {
  equals: exactHome,
  'equals-number': numberHome,
  'equals-ignore-case': ignoreCaseHome,
  prefix: () => affixHome('prefix'),
  suffix: () => affixHome('suffix'),
  wildcard: wildcardHome,
  numeric: rangeHome,
  cidr: addressHome,
  exists: presentHome,
  'anything-but': anythingButHome,
};

interface Residence<T> {
  readonly home: Home<T>;
  /** By owner and matcher, to find an entry again. */
  readonly entries: Map<T, Map<ValueMatcher, Entry<T>>>;
}

export class ValueIndex<T> {
  readonly #homes = new Map<ValueMatcher['kind'], Residence<T>>();
  #list: readonly Home<T>[] = [];

  add(matcher: ValueMatcher | ExcludedMatcher, owner: T): void {
    let residence = this.#homes.get(matcher.kind);
    if (residence === undefined) {
      residence = { home: HOMES[matcher.kind]<T>(), entries: new Map() };
      this.#homes.set(matcher.kind, residence);
      this.#refresh();
    }
    const entry = { matcher, owner };
    const own = residence.entries.get(owner) ?? new Map<ValueMatcher, Entry<T>>();
    own.set(matcher, entry);
    residence.entries.set(owner, own);
    residence.home.add(entry);
  }

  delete(matcher: ValueMatcher | ExcludedMatcher, owner: T): void {
    const residence = this.#homes.get(matcher.kind);
    const own = residence?.entries.get(owner);
    const entry = own?.get(matcher);
    if (!residence || !own || !entry) {
      return;
    }
    residence.home.delete(entry);
    own.delete(matcher);
    if (own.size === 0) {
      residence.entries.delete(owner);
    }
    if (residence.entries.size === 0) {
      this.#homes.delete(matcher.kind);
      this.#refresh();
    }
  }

  #refresh(): void {
    this.#list = [...this.#homes.values()].map(({ home }) => home);
  }

  /** Visits the owner of every matcher that the value satisfies, an owner perhaps more than once. */
  find(leaf: LeafValue, visit: (owner: T) => void): void {
    for (const home of this.#list) {
      home.find(leaf, visit);
    }
  }
}
