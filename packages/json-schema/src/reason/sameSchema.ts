/*
 * Whether two schemas, perhaps of two documents, say the same word for word:
 * equal but for annotations, references followed on both sides. Recursion is
 * settled by coinduction: a pair that is being compared counts as equal.
 */
import type { SchemaDocument, Resource } from '../document';
import { deepEqual, isArray, isObject, ownString } from '../json';
import { holdingOf } from '../keywords';
import type { Json, JsonObject } from '../types';
import type { Lit } from './items';
import { refStandsAlone } from '../drafts';

/** A schema where it stands. */
export type Placed = Pick<Lit, 'schema' | 'scope' | 'world'>;

/** Keywords whose meaning depends on others beside them. */
const READ_TOGETHER: { readonly [keyword: string]: readonly string[] } = {
  additionalProperties: ['properties', 'patternProperties'],
  additionalItems: ['items'],
  items: ['prefixItems'],
  contains: ['minContains', 'maxContains'],
  if: ['then', 'else'],
  minimum: ['exclusiveMinimum'],
  maximum: ['exclusiveMaximum'],
};

export interface Side {
  readonly document: SchemaDocument;
  readonly resource: Resource;
}

const ANNOTATIONS = new Set(
  '$schema $comment $defs definitions title description default examples deprecated readOnly writeOnly contentEncoding contentMediaType contentSchema'.split(
    ' ',
  ),
);

/** Pairs compared in one question; past that they count as different. */
const MAX_PAIRS = 20_000;

type Known = WeakMap<object, WeakMap<object, boolean>>;
const sameMeaning: Known = new WeakMap();
const sameWords: Known = new WeakMap();

function remember(known: Known, a: object, b: object, same: boolean): void {
  const map = known.get(a) ?? new WeakMap<object, boolean>();
  known.set(a, map.set(b, same));
}

class Comparison {
  readonly pairs = new Map<object, Set<object>>();
  #count = 0;

  /** With `exact`, annotations count too. */
  constructor(private readonly exact = false) {}

  get known(): Known {
    return this.exact ? sameWords : sameMeaning;
  }

  same(a: Json, from: Side, b: Json, to: Side): boolean {
    if (!isObject(a) || !isObject(b)) {
      return a === b;
    }
    if (a === b && from.document === to.document) {
      return true;
    }
    const cached = this.known.get(a)?.get(b);
    if (cached !== undefined) {
      return cached;
    }
    const partners = this.pairs.get(a) ?? new Set();
    if (partners.has(b)) {
      return true;
    }
    this.#count += 1;
    if (this.#count > MAX_PAIRS) {
      return false;
    }
    this.pairs.set(a, partners.add(b));
    const same = this.#sameKeywords(a, enter(a, from), b, enter(b, to));
    if (!same) {
      // different even if all that is still being compared were equal
      remember(this.known, a, b, false);
    }
    return same;
  }

  #sameKeywords(a: JsonObject, from: Side, b: JsonObject, to: Side): boolean {
    const { draft } = from.resource;
    if (draft !== to.resource.draft && (draft === 'draft-04' || to.resource.draft === 'draft-04' || needsDraft(a))) {
      return false;
    }
    const alone = refStandsAlone(draft) && ownString(a, '$ref') !== undefined;
    const keys = alone ? ['$ref'] : keywords(a, this.exact);
    if (alone ? ownString(b, '$ref') === undefined : keys.length !== keywords(b, this.exact).length) {
      return false;
    }
    return keys.every(key => Object.hasOwn(b, key) && this.#sameArgument(key, a, from, b, to));
  }

