/*
 * Arrays: a length, and who sits where. Beyond the tuples every place is like
 * the next, and an array needs no more of them than there are demands for
 * "some item that…", so that only few lengths are tried. Distinct items are a
 * matching of places and values: a place with as many values as there are
 * places is never the obstacle.
 */
import { canonicalText } from '../json';
import type { Json } from '../types';
import type { Budget } from './budget';
import type { Item } from './items';
import type { Solve } from './solveTypes';

interface Contains {
  readonly goal: Item;
  readonly other: Item;
  readonly min: number;
  readonly max: number;
}

export interface ArrayDemand {
  readonly at: ReadonlyMap<number, readonly Item[]>;
  readonly rests: readonly { readonly from: number; readonly goal: Item }[];
  readonly some: readonly { readonly from: number; readonly goal: Item }[];
  readonly contains: readonly Contains[];
  readonly min: number;
  readonly max: number;
  readonly unique: boolean;
  readonly notUnique: boolean;
}

/** Items that a witness may need. */
const MAX_ITEMS = 1000;
/** Arrays longer than that are not searched with distinct items. */
const MAX_DISTINCT = 200;

export function arrayDemand(atoms: readonly Item[]): ArrayDemand {
  const at = new Map<number, Item[]>();
  const rests: { from: number; goal: Item }[] = [];
  const some: { from: number; goal: Item }[] = [];
  const contains: Contains[] = [];
  let min = 0;
  let max = Infinity;
  let unique = false;
  let notUnique = false;
  for (const atom of atoms) {
    switch (atom.kind) {
      case 'item':
        at.set(atom.index, [...(at.get(atom.index) ?? []), atom.goal]);
        break;
      case 'items':
        rests.push(atom);
        break;
      case 'someItem':
        some.push(atom);
        break;
      case 'contains':
        if (atom.min > 0 || atom.max < Infinity) {
          contains.push(atom);
        }
        break;
      case 'minItems':
        min = Math.max(min, atom.value);
        break;
      case 'maxItems':
        max = Math.min(max, atom.value);
        break;
      case 'unique':
        unique ||= atom.is;
        notUnique ||= !atom.is;
        break;
      default:
    }
  }
  return { at, rests, some, contains, min, max, unique, notUnique };
}

interface Place {
  readonly goals: readonly Item[];
}

class ArraySearch {
  constructor(private readonly demand: ArrayDemand, private readonly solve: Solve, private readonly budget: Budget) {}

  run(): Json | undefined {
    const { demand } = this;
    if (demand.unique && demand.notUnique) {
      return undefined;
    }
    const tuple = Math.max(
      0,
      ...[...demand.at.keys()].map(index => index + 1),
      ...demand.rests.map(({ from }) => from),
      ...demand.some.map(({ from }) => from),
    );
    const places =
      demand.some.length + demand.contains.reduce((sum, { min }) => sum + min, 0) + (demand.notUnique ? 2 : 0);
    const longest = Math.min(demand.max, Math.max(demand.min, places === 0 ? 0 : tuple + places));
    if (demand.min > demand.max || demand.max < 0) {
      return undefined;
    }
    if (longest > MAX_ITEMS || demand.min > MAX_ITEMS) {
      this.solve.doubt(`arrays of more than ${MAX_ITEMS} items are not made`);
    }
    for (let length = demand.min; length <= Math.min(longest, MAX_ITEMS); length++) {
      const found = this.#ofLength(length);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  #goalsAt(index: number): readonly Item[] {
    return [
      ...(this.demand.at.get(index) ?? []),
      ...this.demand.rests.filter(({ from }) => index >= from).map(({ goal }) => goal),
    ];
  }

  #ofLength(length: number): readonly Json[] | undefined {
    const places: Place[] = [];
    for (let i = 0; i < length; i++) {
      this.budget.spend(3);
      const goals = this.#goalsAt(i);
      if (!this.solve.isPossible(goals)) {
        return undefined;
      }
      places.push({ goals });
    }
    return this.#assign(0, places);
  }

