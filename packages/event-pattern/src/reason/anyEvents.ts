/*
 * Whether there is an event, of any kind, that matches one pattern and another
 * (or not the other).
 *
 * Without a schema every field is free: it may be absent, have one value or
 * several. So it is enough to choose: of a pattern that matches, an alternative
 * whose clauses all hold; of one that does not, a clause of each alternative
 * that fails; and to ask for each field whether it can be as chosen.
 *
 * Arrays. An event that matches one pattern and not the other can be reduced
 * to the elements in which the first one matches, with what other elements
 * have put into them: unless the first one wants that absent from its element
 * (`exists: false`, beside another clause on that element) and the other fails
 * because it is there elsewhere. Then nothing is proved.
 */
import type { Alternative, FieldClause, Json, JsonObject } from '../types';
import { matcherOf } from '../matcherOf';
import type { Finding } from './eventSchema';
import { isObject, own } from './json';
import { findValue, type Scalar } from './leafValues';

export interface Side {
  readonly alternatives: readonly Alternative[];
  readonly matching: boolean;
}

/** AWS's own fields: one text each. */
const TEXTS: ReadonlySet<string> = new Set([
  'version',
  'id',
  'detail-type',
  'source',
  'account',
  'time',
  'region',
  'replay-name',
]);
/** Choices that are looked at for one question. */
const MAX_CHOICES = 2000;

/** What is asked of one field. */
interface FieldDemand {
  readonly holding: readonly FieldClause[];
  readonly failing: readonly FieldClause[];
}

