/*
 * Objects: which properties to have so that every demand is met. Required
 * names come first, then the demands for "some property that…", each met by a
 * property that is there, one that is mentioned, or a fresh name; then further
 * properties until there are enough. A name that no keyword mentions behaves
 * like every other name that the same expressions match, so one fresh name of
 * each such class stands for all.
 */
import { define } from '../json';
import { matchesRegExp } from '../regex';
import type { Json } from '../types';
import { keyOf, type Item, type Where } from './items';
import { findTexts } from './texts';
import type { Budget } from './budget';
import type { Solve } from './solveTypes';

interface Universal {
  readonly where: Where;
  readonly goal: Item;
}

export interface ObjectDemand {
  readonly required: ReadonlySet<string>;
  readonly absent: ReadonlySet<string>;
  readonly named: ReadonlyMap<string, readonly Item[]>;
  readonly universals: readonly Universal[];
  readonly some: readonly { readonly where: Where | undefined; readonly goal?: Item; readonly nameGoal?: Item }[];
  readonly names: readonly Item[];
  readonly min: number;
  readonly max: number;
}

/** Classes of fresh names that are told apart: two to the power of the expressions. */
const MAX_CLASS_PATTERNS = 6;
/** Properties that a witness may need. */
const MAX_PROPERTIES = 2000;

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function namesOf(names: readonly string[]): ReadonlySet<string> {
  const known = sets.get(names) ?? new Set(names);
  sets.set(names, known);
  return known;
}

export function isIn(where: Where, name: string): boolean {
  return 'pattern' in where
    ? matchesRegExp(where.pattern, name)
    : !namesOf(where.notNames).has(name) && !where.notPatterns.some(each => matchesRegExp(each, name));
}

/** What is asked of the value of a property of that name. */
export function goalsFor(demand: ObjectDemand, name: string): readonly Item[] {
  const own = demand.named.get(name) ?? [];
  return [...own, ...demand.universals.filter(({ where }) => isIn(where, name)).map(({ goal }) => goal)];
}

function pushTo(map: Map<string, Item[]>, name: string, goal: Item): void {
  const list = map.get(name);
  if (list) {
    list.push(goal);
  } else {
    map.set(name, [goal]);
  }
}

export function objectDemand(atoms: readonly Item[]): ObjectDemand {
  const required = new Set<string>();
  const absent = new Set<string>();
  const named = new Map<string, Item[]>();
  const universals: Universal[] = [];
  const some: { where: Where | undefined; goal?: Item; nameGoal?: Item }[] = [];
  const names: Item[] = [];
  let min = 0;
  let max = Infinity;
  for (const atom of atoms) {
    switch (atom.kind) {
      case 'required':
        required.add(atom.name);
        break;
      case 'absent':
        absent.add(atom.name);
        break;
      case 'property':
        pushTo(named, atom.name, atom.goal);
        break;
      case 'properties':
        universals.push(atom);
        break;
      case 'someProperty':
        some.push(atom);
        break;
      case 'names':
        names.push(atom.goal);
        break;
      case 'someName':
        some.push({ where: undefined, nameGoal: atom.goal });
        break;
      case 'minProperties':
        min = Math.max(min, atom.value);
        break;
      case 'maxProperties':
        max = Math.min(max, atom.value);
        break;
      default:
    }
  }
  return { required, absent, named, universals, some, names, min, max };
}

/** Values of one object under construction: names, and what is asked of each beyond the demand. */
type Chosen = ReadonlyMap<string, readonly Item[]>;

class ObjectSearch {
  readonly #mentioned: readonly string[];
  readonly #patterns: readonly string[];
  #classes: readonly (readonly [readonly string[], readonly string[]])[] | undefined;

