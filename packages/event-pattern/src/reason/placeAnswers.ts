/*
 * What may stand at one place of the events of a schema, so that some clauses
 * hold there and others do not. Answers are kept: the patterns of a platform
 * ask the same again and again.
 */
import {
  compileSchema,
  findInstance,
  type Answer,
  type CompiledSchema,
  type SchemaReading,
} from '@busline/json-schema';
import { matcherOf } from '../matcherOf';
import type { Alternative, FieldClause, Json, JsonObject } from '../types';
import { isObject, replaced } from './json';
import { PatternTooLargeError, patternSchemas, type PatternSchemas } from './patternSchemas';
import type { Place } from './places';

/** Clauses of one alternative that are decided at one place: they hold together or not. */
export interface Group {
  readonly place: Place;
  readonly clauses: Alternative;
  /** Equal for groups that ask the same. */
  readonly key: string;
}

export type PlaceAnswer =
  /** The value; undefined if there is none, which is what is wanted. */
  | { readonly kind: 'found'; readonly value: Json | undefined }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Demand {
  readonly place: Place;
  readonly holding: readonly Group[];
  readonly failing: readonly Group[];
}

const NONE: PlaceAnswer = { kind: 'none' };
const ABSENT: PlaceAnswer = { kind: 'found', value: undefined };
/** Answers that are kept of one schema. */
const MAX_KEPT = 5000;

export function groupOf(place: Place, clauses: Alternative): Group {
  const key = clauses.map(({ field, values }) => `${field}\u0000${JSON.stringify(values)}`).join('\u0001');
  return { place, clauses, key };
}

function mayBeAbsent({ values }: FieldClause): boolean {
  return values.some(each => each.kind === 'exists' && !each.value);
}

/** Whether the group holds where nothing stands at the place. */
function holdsInAbsence({ clauses }: Group): boolean {
  return clauses.every(mayBeAbsent);
}

/** An event with only a value at the place. */
function around(place: Place, value: Json | undefined): JsonObject | undefined {
  if (place.keys.length > 0) {
    return replaced({}, place.keys, value);
  }
  return isObject(value) ? value : undefined;
}

export class PlaceAnswers {
  readonly #reading: SchemaReading;
  readonly #dottedKeys: () => boolean;
  readonly #answers = new Map<string, PlaceAnswer>();
  readonly #schemas = new Map<string, PatternSchemas>();
  readonly #validators = new Map<string, CompiledSchema>();

  constructor(reading: SchemaReading, dottedKeys: () => boolean) {
    this.#reading = reading;
    this.#dottedKeys = dottedKeys;
  }

  /** `hints` are values worth trying before one is looked for. */
  ask(demand: Demand, steps: number | undefined, hints: () => Iterable<Json>): PlaceAnswer {
    const { place, holding, failing } = demand;
    const keyOf = (groups: readonly Group[]) => [...new Set(groups.map(({ key }) => key))].sort().join('\u0002');
    const key = `${place.keys.join('\u0000')}\u0003${keyOf(holding)}\u0003${keyOf(failing)}`;
    const known = this.#answers.get(key);
    if (known) {
      return known;
    }
    if (this.#answers.size >= MAX_KEPT) {
      this.#answers.clear();
      this.#schemas.clear();
    }
    const answer = this.#find(demand, steps, hints);
    this.#answers.set(key, answer);
    return answer;
  }

  /** Whether the value may stand at the place, as far as the schema of the place tells. */
  isValid(place: Place, value: Json): boolean {
    const { pointer } = place;
    if (pointer === undefined) {
      return false;
    }
    const { schema, ...options } = this.#reading;
    const validator = this.#validators.get(pointer) ?? compileSchema(schema, { ...options, pointer });
    this.#validators.set(pointer, validator);
    return validator.isValid(value);
  }

  #find(demand: Demand, steps: number | undefined, hints: () => Iterable<Json>): PlaceAnswer {
    const { place, holding, failing } = demand;
    const absent =
      place.optional && holding.every(holdsInAbsence) && !failing.some(holdsInAbsence) ? ABSENT : undefined;
    if (place.pointer === undefined) {
      return absent ?? NONE;
    }
    if (absent && holding.length > 0) {
      return absent;
    }
    const isRight = (value: Json) => meets(demand, value) && this.isValid(place, value);
    for (const value of hints()) {
      if (isRight(value)) {
        return { kind: 'found', value };
      }
    }
    return absent ?? this.#solve(demand, steps, isRight);
  }

  #solve(
    { place, holding, failing }: Demand,
    steps: number | undefined,
    isRight: (value: Json) => boolean,
  ): PlaceAnswer {
    let schemas: { readonly holding: readonly PatternSchemas[]; readonly failing: readonly PatternSchemas[] };
    try {
      const of = (group: Group) => this.#schemasOf(group);
      schemas = { holding: holding.map(of), failing: failing.map(of) };
    } catch (error) {
      if (error instanceof PatternTooLargeError) {
        return { kind: 'unknown', reason: error.message };
      }
      throw error;
    }
    const reading = { ...this.#reading, pointer: place.pointer ?? '' };
    const find = (wide: boolean): Answer =>
      findInstance(
        [reading, ...schemas.holding.map(({ over, under }) => ({ schema: wide ? over : under }))],
        schemas.failing.map(({ over, under }) => ({ schema: wide ? under : over })),
        steps === undefined ? {} : { steps },
      );
    // the wider question proves that there is none, the narrower finds one for sure
    const answer = find(true);
    if (answer.kind === 'empty') {
      return NONE;
    }
    if (answer.kind === 'found' && isRight(answer.value)) {
      return answer;
    }
    const exact = [...schemas.holding, ...schemas.failing].every(each => each.exact);
    const narrow = exact ? undefined : find(false);
    if (narrow?.kind === 'found' && isRight(narrow.value)) {
      return narrow;
    }
    const reason = answer.kind === 'unknown' ? answer.reason : 'a value that was found was not confirmed';
    return { kind: 'unknown', reason };
  }

  #schemasOf(group: Group): PatternSchemas {
    const known =
      this.#schemas.get(group.key) ?? patternSchemas([group.clauses], this.#dottedKeys(), group.place.keys.length);
    this.#schemas.set(group.key, known);
    return known;
  }
}

/** Whether the clauses hold and fail as demanded where the value stands, by the matcher. */
export function meets({ place, holding, failing }: Demand, value: Json | undefined): boolean {
  const event = around(place, value);
  return (
    event !== undefined &&
    holding.every(({ clauses }) => matcherOf([clauses])(event)) &&
    !failing.some(({ clauses }) => matcherOf([clauses])(event))
  );
}
