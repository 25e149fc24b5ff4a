/*
 * Why an event matches a pattern, or does not: for each clause what was wanted
 * and what was found.
 */
import { Collector } from './collector';
import { toCompiled } from './describe';
import { FieldTree } from './fieldTree';
import type { Leaf, LeafValue } from './leaves';
import { holdConsistently, matchesAlternative, mayBeAbsent, mayHold } from './match';
import { editDistance, nearName } from './nearNames';
import { readEvent } from './readEvent';
import type { Alternative, CompiledPattern, FieldClause, Json, JsonObject, ValueMatcher } from './types';
import { describeMatchers } from './words';

/** Why a clause fails. */
export type ClauseFailure =
  /** The event has no value there; `nearName` is a field that it has and that may have been meant. */
  | { readonly kind: 'missing'; readonly nearName?: string }
  /** There is an object or an empty array: patterns see values only. `inside` are fields in it. */
  | { readonly kind: 'no-value'; readonly inside: readonly string[] }
  /** No value is one that is wanted. */
  | { readonly kind: 'value'; readonly nearMiss?: NearMiss }
  /** Right value, wrong type: `"5"` where 5 is wanted, or the other way round. */
  | { readonly kind: 'type'; readonly nearMiss: NearMiss }
  /** Should be absent and is not. */
  | { readonly kind: 'present' };

/** The value and the wanted thing that come closest. */
export interface NearMiss {
  readonly found: Json;
  readonly wanted: string;
  /** What is between them, in words: `differs in case only`. */
  readonly because?: string;
}

export interface ClauseExplanation {
  readonly field: string;
  /** Keys from the root of the pattern to the clause, `$or` and its index included. */
  readonly path: readonly (string | number)[];
  readonly satisfied: boolean;
  /** What the clause wants, in words: ``is `ERROR` or `FATAL` ``. */
  readonly wanted: string;
  /** Values of the event at the field, in order; the first few of many. */
  readonly found: readonly Json[];
  /** How many there are. */
  readonly foundCount: number;
  readonly failure?: ClauseFailure;
}

/** One way to match; a pattern without `$or` has one. */
export interface AlternativeExplanation {
  readonly satisfied: boolean;
  readonly clauses: readonly ClauseExplanation[];
  /** Every clause holds, but in different elements of an array, which do not combine. */
  readonly differentElements: boolean;
}

export interface Explanation {
  readonly matches: boolean;
  /** Most satisfied first; the first decides. */
  readonly alternatives: readonly AlternativeExplanation[];
  /** How many ways there are, of which the best are explained. */
  readonly alternativeCount: number;
}

/** Values that a clause lists. */
const MOST_VALUES = 10;
/** Ways of `$or` that are explained. */
const MOST_ALTERNATIVES = 10;
/** Names that a missing field is compared with. */
const MOST_NAMES = 2000;
/** Texts that are compared letter by letter. */
const LONGEST_COMPARED = 100;

/**
 * Why the event matches the pattern, or why not. Throws
 * `InvalidEventPatternError` and `InvalidEventError`.
 */
export function explain(pattern: string | JsonObject | CompiledPattern, event: string | JsonObject): Explanation {
  const { alternatives, fields } = toCompiled(pattern);
  const tree = new FieldTree();
  fields.forEach(field => tree.add(field));
  const values = new Collector(tree);
  readEvent(event, values);
  const shape = shapeOf(event);
  const clauses = new Map<FieldClause, ClauseExplanation>();
  const explained = (clause: FieldClause) => {
    const known = clauses.get(clause) ?? explainClause(clause, values, shape);
    clauses.set(clause, known);
    return known;
  };
  const all = alternatives.map(each => explainAlternative(each, values, explained));
  const missing = (each: AlternativeExplanation) =>
    each.satisfied ? -1 : each.clauses.filter(({ satisfied }) => !satisfied).length;
  return {
    matches: all.some(({ satisfied }) => satisfied),
    alternatives: [...all].sort((a, b) => missing(a) - missing(b)).slice(0, MOST_ALTERNATIVES),
    alternativeCount: all.length,
  };
}

function inTextOrder(a: FieldClause, b: FieldClause): number {
  const rank = ({ field }: FieldClause) => {
    const order = ['source', 'detail-type'].indexOf(field);
    return order === -1 ? 2 : order;
  };
  return rank(a) - rank(b);
}

function explainAlternative(
  alternative: Alternative,
  values: Collector,
  explained: (clause: FieldClause) => ClauseExplanation,
): AlternativeExplanation {
  const satisfied = matchesAlternative(alternative, values);
  const clauses = [...alternative].sort(inTextOrder).map(explained);
  const differentElements =
    !satisfied &&
    alternative.every(clause => mayHold(clause, values.get(clause.field))) &&
    !holdConsistently(alternative, values);
  return { satisfied, clauses, differentElements };
}

/** Names of everything in an event, and of the fields that have values. */
interface Shape {
  readonly leaves: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
}

