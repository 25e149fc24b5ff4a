/*
 * A schema document: its resources (the root, and every schema inside that
 * has an `$id`), their anchors, and what references lead to. Nothing outside
 * the document is ever looked at.
 *
 * The index is made when the first reference is followed; most schemas of a
 * portal never need it.
 */
import { detectDraft, draftOfUri, idKeyword, isBefore, refStandsAlone } from './drafts';
import { UnresolvableReferenceError } from './errors';
import { isArray, isObject, own, ownString } from './json';
import { subschemas } from './keywords';
import { escapeKey, unescapeKey } from './pointer';
import type { Draft, Json, JsonObject } from './types';

/** The address of a document that has none. */
const NO_BASE = 'json-schema:///';

export interface Target {
  readonly schema: Json;
  readonly resource: Resource;
  /** JSON pointer from the document's root. */
  readonly pointer: string;
}

export interface Resource {
  readonly uri: string;
  readonly root: Json;
  readonly pointer: string;
  readonly draft: Draft;
  readonly anchors: Map<string, Target>;
  readonly dynamicAnchors: Map<string, Target>;
}

function resolveUri(reference: string, base: string): string {
  if (reference.startsWith('#')) {
    return `${base}${reference}`;
  }
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

function splitFragment(uri: string): readonly [string, string] {
  const at = uri.indexOf('#');
  return at === -1 ? [uri, ''] : [uri.slice(0, at), uri.slice(at + 1)];
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

export class SchemaDocument {
  readonly root: Resource;
  #byUri: Map<string, Resource> | undefined;
  #dynamic = false;
  readonly #byRoot = new Map<Json, Resource>();
  readonly #targets = new Map<JsonObject, Map<string, Target>>();

  constructor(schema: Json, fallback?: Draft) {
    const draft = detectDraft(schema, fallback);
    this.root = {
      uri: isObject(schema) ? rootUri(schema, draft) : NO_BASE,
      root: schema,
      pointer: '',
      draft,
      anchors: new Map(),
      dynamicAnchors: new Map(),
    };
  }

  /** The resource that begins at this schema, if it has an `$id` of its own. */
  resourceAt(schema: JsonObject, current: Resource): Resource | undefined {
    if (schema === this.root.root || !changesBase(schema, current.draft)) {
      return undefined;
    }
    this.#index();
    return this.#byRoot.get(schema);
  }

  /**
   * What a reference in `holder` leads to. Throws `UnresolvableReferenceError`
   * with the given path if it leads nowhere.
   */
  resolve(holder: JsonObject, reference: string, from: Resource, path: () => string): Target {
    const known = this.#targets.get(holder)?.get(reference);
    if (known) {
      return known;
    }
    const target = this.#find(reference, from);
    if (typeof target === 'string') {
      throw new UnresolvableReferenceError(path(), reference, target);
    }
    const targets = this.#targets.get(holder) ?? new Map<string, Target>();
    this.#targets.set(holder, targets.set(reference, target));
    return target;
  }

  /** Whether references depend on the way to them. */
  usesDynamicReferences(): boolean {
    this.#index();
    return this.#dynamic;
  }

  /** Fills anchors and resources, once. */
  #index(): Map<string, Resource> {
    if (this.#byUri) {
      return this.#byUri;
    }
    const byUri = new Map<string, Resource>();
    this.#byUri = byUri;
    byUri.set(this.root.uri, this.root);
    this.#byRoot.set(this.root.root, this.root);
    const stack: Target[] = [{ schema: this.root.root, resource: this.root, pointer: '' }];
    const seen = new Set<Json>();
    for (let at = stack.pop(); at; at = stack.pop()) {
      const { schema, pointer } = at;
      if (!isObject(schema) || seen.has(schema)) {
        continue;
      }
      seen.add(schema);
      this.#dynamic ||= Object.hasOwn(schema, '$dynamicRef') || Object.hasOwn(schema, '$recursiveRef');
      const resource = this.#resourceOf(schema, at.resource, pointer, byUri);
      collectAnchors(schema, resource, pointer);
      for (const { value, keys } of subschemas(schema, resource.draft)) {
        const inside = keys.map(key => `/${escapeKey(String(key))}`).join('');
        stack.push({ schema: value, resource, pointer: pointer + inside });
      }
    }
    return byUri;
  }

  #resourceOf(schema: JsonObject, current: Resource, pointer: string, byUri: Map<string, Resource>): Resource {
    if (schema === this.root.root || !changesBase(schema, current.draft)) {
      return current;
    }
    const named = own(schema, '$schema');
    const draft = (typeof named === 'string' ? draftOfUri(named) : undefined) ?? current.draft;
    const id = ownString(schema, idKeyword(current.draft)) ?? '';
    const [uri] = splitFragment(resolveUri(id, current.uri));
    const resource: Resource = {
      uri,
      root: schema,
      pointer,
      draft,
      anchors: new Map(),
      dynamicAnchors: new Map(),
    };
    if (!byUri.has(uri)) {
      byUri.set(uri, resource);
    }
    this.#byRoot.set(schema, resource);
    return resource;
  }

  #find(reference: string, from: Resource): Target | string {
    const byUri = this.#index();
    const [uri, rawFragment] = splitFragment(resolveUri(reference, from.uri));
    const resource = uri === from.uri ? from : byUri.get(uri);
    if (!resource) {
      return 'it leaves the document, and nothing is fetched';
    }
    const fragment = decodeFragment(rawFragment);
    if (fragment === '') {
      return { schema: resource.root, resource, pointer: resource.pointer };
    }
    if (!fragment.startsWith('/')) {
      return resource.anchors.get(fragment) ?? `there is no anchor "${fragment}"`;
    }
    return this.#follow(fragment, resource);
  }

  #follow(pointer: string, start: Resource): Target | string {
    let schema: Json = start.root;
    let resource = start;
    let at = start.pointer;
    for (const raw of pointer.slice(1).split('/')) {
      const key = unescapeKey(raw);
      const next = childOf(schema, key);
      if (next === undefined) {
        return `there is nothing at ${at}/${escapeKey(key)}`;
      }
      schema = next;
      at = `${at}/${escapeKey(key)}`;
      resource = this.#byRoot.get(schema) ?? resource;
    }
    return { schema, resource, pointer: at };
  }
}

