/*
 * Making literals: identity, entering resources, following references.
 */
import type { SchemaDocument, Target } from '../document';
import { evaluate, type Run, type Scope } from '../evaluation';
import { define, isArray, isObject, own } from '../json';
import { keywordsOf } from '../keywordTable';
import { rootPath } from '../pointer';
import type { Draft, Json, JsonObject } from '../types';
import type { KeywordPart, Lit, World } from './items';

let lastId = 0;
const ids = new WeakMap<object, number>();

function idOf(value: object): number {
  let id = ids.get(value);
  if (id === undefined) {
    lastId += 1;
    id = lastId;
    ids.set(value, id);
  }
  return id;
}

function scopeKey(scope: Scope, dynamic: boolean): string {
  if (!dynamic) {
    return String(idOf(scope.resource));
  }
  const keys: string[] = [];
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    keys.push(String(idOf(at.resource)));
  }
  return keys.join('>');
}

function make(
  world: World,
  schema: Json,
  scope: Scope,
  positive: boolean,
  closed: boolean,
  fresh: boolean,
  trackers: readonly number[],
): Lit {
  const closes = closed && fresh;
  const id = isObject(schema)
    ? `${idOf(schema)}@${scopeKey(scope, world.dynamic)}${closed ? 'c' : ''}${closes ? 'f' : ''}${
        world.assertFormat ? '' : 'n'
      }`
    : String(schema);
  return { kind: 'schema', schema, scope, world, positive, closed, fresh: closes, id, trackers };
}

export function inPlace(
  lit: Lit,
  schema: Json,
  scope: Scope,
  positive: boolean,
  closed: boolean,
  trackers: readonly number[],
): Lit {
  return make(lit.world, schema, scope, positive, closed, false, positive ? trackers : []);
}

export function childLit(lit: Lit, schema: Json, scope: Scope, positive: boolean, closed: boolean): Lit {
  return make(lit.world, schema, scope, positive, closed, true, []);
}

/** The document's root, or the schema at a pointer in it. Throws `UnresolvableReferenceError`. */
export function rootLit(world: World, positive: boolean, closed: boolean, pointer = ''): Lit {
  const { root } = world.document;
  const target =
    pointer === ''
      ? { schema: root.root, resource: root }
      : world.document.resolve({}, `#${encodeURI(pointer)}`, root, () => pointer);
  return make(world, target.schema, { resource: target.resource, outer: undefined }, positive, closed, true, []);
}

export function worldOf(document: SchemaDocument, assertFormat: boolean): World {
  return {
    document,
    assertFormat,
    dynamic: document.usesDynamicReferences(),
    keywords: (draft: Draft) => keywordsOf(draft),
  };
}

function goTo(world: World, resource: Scope['resource'], scope: Scope): Scope {
  if (resource === scope.resource) {
    return scope;
  }
  if (!world.dynamic) {
    return { resource, outer: undefined };
  }
  // a resource that is on the way already changes nothing further in
  const outer = without(scope, resource);
  return isOn(scope, resource)
    ? { resource, outer: scope === outer ? scope : keepOuter(scope) }
    : { resource, outer: scope };
}

function isOn(scope: Scope, resource: Scope['resource']): boolean {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    if (at.resource === resource) {
      return true;
    }
  }
  return false;
}

function without(scope: Scope, resource: Scope['resource']): Scope | undefined {
  return isOn(scope, resource) ? undefined : scope;
}

/** Each resource once, by its outermost place: the chain stays short in recursion. */
function keepOuter(scope: Scope): Scope {
  const chain: Scope['resource'][] = [];
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    chain.unshift(at.resource);
  }
  return [...new Set(chain)].reduce<Scope | undefined>((outer, resource) => ({ resource, outer }), undefined) as Scope;
}

export function enter(world: World, schema: JsonObject, scope: Scope): Scope {
  const resource = world.document.resourceAt(schema, scope.resource);
  return resource && resource !== scope.resource ? goTo(world, resource, scope) : scope;
}

