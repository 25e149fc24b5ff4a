/*
 * What a pattern means for the events of a schema: whether all, some or none
 * of them match, and which of its clauses make it so.
 */
import { toCompiled } from '../describe';
import { matcherOf } from '../matcherOf';
import { nearName } from '../nearNames';
import type { Alternative, CompiledPattern, FieldClause, JsonObject } from '../types';
import { describeMatchers } from '../words';
import { decide } from './decide';
import { eventSchema, UnusableSchemaError, type EventSchema, type Finding } from './eventSchema';
import type { ClauseAnalysis, ClauseReason, EventSchemaOptions, PatternAnalysis, PatternVerdict } from './types';

/** Clauses that are judged one by one; nobody reads more. */
export const MAX_CLAUSES = 50;
/** Fields inside an object that are named. */
const MAX_INSIDE = 10;

interface Context {
  readonly schema: EventSchema;
  readonly steps: number | undefined;
}

/** An event of the schema that matches one of the alternatives, or none of them. */
function find({ schema, steps }: Context, alternatives: readonly Alternative[], matching: boolean): Finding {
  return decide({ schema, conditions: [{ alternatives, matching }], ...(steps === undefined ? {} : { steps }) });
}

/** Both questions about one pattern. */
interface Pair {
  readonly matching: Finding;
  readonly notMatching: Finding;
}

function askBoth(context: Context, alternatives: readonly Alternative[], events: readonly JsonObject[] = []): Pair {
  const matches = matcherOf(alternatives);
  const among = (matching: boolean): Finding => {
    // events of the schema that are known already
    const event = events.find(each => matches(each) === matching);
    return event ? { kind: 'found', event } : find(context, alternatives, matching);
  };
  return { matching: among(true), notMatching: among(false) };
}

function eventsOf(...findings: readonly Finding[]): readonly JsonObject[] {
  return findings.flatMap(each => (each.kind === 'found' ? [each.event] : []));
}

function verdictOf({ matching, notMatching }: Pair): PatternVerdict {
  if (matching.kind === 'none') return 'never';
  if (notMatching.kind === 'none') return 'always';
  return matching.kind === 'found' && notMatching.kind === 'found' ? 'sometimes' : 'unknown';
}

function reasonOf(...findings: readonly Finding[]): string {
  const unknown = findings.find(({ kind }) => kind === 'unknown');
  return unknown?.kind === 'unknown' ? unknown.reason : '';
}

/** The clause as a pattern of its own. */
function judge(context: Context, clause: FieldClause, events: readonly JsonObject[]): ClauseAnalysis {
  const verdicts = askBoth(context, [[clause]], events);
  const verdict = verdictOf(verdicts);
  const reason = clauseReason(context, clause, verdict, verdicts);
  return {
    field: clause.field,
    path: clause.path,
    wanted: describeMatchers(clause.values),
    verdict,
    decides: false,
    ...(reason ? { reason } : {}),
  };
}

function clauseReason(
  context: Context,
  clause: FieldClause,
  verdict: PatternVerdict,
  { matching, notMatching }: Pair,
): ClauseReason | undefined {
  const { schema } = context;
  const { field } = clause;
  switch (verdict) {
    case 'unknown':
      return { kind: 'undecided', reason: reasonOf(matching, notMatching) };
    case 'never': {
      if (schema.fields.includes(field)) {
        const inside = schema.fields.filter(each => each.startsWith(`${field}.`)).slice(0, MAX_INSIDE);
        return inside.length > 0 ? { kind: 'no-value', inside } : { kind: 'no-such-value' };
      }
      const near = nearName(field, schema.fields);
      return { kind: 'not-listed', ...(near === undefined ? {} : { nearName: near }) };
    }
    case 'sometimes':
      return notMatching.kind === 'found' && failsInAbsenceOnly(context, clause, notMatching.event)
        ? { kind: 'may-be-absent' }
        : undefined;
    default:
      return undefined;
  }
}

