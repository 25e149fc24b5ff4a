/*
 * A pattern as a JSON Schema of events.
 *
 * The schema follows the clauses down the event, all of them at once: at each
 * place it says what a value must be so that all clauses that are on the way
 * there hold, in elements of arrays that agree.
 *
 * - A value that is no array or object holds at most one clause, which ends
 *   there.
 * - An object holds clauses by its properties. Where keys may have dots, each
 *   clause has several keys to choose from.
 * - An array holds them by one element (an object, or an array in it) that
 *   holds them all; only a clause that ends there may take a value beside it.
 *
 * A clause that wants absence holds if there is no value in the elements that
 * the clauses before it stand in, in the order of their names (`match.ts`);
 * where none of those is in an element of the array, if there is none in any.
 * A clause that wants a value or absence is two clauses, one in each of two
 * alternatives.
 */
import type { Alternative, FieldClause, JsonObject } from '../types';
import { anyOf, SCALARS, type Bounds } from './matcherSchemas';

export interface PatternSchemas {
  /** What every event that matches satisfies. */
  readonly over: JsonObject;
  /** What only events that match satisfy. */
  readonly under: JsonObject;
  /** Whether the two say the same. */
  readonly exact: boolean;
}

/** The pattern is beyond what is put in a schema. */
export class PatternTooLargeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternTooLargeError';
  }
}

/** Alternatives, after clauses that want a value or absence are told apart. */
const MAX_WAYS = 300;
/** Places of one pattern at which something is asked. */
const MAX_PLACES = 3000;
/** Ways to spread clauses over keys with dots, at one place. */
const MAX_SPREADS = 60;

interface Goal {
  readonly id: number;
  readonly keys: readonly string[];
  /** What the value satisfies; undefined where there must be none. */
  readonly value: Bounds | undefined;
}

type Schema = JsonObject | boolean;

/** One alternative with each clause either wanting a value or absence. */
function waysOf(alternative: Alternative): readonly (readonly (readonly [FieldClause, boolean])[])[] {
  let ways: (readonly (readonly [FieldClause, boolean])[])[] = [[]];
  for (const clause of alternative) {
    const mayBeAbsent = clause.values.some(each => each.kind === 'exists' && !each.value);
    const mayHaveValue = clause.values.some(each => each.kind !== 'exists' || each.value);
    const modes = [...(mayHaveValue ? [true] : []), ...(mayBeAbsent ? [false] : [])];
    const before = ways;
    ways = modes.flatMap(mode => before.map(way => [...way, [clause, mode] as const]));
    if (ways.length > MAX_WAYS) {
      throw new PatternTooLargeError('the pattern has too many clauses that want a value or absence');
    }
  }
  return ways;
}

class Builder {
  readonly #defs: { [name: string]: Schema } = {};
  readonly #names = new Map<string, string>();
  readonly #goals = new Map<string, Goal>();

  constructor(private readonly side: 'over' | 'under', private readonly dottedKeys: boolean) {}

  build(alternatives: readonly Alternative[], depth: number): JsonObject {
    const ways = alternatives.flatMap(waysOf);
    if (ways.length > MAX_WAYS) {
      throw new PatternTooLargeError('the pattern has too many alternatives');
    }
    const roots = ways.map(way =>
      this.#at(
        way.map(([clause, mode]) => this.#goal(clause, mode)),
        depth,
      ),
    );
    return { anyOf: roots, $defs: this.#defs };
  }

  #goal(clause: FieldClause, wantsValue: boolean): Goal {
    const key = `${wantsValue ? '+' : '-'}${clause.path.join('\n')}`;
    let goal = this.#goals.get(key);
    if (!goal) {
      const keys = clause.field.split('.');
      if (keys.includes('')) {
        throw new PatternTooLargeError(`the field "${clause.field}" has a key without a name`);
      }
      goal = { id: this.#goals.size, keys, value: wantsValue ? anyOf(clause.values) : undefined };
      this.#goals.set(key, goal);
    }
    return goal;
  }

  /** The value after the first `depth` keys of each goal, as a reference; goals in the order of their names. */
  #at(goals: readonly Goal[], depth: number): Schema {
    if (goals.length === 0) {
      return true;
    }
    const key = `${depth}:${goals.map(({ id }) => id).join()}`;
    const known = this.#names.get(key);
    if (known !== undefined) {
      return { $ref: `#/$defs/${known}` };
    }
    if (this.#names.size >= MAX_PLACES) {
      throw new PatternTooLargeError('the pattern asks something at too many places');
    }
    const name = String(this.#names.size);
    this.#names.set(key, name);
    const ways = [...this.#asScalar(goals, depth), ...this.#asObject(goals, depth), ...this.#asArray(goals, depth)];
    this.#defs[name] = ways.length === 1 ? ways[0] : { anyOf: ways };
    return { $ref: `#/$defs/${name}` };
  }

  #valueOf(goal: Goal): Schema {
    return goal.value?.[this.side] ?? false;
  }

  #asScalar(goals: readonly Goal[], depth: number): readonly Schema[] {
    const wanted = goals.filter(({ value }) => value);
    if (goals.some(({ value, keys }) => (value ? keys.length > depth : keys.length === depth))) {
      return [];
    }
    return wanted.length === 0 ? [{ type: SCALARS }] : [this.#valueOf(wanted[0])];
  }

  #asObject(goals: readonly Goal[], depth: number): readonly Schema[] {
    if (goals.some(({ value, keys }) => value && keys.length === depth)) {
      return [];
    }
    const further = goals.filter(({ keys }) => keys.length > depth);
    return this.#spreads(further, depth).map(spread => {
      const byKey = new Map<string, { readonly depth: number; readonly goals: Goal[] }>();
      further.forEach(goal => {
        // absence is absence under each key that may lead there
        const ends = goal.value ? [spread.get(goal) as number] : this.#ends(goal, depth);
        for (const end of ends) {
          const key = goal.keys.slice(depth, end).join('.');
          const group = byKey.get(key) ?? { depth: end, goals: [] };
          byKey.set(key, group);
          group.goals.push(goal);
        }
      });
      const required = [...byKey].filter(([, group]) => group.goals.some(({ value }) => value)).map(([key]) => key);
      const properties = [...byKey].map(([key, group]) => [key, this.#at(group.goals, group.depth)] as const);
      return {
        type: 'object',
        ...(required.length === 0 ? {} : { required }),
        ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
      };
    });
  }