  constructor(private readonly demand: ObjectDemand, private readonly solve: Solve, private readonly budget: Budget) {
    const wheres = [...demand.universals, ...demand.some].flatMap(({ where }) => (where ? [where] : []));
    this.#mentioned = [
      ...new Set([
        ...demand.required,
        ...demand.named.keys(),
        ...demand.absent,
        ...wheres.flatMap(where => ('pattern' in where ? [] : where.notNames)),
      ]),
    ];
    this.#patterns = [...new Set(wheres.flatMap(where => ('pattern' in where ? [where.pattern] : where.notPatterns)))];
  }

  run(): Json | undefined {
    const chosen = new Map<string, readonly Item[]>();
    for (const name of this.demand.required) {
      if (!this.#allowed(name, [])) {
        return undefined;
      }
      chosen.set(name, []);
    }
    return chosen.size > this.demand.max ? undefined : this.#meet(0, chosen);
  }

  /** Whether a property of this name may be there. */
  #allowed(name: string, extra: readonly Item[], nameGoal?: Item): boolean {
    this.budget.spend(2);
    if (this.demand.absent.has(name)) {
      return false;
    }
    const nameGoals = nameGoal ? [...this.demand.names, nameGoal] : this.demand.names;
    return (
      (nameGoals.length === 0 || this.solve.holdsAll(nameGoals, name)) &&
      this.solve.isPossible([...goalsFor(this.demand, name), ...extra])
    );
  }

  #meet(index: number, chosen: Chosen): Json | undefined {
    const some = this.demand.some[index];
    if (!some) {
      return this.#fill(chosen);
    }
    const extra = some.goal ? [some.goal] : [];
    const tryName = (name: string): Json | undefined => {
      const before = chosen.get(name) ?? [];
      if (!this.#allowed(name, [...before, ...extra], some.nameGoal)) {
        return undefined;
      }
      const next = new Map(chosen).set(name, [...before, ...extra]);
      return next.size > this.demand.max ? undefined : this.#meet(index + 1, next);
    };
    for (const name of new Set([...chosen.keys(), ...this.#mentioned])) {
      const result = some.where === undefined || isIn(some.where, name) ? tryName(name) : undefined;
      if (result !== undefined) {
        return result;
      }
    }
    for (const [into, outOf] of this.#nameClasses()) {
      const inClass = some.where === undefined || isInClass(some.where, into);
      const fresh = inClass ? this.#fresh(into, outOf, [...chosen.keys()], 1, some.nameGoal) : [];
      const result = fresh.length > 0 ? tryName(fresh[0]) : undefined;
      if (result !== undefined) {
        return result;
      }
    }
    return undefined;
  }

  /** Fresh names that match the first expressions and none of the second. */
  #fresh(
    into: readonly string[],
    outOf: readonly string[],
    taken: readonly string[],
    wanted: number,
    nameGoal?: Item,
  ): readonly string[] {
    const excluded = [...new Set([...this.#mentioned, ...taken])];
    const nameGoals = nameGoal ? [...this.demand.names, nameGoal] : this.demand.names;
    if (nameGoals.length > 0) {
      return this.solve.findNames(nameGoals, into, outOf, excluded, wanted);
    }
    const found = findTexts(
      {
        minLength: 0,
        maxLength: Infinity,
        patterns: into,
        notPatterns: outOf,
        formats: [],
        notFormats: [],
        excluded: into.length + outOf.length === 0 ? [...excluded, ''] : excluded,
      },
      wanted,
      this.budget,
    );
    if (found.kind === 'unknown') {
      this.solve.doubt(found.reason);
    } else if (found.kind === 'found' && found.texts.length < wanted && !found.complete) {
      this.solve.doubt('not enough names of properties were found');
    }
    return found.kind === 'found' ? found.texts : [];
  }

  #nameClasses(): readonly (readonly [readonly string[], readonly string[]])[] {
    if (!this.#classes) {
      if (this.#patterns.length > MAX_CLASS_PATTERNS) {
        this.solve.doubt(`more than ${MAX_CLASS_PATTERNS} expressions for names of properties`);
      }
      const used = this.#patterns.slice(0, MAX_CLASS_PATTERNS);
      const rest = this.#patterns.slice(MAX_CLASS_PATTERNS);
      const classes: [string[], string[]][] = [];
      for (let mask = 0; mask < 2 ** used.length; mask++) {
        // eslint-disable-next-line no-bitwise
        const isSet = (i: number) => ((mask >> i) & 1) === 1;
        classes.push([used.filter((_, i) => isSet(i)), [...used.filter((_, i) => !isSet(i)), ...rest]]);
      }
      this.#classes = classes.sort((a, b) => a[0].length - b[0].length);
    }
    return this.#classes;
  }

  /** Adds properties until there are enough. */
  #fill(chosen: Chosen): Json | undefined {
    const { min, max } = this.demand;
    const names = new Map(chosen);
    if (min > MAX_PROPERTIES) {
      this.solve.doubt(`more than ${MAX_PROPERTIES} properties are not made`);
      return undefined;
    }
    for (const name of names.size < min ? this.#mentioned : []) {
      if (names.size < min && !names.has(name) && this.#allowed(name, [])) {
        names.set(name, []);
      }
    }
    for (const [into, outOf] of names.size < min ? this.#nameClasses() : []) {
      if (names.size >= min) {
        break;
      }
      const [first] = this.#fresh(into, outOf, [...names.keys()], 1);
      if (first === undefined || !this.#allowed(first, [])) {
        continue;
      }
      for (const name of this.#fresh(into, outOf, [...names.keys()], min - names.size)) {
        names.set(name, []);
      }
    }
    return names.size < min || names.size > max ? undefined : this.#build(names);
  }

  #build(names: Chosen): Json | undefined {
    const result: { [key: string]: Json } = {};
    for (const [name, extra] of names) {
      const value = this.solve.find([...goalsFor(this.demand, name), ...extra]);
      if (value === undefined) {
        return undefined;
      }
      define(result, name, value.value);
    }
    return result;
  }
}

function isInClass(where: Where, into: readonly string[]): boolean {
  return 'pattern' in where ? into.includes(where.pattern) : !where.notPatterns.some(each => into.includes(each));
}

/** An object that meets the demand; undefined if none was found. */
export function findObject(demand: ObjectDemand, solve: Solve, budget: Budget): Json | undefined {
  return new ObjectSearch(demand, solve, budget).run();
}

/** What is asked twice is asked once. */
export function distinct(goals: readonly Item[]): readonly Item[] {
  return [...new Map(goals.map(goal => [keyOf(goal), goal])).values()];
}