  /** Whether the keywords are on both sides with the same argument, or on none. */
  sameArguments(keys: readonly string[], a: JsonObject, from: Side, b: JsonObject, to: Side): boolean {
    const { draft } = from.resource;
    return (
      draft === to.resource.draft &&
      keys.every(key => {
        const there = Object.hasOwn(a, key);
        return there === Object.hasOwn(b, key) && (!there || this.#sameArgument(key, a, from, b, to));
      })
    );
  }

  #sameArgument(key: string, a: JsonObject, from: Side, b: JsonObject, to: Side): boolean {
    if (key === '$ref') {
      return this.#sameTarget(a, from, b, to);
    }
    const left = a[key];
    const right = b[key];
    const holding = holdingOf(key, from.resource.draft);
    if (!holding) {
      return deepEqual(left, right);
    }
    if (isArray(left) || isArray(right)) {
      return (
        isArray(left) &&
        isArray(right) &&
        left.length === right.length &&
        left.every((each, i) => this.same(each, from, right[i], to))
      );
    }
    if (holding === 'map' || holding === 'dependencies') {
      return (
        isObject(left) &&
        isObject(right) &&
        Object.keys(left).length === Object.keys(right).length &&
        Object.keys(left).every(
          name =>
            Object.hasOwn(right, name) &&
            (isArray(left[name]) ? deepEqual(left[name], right[name]) : this.same(left[name], from, right[name], to)),
        )
      );
    }
    return this.same(left, from, right, to);
  }

  #sameTarget(a: JsonObject, from: Side, b: JsonObject, to: Side): boolean {
    const left = ownString(a, '$ref');
    const right = ownString(b, '$ref');
    if (left === undefined || right === undefined) {
      return false;
    }
    try {
      const target = from.document.resolve(a, left, from.resource, () => '');
      const other = to.document.resolve(b, right, to.resource, () => '');
      return this.same(target.schema, { ...from, resource: target.resource }, other.schema, {
        ...to,
        resource: other.resource,
      });
    } catch {
      return false;
    }
  }
}

const EXACT_ONLY = new Set(['$schema', '$comment', '$defs', 'definitions']);

function keywords(schema: JsonObject, exact: boolean): readonly string[] {
  return Object.keys(schema).filter(key =>
    exact ? !EXACT_ONLY.has(key) : !ANNOTATIONS.has(key) && !NAMES.has(key) && !key.startsWith('x-'),
  );
}

const NAMES = new Set(['$id', 'id', '$anchor', '$dynamicAnchor', '$vocabulary']);
const BY_DRAFT = [
  'items',
  'prefixItems',
  'contains',
  'if',
  'dependencies',
  'const',
  '$ref',
  'unevaluatedProperties',
  'unevaluatedItems',
  'minContains',
  'maxContains',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'additionalItems',
];

function needsDraft(schema: JsonObject): boolean {
  return BY_DRAFT.some(key => Object.hasOwn(schema, key));
}

function enter(schema: JsonObject, side: Side): Side {
  const resource = side.document.resourceAt(schema, side.resource);
  return resource ? { ...side, resource } : side;
}

function comparable(a: Placed, b: Placed): boolean {
  return !a.world.dynamic && !b.world.dynamic && a.world.assertFormat === b.world.assertFormat;
}

/** Whether two schemas say the same of one keyword and of those that it is read together with. */
export function sameKeyword(a: Placed, b: Placed, keyword: string): boolean {
  const { schema: left } = a;
  const { schema: right } = b;
  if (!isObject(left) || !isObject(right) || !comparable(a, b)) {
    return false;
  }
  const comparison = new Comparison();
  const from = enter(left, { document: a.world.document, resource: a.scope.resource });
  const to = enter(right, { document: b.world.document, resource: b.scope.resource });
  return comparison.sameArguments([keyword, ...(READ_TOGETHER[keyword] ?? [])], left, from, right, to);
}

/** Whether two literals speak of the same schema. */
export function sameSchema(a: Placed, b: Placed): boolean {
  if (!comparable(a, b)) {
    return a.schema === b.schema && a.scope === b.scope;
  }
  const from = { document: a.world.document, resource: a.scope.resource };
  return compared(new Comparison(), a.schema, from, b.schema, {
    document: b.world.document,
    resource: b.scope.resource,
  });
}

function compared(comparison: Comparison, a: Json, from: Side, b: Json, to: Side): boolean {
  const same = comparison.same(a, from, b, to);
  if (isObject(a) && isObject(b)) {
    // what was found equal on the way is equal only if the whole is
    for (const [left, rights] of same ? comparison.pairs : []) {
      rights.forEach(right => remember(comparison.known, left, right, true));
    }
  }
  return same;
}

/** Whether two schemas are the same to the last word, descriptions included, references followed. */
export function isSameText(a: Json, from: Side, b: Json, to: Side): boolean {
  return (
    !from.document.usesDynamicReferences() &&
    !to.document.usesDynamicReferences() &&
    compared(new Comparison(true), a, from, b, to)
  );
}
