import { SchemaDocument } from '../document';
import { InvalidSchemaError, PatternTooCostlyError, SchemaTooDeepError, UnresolvableReferenceError } from '../errors';
import { isObject } from '../json';
import type { CompileOptions } from '../types';
import { BudgetSpent } from './budget';
import type { Lit } from './items';
import { rootLit, worldOf } from './literals';

/** A schema, and how it is read. */
export interface SchemaReading extends CompileOptions {
  readonly schema: unknown;
  /** JSON pointer of the schema inside the document; the root if left out. */
  readonly pointer?: string;
}

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

/** The schema asserted, or denied, of a value; only what is asserted may be read closed-world. */
export function literalOf(reading: SchemaReading, positive: boolean): Lit {
  return rootLit(
    worldOf(documentOf(reading), reading.format !== 'annotation'),
    positive,
    positive && reading.contentModel === 'closed-world',
    reading.pointer,
  );
}

/** Why a question could not be answered; throws again what is no reason. */
export function reasonOf(error: unknown): string {
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
