import type { Json, JsonObject } from '@busline/json-schema';
import { isObject } from './shape';

const COMPONENTS = '#/components/schemas/';
const MAX_DEPTH = 500;

/** A version's content as JSON Schema draft 4. */
export function exportAsDraft4(content: string): string {
  return JSON.stringify(toDraft4(JSON.parse(content)).schema);
}

/**
 * An OpenApi3 document as JSON Schema draft 4: the envelope (`AWSEvent`, else the first component) becomes the root, the
 * other components its definitions, and `nullable` a type.
 */
export function toDraft4({ components }: JsonObject): {
  readonly rootName: string;
  readonly schema: JsonObject;
} {
  const schemas = isObject(components) && isObject(components.schemas) ? components.schemas : {};
  const names = Object.keys(schemas);
  const rootName = names.includes('AWSEvent') ? 'AWSEvent' : names[0];
  const definitions = Object.fromEntries(
    names.filter(name => name !== rootName).map(name => [name, convert(schemas[name], rootName, 0)]),
  );
  const root = convert(schemas[rootName], rootName, 0);
  return {
    rootName,
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: rootName,
      definitions,
      ...(isObject(root) ? root : {}),
    },
  };
}

/** Keywords that OpenAPI has and JSON Schema has not. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'nullable',
  'discriminator',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
  'example',
  'deprecated',
]);

function convert(value: Json, rootName: string, depth: number): Json {
  if (depth > MAX_DEPTH) return {};
  if (Array.isArray(value)) {
    return value.map(entry => convert(entry, rootName, depth + 1));
  }
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string') {
    return { $ref: toDefinition(value.$ref, rootName) };
  }
  const entries = Object.entries(value)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(([key, entry]) => [key, convertEntry(key, entry, rootName, depth)] as const);
  const converted = Object.fromEntries(entries);
  return value.nullable === true && typeof value.type === 'string'
    ? { ...converted, type: [value.type, 'null'] }
    : converted;
}

/** Names of properties are no keywords. */
function convertEntry(key: string, entry: Json, rootName: string, depth: number): Json {
  if (key === 'enum') return entry;
  if (key !== 'properties' || !isObject(entry)) {
    return convert(entry, rootName, depth + 1);
  }
  return Object.fromEntries(
    Object.entries(entry).map(([name, schema]) => [name, convert(schema, rootName, depth + 1)]),
  );
}

function toDefinition(reference: string, rootName: string): string {
  if (!reference.startsWith(COMPONENTS)) return reference;
  const name = reference.slice(COMPONENTS.length);
  return name === rootName ? '#' : `#/definitions/${name}`;
}
