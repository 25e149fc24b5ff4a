/*
 * Events near a schema, drawn without the engine: each keyword that says what
 * there is, is followed; whether the event is valid is for a validator to say.
 */
import type { Json, JsonObject } from '@busline/json-schema';
import { NAMES, type SchemaMaker } from './schemas';

const MAX_DEPTH = 5;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function drawEvent(maker: SchemaMaker, root: JsonObject, schema: Json = root, depth = 0): Json {
  const { draw } = maker;
  const inner = (each: Json | undefined) =>
    each === undefined || depth > MAX_DEPTH ? maker.value(2) : drawEvent(maker, root, each, depth + 1);
  if (!isObject(schema) || draw.chance(0.05)) return maker.value(1);
  if (typeof schema.$ref === 'string') {
    const [name] = schema.$ref.split('/').slice(-1);
    return inner((root.definitions as JsonObject)[name]);
  }
  if (Object.hasOwn(schema, 'const')) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return draw.of(schema.enum as readonly Json[]);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const list = schema[keyword];
    if (Array.isArray(list) && list.length > 0 && draw.chance(0.7)) return inner(draw.of(list as readonly Json[]));
  }
  if (Object.hasOwn(schema, 'then') && draw.chance(0.4)) return inner(schema.then);
  const types = Array.isArray(schema.type)
    ? (schema.type as readonly string[])
    : [String(schema.type ?? guess(schema))];
  switch (draw.of(types)) {
    case 'object': {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : [];
      const names = NAMES.filter(
        name => required.includes(name) || draw.chance(Object.hasOwn(properties, name) ? 0.5 : 0.15),
      );
      return Object.fromEntries(
        names.map(name => [name, inner(Object.hasOwn(properties, name) ? properties[name] : undefined)]),
      );
    }
    case 'array': {
      const tuple = [schema.prefixItems, schema.items].find(each => Array.isArray(each)) as readonly Json[] | undefined;
      const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
      const length = draw.upTo(3);
      return Array.from({ length }, (_, i) => inner(tuple?.[i] ?? rest ?? schema.contains));
    }
    case 'null':
      return null;
    case 'boolean':
      return draw.chance(0.5);
    case 'integer':
      return draw.of([-1, 0, 1, 2, 3, 4, 10]);
    case 'number':
      return draw.of([-1, 0, 0.5, 1, 1.5, 2, 3]);
    case 'string':
      return draw.of(['', 'a', 'ab', 'abc', 'b', '2024-02-29', 'x@y.zz', '10.0.0.1', 'a1', 'cB']);
    default:
      return maker.value(1);
  }
}

function guess(schema: JsonObject): string {
  if (Object.hasOwn(schema, 'properties') || Object.hasOwn(schema, 'required')) return 'object';
  return Object.hasOwn(schema, 'items') || Object.hasOwn(schema, 'prefixItems') ? 'array' : 'any';
}
