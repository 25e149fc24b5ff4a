import { inferSchema, type Json, type JsonObject } from '@busline/json-schema';
import { isObject, pascalCase, shapeOf } from './shape';

/** An event as discovery sees it; only what says its type is looked at. */
export type AnyEvent = Readonly<Record<string, unknown>>;

/**
 * The OpenApi3 document that discovery registers for events of one type: `AWSEvent` for the envelope, and a component
 * for `detail` and for every object in it.
 * @param events - at least one
 */
export function discoveredSchema(events: readonly AnyEvent[]): string {
  const [{ source, 'detail-type': detailType }] = events;
  return discoveredDocument(
    String(source ?? ''),
    String(detailType ?? ''),
    events.map(event => shapeOf(event.detail ?? {})),
  );
}

/** @param shapes - what `shapeOf` gives for the details of the events */
export function discoveredDocument(source: string, detailType: string, shapes: readonly Json[]): string {
  const name = pascalCase(detailType) || 'Event';
  const components = new Map<string, JsonObject>();
  components.set('AWSEvent', {});
  const detail = toOpenApi(inferSchema(shapes), name, components);
  components.set('AWSEvent', envelope(source, detailType, detail));
  return JSON.stringify({
    openapi: '3.0.0',
    info: { version: '1.0.0', title: name },
    paths: {},
    components: { schemas: Object.fromEntries(components) },
  });
}

function envelope(source: string, detailType: string, detail: Json): JsonObject {
  const text: JsonObject = { type: 'string' };
  return {
    type: 'object',
    required: [...['detail-type', 'resources', 'detail', 'id', 'source'], ...['time', 'region', 'version', 'account']],
    'x-amazon-events-detail-type': detailType,
    'x-amazon-events-source': source,
    properties: {
      detail,
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

/**
 * A schema as OpenAPI 3.0 writes it: objects become components of their own, `null` among several types becomes
 * `nullable`, other unions become `anyOf`. Only what the shape of events says is taken over.
 * @param name - for the component, where the schema is an object
 */
function toOpenApi(schema: Json, name: string, components: Map<string, JsonObject>): JsonObject {
  if (!isObject(schema)) return {};
  const alternatives = alternativesOf(schema);
  const nullable = alternatives.some(({ type }) => type === 'null');
  const converted = alternatives
    .filter(({ type }) => type !== 'null')
    .map(alternative => convertOne(alternative, name, components));
  const one: JsonObject = converted.length === 1 ? converted[0] : { anyOf: converted };
  if (converted.length === 0) return nullable ? { nullable: true } : {};
  if (!nullable) return one;
  // OpenAPI 3.0 ignores what stands beside a reference.
  return '$ref' in one ? { allOf: [one], nullable: true } : { ...one, nullable: true };
}

function alternativesOf(schema: JsonObject): readonly JsonObject[] {
  const union = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(union)) {
    return union.filter(isObject).flatMap(alternativesOf);
  }
  if (!Array.isArray(schema.type)) return schema.type === undefined ? [] : [schema];
  return schema.type.map(type => ({ ...schema, type }));
}

function convertOne(schema: JsonObject, name: string, components: Map<string, JsonObject>): JsonObject {
  switch (schema.type) {
    case 'object':
      return {
        $ref: `#/components/schemas/${addComponent(schema, name, components)}`,
      };
    case 'array':
      return {
        type: 'array',
        items: toOpenApi(schema.items ?? {}, `${name}Item`, components),
      };
    case 'string':
      return schema.format === 'date-time' ? { type: 'string', format: 'date-time' } : { type: 'string' };
    default:
      return { type: schema.type };
  }
}

function addComponent(
  { properties, required }: JsonObject,
  wanted: string,
  components: Map<string, JsonObject>,
): string {
  let name = wanted;
  for (let i = 2; components.has(name); i++) name = `${wanted}${i}`;
  components.set(name, {});
  const entries = isObject(properties) ? Object.entries(properties) : [];
  components.set(name, {
    type: 'object',
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      entries.map(([key, schema]) => [key, toOpenApi(schema, pascalCase(key) || 'Value', components)]),
    ),
  });
  return name;
}
