/*
 * Two versions of a schema, and what the step from one to the other means.
 *
 * A direction is a question about sets: is there an event that the writing
 * side allows and the reading side rejects? `@busline/json-schema` answers it
 * with an event (breaking), with a proof that there is none (compatible), or
 * with what it could not decide (unknown). No rule decides a verdict: rules
 * only name what the counterexamples show.
 */
import { checkSchema, extractEnvelopeDetail, type Json, type JsonSchema } from '@busline/json-schema';
import { listChanges } from './changes';
import { judge } from './direction';
import { isObject } from './pointers';
import type { Change, CompareOptions, SchemaComparison, SemverStep, Verdict } from './types';

/** The schema of an event: of an OpenApi3 document of the EventBridge registry, its `detail`. */
function schemaOf(value: unknown): unknown {
  return isObject(value) && typeof value.openapi === 'string' ? extractEnvelopeDetail(value).schema : value;
}

/** Why a value is no schema, undefined if it is one. */
function problemOf(schema: unknown, name: string, options: CompareOptions): string | undefined {
  const [problem] = checkSchema(schema, options.draft ? { draft: options.draft } : {});
  return problem && `The ${name} version is not a valid schema: ${problem.path || '/'} ${problem.message}`;
}

function semverOf(backward: Verdict, forward: Verdict, changes: readonly Change[]): SemverStep {
  if (backward.kind !== 'compatible' || forward.kind !== 'compatible') {
    return 'major';
  }
  if (changes.length === 0) {
    return 'none';
  }
  const small: readonly Change['kind'][] = ['documentation only', 'reworded'];
  return changes.every(({ kind }) => small.includes(kind)) ? 'patch' : 'minor';
}

/**
 * Compares two versions of a schema (any draft, or OpenApi3 documents of the
 * EventBridge registry). Throws nothing for schemas that are none: the
 * verdicts are `unknown` then, with what is wrong. Fetches nothing.
 */
export function compareSchemas(old: unknown, next: unknown, options: CompareOptions = {}): SchemaComparison {
  let before: unknown;
  let after: unknown;
  let problem: string | undefined;
  try {
    before = schemaOf(old);
    after = schemaOf(next);
    problem = problemOf(before, 'old', options) ?? problemOf(after, 'new', options);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== undefined) {
    const unknown: Verdict = { kind: 'unknown', reason: problem };
    return { backward: unknown, forward: unknown, changes: [], semver: 'major' };
  }
  const backward = judge({ direction: 'backward', writer: before as JsonSchema, reader: after as JsonSchema }, options);
  const forward = judge({ direction: 'forward', writer: after as JsonSchema, reader: before as JsonSchema }, options);
  const changes = listChanges(before as Json, after as Json, options);
  return { backward, forward, changes, semver: semverOf(backward, forward, changes) };
}
