/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A schema document: an object, or `true`/`false` from draft-06 on. */
export type JsonSchema = boolean | JsonObject;

/** The drafts that this package reads. */
export type Draft = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12';

export const DRAFTS: readonly Draft[] = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'];

/** The draft of a schema that does not name one in `$schema`. */
export const DEFAULT_DRAFT: Draft = '2020-12';

export interface CompileOptions {
  /** Draft of a document without `$schema`; `2020-12` if left out. */
  readonly draft?: Draft;
  /** Whether `format` rejects values. `assert` if left out. */
  readonly format?: 'assert' | 'annotation';
  /**
   * `open` (if left out): the schema at its word. `closed-world`: as if `unevaluatedProperties: false` stood in the
   * root and in the schema of each property and item, in every draft; schemas `true` stay open.
   */
  readonly contentModel?: 'open' | 'closed-world';
}

/** Why a value is not valid, at one place. */
export interface ValidationError {
  /** JSON pointer into the value, `''` for the value itself. */
  readonly instancePath: string;
  /** JSON pointer into the schema document, ending in the keyword. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message: string;
}

export type ValidationResult =
  | { readonly valid: true }
  | { readonly valid: false; readonly errors: readonly ValidationError[] };

export interface CompiledSchema {
  readonly draft: Draft;
  /**
   * Every error, up to `MAX_ERRORS`. Throws `UnresolvableReferenceError`,
   * `SchemaTooDeepError` and `PatternTooCostlyError` where it cannot be said.
   */
  validate(value: unknown): ValidationResult;
  /** Like `validate`, stopping at the first error. */
  isValid(value: unknown): boolean;
}

/** Why a schema is no schema, at one place. */
export interface SchemaProblem {
  /** JSON pointer into the schema document. */
  readonly path: string;
  readonly message: string;
}

export type SchemaNodeKind =
  | 'root'
  | 'property'
  /** properties whose name matches a regular expression; `name` is the expression */
  | 'pattern'
  /** every other property; `name` is `*` */
  | 'additional'
  /** every element of an array; `name` is `[]` */
  | 'item'
  /** one place of a tuple; `name` is `[0]` */
  | 'tuple-item'
  /** one of several alternatives of `oneOf` or `anyOf`; `name` is its title or `option 1` */
  | 'alternative'
  /** what holds under a condition (`if`/`then`/`else`, `dependentSchemas`); `name` says when */
  | 'condition';

/**
 * One line of a schema page: what a person needs to know of one property.
 * `children()` is computed when asked, so a tree of any size is cheap to open.
 */
export interface SchemaNode {
  readonly kind: SchemaNodeKind;
  readonly name: string;
  /** Where the value stands in an event: `data.items[].sku`; `''` for the root. */
  readonly path: string;
  /** JSON pointer of the place in the schema document that says so. */
  readonly pointer: string;
  /** Type in words: `string (date-time)`, `array of object`, `one of string, null`. */
  readonly type: string;
  readonly required: boolean;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly Json[];
  /** In a box of its own, since the constant may be `null` or `false`. */
  readonly const?: { readonly value: Json };
  /** In words: `1 to 40 characters`, `≥ 0`, `matches ^[a-z]+$`. */
  readonly constraints: readonly string[];
  readonly default?: { readonly value: Json };
  readonly examples: readonly Json[];
  readonly deprecated: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** Path of the ancestor that this repeats; a recursive node has no children. */
  readonly recursionOf?: string;
  /** A reference that could not be resolved, as written. */
  readonly unresolved?: string;
  readonly hasChildren: boolean;
  children(): readonly SchemaNode[];
}

/** One field of an event, flat: for full-text search and for completion. */
export interface SchemaField {
  readonly path: string;
  readonly type: string;
  readonly description?: string;
  readonly required: boolean;
}

export type SchemaChangeKind =
  | 'added'
  | 'removed'
  | 'type changed'
  | 'required changed'
  | 'enum changed'
  | 'constraint changed'
  | 'documentation only';

/** One difference between two schemas, for people. Not a verdict. */
export interface SchemaChange {
  readonly kind: SchemaChangeKind;
  readonly path: string;
  /** JSON pointers into the old and the new document, where the field exists. */
  readonly oldPointer?: string;
  readonly newPointer?: string;
  /** One sentence: ``` `data.amount` is now required ```. */
  readonly message: string;
  readonly before?: string;
  readonly after?: string;
}

/** What an EventBridge schema registry entry says about one event type. */
export interface EnvelopeDetail {
  readonly source?: string;
  readonly detailType?: string;
  /** A self-contained JSON Schema of `detail`. */
  readonly schema: JsonObject;
}
