import { SchemaDocument } from '../document';
import { InvalidSchemaError, PatternTooCostlyError, SchemaTooDeepError, UnresolvableReferenceError } from '../errors';
import { isObject } from '../json';
import type { CompileOptions, Json } from '../types';
import { Budget, BudgetSpent, DEFAULT_STEPS } from './budget';
import { litHolds, rootLit, worldOf } from './literals';
import { shrink } from './shrink';
import { Solver, type Answer } from './solver';

/** A schema, and how it is read. */
export interface SchemaReading extends CompileOptions {
  readonly schema: unknown;
  /** JSON pointer of the schema inside the document; the root if left out. */
  readonly pointer?: string;
}

export interface FindOptions {
  /** Work that the answer may cost; past it the answer is `unknown`. `DEFAULT_STEPS` if left out. */
  readonly steps?: number;
}

export type { Answer } from './solver';

const documents = new WeakMap<object, Map<string, SchemaDocument>>();

/** One document for each schema value, so that what was learnt of it is kept. */
function documentOf({ schema, draft }: SchemaReading): SchemaDocument {
  if (typeof schema === 'boolean') {
    return new SchemaDocument(schema, draft);
  }
  if (!isObject(schema)) {
    throw new InvalidSchemaError('', 'Schema must be an object or a boolean');
  }
  const byDraft = documents.get(schema) ?? new Map<string, SchemaDocument>();
  documents.set(schema, byDraft);
  const known = byDraft.get(draft ?? '') ?? new SchemaDocument(schema, draft);
  byDraft.set(draft ?? '', known);
  return known;
}

/**
 * Whether there is a value that satisfies every schema of the first list and
 * none of the second: `found` with one, as small as it could be made and
 * confirmed by the validator; `empty`, which is a proof; or `unknown` with the
 * reason. Throws `InvalidSchemaError` for what is no object or boolean;
 * everything else that is wrong with a schema is a reason.
 */
export function findInstance(
  satisfying: readonly SchemaReading[],
  violating: readonly SchemaReading[] = [],
  options: FindOptions = {},
): Answer {
  const literal = (reading: SchemaReading, positive: boolean) =>
    rootLit(
      worldOf(documentOf(reading), reading.format !== 'annotation'),
      positive,
      positive && reading.contentModel === 'closed-world',
      reading.pointer,
    );
  try {
    const literals = [...satisfying.map(each => literal(each, true)), ...violating.map(each => literal(each, false))];
    const answer = new Solver(new Budget(options.steps ?? DEFAULT_STEPS)).solve(literals);
    return answer.kind === 'found'
      ? { kind: 'found', value: shrink(answer.value, (value: Json) => literals.every(each => litHolds(each, value))) }
      : answer;
  } catch (error) {
    return { kind: 'unknown', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof BudgetSpent) {
    return 'the question costs more work than it may';
  }
  if (
    error instanceof UnresolvableReferenceError ||
    error instanceof PatternTooCostlyError ||
    error instanceof SchemaTooDeepError ||
    error instanceof InvalidSchemaError
  ) {
    return error.message;
  }
  if (error instanceof RangeError) {
    return 'the schema is nested too deeply';
  }
  throw error;
}
