/*
 * What the keywords share: the place that is being evaluated, the record of
 * what has been looked at, and the entry `evaluate`.
 *
 * Schemas are interpreted: nothing is prepared, so that a schema costs nothing
 * until a value is checked, and then only the parts that the value reaches.
 */
import type { Resource, SchemaDocument } from './document';
import { refStandsAlone } from './drafts';
import { InvalidSchemaError, SchemaTooDeepError } from './errors';
import { isObject, own } from './json';
import { toPointer, type PathLink } from './pointer';
import type { Draft, Json, JsonObject, ValidationError } from './types';

/** Schemas inside schemas inside values; half of what the stack of Node or a browser holds. */
export const MAX_EVALUATION_DEPTH = 400;

/** One validation of one value. */
export interface Run {
  readonly document: SchemaDocument;
  readonly assertFormat: boolean;
  readonly maxErrors: number;
  /** Left out when only the verdict is wanted: then the first error ends it. */
  readonly errors?: ValidationError[];
  /**
   * Every object has only properties that its schema speaks of, as if `unevaluatedProperties: false` stood in the
   * root and in each schema of a property or an item (not in conditions, `not`, `contains`, nor booleans).
   */
  readonly closed?: boolean;
  depth: number;
  /** The assertions of a draft; a parameter, since they use `evaluate` themselves. */
  keywordsOf(draft: Draft): ReadonlyMap<string, KeywordRow>;
}

/** The resources through which evaluation came, innermost first. */
export interface Scope {
  readonly resource: Resource;
  readonly outer: Scope | undefined;
}

/** Properties and items that some keyword has looked at (for `unevaluated…`). */
export class Evaluated {
  #allProperties = false;
  #allItems = false;
  readonly #properties = new Set<string>();
  readonly #items = new Set<number>();

  addProperty(name: string): void {
    this.#properties.add(name);
  }

  addAllProperties(): void {
    this.#allProperties = true;
  }

  addItem(index: number): void {
    this.#items.add(index);
  }

  addAllItems(): void {
    this.#allItems = true;
  }

  hasProperty(name: string): boolean {
    return this.#allProperties || this.#properties.has(name);
  }

  hasItem(index: number): boolean {
    return this.#allItems || this.#items.has(index);
  }

  addAll(other: Evaluated): void {
    this.#allProperties ||= other.#allProperties;
    this.#allItems ||= other.#allItems;
    other.#properties.forEach(name => this.#properties.add(name));
    other.#items.forEach(index => this.#items.add(index));
  }
}

/** A schema beside a value. */
export interface Place {
  readonly run: Run;
  readonly schema: JsonObject;
  readonly value: unknown;
  readonly scope: Scope;
  /** Where the schema stands in its document. */
  readonly path: PathLink;
  /** Where the value stands. */
  readonly instance: PathLink;
  /** Wanted by an `unevaluated…` keyword here or further out. */
  readonly seen: Evaluated | undefined;
}

/** Checks one keyword; false if the value does not satisfy it. */
export type Keyword = (place: Place, argument: Json) => boolean;

export interface KeywordRow {
  readonly name: string;
  readonly check: Keyword;
  readonly since?: Draft;
  readonly until?: Draft;
  /** Checked after all others: it depends on what they looked at. */
  readonly last?: boolean;
}

/** Notes an error at the keyword; false, for the keyword to return. */
export function fail(place: Place, keyword: string, message: string, instance: PathLink = place.instance): false {
  const { errors, maxErrors } = place.run;
  if (errors && errors.length < maxErrors) {
    errors.push({
      instancePath: toPointer(instance),
      schemaPath: toPointer({ parent: place.path, key: keyword }),
      keyword,
      message,
    });
  }
  return false;
}

/** Whether further errors are wanted after a failed part. */
export function wantsMore({ run }: Place): boolean {
  return run.errors !== undefined && run.errors.length < run.maxErrors;
}