function childOf(value: Json, key: string): Json | undefined {
  if (isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  }
  return isObject(value) ? own(value, key) : undefined;
}

function rootUri(schema: JsonObject, draft: Draft): string {
  const id = ownString(schema, idKeyword(draft));
  return id === undefined || id.startsWith('#') ? NO_BASE : splitFragment(resolveUri(id, NO_BASE))[0];
}

function changesBase(schema: JsonObject, draft: Draft): boolean {
  const id = ownString(schema, idKeyword(draft));
  return id !== undefined && !id.startsWith('#') && !(refStandsAlone(draft) && ownString(schema, '$ref') !== undefined);
}

function collectAnchors(schema: JsonObject, resource: Resource, pointer: string): void {
  const target: Target = { schema, resource, pointer };
  const add = (name: string | undefined, anchors: Map<string, Target>) => {
    if (name !== undefined && !anchors.has(name)) {
      anchors.set(name, target);
    }
  };
  const { draft, anchors, dynamicAnchors } = resource;
  if (isBefore(draft, '2019-09')) {
    const id = ownString(schema, idKeyword(draft));
    if (id !== undefined && id.includes('#') && !id.endsWith('#')) {
      add(id.slice(id.indexOf('#') + 1), anchors);
    }
    return;
  }
  add(ownString(schema, '$anchor'), anchors);
  if (draft === '2020-12') {
    add(ownString(schema, '$dynamicAnchor'), anchors);
    add(ownString(schema, '$dynamicAnchor'), dynamicAnchors);
  }
}
