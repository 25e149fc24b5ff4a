import type { Json, JsonObject, ValidationError } from '@busline/json-schema';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

export function pointerOf(keys: readonly string[]): string {
  return keys.map(key => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

export function childOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) {
    return value[Number(key)];
  }
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A copy with another value at the place; `undefined` takes the key away. Parts beside the way are shared. */
export function replacedAt(
  value: Json,
  keys: readonly string[],
  change: (old: Json) => Json | undefined,
): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return change(value);
  }
  const child = childOf(value, key);
  if (child === undefined) {
    return value;
  }
  const next = replacedAt(child, rest, change);
  if (Array.isArray(value)) {
    return value.map((each, i) => (i === Number(key) ? next ?? true : each));
  }
  const entries = Object.entries(value as JsonObject).flatMap(([name, each]): [string, Json][] => {
    if (name !== key) return [[name, each]];
    return next === undefined ? [] : [[name, next]];
  });
  return Object.fromEntries(entries);
}

/** Down a schema along a value's path, as far as the schema speaks of it: the pointer of that place. */
export function placeFor(schema: Json, instancePath: string): string {
  let at: readonly string[] = [];
  for (const key of keysOf(instancePath)) {
    const next = stepInto(schema, at, key, 0);
    if (!next) {
      break;
    }
    at = next;
  }
  return pointerOf(dereferenced(schema, at));
}

function valueAt(schema: Json, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((value, key) => childOf(value, key), schema);
}

const MAX_STEPS = 30;

function dereferenced(schema: Json, keys: readonly string[]): readonly string[] {
  let at = keys;
  for (let i = 0; i < MAX_STEPS; i++) {
    const here = valueAt(schema, at);
    const ref = isObject(here) ? childOf(here, '$ref') : undefined;
    if (typeof ref !== 'string' || !ref.startsWith('#/')) {
      return at;
    }
    at = keysOf(ref.slice(1));
  }
  return at;
}

function stepInto(schema: Json, from: readonly string[], key: string, depth: number): readonly string[] | undefined {
  const at = dereferenced(schema, from);
  const here = valueAt(schema, at);
  if (!isObject(here) || depth > MAX_STEPS) {
    return undefined;
  }
  for (const way of [['properties', key], ['prefixItems', key], ['items', key], ['items'], ['additionalProperties']]) {
    const found = valueAt(here, way);
    if (isObject(found) || typeof found === 'boolean') {
      return [...at, ...way];
    }
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const list = childOf(here, keyword);
    for (let i = 0; Array.isArray(list) && i < list.length; i++) {
      const found = stepInto(schema, [...at, keyword, String(i)], key, depth + 1);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

/** `data.items[0].sku`, for people. */
export function fieldName(instancePath: string): string {
  return keysOf(instancePath)
    .map((key, i) => (/^\d+$/.test(key) ? `[${key}]` : `${i === 0 ? '' : '.'}${key}`))
    .join('');
}

/** The errors, the outermost place first. */
export function outermost(errors: readonly ValidationError[]): ValidationError | undefined {
  return errors[0];
}
