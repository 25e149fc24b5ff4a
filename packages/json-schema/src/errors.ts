/** A `$ref` that leads nowhere inside the document. Nothing is ever fetched. */
export class UnresolvableReferenceError extends Error {
  /** JSON pointer of the keyword in the schema document. */
  readonly path: string;
  /** The reference as written. */
  readonly ref: string;
  readonly why: string;

  constructor(path: string, ref: string, why: string) {
    super(`Reference "${ref}" at ${path || '/'} cannot be resolved: ${why}`);
    this.name = 'UnresolvableReferenceError';
    this.path = path;
    this.ref = ref;
    this.why = why;
  }
}

/** A value that stands where a schema must, and is none. */
export class InvalidSchemaError extends Error {
  /** JSON pointer into the schema document. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'InvalidSchemaError';
    this.path = path;
  }
}

/** Schema or value nested beyond what is evaluated. */
export class SchemaTooDeepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaTooDeepError';
  }
}

/**
 * A regular expression that may take for ever on the text at hand, and that
 * cannot be evaluated otherwise (it has look-around or back references).
 */
export class PatternTooCostlyError extends Error {
  readonly pattern: string;

  constructor(pattern: string) {
    super(
      `Regular expression ${pattern} may take for ever on a text this long; nested repetitions with look-around or back references are not evaluated`,
    );
    this.name = 'PatternTooCostlyError';
    this.pattern = pattern;
  }
}