/** Where a subschema is applied, relative to the place of the keyword. */
export interface Application {
  readonly schema: Json;
  /** Keys from the schema at hand. */
  readonly keys: readonly (string | number)[];
  /** For a value inside the value at hand. */
  readonly inside?: { readonly key: string | number; readonly value: unknown };
  readonly seen?: Evaluated;
  readonly run?: Run;
}

export function apply(place: Place, application: Application): boolean {
  const { schema, keys, inside, seen, run = place.run } = application;
  let path = place.path;
  for (const key of keys) {
    path = { parent: path, key };
  }
  return evaluate(
    run,
    schema,
    inside ? inside.value : place.value,
    place.scope,
    path,
    inside ? { parent: place.instance, key: inside.key } : place.instance,
    seen,
    inside !== undefined,
  );
}

function checkKeywords(place: Place): boolean {
  const { schema, scope } = place;
  const { draft } = scope.resource;
  const keywords = place.run.keywordsOf(draft);
  if (refStandsAlone(draft) && typeof own(schema, '$ref') === 'string') {
    const row = keywords.get('$ref');
    return row ? row.check(place, schema.$ref) : true;
  }
  let valid = true;
  let last: string[] | undefined;
  for (const name of Object.keys(schema)) {
    const row = keywords.get(name);
    if (row?.last) {
      (last ??= []).push(name);
    } else if (row && !row.check(place, schema[name])) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  for (const name of last ?? []) {
    if (!keywords.get(name)?.check(place, schema[name])) {
      valid = false;
    }
  }
  return valid;
}

const LAST_KEYWORDS = ['unevaluatedProperties', 'unevaluatedItems'];

/** Checks a value against a schema; what it looked at is added to `seen`. */
export function evaluate(
  run: Run,
  schema: Json,
  value: unknown,
  outerScope: Scope,
  path: PathLink,
  instance: PathLink,
  seen: Evaluated | undefined,
  fresh = false,
): boolean {
  if (schema === true) {
    return true;
  }
  if (!isObject(schema)) {
    return checkBoolean(run, schema, path, instance);
  }
  if (run.depth >= MAX_EVALUATION_DEPTH) {
    throw new SchemaTooDeepError(
      `Schema or value is nested more than ${MAX_EVALUATION_DEPTH} levels deep, or the schema refers to itself without end, at ${
        toPointer(path) || '/'
      }`,
    );
  }
  const { resource: current } = outerScope;
  const resource = run.document.resourceAt(schema, current);
  const scope = resource && resource !== current ? { resource, outer: outerScope } : outerScope;
  const closes = fresh && run.closed === true && isObject(value);
  const looked =
    closes || seen || LAST_KEYWORDS.some(name => Object.hasOwn(schema, name)) ? new Evaluated() : undefined;
  run.depth += 1;
  const place: Place = { run, schema, value, scope, path, instance, seen: looked };
  let valid = checkKeywords(place);
  if (valid && closes) {
    valid = checkClosed(place, Object.keys(value));
  }
  run.depth -= 1;
  if (valid && seen && looked) {
    seen.addAll(looked);
  }
  return valid;
}

function checkClosed(place: Place, names: readonly string[]): boolean {
  const unknown = names.filter(name => !place.seen?.hasProperty(name));
  unknown.forEach(name =>
    fail(place, 'unevaluatedProperties', `property ${JSON.stringify(name)} is not described`, {
      parent: place.instance,
      key: name,
    }),
  );
  return unknown.length === 0;
}

function checkBoolean(run: Run, schema: Json, path: PathLink, instance: PathLink): false {
  if (schema !== false) {
    const at = toPointer(path);
    throw new InvalidSchemaError(at, `Schema at ${at || '/'} must be an object or a boolean`);
  }
  if (run.errors && run.errors.length < run.maxErrors) {
    run.errors.push({
      instancePath: toPointer(instance),
      schemaPath: toPointer(path),
      keyword: 'false',
      message: 'is not allowed',
    });
  }
  return false;
}
