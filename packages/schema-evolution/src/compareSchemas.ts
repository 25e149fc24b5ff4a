/*
 * Two versions of a schema, and what the step from one to the other means.
 *
 * A direction is a question about sets: is there an event that the writing
 * side allows and the reading side rejects? `@busline/json-schema` answers it
 * with an event (breaking), with a proof that there is none (compatible), or
 * with what it could not decide (unknown). No rule decides a verdict: rules
 * only name what the counterexamples show.
 */
import { extractEnvelopeDetail } from '@busline/json-schema';
import { listChanges } from './changes';
import { judge } from './direction';
import { readVersion, type ReadVersion } from './drafts';
import { isObject } from './pointers';
import type { Change, CompareOptions, SchemaComparison, SemverStep, Verdict } from './types';

/** The schema of an event: of an OpenApi3 document of the EventBridge registry, its `detail`. */
function schemaOf(value: unknown): unknown {
  return isObject(value) && typeof value.openapi === 'string' ? extractEnvelopeDetail(value).schema : value;
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
  let versions: readonly [ReadVersion, ReadVersion];
  try {
    versions = readVersions(schemaOf(old), schemaOf(next), options);
  } catch (error) {
    const unknown: Verdict = { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    return { backward: unknown, forward: unknown, changes: [], semver: 'major' };
  }
  const [before, after] = versions;
  const backward = judge({ direction: 'backward', writer: before, reader: after }, options);
  const forward = judge({ direction: 'forward', writer: after, reader: before }, options);
  const changes = listChanges(before, after, options);
  return { backward, forward, changes, semver: semverOf(backward, forward, changes) };
}

function readVersions(old: unknown, next: unknown, { draft }: CompareOptions): readonly [ReadVersion, ReadVersion] {
  const before = readVersion(old, next, draft);
  const after = readVersion(next, old, draft);
  if (typeof before === 'string') {
    throw new InvalidVersionError('old', before);
  }
  if (typeof after === 'string') {
    throw new InvalidVersionError('new', after);
  }
  return [before, after];
}

class InvalidVersionError extends Error {
  constructor(name: string, problem: string) {
    super(`The ${name} version is not a valid schema: ${problem}`);
  }
}