function shapeOf(event: string | JsonObject): Shape {
  const leaves = new Set<string>();
  const nodes = new Set<string>();
  // without recursion: the event may be deeper than patterns read
  const open: (readonly [string | undefined, Json])[] = [
    [undefined, typeof event === 'string' ? (JSON.parse(event) as JsonObject) : event],
  ];
  for (let next = open.pop(); next !== undefined && nodes.size < MOST_NAMES; next = open.pop()) {
    const [name, value] = next;
    if (name !== undefined) {
      nodes.add(name);
    }
    if (Array.isArray(value)) {
      value.forEach(each => open.push([name, each as Json]));
    } else if (value !== null && typeof value === 'object') {
      for (const [key, each] of Object.entries(value)) {
        open.push([name === undefined ? key : `${name}.${key}`, each as Json]);
      }
    } else if (name !== undefined) {
      leaves.add(name);
    }
  }
  return { leaves, nodes };
}

function jsonOf(value: LeafValue): Json {
  switch (value.type) {
    case 'string':
      return value.text;
    case 'number':
      return value.value ?? Number(value.text);
    default:
      return value.text === 'null' ? null : value.text === 'true';
  }
}

function explainClause(clause: FieldClause, values: Collector, shape: Shape): ClauseExplanation {
  const leaves = values.get(clause.field) ?? [];
  const satisfied = mayHold(clause, leaves);
  const failure = satisfied ? undefined : failureOf(clause, leaves, shape);
  return {
    field: clause.field,
    path: clause.path,
    satisfied,
    wanted: describeMatchers(clause.values),
    found: leaves.slice(0, MOST_VALUES).map(({ value }) => jsonOf(value)),
    foundCount: leaves.length,
    ...(failure ? { failure } : {}),
  };
}

function failureOf(clause: FieldClause, leaves: readonly Leaf[], shape: Shape): ClauseFailure {
  const { field, values } = clause;
  if (leaves.length === 0) {
    if (shape.nodes.has(field)) {
      const inside = [...shape.leaves].filter(name => name.startsWith(`${field}.`)).slice(0, MOST_VALUES);
      return { kind: 'no-value', inside };
    }
    const near = nearName(field, shape.leaves);
    return { kind: 'missing', ...(near === undefined ? {} : { nearName: near }) };
  }
  if (mayBeAbsent(clause) && values.length === 1) {
    return { kind: 'present' };
  }
  return valueFailure(values, leaves);
}

function valueFailure(matchers: readonly ValueMatcher[], leaves: readonly Leaf[]): ClauseFailure {
  let best: NearMiss | undefined;
  let least = Infinity;
  for (const { value } of leaves.slice(0, MOST_VALUES)) {
    for (const matcher of matchers) {
      const { distance, because } = missOf(matcher, value);
      if (distance < least) {
        least = distance;
        best = { found: jsonOf(value), wanted: describeMatchers([matcher]), ...(because ? { because } : {}) };
      }
    }
  }
  if (best && least === WRONG_TYPE) {
    return { kind: 'type', nearMiss: best };
  }
  return { kind: 'value', ...(best ? { nearMiss: best } : {}) };
}

interface Miss {
  readonly distance: number;
  readonly because?: string;
}

const FAR: Miss = { distance: Infinity };
const WRONG_TYPE = 0;
const SPELLING = 0.5;

/** How far a value is from what a matcher wants. */
function missOf(matcher: ValueMatcher, value: LeafValue): Miss {
  const { text } = value;
  switch (matcher.kind) {
    case 'equals':
      return missOfExact(matcher.value, value);
    case 'equals-number':
      if (value.type === 'string' && text.trim() !== '' && Number(text) === Number(matcher.text)) {
        return { distance: WRONG_TYPE, because: 'the event has a text, the pattern wants a number' };
      }
      return value.type === 'number' ? { distance: 2 + Math.abs(Number(text) - Number(matcher.text)) } : FAR;
    case 'numeric':
      if (value.type === 'string' && text.trim() !== '' && Number.isFinite(Number(text))) {
        return { distance: WRONG_TYPE, because: 'the event has a text, `numeric` compares numbers only' };
      }
      return value.type === 'number' ? { distance: 2 } : FAR;
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'equals-ignore-case':
    case 'cidr':
      return value.type === 'string' ? missOfText(matcher.value, text) : FAR;
    default:
      return FAR;
  }
}

function missOfExact(wanted: string | boolean | null, value: LeafValue): Miss {
  if (typeof wanted !== 'string') {
    return value.type === 'string' && value.text === String(wanted)
      ? { distance: WRONG_TYPE, because: `the event has a text, the pattern wants ${String(wanted)} without quotes` }
      : FAR;
  }
  if (value.type === 'string') {
    return missOfText(wanted, value.text);
  }
  return value.text === wanted
    ? { distance: WRONG_TYPE, because: `the event has it without quotes, the pattern wants a text` }
    : FAR;
}

function missOfText(wanted: string, text: string): Miss {
  if (wanted.trim() === text.trim()) {
    return { distance: SPELLING, because: 'differs in blanks at an end only' };
  }
  if (wanted.toLowerCase() === text.toLowerCase() || text.toLowerCase().startsWith(wanted.toLowerCase())) {
    return text.startsWith(wanted) ? { distance: 2 } : { distance: SPELLING, because: 'differs in case only' };
  }
  if (wanted.length > LONGEST_COMPARED || text.length > LONGEST_COMPARED) {
    return { distance: LONGEST_COMPARED };
  }
  return { distance: 1 + editDistance(wanted, text) };
}

/** Every field that the pattern reads, once, in the order of its text. Throws `InvalidEventPatternError`. */
export function fieldsUsed(pattern: string | JsonObject | CompiledPattern): readonly string[] {
  return toCompiled(pattern).fields;
}
