import type { Json, JsonObject } from '../types';

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** An own property: `constructor` and `__proto__` are names like any other. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function define(target: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The object with another value at the end of the keys; without any if the value is undefined. */
export function replaced(object: JsonObject, keys: readonly string[], value: Json | undefined): JsonObject {
  const [key, ...rest] = keys;
  const inner = own(object, key);
  const next = rest.length === 0 ? value : replaced(isObject(inner) ? inner : {}, rest, value);
  const result: { [key: string]: Json } = {};
  for (const each of Object.keys(object)) {
    if (each !== key) {
      define(result, each, object[each]);
    } else if (next !== undefined) {
      define(result, key, next);
    }
  }
  if (inner === undefined && next !== undefined) {
    define(result, key, next);
  }
  return result;
}

/** The value at the end of the keys. */
export function valueAt(object: JsonObject, keys: readonly string[]): Json | undefined {
  let at: Json | undefined = object;
  for (const key of keys) {
    at = isObject(at) ? own(at, key) : undefined;
  }
  return at;
}
