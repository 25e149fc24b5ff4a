/*
 * Whether there is an event of a schema that matches some patterns and not
 * others.
 *
 * Matching is a choice of an alternative whose clauses all hold; not matching,
 * a choice of a clause of each alternative that fails. The clauses are put in
 * groups by the place of the schema at which they are decided (`places.ts`);
 * a choice is dropped as soon as what it asks of one place is impossible
 * there, which is a proof. What is left is put into a sample of the schema,
 * and confirmed by validator and matcher before it counts.
 */
import type { Alternative, FieldClause, JsonObject } from '../types';
import { matcherOf } from '../matcherOf';
import type { EventSchema, Finding } from './eventSchema';
import { hintsFor } from './hints';
import { isObject, replaced } from './json';
import { groupOf, type Demand, type Group, type PlaceAnswer } from './placeAnswers';
import type { Place } from './places';

export interface Condition {
  readonly alternatives: readonly Alternative[];
  /** Whether the event matches, or does not. */
  readonly matching: boolean;
}

export interface Question {
  readonly schema: EventSchema;
  readonly conditions: readonly Condition[];
  readonly steps?: number;
  /** Begin with this event instead of the schema's sample. */
  readonly near?: JsonObject;
}

/** Choices that are looked at for one question. */
const MAX_CHOICES = 3000;
const NOT_CONFIRMED = 'an event that was found was not confirmed by validator and matcher';
const TOO_MANY = 'the pattern leaves too many choices';

type Task =
  | { readonly kind: 'hold'; readonly ways: readonly (readonly Group[])[] }
  | { readonly kind: 'fail'; readonly groups: readonly Group[] };

interface Chosen {
  readonly demand: Demand;
  readonly answer: Extract<PlaceAnswer, { kind: 'found' }>;
}
type State = ReadonlyMap<string, Chosen>;

const keyOf = ({ keys }: Place) => keys.join('\u0000');

class Decision {
  #doubt: string | undefined;
  #choices = 0;
  readonly #question: Question;
  readonly #base: JsonObject | undefined;
  readonly #matchers: readonly { readonly matches: (event: JsonObject) => boolean; readonly wanted: boolean }[];

  constructor(question: Question, base: JsonObject | undefined) {
    this.#question = question;
    this.#base = base;
    this.#matchers = question.conditions.map(({ alternatives, matching }) => ({
      matches: matcherOf(alternatives),
      wanted: matching,
    }));
  }

  run(tasks: readonly Task[]): Finding {
    const event = this.#search(tasks, 0, new Map());
    if (event) {
      return { kind: 'found', event };
    }
    return this.#doubt === undefined ? { kind: 'none' } : { kind: 'unknown', reason: this.#doubt };
  }

  #search(tasks: readonly Task[], index: number, state: State): JsonObject | undefined {
    if (index === tasks.length) {
      return this.#confirmed(state);
    }
    const task = tasks[index];
    if (task.kind === 'fail' && task.groups.some(group => isFailing(state, group))) {
      return this.#search(tasks, index + 1, state);
    }
    const choices: readonly (readonly Group[])[] = task.kind === 'hold' ? task.ways : task.groups.map(each => [each]);
    for (const groups of choices) {
      this.#choices += 1;
      if (this.#choices > MAX_CHOICES) {
        this.#doubt ??= TOO_MANY;
        return undefined;
      }
      const next = this.#with(state, groups, task.kind === 'hold');
      const event = next && this.#search(tasks, index + 1, next);
      if (event) {
        return event;
      }
    }
    return undefined;
  }

  /** The state with more asked of some places; undefined if that is impossible at one of them. */
  #with(state: State, groups: readonly Group[], holds: boolean): State | undefined {
    const next = new Map(state);
    let unsure = false;
    for (const group of groups) {
      const key = keyOf(group.place);
      const before = next.get(key)?.demand ?? { place: group.place, holding: [], failing: [] };
      const demand = holds
        ? { ...before, holding: [...before.holding, group] }
        : { ...before, failing: [...before.failing, group] };
      const answer = this.#ask(demand, next.get(key)?.answer);
      if (answer.kind === 'none') {
        return undefined;
      }
      if (answer.kind === 'unknown') {
        this.#doubt ??= answer.reason;
        unsure = true;
      } else {
        next.set(key, { demand, answer });
      }
    }
    return unsure ? undefined : next;
  }

  #ask(demand: Demand, before: Chosen['answer'] | undefined): PlaceAnswer {
    const { schema, steps } = this.#question;
    const { place } = demand;
    const base = this.#base;
    const hints = function* hints() {
      if (before?.value !== undefined) yield before.value;
      yield* hintsFor(demand, base, schema.places.schemaAt(place));
    };
    return schema.answers.ask(demand, steps, hints);
  }

  #confirmed(state: State): JsonObject | undefined {
    let event = this.#base;
    if (!event) {
      this.#doubt ??= 'no event of the schema was found';
      return undefined;
    }
    for (const { demand, answer } of state.values()) {
      const { keys } = demand.place;
      if (keys.length > 0) {
        event = replaced(event, keys, answer.value);
      } else if (isObject(answer.value)) {
        event = answer.value;
      }
    }
    if (this.#isRight(event)) {
      return event;
    }
    this.#doubt ??= NOT_CONFIRMED;
    return undefined;
  }

  #isRight(event: JsonObject): boolean {
    return (
      this.#matchers.every(({ matches, wanted }) => matches(event) === wanted) &&
      this.#question.schema.validator.isValid(event)
    );
  }
}