/** What a reference leads to from here. Throws `UnresolvableReferenceError`. */
export function dynamicTarget(
  lit: Lit,
  schema: JsonObject,
  scope: Scope,
  keyword: '$ref' | '$dynamicRef' | '$recursiveRef',
  reference: string,
): Target {
  const target = lit.world.document.resolve(schema, reference, scope.resource, () => keyword);
  if (keyword === '$ref' || !isObject(target.schema)) {
    return target;
  }
  const name = reference.slice(reference.indexOf('#') + 1);
  const isDynamic =
    keyword === '$dynamicRef'
      ? own(target.schema, '$dynamicAnchor') === name
      : own(target.schema, '$recursiveAnchor') === true;
  let found = target;
  for (let at: Scope | undefined = isDynamic ? scope : undefined; at; at = at.outer) {
    const { resource } = at;
    if (keyword === '$dynamicRef') {
      found = resource.dynamicAnchors.get(name) ?? found;
    } else if (isObject(resource.root) && own(resource.root, '$recursiveAnchor') === true) {
      found = { schema: resource.root, resource, pointer: resource.pointer };
    }
  }
  return found;
}

export function followLit(
  lit: Lit,
  target: Target,
  scope: Scope,
  positive: boolean,
  closed: boolean,
  trackers: readonly number[],
): Lit {
  const to = goTo(lit.world, target.resource, scope);
  return make(lit.world, target.schema, to, positive, closed, false, positive ? trackers : []);
}

/** A schema, or one part of it, denied of a value. */
export function denied(world: World, schema: Json, scope: Scope, only?: KeywordPart): Lit {
  const lit = make(world, schema, scope, false, false, true, []);
  return only ? { ...lit, only, id: `${lit.id}#${only.keyword} ${only.name ?? ''}` } : lit;
}

/** What a `$ref` leads to, and how it is read there. Throws `UnresolvableReferenceError`. */
export function follow(
  world: World,
  schema: JsonObject,
  scope: Scope,
  reference: string,
): { readonly schema: Json; readonly scope: Scope; readonly pointer: string } {
  const target = world.document.resolve(schema, reference, scope.resource, () => '$ref');
  return { schema: target.schema, scope: goTo(world, target.resource, scope), pointer: target.pointer };
}

/** Equal for the same schema in the same resource. */
export function schemaKey({ schema, scope }: { readonly schema: Json; readonly scope: Scope }): string {
  return isObject(schema) ? `${idOf(schema)}@${idOf(scope.resource)}` : String(schema);
}

/** What a keyword says of one name. */
export function narrowed(argument: Json, name: string): Json {
  if (isArray(argument)) {
    return argument.filter(each => each === name);
  }
  const result: { [key: string]: Json } = {};
  if (isObject(argument) && Object.hasOwn(argument, name)) {
    define(result, name, argument[name]);
  }
  return result;
}

/** Whether a value satisfies the part of a schema that the literal is about. */
function partHolds({ schema, scope, world }: Lit, { keyword, name }: KeywordPart, run: Run, value: Json): boolean {
  if (!isObject(schema) || keyword.startsWith('unevaluated')) {
    return evaluate(run, schema, value, scope, rootPath(), rootPath(), undefined, true);
  }
  const inner = enter(world, schema, scope);
  const row = world.keywords(inner.resource.draft).get(keyword);
  const argument = name === undefined ? schema[keyword] : narrowed(schema[keyword], name);
  const place = { run, schema, value, scope: inner, path: rootPath(), instance: rootPath(), seen: undefined };
  return row === undefined || row.check(place, argument);
}

/** Whether a value satisfies the literal, by the validator. Throws what it throws. */
export function litHolds(lit: Lit, value: Json): boolean {
  const run: Run = {
    document: lit.world.document,
    assertFormat: lit.world.assertFormat,
    maxErrors: 0,
    depth: 0,
    keywordsOf,
    closed: lit.closed,
  };
  return lit.only && !lit.positive
    ? !partHolds(lit, lit.only, run, value)
    : evaluate(run, lit.schema, value, lit.scope, rootPath(), rootPath(), undefined, lit.fresh) === lit.positive;
}
