import { SchemaTooDeepError } from './errors';
import type { Json, JsonObject } from './types';

/** Nesting of values and schemas that is followed; the stack of a browser allows it. */
export const MAX_DEPTH = 1000;

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** An own property: `constructor` and `__proto__` are names like any other. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function ownString(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

export function ownNumber(object: JsonObject, key: string): number | undefined {
  const value = own(object, key);
  return typeof value === 'number' ? value : undefined;
}

export function ownArray(object: JsonObject, key: string): readonly Json[] | undefined {
  const value = own(object, key);
  return isArray(value) ? value : undefined;
}

export function ownObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key);
  return isObject(value) ? value : undefined;
}

/** Sets a property under any name, `__proto__` included. */
export function define(target: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** JSON equality: the order of keys does not matter, 1 and 1.0 are one number. */
export function deepEqual(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) {
    return true;
  }
  if (depth > MAX_DEPTH) {
    throw new SchemaTooDeepError(`Value is nested more than ${MAX_DEPTH} levels deep`);
  }
  if (isArray(a)) {
    return isArray(b) && a.length === b.length && a.every((each, i) => deepEqual(each, b[i], depth + 1));
  }
  if (!isObject(a) || !isObject(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && deepEqual(a[key], b[key], depth + 1))
  );
}

/** A text that is equal for equal values. */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) {
    throw new SchemaTooDeepError(`Value is nested more than ${MAX_DEPTH} levels deep`);
  }
  if (isArray(value)) {
    return `[${value.map(each => canonicalText(each, depth + 1)).join(',')}]`;
  }
  if (isObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonicalText(value[key], depth + 1)}`);
    return `{${entries.join(',')}}`;
  }
  // -0 and 0 are one number
  return value === 0 ? '0' : JSON.stringify(value) ?? 'null';
}

/** Length as JSON Schema counts it: code points, not UTF-16 units. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        length -= 1;
        i += 1;
      }
    }
  }
  return length;
}

/** The type names of JSON Schema, `integer` beside `number`. */
export function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'object' ? 'object' : typeof value;
}