function isFailing(state: State, group: Group): boolean {
  const failing = state.get(keyOf(group.place))?.demand.failing ?? [];
  return failing.some(({ key }) => key === group.key);
}

/** The place of each field, such that no place is inside another. */
function placesOf(schema: EventSchema, clauses: Iterable<FieldClause>): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { field } of clauses) {
    places.set(field, schema.places.at(field));
  }
  const all = new Map([...places.values()].map(place => [keyOf(place), place]));
  for (const [field, place] of places) {
    for (let i = 0; i < place.keys.length; i++) {
      const outer = i === 0 ? all.get('') : all.get(place.keys.slice(0, i).join('\u0000'));
      if (outer) {
        places.set(field, outer);
        break;
      }
    }
  }
  return places;
}

/** What the event carries before what kind of event it is: the nearest miss is one of the same kind. */
function rank({ clauses }: Group): number {
  return clauses.some(({ field }) => field.startsWith('detail.')) ? 0 : 1;
}

function groupsOf(alternative: Alternative, places: ReadonlyMap<string, Place>): readonly Group[] {
  const byPlace = new Map<Place, FieldClause[]>();
  for (const clause of alternative) {
    const place = places.get(clause.field) as Place;
    byPlace.set(place, [...(byPlace.get(place) ?? []), clause]);
  }
  return [...byPlace].map(([place, clauses]) => groupOf(place, clauses)).sort((a, b) => rank(a) - rank(b));
}

function tasksOf({ schema, conditions }: Question): readonly Task[] {
  const places = placesOf(schema, new Set(conditions.flatMap(({ alternatives }) => alternatives.flat())));
  return conditions.flatMap(({ alternatives, matching }): readonly Task[] => {
    const ways = alternatives.map(each => groupsOf(each, places));
    return matching ? [{ kind: 'hold', ways }] : ways.map(groups => ({ kind: 'fail', groups }));
  });
}

/** An event as asked for, a proof that there is none, or why it is not known. */
export function decide(question: Question): Finding {
  const { sample } = question.schema;
  if (sample.kind === 'none') {
    return sample;
  }
  return new Decision(question, question.near ?? (sample.kind === 'found' ? sample.event : undefined)).run(
    tasksOf(question),
  );
}
