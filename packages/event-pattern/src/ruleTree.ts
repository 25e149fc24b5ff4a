/*
 * Many alternatives as one tree. An alternative is its clauses in a fixed
 * order, the choosiest first; alternatives that begin with the same clauses
 * share the way. At a branch, each field has one index of its matchers, and
 * the event's values say which ways to go on: ways that do not match are never
 * looked at. A few alternatives at one place are kept as a list instead.
 *
 * Array consistency is not the tree's business: it finds the alternatives of
 * which every clause may hold, and the caller checks the rest.
 */
import type { Collector } from './collector';
import type { FieldSlot, FieldTree } from './fieldTree';
import { isPossiblyAbsent, mayBeAbsent, mayHold } from './match';
import type { Alternative, FieldClause, ValueMatcher } from './types';
import { ValueIndex } from './valueIndex';

/** Alternatives at one place that are tried one by one; more make a branch. */
const MOST_IN_A_LIST = 4;

/** A clause, and where the event at hand has its field's values. */
export interface BoundClause {
  readonly clause: FieldClause;
  readonly slot: FieldSlot;
}

/** An alternative and whose it is. */
export interface Rule<R> {
  readonly owner: R;
  readonly alternative: Alternative;
  /** The clauses in the tree's order. */
  readonly clauses: readonly BoundClause[];
}

const CHOOSINESS: { readonly [K in ValueMatcher['kind']]: number } = {
  equals: 0,
  'equals-number': 0,
  cidr: 1,
  'equals-ignore-case': 1,
  prefix: 2,
  suffix: 2,
  wildcard: 3,
  numeric: 4,
  'anything-but': 5,
  exists: 6,
};
/** Absence is tried last: it is the one thing that no value leads to. */
const ABSENCE = 7;

function rankOf(clause: FieldClause): number {
  return clause.values.reduce(
    (rank, each) => Math.max(rank, each.kind === 'exists' && !each.value ? ABSENCE : CHOOSINESS[each.kind]),
    0,
  );
}

function inTreeOrder(alternative: Alternative): readonly FieldClause[] {
  if (alternative.length < 2) {
    return alternative;
  }
  return alternative
    .map(clause => ({ clause, rank: rankOf(clause) }))
    .sort((a, b) => a.rank - b.rank || (a.clause.field < b.clause.field ? -1 : 1))
    .map(({ clause }) => clause);
}

/** A rule; its fields must be in the tree of fields for as long as it is used. */
export function ruleOf<R>(owner: R, alternative: Alternative, fields: FieldTree): Rule<R> {
  const clauses = inTreeOrder(alternative).map(clause => ({ clause, slot: fields.slot(clause.field)! }));
  return { owner, alternative, clauses };
}

/** The same text for clauses that ask the same. */
const clauseKeys = new WeakMap<FieldClause, string>();

function keyOf(clause: FieldClause): string {
  let key = clauseKeys.get(clause);
  if (key === undefined) {
    key = JSON.stringify(clause.values);
    clauseKeys.set(clause, key);
  }
  return key;
}

/** The way from a branch by one clause. */
class Way<R> {
  readonly clause: FieldClause;
  readonly key: string;
  readonly place = new Place<R>();
  /** The lookup that went this way last: several values may lead here. */
  lookup = 0;

  constructor(clause: FieldClause, key: string) {
    this.clause = clause;
    this.key = key;
  }
}

class FieldBranch<R> {
  readonly slot: FieldSlot;
  readonly index = new ValueIndex<Way<R>>();
  readonly ways = new Map<string, Way<R>>();
  readonly absentWays = new Set<Way<R>>();

  constructor(slot: FieldSlot) {
    this.slot = slot;
  }
}

/** Every event goes its way in one of these; `lookup` numbers the events. */
export interface Visit<R> {
  readonly event: Collector;
  readonly lookup: number;
  readonly report: (rule: Rule<R>) => void;
}

class Place<R> {
  /** Rules that have no further clause. */
  ended: Rule<R>[] = [];
  /** Rules that go on from here, while they are few. */
  list: Rule<R>[] = [];
  branches: Map<FieldSlot, FieldBranch<R>> | undefined;
  /** Fields whose absence leads on. */
  absent: Set<FieldBranch<R>> | undefined;

  get isEmpty(): boolean {
    return this.ended.length === 0 && this.list.length === 0 && this.branches === undefined;
  }
}

