/*
 * Whether an event satisfies one alternative. Clauses are taken in the order
 * of their names. After each, what is kept is the set of places in arrays
 * where a match may stand so far; a clause keeps those places at which one of
 * its values is found, or refines them.
 *
 * Two things keep this cheap for events with long arrays: equal places are
 * kept once, and a place forgets arrays that no later clause can be in.
 */
import { NOWHERE, type ArrayMembership, type EventFields, type Leaf } from './leaves';
import type { Alternative, FieldClause } from './types';
import { matchesValue } from './valueMatch';

/** Both places as one, undefined where they name different elements of an array. */
function combine(place: ArrayMembership, added: ArrayMembership): ArrayMembership | undefined {
  if (added.size === 0) {
    return place;
  }
  if (place.size === 0) {
    return added;
  }
  let combined: Map<number, number> | undefined;
  for (const [array, index] of added) {
    const known = place.get(array);
    if (known === undefined) {
      combined ??= new Map(place);
      combined.set(array, index);
    } else if (known !== index) {
      return undefined;
    }
  }
  return combined ?? place;
}

/** For each clause the arrays in which later clauses have values. */
function arraysOfLaterClauses(clauses: Alternative, event: EventFields): readonly ReadonlySet<number>[] {
  const later: ReadonlySet<number>[] = [];
  let arrays = new Set<number>();
  for (let i = clauses.length - 1; i >= 0; i--) {
    later[i] = arrays;
    arrays = new Set(arrays);
    for (const leaf of event.get(clauses[i].field) ?? []) {
      for (const array of leaf.membership.keys()) {
        arrays.add(array);
      }
    }
  }
  return later;
}

function keyOf(place: ArrayMembership): string {
  return [...place]
    .sort((a, b) => a[0] - b[0])
    .map(([array, index]) => `${array}:${index}`)
    .join(',');
}

function forget(place: ArrayMembership, needed: ReadonlySet<number>): ArrayMembership {
  for (const array of place.keys()) {
    if (!needed.has(array)) {
      return new Map([...place].filter(([each]) => needed.has(each)));
    }
  }
  return place;
}

export function mayBeAbsent(clause: FieldClause): boolean {
  return clause.values.some(each => each.kind === 'exists' && !each.value);
}

/**
 * Whether a clause can hold, array consistency aside: what does not hold here
 * holds nowhere, and where no leaf stands in an element this is the answer.
 */
export function mayHold({ values }: FieldClause, leaves: readonly Leaf[] | undefined): boolean {
  if (leaves !== undefined) {
    for (let i = 0; i < leaves.length; i++) {
      for (let j = 0; j < values.length; j++) {
        if (matchesValue(values[j], leaves[i].value)) {
          return true;
        }
      }
    }
  }
  return isPossiblyAbsent(leaves) && values.some(each => each.kind === 'exists' && !each.value);
}

/** Absent, or absent from some element that a match may be about. */
export function isPossiblyAbsent(leaves: readonly Leaf[] | undefined): boolean {
  return leaves === undefined || leaves.every(leaf => leaf.membership.size > 0);
}

/** Whether all clauses hold, in elements of arrays that agree. */
export function matchesAlternative(clauses: Alternative, event: EventFields): boolean {
  for (const clause of clauses) {
    if (!mayHold(clause, event.get(clause.field))) {
      return false;
    }
  }
  return !event.inElements || holdConsistently(clauses, event);
}

/** The same for clauses each of which may hold. */
export function holdConsistently(clauses: Alternative, event: EventFields): boolean {
  const later = arraysOfLaterClauses(clauses, event);
  let places: readonly ArrayMembership[] = [NOWHERE];
  for (let i = 0; i < clauses.length && places.length > 0; i++) {
    places = placesAfter(clauses[i], event, places, later[i]);
  }
  return places.length > 0;
}

function placesAfter(
  clause: FieldClause,
  event: EventFields,
  places: readonly ArrayMembership[],
  needed: ReadonlySet<number>,
): readonly ArrayMembership[] {
  const leaves = event.get(clause.field) ?? [];
  const found: readonly Leaf[] = leaves.filter(leaf => clause.values.some(each => matchesValue(each, leaf.value)));
  const optional = mayBeAbsent(clause);
  const result = new Map<string, ArrayMembership>();
  const keep = (place: ArrayMembership) => {
    const kept = forget(place, needed);
    result.set(keyOf(kept), kept);
  };
  for (const place of places) {
    for (const leaf of found) {
      const combined = combine(place, leaf.membership);
      if (combined) {
        keep(combined);
      }
    }
    // absent means: absent from the elements that this match is about
    if (optional && !leaves.some(leaf => combine(place, leaf.membership) !== undefined)) {
      keep(place);
    }
  }
  return [...result.values()];
}
