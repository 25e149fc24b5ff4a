/*
 * One branch of a search: what is asked of a value of one type, taken apart as
 * far as it goes without choosing.
 */
import { isArray, isObject } from '../json';
import { isListed } from '../valueLists';
import type { Json } from '../types';
import { expand, isOfType } from './expand';
import type { Item, Lit, ValueType } from './items';
import { sameSchema } from './sameSchema';

export interface State {
  readonly type: ValueType;
  readonly atoms: Item[];
  readonly choices: (readonly (readonly Item[])[])[];
  readonly literals: Map<string, Lit>;
  /** The value is one of these. */
  values: readonly Json[] | undefined;
  /** Names that are required (true) or must not be there (false). */
  readonly presence: Map<string, boolean>;
  readonly counter: { next: number };
}

export function newState(type: ValueType): State {
  return {
    type,
    atoms: [],
    choices: [],
    literals: new Map(),
    values: undefined,
    presence: new Map(),
    counter: { next: 0 },
  };
}

export function copyOf(state: State): State {
  return {
    ...state,
    atoms: [...state.atoms],
    choices: [...state.choices],
    literals: new Map(state.literals),
    presence: new Map(state.presence),
  };
}

const ANYTHING: Item = { kind: 'or', alternatives: [[]] };

/** "Not this object" and "not this array", as ways to differ. */
function differences(value: Json): readonly (readonly Item[])[] {
  if (isArray(value)) {
    return [
      ...(value.length > 0 ? [[{ kind: 'maxItems' as const, value: value.length - 1 }]] : []),
      [{ kind: 'minItems', value: value.length + 1 }],
      ...value.map((each, index): Item[] => [
        { kind: 'minItems', value: index + 1 },
        { kind: 'item', index, goal: { kind: 'out', value: each } },
      ]),
    ];
  }
  const names = isObject(value) ? Object.keys(value) : [];
  return [
    ...names.map((name): Item[] => [{ kind: 'absent', name }]),
    [{ kind: 'someProperty', where: { notNames: names, notPatterns: [] }, goal: ANYTHING }],
    ...names.map((name): Item[] => [
      { kind: 'required', name },
      { kind: 'property', name, goal: { kind: 'out', value: (value as { [key: string]: Json })[name] } },
    ]),
  ];
}

function isHopeless(item: Item, type: ValueType): boolean {
  switch (item.kind) {
    case 'never':
      return true;
    case 'types':
      return !item.types.includes(type);
    case 'in':
      return !item.values.some(each => isOfType(each, type));
    case 'schema': {
      if (typeof item.schema === 'boolean') {
        return item.schema !== item.positive;
      }
      const types =
        item.positive && isObject(item.schema) && !Object.hasOwn(item.schema, '$ref') ? item.schema.type : undefined;
      return typeof types === 'string' && types !== type && !(types === 'integer' && type === 'number');
    }
    default:
      return false;
  }
}

/** Takes the items apart into the state; false if they contradict it. */
export function absorb(state: State, items: readonly Item[], spend: (steps: number) => void): boolean {
  const queue = [...items].reverse();
  for (let item = queue.pop(); item; item = queue.pop()) {
    spend(1);
    switch (item.kind) {
      case 'never':
        return false;
      case 'types':
        if (!item.types.includes(state.type)) {
          return false;
        }
        break;
      case 'schema':
        if (!absorbLiteral(state, item, queue)) {
          return false;
        }
        break;
      case 'or': {
        const alternatives = item.alternatives.filter(each => !each.some(one => isHopeless(one, state.type)));
        if (alternatives.length === 0) {
          return false;
        }
        if (alternatives.length === 1) {
          queue.push(...[...alternatives[0]].reverse());
        } else if (!alternatives.some(each => each.length === 0)) {
          state.choices.push(alternatives);
        }
        break;
      }
      case 'in': {
        const values = (state.values ?? item.values).filter(each => isOfType(each, state.type));
        const { values: allowed } = item;
        state.values = state.values ? values.filter(each => isListed(allowed, each)) : values;
        if (state.values.length === 0) {
          return false;
        }
        break;
      }
      case 'out':
        if (isOfType(item.value, state.type)) {
          if (state.type === 'object' || state.type === 'array') {
            queue.push({ kind: 'or', alternatives: differences(item.value) });
          } else {
            state.atoms.push(item);
          }
        }
        break;
      default:
        if (clashes(state, item)) {
          return false;
        }
        state.atoms.push(item);
    }
  }
  return true;
}

function clashes(state: State, item: Item): boolean {
  if (item.kind !== 'required' && item.kind !== 'absent') {
    return false;
  }
  const known = state.presence.get(item.name);
  state.presence.set(item.name, item.kind === 'required');
  return known !== undefined && known !== (item.kind === 'required');
}

function absorbLiteral(state: State, lit: Lit, queue: Item[]): boolean {
  const key = `${lit.positive ? '+' : '-'}${lit.id}${lit.trackers.join()}`;
  if (state.literals.has(key)) {
    return true;
  }
  for (const other of state.literals.values()) {
    if (other.positive !== lit.positive && typeof lit.schema !== 'boolean' && sameSchema(other, lit)) {
      return false;
    }
  }
  state.literals.set(key, lit);
  const items = expand(lit, state.type, () => {
    state.counter.next += 1;
    return state.counter.next;
  });
  for (let i = items.length - 1; i >= 0; i--) {
    queue.push(items[i]);
  }
  return true;
}
