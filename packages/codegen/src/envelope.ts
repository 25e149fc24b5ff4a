import type { Json, JsonObject } from '@busline/event-repository';
import type { DescribedEventType, DescribedVersion } from './types';

/** The event on the wire: `detail` as the event paths have it. */

/** Keys below `detail` that lead to a value: `detail.data` -> `['data']`; undefined where there is none. */
export function keysBelowDetail(path: string | undefined): readonly string[] | undefined {
  if (path === undefined) return undefined;
  const [root, ...keys] = path.split('.');
  return root === 'detail' ? keys : undefined;
}

/** Puts a value at its path; `detail` itself is made where it is not there. */
export function nested(parts: readonly (readonly [readonly string[], Json])[]): Json {
  let result: Json = {};
  for (const [keys, value] of parts) result = merge(result, keys, value);
  return result;
}

function merge(into: Json, keys: readonly string[], value: Json): Json {
  if (keys.length === 0) return value;
  const [key, ...rest] = keys;
  const object = into !== null && typeof into === 'object' && !Array.isArray(into) ? (into as JsonObject) : {};
  const inner = Object.hasOwn(object, key) ? object[key] : {};
  return Object.fromEntries([...Object.entries(object), [key, merge(inner, rest, value)]]);
}

/** The committed example, or a value of the right kind where there is none. */
export function exampleOf(version: DescribedVersion): Json {
  const { schema, examples } = version;
  if (examples.length > 0) return examples[0].value;
  const given = schema !== null && typeof schema === 'object' ? (schema as JsonObject).examples : undefined;
  return Array.isArray(given) && given.length > 0 ? (given[0] as Json) : {};
}

export function isForeign(eventType: DescribedEventType): boolean {
  return keysBelowDetail(eventType.eventPaths.data) === undefined;
}