/** Whether the clause holds wherever the field has a value. */
function failsInAbsenceOnly({ schema, steps }: Context, clause: FieldClause, failing: JsonObject): boolean {
  const present: Alternative = [{ ...clause, values: [{ kind: 'exists', value: true }] }];
  if (matcherOf([present])(failing)) {
    return false;
  }
  const conditions = [
    { alternatives: [present], matching: true },
    { alternatives: [[clause]], matching: false },
  ];
  return decide({ schema, conditions, ...(steps === undefined ? {} : { steps }) }).kind === 'none';
}

/** Every clause once, in the order of the pattern's text. */
function clausesOf({ alternatives, fields }: CompiledPattern): readonly FieldClause[] {
  const all = [...new Set(alternatives.flat())];
  return all.sort((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field)).slice(0, MAX_CLAUSES);
}

/** The fewest clauses that cannot hold together, as far as taking one away after the other finds them. */
function conflict(context: Context, alternative: Alternative): Alternative {
  let left = alternative;
  for (const clause of alternative.slice(0, MAX_CLAUSES)) {
    const without = left.filter(each => each !== clause);
    if (without.length > 1 && find(context, [without], true).kind === 'none') {
      left = without;
    }
  }
  return left;
}

function neverBecause(
  context: Context,
  alternatives: readonly Alternative[],
  clauses: readonly ClauseAnalysis[],
  byClause: ReadonlyMap<FieldClause, ClauseAnalysis>,
): PatternAnalysis {
  const deciding = new Set<ClauseAnalysis>();
  let because: 'clause' | 'combination' = 'clause';
  for (const alternative of alternatives) {
    const never = alternative.filter(clause => byClause.get(clause)?.verdict === 'never');
    if (never.length === 0) {
      because = 'combination';
    }
    for (const clause of never.length > 0 ? never : conflict(context, alternative)) {
      const analysis = byClause.get(clause);
      if (analysis) deciding.add(analysis);
    }
  }
  return { verdict: 'never', because, clauses: marked(clauses, each => deciding.has(each)) };
}

function marked(clauses: readonly ClauseAnalysis[], decides: (clause: ClauseAnalysis) => boolean) {
  return clauses.map(clause => (decides(clause) ? { ...clause, decides: true } : clause));
}

/**
 * Whether the events of a schema match the pattern: all of them, none, or some, with an event of each kind. `schema` is
 * the JSON Schema of a version (any draft, or an OpenApi3 document of EventBridge's schema registry), around which the
 * envelope is put. Whatever is wrong with it makes the verdict `unknown`, with the reason.
 *
 * Numbers are taken as doubles, as every JSON parser of the language takes them.
 *
 * Throws `InvalidEventPatternError`.
 */
export function analysePattern(
  pattern: string | JsonObject | CompiledPattern,
  schema: unknown,
  options: EventSchemaOptions = {},
): PatternAnalysis {
  const compiled = toCompiled(pattern);
  let context: Context;
  try {
    context = { schema: eventSchema(schema, options), steps: options.steps };
  } catch (error) {
    if (error instanceof UnusableSchemaError) {
      return { verdict: 'unknown', reason: error.message, clauses: [] };
    }
    throw error;
  }
  const { alternatives } = compiled;
  const whole = askBoth(context, alternatives);
  const { matching, notMatching } = whole;
  const events = eventsOf(matching, notMatching, context.schema.sample);
  const byClause = new Map(clausesOf(compiled).map(clause => [clause, judge(context, clause, events)]));
  const clauses = [...byClause.values()];
  if (matching.kind === 'none' && notMatching.kind === 'none') {
    return { verdict: 'never', because: 'schema', clauses };
  }
  if (matching.kind === 'none') {
    return neverBecause(context, alternatives, clauses, byClause);
  }
  if (notMatching.kind === 'none') {
    return { verdict: 'always', clauses: marked(clauses, ({ verdict }) => verdict === 'always') };
  }
  if (matching.kind === 'found' && notMatching.kind === 'found') {
    const decides = ({ verdict }: ClauseAnalysis) => verdict === 'sometimes' || verdict === 'unknown';
    return {
      verdict: 'sometimes',
      clauses: marked(clauses, decides),
      matching: matching.event,
      notMatching: notMatching.event,
    };
  }
  return {
    verdict: 'unknown',
    reason: reasonOf(matching, notMatching),
    clauses: marked(clauses, ({ verdict }) => verdict === 'unknown'),
  };
}
