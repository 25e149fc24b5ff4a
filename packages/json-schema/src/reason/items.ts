/*
 * What is asked of one value: schemas that it must or must not satisfy, and
 * the single demands (atoms) that they come down to.
 */
import type { SchemaDocument } from '../document';
import type { KeywordRow, Scope } from '../evaluation';
import { canonicalText } from '../json';
import type { Draft, Json } from '../types';

/** The types that a search tells apart: `integer` is a number that is whole. */
export type ValueType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** One schema document, and how it is read. */
export interface World {
  readonly document: SchemaDocument;
  readonly assertFormat: boolean;
  /** Whether references depend on the way to them (`$dynamicRef`, `$recursiveRef`). */
  readonly dynamic: boolean;
  readonly keywords: (draft: Draft) => ReadonlyMap<string, KeywordRow>;
}

/** One keyword of a schema; of `required` and `properties` and their like, one name of it. */
export interface KeywordPart {
  readonly keyword: string;
  readonly name?: string;
}

/** A schema that the value must (or must not) satisfy. */
export interface Lit {
  readonly kind: 'schema';
  readonly schema: Json;
  readonly scope: Scope;
  readonly world: World;
  readonly positive: boolean;
  /** Read closed-world: objects have only the properties that the schema speaks of. */
  readonly closed: boolean;
  /** Applied to a value of its own (not in place): here a closed object closes. */
  readonly fresh: boolean;
  /** Only of a schema that is denied: it must fail on this part of it. */
  readonly only?: KeywordPart;
  /** Equal for equal literals but for the sign. */
  readonly id: string;
  /** Who wants to know what this literal looks at. */
  readonly trackers: readonly number[];
}

/** Names of properties: those that match, or all but those named and matching. */
export type Where =
  | { readonly pattern: string }
  | { readonly notNames: readonly string[]; readonly notPatterns: readonly string[] };

export type Item =
  | Lit
  | { readonly kind: 'or'; readonly alternatives: readonly (readonly Item[])[] }
  | { readonly kind: 'never' }
  | { readonly kind: 'types'; readonly types: readonly ValueType[] }
  | { readonly kind: 'in'; readonly values: readonly Json[] }
  | { readonly kind: 'out'; readonly value: Json }
  | { readonly kind: 'min' | 'max'; readonly value: number; readonly open: boolean }
  | { readonly kind: 'multiple'; readonly value: number; readonly is: boolean }
  | { readonly kind: 'integer'; readonly is: boolean }
  | {
      readonly kind: 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minProperties' | 'maxProperties';
      readonly value: number;
    }
  | { readonly kind: 'pattern' | 'format'; readonly value: string; readonly is: boolean }
  | { readonly kind: 'required' | 'absent'; readonly name: string }
  | { readonly kind: 'property'; readonly name: string; readonly goal: Item }
  | { readonly kind: 'properties'; readonly where: Where; readonly goal: Item }
  | { readonly kind: 'someProperty'; readonly where: Where; readonly goal: Item }
  | { readonly kind: 'names' | 'someName'; readonly goal: Item }
  | { readonly kind: 'item'; readonly index: number; readonly goal: Item }
  | { readonly kind: 'items'; readonly from: number; readonly goal: Item }
  | { readonly kind: 'someItem'; readonly from: number; readonly goal: Item }
  | { readonly kind: 'contains'; readonly goal: Item; readonly other: Item; readonly min: number; readonly max: number }
  | { readonly kind: 'unique'; readonly is: boolean }
  | { readonly kind: 'seen'; readonly trackers: readonly number[]; readonly what: Seen }
  | {
      readonly kind: 'unseenProperties' | 'unseenItems';
      readonly tracker: number;
      readonly goal: Item;
      /** Some of them must satisfy the goal, not all. */
      readonly some: boolean;
    };

/** What a schema has looked at. */
export type Seen =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'allProperties' }
  | { readonly kind: 'itemsUpTo'; readonly count: number }
  | { readonly kind: 'allItems' }
  | { readonly kind: 'itemsLike'; readonly goal: Item; readonly other: Item };

export const NEVER: Item = { kind: 'never' };

/** Equal for items that ask the same. For what is asked of a value inside another. */
export function keyOf(item: Item): string {
  switch (item.kind) {
    case 'schema':
      return `${item.positive ? '+' : '-'}${item.id}`;
    case 'or':
      return `(${item.alternatives.map(each => each.map(keyOf).join('&')).join('|')})`;
    case 'out':
      return `!${canonicalText(item.value)}`;
    case 'property':
      return `.${JSON.stringify(item.name)}:${keyOf(item.goal)}`;
    case 'properties':
    case 'someProperty':
      return `${item.kind}${JSON.stringify(item.where)}:${keyOf(item.goal)}`;
    case 'names':
    case 'someName':
      return `${item.kind}:${keyOf(item.goal)}`;
    case 'item':
      return `[${item.index}]:${keyOf(item.goal)}`;
    case 'items':
    case 'someItem':
      return `${item.kind}${item.from}:${keyOf(item.goal)}`;
    case 'contains':
      return `contains${item.min}-${item.max}:${keyOf(item.goal)}`;
    default:
      return JSON.stringify(item);
  }
}

export function keyOfAll(items: readonly Item[]): string {
  return [...new Set(items.map(keyOf))].sort().join(' ');
}

/** The opposite of what is asked of a value inside another. */
export function opposite(item: Item): Item | undefined {
  if (item.kind === 'schema') {
    // the opposite of a closed schema, or of one keyword, is not expressed
    return item.closed || item.only ? undefined : { ...item, positive: !item.positive, trackers: [] };
  }
  return item.kind === 'out' ? { kind: 'in', values: [item.value] } : undefined;
}
