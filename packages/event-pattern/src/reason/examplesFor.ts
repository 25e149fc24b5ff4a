/*
 * Events to look at: one that matches a pattern, and one that just misses.
 */
import { toCompiled } from '../describe';
import { explain } from '../explain';
import type { CompiledPattern, JsonObject } from '../types';
import { decide } from './decide';
import { eventSchema, UnusableSchemaError, type Finding } from './eventSchema';
import type { EventSchemaOptions, PatternExamples } from './types';

/**
 * An event of the schema that matches the pattern, and one that just misses. Throws `InvalidEventPatternError`; what is
 * wrong with the schema is the `reason`.
 */
export function examplesFor(
  pattern: string | JsonObject | CompiledPattern,
  schema: unknown,
  options: EventSchemaOptions = {},
): PatternExamples {
  const compiled = toCompiled(pattern);
  const { alternatives } = compiled;
  const find = (matching: boolean): Finding => {
    try {
      return decide({
        schema: eventSchema(schema, options),
        conditions: [{ alternatives, matching }],
        ...(options.steps === undefined ? {} : { steps: options.steps }),
      });
    } catch (error) {
      if (error instanceof UnusableSchemaError) {
        return { kind: 'unknown', reason: error.message };
      }
      throw error;
    }
  };
  const hit = find(true);
  const miss = find(false);
  const unknown = [hit, miss].find(({ kind }) => kind === 'unknown');
  return {
    ...(hit.kind === 'found' ? { matching: hit.event } : {}),
    ...(miss.kind === 'found' ? { justMissing: miss.event } : {}),
    missed: miss.kind === 'found' ? missedClauses(compiled, miss.event) : [],
    ...(unknown?.kind === 'unknown' ? { reason: unknown.reason } : {}),
  };
}

function missedClauses(pattern: CompiledPattern, event: JsonObject): readonly string[] {
  const [nearest] = explain(pattern, event).alternatives;
  return nearest.clauses.filter(({ satisfied }) => !satisfied).map(({ field }) => field);
}
