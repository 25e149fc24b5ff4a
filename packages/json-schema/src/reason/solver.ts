/*
 * The search for an instance: is there a value that meets all goals?
 *
 * A question is a set of goals on one value: schemas that it must satisfy and
 * schemas that it must not. It is answered type by type (null, boolean,
 * number, string, array, object). For one type the goals are taken apart, each
 * keyword into atoms or into alternatives (`expand.ts`, every draft's
 * meaning); negation is pushed inward on the way: a denied object schema is
 * "one of its keywords fails", which is "there is a property that…". Choices
 * are made one at a time, the one with the fewest open alternatives first;
 * alternatives that clash with what stands are struck out beforehand, and a
 * choice that is met already is dropped. What is left is a conjunction of
 * atoms, which the searches for numbers, texts, arrays and objects decide
 * exactly; values inside arrays and objects are questions of their own, and
 * their answers are kept.
 *
 * Answers. `found`: the value satisfied the validator. `empty`: every branch
 * was closed by a contradiction. `unknown`: something was not decided on the
 * way (an expression that is not regular, a budget spent), and nothing was
 * found elsewhere. Never is "empty" said where a branch was left undecided.
 *
 * Recursion. A question that comes up inside itself counts as empty there: a
 * smallest value that meets the goals has no part that meets them too. An
 * `empty` that rests on this for a question further out is not kept.
 *
 * Time. Every step is paid from one budget; when it is spent the answer is
 * `unknown`.
 */
import { deepEqual, isArray, isObject } from '../json';
import type { Json } from '../types';
import { isListed } from '../valueLists';
import { arrayDemand, findArray } from './arrays';
import type { Budget } from './budget';
import { isOfType } from './expand';
import { keyOf, keyOfAll, NEVER, opposite, type Item, type ValueType } from './items';
import { litHolds } from './literals';
import { findNumbers, type NumberDemand } from './numbers';
import { distinct, findObject, goalsFor, isIn, objectDemand, type ObjectDemand } from './objects';
import { sameSchema } from './sameSchema';
import type { Solve } from './solveTypes';
import { absorb, copyOf, newState, type State } from './state';
import { findTexts, type TextDemand } from './texts';

export type Answer =
  | { readonly kind: 'found'; readonly value: Json }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly reason: string };

const TYPES: readonly ValueType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];
/** Values inside values that are searched. */
const MAX_DEPTH = 150;
/** Alternatives of one choice that are looked at before one is made. */
const MAX_LOOKAHEAD = 40;

interface Box {
  readonly value: Json;
}

type Alternatives = readonly (readonly Item[])[];

interface Choice {
  readonly alternatives: Alternatives;
  /** Places of the choices that need not be made any more, this one among them. */
  readonly dropped: ReadonlySet<number>;
}

const demands = new WeakMap<State, { readonly count: number; readonly demand: ObjectDemand }>();

/** What a state asks of an object, worked out once. */
function demandOf(state: State): ObjectDemand {
  const known = demands.get(state);
  if (known && known.count === state.atoms.length) {
    return known.demand;
  }
  const demand = objectDemand(state.type === 'object' ? state.atoms : []);
  demands.set(state, { count: state.atoms.length, demand });
  return demand;
}

export class Solver implements Solve {
  readonly #answers = new Map<string, Answer>();
  /** What could not be decided, for the question at hand: asked again, it would cost the same again. */
  readonly #undecided = new Map<string, Answer>();
  readonly #open = new Map<string, number>();
  /** The outermost open question on which an `empty` rests. */
  #restsOn = Infinity;
  #reason: string | undefined;

  constructor(private budget: Budget) {}

  /** A question of its own; what was learnt in former ones is kept. */
  ask(goals: readonly Item[], budget: Budget): Answer {
    this.budget = budget;
    this.#undecided.clear();
    return this.solve(goals);
  }

  solve(goals: readonly Item[]): Answer {
    const key = keyOfAll(goals);
    const known = this.#answers.get(key) ?? this.#undecided.get(key);
    if (known) {
      return known;
    }
    const depth = this.#open.get(key);
    if (depth !== undefined) {
      this.#restsOn = Math.min(this.#restsOn, depth);
      return { kind: 'empty' };
    }
    if (this.#open.size >= MAX_DEPTH) {
      return { kind: 'unknown', reason: `values are searched ${MAX_DEPTH} levels deep, no further` };
    }
    return this.#ask(key, distinct(goals));
  }