type FieldAnswer =
  | { readonly kind: 'found'; readonly values: readonly Scalar[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

function mayBeAbsent({ values }: FieldClause): boolean {
  return values.some(each => each.kind === 'exists' && !each.value);
}

/** Matchers that a value may satisfy. */
function valuesOf({ values }: FieldClause) {
  return values.filter(each => each.kind !== 'exists' || each.value);
}

function isText(field: string): boolean {
  return TEXTS.has(field);
}

/** `undefined` from `field` means: absent. */
function answerFor(field: string, { holding, failing }: FieldDemand, steps: number | undefined): FieldAnswer {
  const absent = holding.every(mayBeAbsent) && !failing.some(mayBeAbsent);
  if (absent && holding.length > 0) {
    return { kind: 'found', values: [] };
  }
  // `detail` is an object, and what is below AWS's own texts is nothing
  const [top] = field.split('.');
  if (field === 'detail' || (isText(top) && field !== top)) {
    return absent ? { kind: 'found', values: [] } : { kind: 'none' };
  }
  const textOnly = isText(field) || field === 'resources';
  const unsatisfied = failing.flatMap(valuesOf);
  const wanted = holding.map(valuesOf);
  // a field that may have several values has one for each clause
  const lists = isText(field) || wanted.length === 0 ? [wanted] : wanted.map(each => [each]);
  const values: Scalar[] = [];
  for (const satisfied of lists) {
    const answer = findValue({ satisfied, unsatisfied, textOnly }, steps);
    if (answer.kind !== 'found') {
      return absent ? { kind: 'found', values: [] } : answer;
    }
    values.push(answer.value);
  }
  return { kind: 'found', values: [...new Set(values)] };
}

type Task =
  | { readonly kind: 'hold'; readonly alternatives: readonly Alternative[] }
  | { readonly kind: 'fail'; readonly alternative: Alternative };

interface Chosen {
  readonly demand: FieldDemand;
  readonly values: readonly Scalar[];
}

const NOTHING: FieldDemand = { holding: [], failing: [] };

class AnyEventSearch {
  #doubt: string | undefined;
  #choices = 0;
  readonly #answers = new Map<string, FieldAnswer>();
  readonly #matchers: readonly { readonly matches: (event: JsonObject) => boolean; readonly wanted: boolean }[];

  constructor(private readonly sides: readonly Side[], private readonly steps: number | undefined) {
    this.#matchers = sides.map(({ alternatives, matching }) => ({
      matches: matcherOf(alternatives),
      wanted: matching,
    }));
  }

  run(): Finding {
    const tasks = this.sides.flatMap(({ alternatives, matching }): readonly Task[] =>
      matching ? [{ kind: 'hold', alternatives }] : alternatives.map(alternative => ({ kind: 'fail', alternative })),
    );
    const event = this.#search(tasks, 0, new Map());
    if (event) {
      return { kind: 'found', event };
    }
    return this.#doubt === undefined ? { kind: 'none' } : { kind: 'unknown', reason: this.#doubt };
  }

  #search(tasks: readonly Task[], index: number, state: ReadonlyMap<string, Chosen>): JsonObject | undefined {
    if (index === tasks.length) {
      return this.#confirmed(state);
    }
    const task = tasks[index];
    const choices = task.kind === 'hold' ? task.alternatives : task.alternative.map(each => [each]);
    if (task.kind === 'fail' && task.alternative.some(each => state.get(each.field)?.demand.failing.includes(each))) {
      return this.#search(tasks, index + 1, state);
    }
    for (const clauses of choices) {
      this.#choices += 1;
      if (this.#choices > MAX_CHOICES) {
        this.#doubt ??= 'the patterns leave too many choices';
        return undefined;
      }
      const next = this.#with(state, clauses, task.kind === 'hold');
      const event = next && this.#search(tasks, index + 1, next);
      if (event) {
        return event;
      }
    }
    return undefined;
  }

  #with(
    state: ReadonlyMap<string, Chosen>,
    clauses: readonly FieldClause[],
    holds: boolean,
  ): ReadonlyMap<string, Chosen> | undefined {
    const next = new Map(state);
    let unsure = false;
    for (const clause of clauses) {
      const before = next.get(clause.field)?.demand ?? NOTHING;
      const demand = holds
        ? { ...before, holding: [...before.holding, clause] }
        : { ...before, failing: [...before.failing, clause] };
      const answer = this.#ask(clause.field, demand);
      if (answer.kind === 'none') {
        return undefined;
      }
      if (answer.kind === 'unknown') {
        this.#doubt ??= answer.reason;
        unsure = true;
      } else {
        next.set(clause.field, { demand, values: answer.values });
      }
    }
    return unsure ? undefined : next;
  }

  #ask(field: string, demand: FieldDemand): FieldAnswer {
    const keyOf = (clauses: readonly FieldClause[]) => clauses.map(({ values }) => JSON.stringify(values)).join();
    const key = `${field} ${keyOf(demand.holding)} ${keyOf(demand.failing)}`;
    const answer = this.#answers.get(key) ?? answerFor(field, demand, this.steps);
    this.#answers.set(key, answer);
    return answer;
  }

  #confirmed(state: ReadonlyMap<string, Chosen>): JsonObject | undefined {
    const event = eventWith(new Map([...state].map(([field, { values }]) => [field, values])));
    if (this.#matchers.every(({ matches, wanted }) => matches(event) === wanted)) {
      return event;
    }
    this.#doubt ??= 'an event that was found was not confirmed by the matcher';
    return undefined;
  }
}

interface Tree {
  readonly inside: Map<string, Tree>;
  values: readonly Scalar[];
}

const newTree = (): Tree => ({ inside: new Map(), values: [] });

/** The event with exactly these values at the fields. */
function eventWith(fields: ReadonlyMap<string, readonly Scalar[]>): JsonObject {
  const root = newTree();
  for (const [field, values] of fields) {
    if (values.length > 0) {
      let at: Tree = root;
      for (const key of field.split('.')) {
        const next: Tree = at.inside.get(key) ?? newTree();
        at.inside.set(key, next);
        at = next;
      }
      at.values = values;
    }
  }
  return Object.fromEntries([...root.inside].map(([key, inner]) => [key, toJson(inner)]));
}

