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

/** Nothing beside a reference: drafts and validators do not agree on what it means. */
function refsAlone(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(refsAlone);
  }
  if (!isObject(value)) {
    return value;
  }
  return typeof value.$ref === 'string'
    ? { $ref: value.$ref }
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, refsAlone(each)]));
}

const LIMITS: readonly Json[] = [
  { type: 'string', maxLength: 1 },
  { type: 'object', required: ['a'] },
  { type: 'number', minimum: 1 },
  { type: ['array', 'null', 'string'] },
  { not: { type: 'boolean' } },
  { not: { enum: [1, 'a'] } },
];

/** The schema after one to five edits; `allOf` and `definitions` at the root stay. */
export function editedSchema(draw: Draw, schema: JsonObject, other: JsonObject): JsonObject {
  let [root] = schema.allOf as readonly Json[];
  const [donor] = other.allOf as readonly Json[];
  for (let i = draw.upTo(4); i >= 0; i--) {
    const kept: Json = root;
    if (draw.chance(0.42)) {
      // narrower in a way of its own, or wider
      root = draw.chance(0.5)
        ? { allOf: [kept, LIMITS[draw.upTo(LIMITS.length - 1)]] }
        : { anyOf: [kept, LIMITS[draw.upTo(LIMITS.length - 1)]] };
      continue;
    }
    root =
      isObject(root) && isObject(donor) && draw.chance(0.2)
        ? { ...root, ...Object.fromEntries(Object.entries(donor).slice(0, 1)) }
        : edited(draw, root, donor, 0);
  }
  return { ...schema, allOf: [refsAlone(root)] };
}
