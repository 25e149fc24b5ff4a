/*
 * A schema as one sees it: what it says itself, what its `$ref` leads to and
 * what its `allOf` adds, as a list of parts. What a reader asks ("which
 * properties", "which type") is asked of the parts together.
 */
import type { Resource, SchemaDocument } from './document';
import { refStandsAlone } from './drafts';
import { UnresolvableReferenceError } from './errors';
import { isObject, own, ownArray, ownString } from './json';
import { escapeKey } from './pointer';
import type { Json, JsonObject } from './types';

/** Parts of one view; more than a person or a machine-made schema ever has. */
const MAX_PARTS = 500;

export interface Part {
  readonly schema: JsonObject;
  readonly resource: Resource;
  readonly pointer: string;
}

export interface View {
  readonly parts: readonly Part[];
  /** `false`: nothing is allowed here. */
  readonly never: boolean;
  /** References that could not be resolved, as written. */
  readonly unresolved: readonly string[];
}

export interface Located {
  readonly schema: Json;
  readonly resource: Resource;
  readonly pointer: string;
}

export function childOf(part: Part, schema: Json, ...keys: readonly (string | number)[]): Located {
  const inside = keys.map(key => `/${escapeKey(String(key))}`).join('');
  return { schema, resource: part.resource, pointer: part.pointer + inside };
}

/** The parts of a schema, nearest first. */
export function viewOf(document: SchemaDocument, start: Located): View {
  const parts: Part[] = [];
  const unresolved: string[] = [];
  const seen = new Set<Json>();
  let never = false;
  const stack: Located[] = [start];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { schema, pointer } = at;
    never ||= schema === false;
    if (!isObject(schema) || seen.has(schema) || parts.length >= MAX_PARTS) {
      continue;
    }
    seen.add(schema);
    const resource = document.resourceAt(schema, at.resource) ?? at.resource;
    const part = { schema, resource, pointer };
    const reference =
      ownString(schema, '$ref') ?? ownString(schema, '$dynamicRef') ?? ownString(schema, '$recursiveRef');
    const alone = refStandsAlone(resource.draft) && typeof own(schema, '$ref') === 'string';
    // what a reference says comes after what stands beside it
    const next: Located[] = [];
    if (!alone) {
      parts.push(part);
    }
    if (reference !== undefined) {
      try {
        next.push(document.resolve(schema, reference, resource, () => pointer));
      } catch (error) {
        if (!(error instanceof UnresolvableReferenceError)) {
          throw error;
        }
        unresolved.push(reference);
      }
    }
    if (!alone) {
      (ownArray(schema, 'allOf') ?? []).forEach((each, i) => next.push(childOf(part, each, 'allOf', i)));
    }
    stack.push(...next.reverse());
  }
  return { parts, never, unresolved };
}

/** The first value that a part has under a keyword. */
export function first<T>(view: View, pick: (schema: JsonObject) => T | undefined): T | undefined {
  for (const { schema } of view.parts) {
    const value = pick(schema);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
