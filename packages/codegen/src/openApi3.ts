import type { EventType, Json, JsonObject, JsonSchemaDocument, SchemaVersion } from '@busline/event-repository';
import { asObject, pascalCase } from './names';

/**
 * A schema version as the EventBridge schema registry keeps it: OpenAPI 3.0 around the whole event, with source and
 * detail-type in `x-amazon-events-…`. Source: "Amazon EventBridge schemas" in the user guide.
 *
 * OpenAPI 3.0 says less than JSON Schema: what it has no word for (conditions, `patternProperties`, tuples) is left out,
 * so that the document never refuses more properties than the schema version does.
 */
export function toRegistrySchema(eventType: EventType, version: SchemaVersion): JsonObject {
  const name = pascalCase(eventType.detailType);
  const payload = `${name}Data`;
  const isForeign = eventType.eventPaths.data === undefined;
  const schemas = toComponents(version.schema, isForeign ? name : payload);
  return {
    openapi: '3.0.0',
    info: { version: version.version, title: name },
    paths: {},
    components: {
      schemas: {
        AWSEvent: envelope(eventType, name),
        ...(isForeign ? {} : { [name]: detail(payload) }),
        ...schemas,
      },
    },
  };
}

/** Name under which EventBridge itself files a discovered schema: `com.key.access@AccessGranted`. */
export function registrySchemaName(eventType: { readonly source: string; readonly detailType: string }): string {
  return `${eventType.source}@${pascalCase(eventType.detailType)}`.replace(/[^\w.@-]/g, '-');
}

function envelope(eventType: EventType, detailName: string): JsonObject {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['detail-type', 'resources', 'detail', 'id', 'source', 'time', 'region', 'version', 'account'],
    'x-amazon-events-detail-type': eventType.detailType,
    'x-amazon-events-source': eventType.source,
    properties: {
      detail: { $ref: componentRef(detailName) },
      account: text,
      'detail-type': text,
      id: text,
      region: text,
      resources: { type: 'array', items: text },
      source: text,
      time: { type: 'string', format: 'date-time' },
      version: text,
    },
  };
}

function detail(payload: string): JsonObject {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['metadata', 'data'],
    properties: {
      metadata: {
        type: 'object',
        required: ['id', 'schemaVersion', 'publishedBy'],
        properties: { id: text, schemaVersion: text, publishedBy: text, traceparent: text },
      },
      data: { $ref: componentRef(payload) },
    },
  };
}

/** The schema and its definitions as components; the root has the given name. */
function toComponents(schema: JsonSchemaDocument, name: string): JsonObject {
  const definitions = [...definitionsOf(schema)];
  const refs = new Map<string, string>([['#', name]]);
  for (const { pointer, key } of definitions) refs.set(pointer, `${name}${pascalCase(key)}`);
  const components: [string, Json][] = [[name, toOpenApi(schema, refs)]];
  for (const { pointer, value } of definitions) components.push([refs.get(pointer)!, toOpenApi(value, refs)]);
  return Object.fromEntries(components);
}

function* definitionsOf(schema: JsonSchemaDocument) {
  for (const keyword of ['$defs', 'definitions']) {
    const definitions = asObject(asObject(schema)?.[keyword]);
    for (const [key, value] of Object.entries(definitions ?? {})) {
      yield { key, value, pointer: `#/${keyword}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}` };
    }
  }
}

/** Keywords that mean the same in OpenAPI 3.0 and hold no schemas. */
const KEPT = [
  'title',
  'description',
  'default',
  'format',
  'enum',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'readOnly',
  'writeOnly',
  'deprecated',
] as const;
const MAX_DEPTH = 200;

function toOpenApi(value: Json, refs: ReadonlyMap<string, string>, depth = 0): JsonObject {
  const schema = asObject(value);
  // `true` and what cannot be said: anything.
  if (!schema || depth > MAX_DEPTH) return value === false ? { not: {} } : {};
  if (typeof schema.$ref === 'string') {
    const name = refs.get(decodeURI(schema.$ref));
    return name ? { $ref: componentRef(name) } : {};
  }
  const inner = (of: Json) => toOpenApi(of, refs, depth + 1);
  const list = (of: Json | undefined) => (Array.isArray(of) ? (of as readonly Json[]).map(inner) : undefined);
  const result: Record<string, Json> = {};
  for (const keyword of KEPT) {
    const said = schema[keyword];
    // JSON Schema allows `required: []`, OpenAPI 3.0 asks for at least one name; it says nothing either way.
    if (Object.hasOwn(schema, keyword) && !(Array.isArray(said) && said.length === 0)) result[keyword] = said;
  }
  if (Object.hasOwn(schema, 'const')) result.enum = [schema.const];
  if (Array.isArray(schema.examples) && schema.examples.length > 0) result.example = schema.examples[0];
  Object.assign(
    result,
    exclusive(schema, 'exclusiveMinimum', 'minimum'),
    exclusive(schema, 'exclusiveMaximum', 'maximum'),
  );
  const properties = asObject(schema.properties);
  if (properties) result.properties = Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, inner(v)]));
  const { additionalProperties, items } = schema;
  if (typeof additionalProperties === 'boolean') result.additionalProperties = additionalProperties;
  else if (additionalProperties !== undefined) result.additionalProperties = inner(additionalProperties);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const alternatives = list(schema[keyword]);
    if (alternatives) result[keyword] = alternatives;
  }
  if (schema.not !== undefined) result.not = inner(schema.not);
  const isTuple = Array.isArray(items) || schema.prefixItems !== undefined;
  if (items !== undefined || isTuple) result.items = isTuple ? {} : inner(items);
  return { ...typed(schema.type), ...result };
}

/** OpenAPI 3.0 knows one type, and `nullable`. */
function typed(type: Json | undefined): JsonObject {
  if (typeof type === 'string') return type === 'null' ? { nullable: true } : withItems({ type });
  if (!Array.isArray(type)) return {};
  const types = (type as readonly string[]).filter(one => one !== 'null');
  const nullable: JsonObject = types.length < type.length ? { nullable: true } : {};
  if (types.length === 0) return nullable;
  if (types.length === 1) return withItems({ type: types[0], ...nullable });
  return { anyOf: types.map(one => withItems({ type: one })), ...nullable };
}

/** OpenAPI 3.0 asks for `items` beside every `array`. */
function withItems(typedSchema: JsonObject): JsonObject {
  return typedSchema.type === 'array' ? { ...typedSchema, items: {} } : typedSchema;
}

/** A number of its own since draft 6; a mark on the bound before, and in OpenAPI 3.0. */
function exclusive(schema: JsonObject, keyword: string, bound: string): JsonObject {
  const value = schema[keyword];
  if (typeof value === 'number') return { [bound]: value, [keyword]: true };
  return typeof value === 'boolean' ? { [keyword]: value } : {};
}

function componentRef(name: string): string {
  return `#/components/schemas/${name}`;
}
