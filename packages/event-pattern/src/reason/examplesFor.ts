/*
 * Events to look at: one that matches a pattern, and one that just misses.
 */
import { toCompiled } from '../describe';
import { explain } from '../explain';
import { matcherOf } from '../matcherOf';
import type { CompiledPattern, FieldClause, JsonObject } from '../types';
import { decide, type Condition } from './decide';
import { eventSchema, UnusableSchemaError, type EventSchema, type Finding } from './eventSchema';
import type { EventSchemaOptions, PatternExamples } from './types';

/** Clauses of which one is missed at a time. */
const MAX_MISSED = 30;

/**
 * An event of the schema that matches the pattern, and one that just misses: in one clause if possible, and otherwise
 * like it. Values are those that the schema names (examples, constants, formats) where they serve. Throws
 * `InvalidEventPatternError`; what is wrong with the schema is the `reason`.
 */
export function examplesFor(
  pattern: string | JsonObject | CompiledPattern,
  schema: unknown,
  options: EventSchemaOptions = {},
): PatternExamples {
  const compiled = toCompiled(pattern);
  let events: EventSchema;
  try {
    events = eventSchema(schema, options);
  } catch (error) {
    if (error instanceof UnusableSchemaError) {
      return { missed: [], reason: error.message };
    }
    throw error;
  }
  const hit = ask({ events, options }, [{ alternatives: compiled.alternatives, matching: true }]);
  const miss = justMissing({ events, options }, compiled, hit);
  const unknown = [hit, miss].find(({ kind }) => kind === 'unknown');
  return {
    ...(hit.kind === 'found' ? { matching: hit.event } : {}),
    ...(miss.kind === 'found' ? { justMissing: miss.event } : {}),
    missed: miss.kind === 'found' ? missedClauses(compiled, miss.event) : [],
    ...(unknown?.kind === 'unknown' ? { reason: unknown.reason } : {}),
  };
}

interface Context {
  readonly events: EventSchema;
  readonly options: EventSchemaOptions;
}

function ask({ events, options }: Context, conditions: readonly Condition[], near?: JsonObject): Finding {
  return decide({
    schema: events,
    conditions,
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(near ? { near } : {}),
  });
}

/** What the event carries is missed rather than what kind of event it is. */
function byRank(a: FieldClause, b: FieldClause): number {
  const rank = ({ field }: FieldClause) => (field.startsWith('detail.') ? 0 : 1);
  return rank(a) - rank(b);
}

function justMissing(context: Context, { alternatives }: CompiledPattern, hit: Finding): Finding {
  const none: Condition = { alternatives, matching: false };
  const met =
    hit.kind === 'found'
      ? alternatives.find(each => each.length <= MAX_MISSED && matcherOf([each])(hit.event))
      : undefined;
  for (const clause of met && hit.kind === 'found' ? [...met].sort(byRank) : []) {
    const others = (met ?? []).filter(each => each !== clause);
    const miss = ask(
      context,
      [{ alternatives: [others], matching: true }, none],
      hit.kind === 'found' ? hit.event : undefined,
    );
    if (miss.kind === 'found') {
      return miss;
    }
  }
  return ask(context, [none]);
}

function missedClauses(pattern: CompiledPattern, event: JsonObject): readonly string[] {
  const [nearest] = explain(pattern, event).alternatives;
  return nearest.clauses.filter(({ satisfied }) => !satisfied).map(({ field }) => field);
}