  /** Gives each demand for some item a place. */
  #assign(index: number, places: readonly Place[]): readonly Json[] | undefined {
    const some = this.demand.some[index];
    if (!some) {
      return this.demand.notUnique ? this.#repeat(places) : this.#contain(0, 0, 0, places);
    }
    const tried = new Set<string>();
    for (let i = some.from; i < places.length; i++) {
      const goals = [...places[i].goals, some.goal];
      if (tried.size > 0 && this.#isLikeEarlier(i, places)) {
        continue;
      }
      tried.add(String(i));
      if (this.solve.isPossible(goals)) {
        const found = this.#assign(index + 1, replaced(places, i, goals));
        if (found) {
          return found;
        }
      }
    }
    return undefined;
  }

  /** Whether the place before asks the same (they are compared as lists of the same objects). */
  #isLikeEarlier(index: number, places: readonly Place[]): boolean {
    const before = places[index - 1]?.goals;
    const { goals } = places[index];
    return before !== undefined && before.length === goals.length && before.every((goal, i) => goal === goals[i]);
  }

  /** Two equal items: what is asked of both is asked of one value. */
  #repeat(places: readonly Place[]): readonly Json[] | undefined {
    for (let i = 0; i < places.length; i++) {
      for (let j = i + 1; j < places.length; j++) {
        this.budget.spend(5);
        const goals = [...places[i].goals, ...places[j].goals];
        if (this.solve.isPossible(goals)) {
          const found = this.#contain(0, 0, 0, replaced(replaced(places, i, goals), j, goals), [i, j]);
          if (found) {
            return found;
          }
        }
        if (j > i + 1 && this.#isLikeEarlier(j, places) && places.length > 20) {
          break;
        }
      }
    }
    return undefined;
  }

  /** For each `contains`, which places meet it: enough, and not too many. */
  #contain(
    index: number,
    place: number,
    count: number,
    places: readonly Place[],
    equal?: readonly [number, number],
  ): readonly Json[] | undefined {
    this.budget.spend(3);
    const contains = this.demand.contains[index];
    if (!contains) {
      return this.#values(places, equal);
    }
    if (count > contains.max || count + places.length - place < contains.min) {
      return undefined;
    }
    if (place === places.length || (count >= contains.min && contains.max === Infinity)) {
      return this.#contain(index + 1, 0, 0, places, equal);
    }
    // with a minimum only, a place need not be told that it does not count
    const without = contains.max === Infinity ? [] : [contains.other];
    const options = [
      { goals: [contains.goal], counts: 1 },
      { goals: without, counts: 0 },
    ];
    for (const { goals, counts } of count < contains.min ? options : options.reverse()) {
      const all = goals.length === 0 ? places[place].goals : [...places[place].goals, ...goals];
      if (this.solve.isPossible(all)) {
        const found = this.#contain(index, place + 1, count + counts, replaced(places, place, all), equal);
        if (found) {
          return found;
        }
      }
    }
    return undefined;
  }

  #values(places: readonly Place[], equal?: readonly [number, number]): readonly Json[] | undefined {
    if (this.demand.unique) {
      return this.#distinct(places);
    }
    const values: Json[] = [];
    for (const [i, { goals }] of places.entries()) {
      const all = equal?.includes(i) ? [...places[equal[0]].goals, ...places[equal[1]].goals] : goals;
      const found = equal && i === equal[1] ? { value: values[equal[0]] } : this.solve.find(all);
      if (!found) {
        return undefined;
      }
      values.push(found.value);
    }
    return values;
  }

  #distinct(places: readonly Place[]): readonly Json[] | undefined {
    if (places.length > MAX_DISTINCT) {
      this.solve.doubt(`more than ${MAX_DISTINCT} distinct items are not searched`);
      return undefined;
    }
    const domains = new Map<string, readonly Json[]>();
    const options = places.map(({ goals }) => {
      const key = goals.map(goal => JSON.stringify(goal.kind === 'schema' ? [goal.positive, goal.id] : goal)).join();
      const known = domains.get(key) ?? this.#several(goals, places.length);
      domains.set(key, known);
      return known;
    });
    return matching(options);
  }

  #several(goals: readonly Item[], wanted: number): readonly Json[] {
    const values: Json[] = [];
    while (values.length < wanted) {
      const found = this.solve.find([...goals, ...values.map((value): Item => ({ kind: 'out', value }))]);
      if (!found) {
        break;
      }
      values.push(found.value);
    }
    return values;
  }
}

function replaced(places: readonly Place[], index: number, goals: readonly Item[]): readonly Place[] {
  return places.map((place, i) => (i === index ? { goals } : place));
}

/** A different value for each place (augmenting paths). */
function matching(options: readonly (readonly Json[])[]): readonly Json[] | undefined {
  const holder = new Map<string, number>();
  const chosen: Json[] = new Array(options.length).fill(null);
  const seat = (place: number, visited: Set<string>): boolean => {
    for (const value of options[place]) {
      const key = canonicalText(value);
      if (visited.has(key)) {
        continue;
      }
      visited.add(key);
      const current = holder.get(key);
      if (current === undefined || seat(current, visited)) {
        holder.set(key, place);
        chosen[place] = value;
        return true;
      }
    }
    return false;
  };
  return options.every((_, place) => seat(place, new Set())) ? chosen : undefined;
}

/** An array that meets the demand; undefined if none was found. */
export function findArray(demand: ArrayDemand, solve: Solve, budget: Budget): Json | undefined {
  return new ArraySearch(demand, solve, budget).run();
}
