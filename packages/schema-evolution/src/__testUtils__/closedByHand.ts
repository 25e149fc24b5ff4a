/*
 * The closed-world reading of a schema, written out for another validator:
 * `unevaluatedProperties: false` in the root and in each schema of a property
 * or an item, not in conditions, `not`, `contains` nor booleans. For drafts
 * that have the keyword.
 */
import type { Json, JsonObject } from '@busline/json-schema';

const MAPS = ['properties', 'patternProperties'];
const INSIDE = ['additionalProperties', 'items', 'additionalItems', 'unevaluatedProperties', 'unevaluatedItems'];
const AS_WRITTEN = ['not', 'contains', 'propertyNames'];

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapped(value: Json, change: (each: Json) => Json): Json {
  if (Array.isArray(value)) return value.map(change);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)])) : value;
}

/** References to the definitions as they are written. */
function asWritten(value: Json): Json {
  if (Array.isArray(value)) return value.map(asWritten);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string' ? each.replace('#/definitions/', '#/$defs/') : asWritten(each),
    ]),
  );
}

function closed(schema: Json, fresh: boolean): Json {
  if (!isObject(schema)) return schema;
  const result: { [keyword: string]: Json } = {};
  const more: Json[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (MAPS.includes(keyword)) {
      result[keyword] = mapped(value, each => closed(each, true));
    } else if (INSIDE.includes(keyword)) {
      result[keyword] = Array.isArray(value) ? mapped(value, each => closed(each, true)) : closed(value, true);
    } else if (keyword === 'prefixItems') {
      result[keyword] = mapped(value, each => closed(each, true));
    } else if (AS_WRITTEN.includes(keyword)) {
      result[keyword] = asWritten(value);
    } else if (keyword === 'oneOf') {
      // exactly one as written, and that one closed
      result.oneOf = asWritten(value);
      more.push({ anyOf: mapped(value, each => closed(each, false)) });
    } else if (keyword === 'dependentSchemas' && isObject(value)) {
      // Ajv forgets what others looked at where the name is not there
      more.push(
        ...Object.entries(value).map(([name, each]) => ({
          if: { type: 'object', required: [name] },
          then: closed(each, false),
        })),
      );
    } else if (['allOf', 'anyOf'].includes(keyword)) {
      result[keyword] = mapped(value, each => closed(each, false));
    } else if (!['if', 'then', 'else'].includes(keyword)) {
      result[keyword] = value;
    }
  }
  if (Object.hasOwn(schema, 'if')) {
    // Ajv forgets what a condition looked at where the consequence looks at nothing
    const condition = asWritten(schema.if);
    const consequence = (keyword: 'then' | 'else') => closed(schema[keyword] ?? true, false);
    more.push({
      anyOf: [{ allOf: [condition, consequence('then')] }, { allOf: [{ not: condition }, consequence('else')] }],
    });
  }
  if (more.length > 0) {
    result.allOf = [...((result.allOf as readonly Json[] | undefined) ?? []), ...more];
  }
  return fresh && !Object.hasOwn(result, 'unevaluatedProperties')
    ? { ...result, unevaluatedProperties: false }
    : result;
}

export function closedByHand(schema: JsonObject): JsonObject {
  const { definitions = {}, ...rest } = schema;
  return {
    ...(closed(rest, true) as JsonObject),
    definitions: mapped(definitions, each => closed(each, false)),
    $defs: asWritten(definitions),
  };
}