  /** How many keys of the goal one key of an object may stand for. */
  #ends({ keys }: Goal, depth: number): readonly number[] {
    return this.dottedKeys ? keys.slice(depth).map((_, i) => depth + i + 1) : [depth + 1];
  }

  #spreads(goals: readonly Goal[], depth: number): readonly ReadonlyMap<Goal, number>[] {
    let spreads: ReadonlyMap<Goal, number>[] = [new Map()];
    for (const goal of goals) {
      if (goal.value) {
        const ends = this.#ends(goal, depth);
        spreads = spreads.flatMap(spread => ends.map(end => new Map(spread).set(goal, end)));
        if (spreads.length > MAX_SPREADS) {
          throw new PatternTooLargeError('the pattern has too many fields for events whose keys may have dots');
        }
      }
    }
    return spreads;
  }

  #asArray(goals: readonly Goal[], depth: number): readonly Schema[] {
    const wanted = goals.filter(({ value }) => value);
    if (wanted.length === 0) {
      return [{ type: 'array', items: this.#at(goals, depth) }];
    }
    const ending = wanted.find(({ keys }) => keys.length === depth);
    const inside = wanted.filter(goal => goal !== ending);
    const ways = [this.#inElement(goals, wanted, depth, ending !== undefined && inside.length === 0)];
    if (ending) {
      // a value of the array itself, whatever element the others are in
      const beside = this.#inElement(goals, inside, depth, false);
      ways.push({ allOf: [beside, { type: 'array', contains: this.#valueOf(ending) }] });
    }
    return ways;
  }

  /** One element holds the wanted goals, and the absences that come after one of them; no element may break the others. */
  #inElement(goals: readonly Goal[], wanted: readonly Goal[], depth: number, onlyNested: boolean): JsonObject {
    const first = goals.findIndex(goal => wanted.includes(goal));
    const absent = goals.filter(({ value }) => !value);
    const after = wanted.length === 0 ? [] : absent.filter(goal => goals.indexOf(goal) > first);
    const before = absent.filter(goal => !after.includes(goal));
    const there = this.#at(
      goals.filter(goal => wanted.includes(goal) || after.includes(goal)),
      depth,
    );
    const items: Schema[] = [
      ...(before.length > 0 ? [this.#at(before, depth)] : []),
      ...(after.some(({ keys }) => keys.length === depth) ? [{ type: ['object', 'array'] }] : []),
    ];
    return {
      type: 'array',
      ...(wanted.length > 0 ? { contains: onlyNested ? { allOf: [{ type: 'array' }, there] } : there } : {}),
      ...(items.length > 0 ? { items: items.length === 1 ? items[0] : { allOf: items } } : {}),
    };
  }
}

/**
 * The schema of what stands after the first `depth` keys of every clause; of whole events where that is 0. Keys with
 * dots are thought of only where asked for: it costs. Throws `PatternTooLargeError`.
 */
export function patternSchemas(alternatives: readonly Alternative[], dottedKeys: boolean, depth = 0): PatternSchemas {
  const over = new Builder('over', dottedKeys).build(alternatives, depth);
  const under = new Builder('under', dottedKeys).build(alternatives, depth);
  const exact = JSON.stringify(over) === JSON.stringify(under);
  return { over, under: exact ? over : under, exact };
}