  #ask(key: string, goals: readonly Item[]): Answer {
    const depth = this.#open.size;
    const outerRests = this.#restsOn;
    const outerReason = this.#reason;
    this.#restsOn = Infinity;
    this.#reason = undefined;
    this.#open.set(key, depth);
    try {
      const answer = this.#byType(goals);
      if (answer.kind === 'found' || (this.#restsOn >= depth && answer.kind === 'empty')) {
        this.#answers.set(key, answer);
      } else if (answer.kind === 'unknown') {
        this.#undecided.set(key, answer);
      }
      return answer;
    } finally {
      this.#open.delete(key);
      this.#restsOn = Math.min(outerRests, this.#restsOn < depth ? this.#restsOn : Infinity);
      this.#reason = outerReason;
    }
  }

  #byType(goals: readonly Item[]): Answer {
    if (contradict(goals)) {
      return { kind: 'empty' };
    }
    for (const type of TYPES) {
      const found = this.#ofType(goals, type);
      if (found) {
        return { kind: 'found', value: found.value };
      }
    }
    return this.#reason === undefined ? { kind: 'empty' } : { kind: 'unknown', reason: this.#reason };
  }

  #ofType(goals: readonly Item[], type: ValueType): Box | undefined {
    if (type === 'null' || type === 'boolean') {
      return this.#among(type === 'null' ? [null] : [true, false], goals);
    }
    const state = newState(type);
    return absorb(state, goals, steps => this.budget.spend(steps)) ? this.#search(state, goals) : undefined;
  }

  #among(values: readonly Json[], goals: readonly Item[]): Box | undefined {
    for (const value of values) {
      this.budget.spend(2);
      if (this.holdsAll(goals, value)) {
        return { value };
      }
    }
    return undefined;
  }

  /** Makes the choices that are left, then solves the conjunction. */
  #search(start: State, goals: readonly Item[]): Box | undefined {
    this.budget.spend(5);
    const state = start;
    if (!this.#isPlausible(state)) {
      return undefined;
    }
    if (state.values) {
      return this.#among(state.values, goals);
    }
    const choice = this.#nextChoice(state);
    if (choice === undefined) {
      return this.#conjunction(state, goals);
    }
    for (const alternative of choice.alternatives) {
      const next = this.#after(state, choice.dropped, alternative);
      const found = next && this.#search(next, goals);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** The choice with the fewest alternatives that do not clash, and the choices that need not be made any more. */
  #nextChoice(state: State): Choice | undefined {
    let best: { index: number; alternatives: Alternatives } | undefined;
    const order = state.choices.map((each, index) => ({ index, count: each.length })).sort((a, b) => a.count - b.count);
    const met = new Set<number>();
    for (const { index } of order) {
      const all = state.choices[index];
      if (all.length <= MAX_LOOKAHEAD && all.some(each => this.#isMet(state, each))) {
        met.add(index);
        continue;
      }
      if (best && (best.alternatives.length <= 1 || all.length > MAX_LOOKAHEAD)) {
        continue;
      }
      const alternatives = all.filter(each => this.#mayFollow(state, each));
      if (alternatives.length === 0) {
        return { alternatives, dropped: met };
      }
      if (!best || alternatives.length < best.alternatives.length) {
        best = { index, alternatives };
      }
    }
    return best && { alternatives: best.alternatives, dropped: met.add(best.index) };
  }

  #after(state: State, dropped: ReadonlySet<number>, alternative: readonly Item[]): State | undefined {
    const next = copyOf(state);
    const choices = state.choices.filter((_, i) => !dropped.has(i));
    next.choices.splice(0, next.choices.length, ...choices);
    this.budget.spend(2 + Math.ceil(state.atoms.length / 20));
    const holds = absorb(next, alternative, steps => this.budget.spend(steps));
    return holds && this.#isPlausible(next, state.atoms.length) ? next : undefined;
  }

  /** Whether an alternative does not clash at once with what stands. */
  #mayFollow(state: State, alternative: readonly Item[]): boolean {
    this.budget.spend(2);
    const plain = alternative.every(
      ({ kind }) => kind === 'required' || kind === 'absent' || kind === 'property' || kind === 'someProperty',
    );
    if (!plain) {
      const all = new Set<number>();
      return this.#after(state, all, alternative) !== undefined;
    }
    const demand = demandOf(state);
    const goals = new Map<string, Item[]>();
    for (const item of alternative) {
      if (item.kind === 'required' || item.kind === 'property') {
        const known = goals.get(item.name) ?? [];
        goals.set(item.name, item.kind === 'property' ? [...known, item.goal] : known);
      }
      if (
        (item.kind === 'required' && demand.absent.has(item.name)) ||
        (item.kind === 'absent' && (demand.required.has(item.name) || goals.has(item.name)))
      ) {
        return false;
      }
    }
    return [...goals].every(([name, more]) => this.isPossible([...goalsFor(demand, name), ...more]));
  }

  /** Whether an alternative follows from what stands already. */
  #isMet(state: State, alternative: readonly Item[]): boolean {
    return alternative.every(item => {
      switch (item.kind) {
        case 'required':
          return demandOf(state).required.has(item.name);
        case 'absent':
          return demandOf(state).absent.has(item.name);
        case 'property': {
          const against = opposite(item.goal);
          const demand = demandOf(state);
          return (
            demand.required.has(item.name) &&
            against !== undefined &&
            !this.isPossible([...goalsFor(demand, item.name), against])
          );
        }
        case 'schema':
          return state.literals.has(`${keyOf(item)}${item.trackers.join()}`);
        default:
          return false;
      }
    });
  }

  /** Whether the required properties may all be there: false closes the branch. */
  #isPlausible(state: State, from = 0): boolean {
    if (state.type !== 'object') {
      return true;
    }
    const fresh = new Set<string>();
    let widely = false;
    for (const atom of state.atoms.slice(from)) {
      if (atom.kind === 'required' || atom.kind === 'property') {
        fresh.add(atom.name);
      } else if (atom.kind === 'properties') {
        widely = true;
      }
    }
    if (fresh.size === 0 && !widely) {
      return true;
    }
    const demand = demandOf(state);
    for (const name of demand.required) {
      if ((widely || fresh.has(name)) && !this.isPossible(goalsFor(demand, name))) {
        return false;
      }
    }
    return true;
  }

  #conjunction(state: State, goals: readonly Item[]): Box | undefined {
    const atoms = resolveUnseen(state.atoms);
    const candidates = this.#candidates(state.type, atoms);
    let refuted = false;
    for (const value of candidates) {
      if (this.holdsAll(goals, value)) {
        return { value };
      }
      refuted = true;
    }
    if (refuted) {
      this.doubt('the validator refuted a value that was found');
    }
    return undefined;
  }

  #candidates(type: ValueType, atoms: readonly Item[]): readonly Json[] {
    if (type === 'number' || type === 'string') {
      const found =
        type === 'number'
          ? findNumbers(numberDemand(atoms), 1, this.budget)
          : findTexts(textDemand(atoms), 1, this.budget);
      if (found.kind === 'unknown') {
        this.doubt(found.reason);
      }
      if (found.kind !== 'found') {
        return [];
      }
      return 'numbers' in found ? found.numbers : found.texts;
    }
    const never = atoms.some(each => each.kind === 'never');
    const value =
      type === 'array'
        ? findArray(arrayDemand(atoms), this, this.budget)
        : findObject(objectDemand(atoms), this, this.budget);
    return value === undefined || never ? [] : [value];
  }

  doubt(reason: string): void {
    this.#reason ??= reason;
  }

  find(goals: readonly Item[]): Box | undefined {
    const answer = this.solve(goals);
    if (answer.kind === 'unknown') {
      this.doubt(answer.reason);
    }
    return answer.kind === 'found' ? answer : undefined;
  }

  isPossible(goals: readonly Item[]): boolean {
    return this.solve(goals).kind !== 'empty';
  }

  holdsAll(goals: readonly Item[], value: Json): boolean {
    return goals.every(goal => this.#holds(goal, value));
  }

  #holds(goal: Item, value: Json): boolean {
    switch (goal.kind) {
      case 'schema':
        return litHolds(goal, value);
      case 'or':
        return goal.alternatives.some(each => this.holdsAll(each, value));
      case 'out':
        return !deepEqual(goal.value, value);
      case 'in':
        return isListed(goal.values, value);
      case 'types':
        return goal.types.some(type => isOfType(value, type));
      case 'required':
        return isObject(value) && Object.hasOwn(value, goal.name);
      case 'property':
        return !isObject(value) || !Object.hasOwn(value, goal.name) || this.#holds(goal.goal, value[goal.name]);
      case 'someProperty':
        return (
          isObject(value) &&
          Object.keys(value).some(name => isIn(goal.where, name) && this.#holds(goal.goal, value[name]))
        );
      case 'minItems':
        return !isArray(value) || value.length >= goal.value;
      case 'item':
        return !isArray(value) || goal.index >= value.length || this.#holds(goal.goal, value[goal.index]);
      case 'someItem':
        return isArray(value) && value.some((each, i) => i >= goal.from && this.#holds(goal.goal, each));
      default:
        return false;
    }
  }

  findNames(
    goals: readonly Item[],
    patterns: readonly string[],
    notPatterns: readonly string[],
    excluded: readonly string[],
    wanted: number,
  ): readonly string[] {
    const names: string[] = [];
    const state = newState('string');
    const also: Item[] = [
      ...patterns.map((value): Item => ({ kind: 'pattern', value, is: true })),
      ...notPatterns.map((value): Item => ({ kind: 'pattern', value, is: false })),
      ...excluded.map((value): Item => ({ kind: 'out', value })),
    ];
    if (!absorb(state, [...goals, ...also], steps => this.budget.spend(steps))) {
      return [];
    }
    while (names.length < wanted) {
      const next = copyOf(state);
      absorb(
        next,
        names.map((value): Item => ({ kind: 'out', value })),
        () => undefined,
      );
      if (next.values) {
        const demand = textDemand(next.atoms);
        next.values = next.values.filter(each => typeof each === 'string' && !demand.excluded.includes(each));
      }
      const found = this.#search(next, goals);
      if (!found || typeof found.value !== 'string') {
        break;
      }
      names.push(found.value);
    }
    return names;
  }
}

/** Whether a schema is asserted and denied at once. */
function contradict(goals: readonly Item[]): boolean {
  return goals.some(
    one =>
      one.kind === 'schema' &&
      one.positive &&
      goals.some(other => other.kind === 'schema' && !other.positive && sameSchema(one, other)),
  );
}

function numberDemand(atoms: readonly Item[]): NumberDemand {
  let min = -Infinity;
  let minOpen = false;
  let max = Infinity;
  let maxOpen = false;
  const multiples: number[] = [];
  const notMultiples: number[] = [];
  const excluded: number[] = [];
  let integer = false;
  let notInteger = false;
  for (const atom of atoms) {
    if (atom.kind === 'min') {
      if (atom.value > min) {
        minOpen = atom.open;
      } else if (atom.value === min) {
        minOpen ||= atom.open;
      }
      min = Math.max(min, atom.value);
    } else if (atom.kind === 'max') {
      if (atom.value < max) {
        maxOpen = atom.open;
      } else if (atom.value === max) {
        maxOpen ||= atom.open;
      }
      max = Math.min(max, atom.value);
    } else if (atom.kind === 'multiple') {
      (atom.is ? multiples : notMultiples).push(atom.value);
    } else if (atom.kind === 'integer') {
      integer ||= atom.is;
      notInteger ||= !atom.is;
    } else if (atom.kind === 'out' && typeof atom.value === 'number') {
      excluded.push(atom.value);
    }
  }
  return { min, minOpen, max, maxOpen, multiples, notMultiples, integer, notInteger, excluded };
}

function textDemand(atoms: readonly Item[]): TextDemand {
  let minLength = 0;
  let maxLength = Infinity;
  const patterns = new Set<string>();
  const notPatterns = new Set<string>();
  const formats = new Set<string>();
  const notFormats = new Set<string>();
  const excluded: string[] = [];
  for (const atom of atoms) {
    if (atom.kind === 'minLength') {
      minLength = Math.max(minLength, atom.value);
    } else if (atom.kind === 'maxLength') {
      maxLength = Math.min(maxLength, atom.value);
    } else if (atom.kind === 'pattern') {
      (atom.is ? patterns : notPatterns).add(atom.value);
    } else if (atom.kind === 'format') {
      (atom.is ? formats : notFormats).add(atom.value);
    } else if (atom.kind === 'out' && typeof atom.value === 'string') {
      excluded.push(atom.value);
    }
  }
  return {
    minLength,
    maxLength,
    patterns: [...patterns],
    notPatterns: [...notPatterns],
    formats: [...formats],
    notFormats: [...notFormats],
    excluded,
  };
}

/** `unevaluated…` in terms of what was looked at in this branch. */
function resolveUnseen(atoms: readonly Item[]): readonly Item[] {
  return atoms.flatMap(atom =>
    atom.kind === 'unseenProperties' || atom.kind === 'unseenItems' ? resolve(atom, atoms) : [atom],
  );
}

function resolve(rule: Extract<Item, { tracker: number }>, atoms: readonly Item[]): readonly Item[] {
  const looked = atoms.flatMap(atom =>
    atom.kind === 'seen' && atom.trackers.includes(rule.tracker) ? [atom.what] : [],
  );
  const nothingLeft: readonly Item[] = rule.some ? [NEVER] : [];
  if (rule.kind === 'unseenProperties') {
    const where = {
      notNames: [...new Set(looked.flatMap(each => (each.kind === 'names' ? each.names : [])))],
      notPatterns: [...new Set(looked.flatMap(each => (each.kind === 'pattern' ? [each.pattern] : [])))],
    };
    return looked.some(each => each.kind === 'allProperties')
      ? nothingLeft
      : [{ kind: rule.some ? 'someProperty' : 'properties', where, goal: rule.goal }];
  }
  if (looked.some(each => each.kind === 'allItems')) {
    return nothingLeft;
  }
  const from = Math.max(0, ...looked.map(each => (each.kind === 'itemsUpTo' ? each.count : 0)));
  const like = looked.flatMap(each => (each.kind === 'itemsLike' ? [each] : []));
  const goal: Item = {
    kind: 'or',
    alternatives: rule.some
      ? [[rule.goal, ...like.map(each => each.other)]]
      : [[rule.goal], ...like.map(each => [each.goal])],
  };
  return [{ kind: rule.some ? 'someItem' : 'items', from, goal }];
}
