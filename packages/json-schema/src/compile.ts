import { SchemaDocument } from './document';
import { InvalidSchemaError, SchemaTooDeepError } from './errors';
import { evaluate, type Run } from './evaluation';
import { isObject } from './json';
import { keywordsOf } from './keywordTable';
import { rootPath } from './pointer';
import type { CompiledSchema, CompileOptions, Json, ValidationError } from './types';

export { detectDraft } from './drafts';

/** Errors kept of one validation: nobody reads more, and a hostile value costs no more. */
export const MAX_ERRORS = 100;

function toSchema(schema: unknown): Json {
  if (typeof schema !== 'boolean' && !isObject(schema)) {
    throw new InvalidSchemaError('', 'Schema must be an object or a boolean');
  }
  return schema;
}

/** A schema inside a document. */
interface SchemaPlace {
  /** JSON pointer of the schema inside the document; the root if left out. */
  readonly pointer?: string;
}

function placeIn(document: SchemaDocument, pointer: string) {
  const { root } = document;
  return pointer === ''
    ? { schema: root.root, resource: root }
    : document.resolve({}, `#${encodeURI(pointer)}`, root, () => pointer);
}

/**
 * Makes a validator. Costs next to nothing: schemas are interpreted as values
 * reach them, so what a value does not reach is not looked at; `checkSchema`
 * tells whether the whole is a schema.
 *
 * Throws `InvalidSchemaError` for what is no object or boolean, and `UnresolvableReferenceError` where nothing is at
 * the pointer.
 */
export function compileSchema(schema: unknown, options: CompileOptions & SchemaPlace = {}): CompiledSchema {
  const document = new SchemaDocument(toSchema(schema), options.draft);
  const start = placeIn(document, options.pointer ?? '');
  const assertFormat = options.format !== 'annotation';
  const check = (value: unknown, errors?: ValidationError[]) => {
    const run: Run = {
      document,
      assertFormat,
      maxErrors: MAX_ERRORS,
      errors,
      depth: 0,
      keywordsOf,
      closed: options.contentModel === 'closed-world',
    };
    const scope = { resource: start.resource, outer: undefined };
    try {
      return evaluate(run, start.schema, value, scope, rootPath(), rootPath(), undefined, true);
    } catch (error) {
      // the caller had used up most of the stack already
      throw error instanceof RangeError ? new SchemaTooDeepError('Schema or value is nested too deeply') : error;
    }
  };
  return {
    draft: document.root.draft,
    validate(value) {
      const errors: ValidationError[] = [];
      return check(value, errors) ? { valid: true } : { valid: false, errors };
    },
    isValid: value => check(value),
  };
}
