import { SchemaDocument, type Resource, type Target } from './document';
import { isBefore } from './drafts';
import { InvalidSchemaError, SchemaTooDeepError } from './errors';
import { define, isArray, isObject, MAX_DEPTH, own, ownString } from './json';
import { holdingOf } from './keywords';
import { escapeKey, parsePointer } from './pointer';
import type { Draft, Json, JsonObject } from './types';

/** Addresses inside the bundle, which mean nothing outside it. */
const ADDRESSES: ReadonlySet<string> = new Set(['$id', '$anchor', '$schema', '$dynamicAnchor', '$recursiveAnchor']);

const DEFINITIONS: ReadonlySet<string> = new Set(['definitions', '$defs']);

export interface ExtractOptions {
  /** Draft of a bundle without `$schema`. */
  readonly draft?: Draft;
  /** `$schema` of the result; that of the bundle if left out. */
  readonly schemaUri?: string;
  /** Where the result keeps its definitions; by draft if left out. */
  readonly definitions?: 'definitions' | '$defs';
  /** Changes a copied schema object, e.g. from OpenAPI's dialect. */
  readonly translate?: (schema: JsonObject) => JsonObject;
}

function locate(bundle: JsonObject, pointer: string): JsonObject {
  let value: Json | undefined = bundle;
  for (const key of parsePointer(pointer)) {
    if (isArray(value)) {
      value = /^\d+$/.test(key) ? value[Number(key)] : undefined;
    } else {
      value = isObject(value) ? own(value, key) : undefined;
    }
  }
  if (!isObject(value)) {
    throw new InvalidSchemaError(pointer, `There is no schema at ${pointer}`);
  }
  return value;
}

class Extraction {
  readonly #document: SchemaDocument;
  readonly #options: ExtractOptions;
  readonly #keeper: 'definitions' | '$defs';
  readonly #bundle: JsonObject;
  readonly #root: JsonObject;
  readonly #names = new Map<Json, string>();
  readonly #taken = new Set<string>();
  readonly #pending: (readonly [string, Target])[] = [];
  readonly #pointer: string;

  constructor(bundle: JsonObject, root: JsonObject, pointer: string, options: ExtractOptions) {
    this.#document = new SchemaDocument(bundle, options.draft);
    this.#options = options;
    this.#bundle = bundle;
    this.#root = root;
    this.#pointer = pointer;
    const { draft } = this.#document.root;
    this.#keeper = options.definitions ?? (isBefore(draft, '2019-09') ? 'definitions' : '$defs');
  }

  run(): JsonObject {
    const { root } = this.#document;
    const main = this.#copy(this.#root, root, 0);
    const definitions: { [name: string]: Json } = {};
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      const [name, { schema, resource }] = next;
      define(definitions, name, this.#copy(schema, resource, 0));
    }
    const uri = this.#options.schemaUri ?? ownString(this.#bundle, '$schema');
    return {
      ...(uri === undefined ? {} : { $schema: uri }),
      ...(isObject(main) ? main : {}),
      ...(Object.keys(definitions).length === 0 ? {} : { [this.#keeper]: definitions }),
    };
  }

  /** The new address of what a reference leads to. */
  #rename(holder: JsonObject, reference: string, from: Resource): string {
    const target = this.#document.resolve(holder, reference, from, () => this.#pointer);
    if (target.schema === this.#root) {
      return '#';
    }
    let name = this.#names.get(target.schema);
    if (name === undefined) {
      name = this.#newName(target.pointer);
      this.#names.set(target.schema, name);
      this.#pending.push([name, target]);
    }
    return `#/${this.#keeper}/${escapeKey(name)}`;
  }

  #newName(pointer: string): string {
    const keys = parsePointer(pointer);
    const base = keys[keys.length - 1] ?? 'root';
    let name = base;
    for (let i = 2; this.#taken.has(name); i++) {
      name = `${base}-${i}`;
    }
    this.#taken.add(name);
    return name;
  }

  #copy(value: Json, from: Resource, depth: number): Json {
    if (depth > MAX_DEPTH) {
      throw new SchemaTooDeepError(`Schema is nested more than ${MAX_DEPTH} levels deep`);
    }
    if (!isObject(value)) {
      return value;
    }
    const resource = this.#document.resourceAt(value, from) ?? from;
    const copy: { [key: string]: Json } = {};
    for (const keyword of Object.keys(value)) {
      // definitions are collected as they are reached
      if (ADDRESSES.has(keyword) || DEFINITIONS.has(keyword)) {
        continue;
      }
      if (keyword === '$dynamicRef' || keyword === '$recursiveRef') {
        throw new InvalidSchemaError('', `A schema with ${keyword} cannot be taken out of its document`);
      }
      const each = value[keyword];
      define(
        copy,
        keyword,
        keyword === '$ref' && typeof each === 'string'
          ? this.#rename(value, each, resource)
          : this.#copyKeyword(keyword, each, resource, depth + 1),
      );
    }
    const { translate } = this.#options;
    return translate ? translate(copy) : copy;
  }

  /** Values that hold no schemas are data, and copied as they are. */
  #copyKeyword(keyword: string, value: Json, resource: Resource, depth: number): Json {
    const holding = holdingOf(keyword, resource.draft);
    if (!holding) {
      return value;
    }
    if (isArray(value)) {
      return value.map(each => this.#copy(each, resource, depth));
    }
    if (!isObject(value) || holding === 'schema' || holding === 'schema-or-list') {
      return this.#copy(value, resource, depth);
    }
    const copies: { [key: string]: Json } = {};
    for (const name of Object.keys(value)) {
      const each = value[name];
      define(copies, name, isArray(each) ? each : this.#copy(each, resource, depth));
    }
    return copies;
  }
}

/**
 * One schema of a bundle, with the definitions that it reaches and no others,
 * so that it stands by itself. `pointer` is a JSON pointer such as
 * `/definitions/order`.
 *
 * Throws `InvalidSchemaError` if nothing is there or a dynamic reference is on
 * the way, `UnresolvableReferenceError` if a reference leads nowhere.
 */
export function extractDefinition(bundle: unknown, pointer: string, options: ExtractOptions = {}): JsonObject {
  if (!isObject(bundle)) {
    throw new InvalidSchemaError('', 'Schema must be an object');
  }
  const root = locate(bundle, pointer);
  return new Extraction(bundle, root, pointer, options).run();
}
