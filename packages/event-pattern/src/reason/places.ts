/*
 * Where in a schema a field of a pattern is decided.
 *
 * From the root of the event on, as long as objects are plain (properties,
 * which are required and no more than that), what stands at one property says
 * nothing of what stands at another. So the way to a field is followed down to
 * the first place that is not plain, may be absent, or is the field itself;
 * there the question is asked of that small schema, by itself.
 *
 * That no value is possible at a place is a proof for the whole event,
 * whatever stands elsewhere. That one is, is tried out.
 */
import type { Json, JsonObject } from '../types';
import { isObject, own } from './json';

export interface Place {
  readonly keys: readonly string[];
  /** JSON pointer of its schema in the document; undefined where no value may stand. */
  readonly pointer: string | undefined;
  readonly optional: boolean;
}

/** Keywords that make an object other than plain. */
const NOT_PLAIN: ReadonlySet<string> = new Set(
  (
    'allOf anyOf oneOf not if then else dependencies dependentRequired dependentSchemas patternProperties ' +
    'propertyNames minProperties maxProperties unevaluatedProperties const enum $dynamicRef $recursiveRef $ref $id id ' +
    '$anchor $dynamicAnchor'
  ).split(' '),
);
/** Keywords without a meaning for values: they may stand beside a reference in every draft. */
const SILENT: ReadonlySet<string> = new Set(
  'title description default examples example deprecated readOnly writeOnly $comment $schema $defs definitions'.split(
    ' ',
  ),
);
/** What gives a schema an address of its own; of the document's root it is passed over. */
const ADDRESSES: ReadonlySet<string> = new Set(['$id', 'id', '$anchor', '$dynamicAnchor']);
/** References that are followed in one step of the way. */
const MAX_HOPS = 20;

interface Node {
  readonly schema: Json;
  readonly pointer: string;
}

function escapeKey(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function child({ schema, pointer }: Node, key: string): Node | undefined {
  let inner: Json | undefined;
  if (Array.isArray(schema)) {
    inner = (schema as readonly Json[])[Number(key)];
  } else if (isObject(schema)) {
    inner = own(schema, key);
  }
  return inner === undefined ? undefined : { schema: inner, pointer: `${pointer}/${escapeKey(key)}` };
}

export class Places {
  readonly #document: JsonObject;
  readonly #closed: boolean;
  readonly #known = new Map<string, Place>();
  /** One object for each place, by its keys: clauses at one place are decided together. */
  readonly #places = new Map<string, Place>();
  readonly #root: Place;

  constructor(document: JsonObject, start: string, closed: boolean) {
    this.#document = document;
    this.#closed = closed;
    this.#root = { keys: [], pointer: start, optional: false };
  }

  at(field: string): Place {
    const known = this.#known.get(field) ?? this.#interned(this.#find(field.split('.')));
    this.#known.set(field, known);
    return known;
  }

  #interned(place: Place): Place {
    const key = place.keys.join('\u0000');
    const known = this.#places.get(key) ?? place;
    this.#places.set(key, known);
    return known;
  }

  #find(keys: readonly string[]): Place {
    let place = this.#root;
    for (const [i, key] of keys.entries()) {
      const node = this.#plain(place.pointer);
      const next = node && this.#below(node, keys.slice(0, i), key);
      if (!next) {
        return place;
      }
      place = next;
      if (place.optional || place.pointer === undefined) {
        return place;
      }
    }
    return place;
  }

  /** The schema that a reference inside the document leads to; undefined for what is not followed here. */
  follow(reference: string): Json | undefined {
    return this.#follow(reference)?.schema;
  }

  /** The schema of a place. */
  schemaAt({ pointer }: Place): Json | undefined {
    return pointer === undefined ? undefined : this.#nodeAt(pointer)?.schema;
  }

  #below(node: Node, before: readonly string[], key: string): Place | undefined {
    const schema = node.schema as JsonObject;
    const properties = own(schema, 'properties') ?? {};
    if (!isObject(properties) || this.#isOpen(schema) || Object.keys(properties).some(each => each.includes('.'))) {
      return undefined;
    }
    const keys = [...before, key];
    if (!Object.hasOwn(properties, key)) {
      return { keys, pointer: undefined, optional: true };
    }
    const required = own(schema, 'required');
    const optional = !(Array.isArray(required) && (required as readonly Json[]).includes(key));
    return { keys, pointer: `${node.pointer}/properties/${escapeKey(key)}`, optional };
  }

  #isOpen(schema: JsonObject): boolean {
    const more = own(schema, 'additionalProperties');
    return more === undefined ? !this.#closed : more !== false;
  }

  #nodeAt(pointer: string): Node | undefined {
    let node: Node | undefined = { schema: this.#document, pointer: '' };
    for (const raw of pointer === '' ? [] : pointer.slice(1).split('/')) {
      node = node && child(node, raw.replace(/~1/g, '/').replace(/~0/g, '~'));
    }
    return node;
  }

  /** The plain object at the pointer, references followed. */
  #plain(pointer: string | undefined): Node | undefined {
    let node = pointer === undefined ? undefined : this.#nodeAt(pointer);
    for (let hops = 0; node && hops < MAX_HOPS; hops++) {
      const { schema }: Node = node;
      if (!isObject(schema)) {
        return undefined;
      }
      const only = keywordsOf(node);
      const reference = own(schema, '$ref');
      if (only.length === 1 && typeof reference === 'string') {
        node = this.#follow(reference);
      } else if (only.length === 1 && isListOfOne(own(schema, 'allOf'))) {
        node = this.#nodeAt(`${node.pointer}/allOf/0`);
      } else {
        return this.#isPlain(node) ? node : undefined;
      }
    }
    return undefined;
  }

  #follow(reference: string): Node | undefined {
    if (reference === '#') {
      return { schema: this.#document, pointer: '' };
    }
    if (!reference.startsWith('#/')) {
      return undefined;
    }
    const pointer = decode(reference.slice(1));
    return pointer === undefined || this.#passesResource(pointer) ? undefined : this.#nodeAt(pointer);
  }

  /** Whether something on the way has an address of its own. */
  #passesResource(pointer: string): boolean {
    let node: Node | undefined = { schema: this.#document, pointer: '' };
    for (const raw of pointer.slice(1).split('/')) {
      node = node && child(node, raw.replace(/~1/g, '/').replace(/~0/g, '~'));
      if (node && hasAddress(node.schema)) {
        return true;
      }
    }
    return false;
  }

  #isPlain(node: Node): boolean {
    return own(node.schema as JsonObject, 'type') === 'object' && !keywordsOf(node).some(key => NOT_PLAIN.has(key));
  }
}

/** The keywords that mean something. */
function keywordsOf({ schema, pointer }: Node): readonly string[] {
  return Object.keys(schema as JsonObject).filter(
    key => !SILENT.has(key) && !key.startsWith('x-') && !(pointer === '' && ADDRESSES.has(key)),
  );
}

function hasAddress(schema: Json): boolean {
  return isObject(schema) && ['$id', 'id'].some(key => typeof own(schema, key) === 'string');
}

function isListOfOne(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 1;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