function branchOut<R>(place: Place<R>, rule: Rule<R>, depth: number): void {
  const { clause, slot } = rule.clauses[depth];
  place.branches ??= new Map();
  let branch = place.branches.get(slot);
  if (branch === undefined) {
    branch = new FieldBranch<R>(slot);
    place.branches.set(slot, branch);
  }
  const key = keyOf(clause);
  let way = branch.ways.get(key);
  if (way === undefined) {
    way = new Way<R>(clause, key);
    branch.ways.set(key, way);
    for (const matcher of clause.values) {
      branch.index.add(matcher, way);
    }
    if (mayBeAbsent(clause)) {
      branch.absentWays.add(way);
      place.absent ??= new Set();
      place.absent.add(branch);
    }
  }
  addAt(way.place, rule, depth + 1);
}

function addAt<R>(place: Place<R>, rule: Rule<R>, depth: number): void {
  if (depth === rule.clauses.length) {
    place.ended.push(rule);
  } else if (place.branches !== undefined) {
    branchOut(place, rule, depth);
  } else {
    place.list.push(rule);
    if (place.list.length > MOST_IN_A_LIST) {
      const { list } = place;
      place.list = [];
      list.forEach(each => branchOut(place, each, depth));
    }
  }
}

function removeFrom<R>(rules: Rule<R>[], rule: Rule<R>): void {
  const index = rules.indexOf(rule);
  if (index !== -1) {
    // order does not matter, and the last is cheap to move
    rules[index] = rules[rules.length - 1];
    rules.pop();
  }
}

function deleteAt<R>(place: Place<R>, rule: Rule<R>, depth: number): void {
  if (depth === rule.clauses.length) {
    removeFrom(place.ended, rule);
  } else if (place.branches === undefined) {
    removeFrom(place.list, rule);
  } else {
    const { clause, slot } = rule.clauses[depth];
    const branch = place.branches.get(slot);
    const way = branch?.ways.get(keyOf(clause));
    if (branch && way) {
      deleteAt(way.place, rule, depth + 1);
      if (way.place.isEmpty) {
        deleteWay(place, branch, way);
      }
    }
  }
}

function deleteWay<R>(place: Place<R>, branch: FieldBranch<R>, way: Way<R>): void {
  branch.ways.delete(way.key);
  branch.absentWays.delete(way);
  for (const matcher of way.clause.values) {
    branch.index.delete(matcher, way);
  }
  if (branch.absentWays.size === 0) {
    place.absent?.delete(branch);
  }
  if (branch.ways.size === 0) {
    place.branches?.delete(branch.slot);
    if (place.branches?.size === 0) {
      place.branches = undefined;
      place.absent = undefined;
    }
  }
}

function visitWay<R>(way: Way<R>, depth: number, visit: Visit<R>): void {
  if (way.lookup !== visit.lookup) {
    way.lookup = visit.lookup;
    visitPlace(way.place, depth + 1, visit);
  }
}

function visitPlace<R>(place: Place<R>, depth: number, visit: Visit<R>): void {
  for (const rule of place.ended) {
    visit.report(rule);
  }
  for (const rule of place.list) {
    if (restMayHold(rule, depth)) {
      visit.report(rule);
    }
  }
  if (place.branches !== undefined) {
    visitBranches(place.branches, depth, visit);
  }
  if (place.absent !== undefined) {
    for (const branch of place.absent) {
      if (isPossiblyAbsent(branch.slot.leaves)) {
        branch.absentWays.forEach(way => visitWay(way, depth, visit));
      }
    }
  }
}

/** Goes through the fields that are here or those that the event has, whichever are fewer. */
function visitBranches<R>(branches: ReadonlyMap<FieldSlot, FieldBranch<R>>, depth: number, visit: Visit<R>): void {
  const { found } = visit.event;
  const onWay = (way: Way<R>) => visitWay(way, depth, visit);
  if (branches.size < found.length) {
    for (const branch of branches.values()) {
      for (const leaf of branch.slot.leaves) {
        branch.index.find(leaf.value, onWay);
      }
    }
    return;
  }
  for (const slot of found) {
    const branch = branches.get(slot);
    if (branch !== undefined) {
      for (const leaf of slot.leaves) {
        branch.index.find(leaf.value, onWay);
      }
    }
  }
}

function restMayHold<R>({ clauses }: Rule<R>, depth: number): boolean {
  for (let i = depth; i < clauses.length; i++) {
    if (!mayHold(clauses[i].clause, clauses[i].slot.leaves)) {
      return false;
    }
  }
  return true;
}

export class RuleTree<R> {
  readonly #root = new Place<R>();

  add(rule: Rule<R>): void {
    addAt(this.#root, rule, 0);
  }

  delete(rule: Rule<R>): void {
    deleteAt(this.#root, rule, 0);
  }

  /** Reports every rule of which each clause may hold. */
  visit(visit: Visit<R>): void {
    visitPlace(this.#root, 0, visit);
  }
}
