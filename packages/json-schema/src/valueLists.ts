import { canonicalText, deepEqual } from './json';
import type { Json } from './types';

/** Lists longer than that are looked up in an index. */
const MAX_SCANNED = 24;

const indexes = new WeakMap<readonly Json[], ReadonlySet<string>>();

/** Whether the value is one of a list, which may be an enormous enum. */
export function isListed(list: readonly Json[], value: unknown): boolean {
  if (list.length <= MAX_SCANNED) {
    return list.some(each => deepEqual(each, value));
  }
  const index = indexes.get(list) ?? new Set(list.map(each => canonicalText(each)));
  indexes.set(list, index);
  return index.has(canonicalText(value));
}