function toJson({ inside, values }: Tree): Json {
  if (inside.size === 0) {
    return values.length === 1 ? values[0] : values;
  }
  const object = Object.fromEntries([...inside].map(([key, inner]) => [key, toJson(inner)]));
  // a field with a value and fields below it
  return values.length === 0 ? object : [...values, object];
}

/** Whether the fields may stand in one element of an array; `detail` is none. */
function mayShareElement(a: string, b: string): boolean {
  const [keys, others] = [a.split('.'), b.split('.')];
  const needed = keys[0] === 'detail' ? 2 : 1;
  return keys.length >= needed && keys.slice(0, needed).every((key, i) => others[i] === key);
}

/** Fields of the alternative in whose element the clause is looked for. */
function companions(alternative: Alternative, clause: FieldClause): readonly string[] {
  return alternative
    .slice(0, alternative.indexOf(clause))
    .filter(({ field }) => mayShareElement(field, clause.field))
    .map(({ field }) => field);
}

/**
 * Whether the first pattern may want a field absent from one element only, and the denied one fail for another element
 * that has it.
 */
function dependsOnOtherElements(sides: readonly Side[]): boolean {
  const of = (wanted: boolean) =>
    sides
      .filter(({ matching }) => matching === wanted)
      .flatMap(({ alternatives }) => alternatives)
      .flatMap(alternative => alternative.filter(mayBeAbsent).map(clause => ({ alternative, clause })));
  const asserted = of(true);
  return of(false).some(denied =>
    asserted.some(({ alternative, clause }) => {
      const theirs = companions(denied.alternative, denied.clause);
      const ours = clause.field === denied.clause.field ? companions(alternative, clause) : [];
      return ours.some(field => !theirs.includes(field));
    }),
  );
}

/** An event that matches the patterns as asked, a proof that there is none, or why it is not known. */
export function findAnyEvent(sides: readonly Side[], steps?: number): Finding {
  const finding = new AnyEventSearch(sides, steps).run();
  if (finding.kind !== 'none' || !dependsOnOtherElements(sides)) {
    return finding;
  }
  return besideElements(sides) ?? { kind: 'unknown', reason: 'exists: false may fail in another element of an array' };
}

/** Tries events with a further element, in which a field is that the denied pattern wants absent. */
function besideElements(sides: readonly Side[]): Finding | undefined {
  const asserted = sides.filter(({ matching }) => matching);
  const matchers = sides.map(({ alternatives, matching }) => ({ matches: matcherOf(alternatives), matching }));
  const isRight = (event: JsonObject) => matchers.every(({ matches, matching }) => matches(event) === matching);
  const base = new AnyEventSearch(asserted, undefined).run();
  const unwanted = sides
    .filter(({ matching }) => !matching)
    .flatMap(({ alternatives }) => alternatives.flat())
    .filter(clause => mayBeAbsent(clause) && clause.field.includes('.'));
  for (const { field } of base.kind === 'found' ? unwanted : []) {
    const keys = field.split('.');
    for (let depth = 1; depth < keys.length; depth++) {
      const event = withElement((base as { event: JsonObject }).event, keys, depth);
      if (event && isRight(event)) {
        return { kind: 'found', event };
      }
    }
  }
  return undefined;
}

/** The object after `depth` keys as the first element of an array, whose second has only the rest of the field. */
function withElement(event: JsonObject, keys: readonly string[], depth: number): JsonObject | undefined {
  const [key, ...rest] = keys;
  const inner = own(event, key);
  if (!isObject(inner)) {
    return undefined;
  }
  if (depth > 1) {
    const next = withElement(inner, rest, depth - 1);
    return next && { ...event, [key]: next };
  }
  const other = rest.reduceRight<Json>((value, each) => ({ [each]: value }), 'other');
  return { ...event, [key]: [inner, other] };
}
