/*
 * A schema made from another by edits: keywords taken away, put in from
 * another schema, numbers moved, parts replaced.
 */
import type { Json, JsonObject } from '../types';
import type { Draw } from './schemas';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function edited(draw: Draw, value: Json, other: Json, depth: number): Json {
  if (typeof value === 'number') {
    return Math.max(0, value + draw.of([-1, 1, 2]));
  }
  if (typeof value === 'boolean') {
    return !value;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) {
      return value;
    }
    const at = draw.upTo(value.length - 1);
    return value.length > 1 && draw.chance(0.4)
      ? value.filter((_, i) => i !== at)
      : value.map((each, i) => (i === at ? edited(draw, each, other, depth + 1) : each));
  }
  if (!isObject(value)) {
    return value;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) {
    return isObject(other) ? other : value;
  }
  const key = draw.of(keys);
  if (depth > 0 && draw.chance(0.25)) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  }
  return {
    ...value,
    [key]: edited(draw, value[key], isObject(other) && Object.hasOwn(other, key) ? other[key] : other, depth + 1),
  };
}

/** The schema after one to five edits; `allOf` and `definitions` at the root stay. */
export function editedSchema(draw: Draw, schema: JsonObject, other: JsonObject): JsonObject {
  let [root] = schema.allOf as readonly Json[];
  const [donor] = other.allOf as readonly Json[];
  for (let i = draw.upTo(4); i >= 0; i--) {
    root =
      isObject(root) && isObject(donor) && draw.chance(0.2)
        ? { ...root, ...Object.fromEntries(Object.entries(donor).slice(0, 1)) }
        : edited(draw, root, donor, 0);
  }
  return { ...schema, allOf: [root] };
}
