import { isObject } from '../input';
import type { JsonObject, JsonValue } from '../service';
import { resourceSchema, type ResourceSchema, type ValueSchema } from './resourceSchema';

/** The properties as the type wants them, and what is wrong with them. */
export interface CheckedProperties {
  readonly properties: JsonObject;
  readonly problems: readonly string[];
}

/**
 * Checks a resource's properties against the type's schema, and brings `"60"` and `"true"` to the type that the schema
 * wants, as AWS does. The texts are those of AWS's validator.
 * @param properties - with every function resolved
 */
export function checkProperties(type: string, properties: JsonObject): CheckedProperties {
  const schema = resourceSchema(type);
  if (!schema) return { properties, problems: [`#: resource type ${type} is not supported`] };
  const problems: string[] = [];
  const readOnly = new Set(
    (schema.readOnlyProperties ?? []).map(pointer => pointer.split('/')[2]).filter(name => name in properties),
  );
  for (const name of readOnly) problems.push(`#: Encountered unsupported property ${name}: it is read-only`);
  const given = Object.fromEntries(Object.entries(properties).filter(([name]) => !readOnly.has(name)));
  const checked = check({ schema, problems }, schema, given, '#') as JsonObject;
  const names = Object.keys(properties);
  const { requiredOr, requiredXor } = schema;
  if (requiredOr && !requiredOr.some(name => names.includes(name))) {
    problems.push(`#: at least one of [${requiredOr.join(', ')}] is required`);
  }
  if (requiredXor && requiredXor.filter(name => names.includes(name)).length !== 1) {
    problems.push(`#: exactly one of [${requiredXor.join(', ')}] is required`);
  }
  return { properties: checked, problems };
}

interface Check {
  readonly schema: ResourceSchema;
  readonly problems: string[];
}

function check(context: Check, asked: ValueSchema, value: JsonValue, path: string): JsonValue {
  const schema = dereferenced(context, asked);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const given = coerced(types, value);
  if (types.length > 0 && !types.some(type => fits(type, given))) {
    context.problems.push(`${path}: expected type: ${javaName(types[0])}, found: ${javaName(typeNameOf(given))}`);
    return given;
  }
  checkScalar(context, schema, given, path);
  if (Array.isArray(given)) return checkList(context, schema, given as readonly JsonValue[], path);
  // `PolicyDocument` and their like: any object, or a text.
  if (isObject(given) && (schema.properties || schema.patternProperties)) {
    return checkObject(context, schema, given, path);
  }
  return given;
}

function dereferenced({ schema }: Check, value: ValueSchema): ValueSchema {
  const name = value.$ref?.split('/')[2];
  return name === undefined ? value : schema.definitions?.[name] ?? {};
}

/** Texts become numbers and booleans, and these texts, where that is what the schema wants. */
function coerced(types: readonly string[], value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    if (types.includes('string')) return value;
    const numeric = types.includes('integer') || types.includes('number');
    if (numeric && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
    if (types.includes('boolean') && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    return value;
  }
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  return scalar && types.includes('string') && !types.includes(typeNameOf(value)) ? String(value) : value;
}

function fits(type: string, value: JsonValue): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isObject(value);
  return type === 'array' ? Array.isArray(value) : typeof value === type;
}

function typeNameOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

const JAVA_NAMES: Readonly<Record<string, string>> = {
  array: 'JSONArray',
  boolean: 'Boolean',
  integer: 'Integer',
  null: 'Null',
  number: 'Number',
  object: 'JSONObject',
  string: 'String',
};
const javaName = (type: string) => JAVA_NAMES[type] ?? type;

function checkScalar({ problems }: Check, schema: ValueSchema, value: JsonValue, path: string): void {
  if (schema.enum && !schema.enum.includes(value)) {
    problems.push(`${path}: #: ${String(value)} is not a valid enum value`);
  }
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Infinity, pattern } = schema;
    if (value.length < minLength) {
      problems.push(`${path}: expected minLength: ${minLength}, actual: ${value.length}`);
    }
    if (value.length > maxLength) {
      problems.push(`${path}: expected maxLength: ${maxLength}, actual: ${value.length}`);
    }
    if (pattern !== undefined && !compiled(pattern).test(value)) {
      problems.push(`${path}: failed validation constraint for keyword [pattern]`);
    }
  }
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (value < minimum) problems.push(`${path}: ${value} is not greater or equal to ${minimum}`);
    if (value > maximum) problems.push(`${path}: ${value} is not less or equal to ${maximum}`);
  }
}

function checkList(context: Check, schema: ValueSchema, list: readonly JsonValue[], path: string): JsonValue {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (list.length < minItems) {
    context.problems.push(`${path}: expected minimum item count: ${minItems}, found: ${list.length}`);
  }
  if (list.length > maxItems) {
    context.problems.push(`${path}: expected maximum item count: ${maxItems}, found: ${list.length}`);
  }
  return items ? list.map((item, index) => check(context, items, item, `${path}/${index}`)) : list;
}

function checkObject(context: Check, schema: ValueSchema, value: JsonObject, path: string): JsonObject {
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) context.problems.push(`${path}: required key [${name}] not found`);
  }
  const members = Object.entries(value).map(([name, member]) => {
    const asked = memberSchema(schema, name);
    if (asked) return [name, check(context, asked, member ?? null, `${path}/${name}`)] as const;
    if (schema.additionalProperties === false) {
      context.problems.push(`${path}: extraneous key [${name}] is not permitted`);
    }
    return [name, member] as const;
  });
  return Object.fromEntries(members);
}

function memberSchema(schema: ValueSchema, name: string): ValueSchema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  return Object.entries(schema.patternProperties ?? {}).find(([pattern]) => compiled(pattern).test(name))?.[1];
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let regExp = patterns.get(pattern);
  if (!regExp) {
    regExp = new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '');
    patterns.set(pattern, regExp);
  }
  return regExp;
}
