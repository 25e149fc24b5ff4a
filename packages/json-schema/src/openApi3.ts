/*
 * Schemas of OpenAPI 3.0, as EventBridge's schema registry keeps them, to JSON
 * Schema.
 */
import { InvalidSchemaError } from './errors';
import { extractDefinition } from './extractDefinition';
import { isArray, isObject, own, ownObject, ownString } from './json';
import { escapeKey } from './pointer';
import type { EnvelopeDetail, Json, JsonObject } from './types';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/** Keywords of OpenAPI that JSON Schema does not have. */
const OPENAPI_ONLY: ReadonlySet<string> = new Set(['nullable', 'discriminator', 'xml', 'externalDocs', 'example']);

function withNull(schema: JsonObject): JsonObject {
  const type = own(schema, 'type');
  const values = own(schema, 'enum');
  if (typeof type === 'string') {
    return {
      ...schema,
      type: [type, 'null'],
      ...(isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
    };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

/** `exclusiveMinimum: true` beside `minimum`, to a limit of its own. */
function withExclusive(
  schema: { [key: string]: Json },
  limit: 'minimum' | 'maximum',
  flag: 'exclusiveMinimum' | 'exclusiveMaximum',
): void {
  if (typeof schema[flag] === 'boolean') {
    if (schema[flag] && schema[limit] !== undefined) {
      schema[flag] = schema[limit];
      delete schema[limit];
    } else {
      delete schema[flag];
    }
  }
}

/** One schema object of OpenAPI 3.0 as one of draft-07. */
function translate(schema: JsonObject): JsonObject {
  const result: { [key: string]: Json } = {};
  for (const key of Object.keys(schema)) {
    if (!OPENAPI_ONLY.has(key) && !key.startsWith('x-amazon-events-')) {
      result[key] = schema[key];
    }
  }
  if (Object.hasOwn(schema, 'example')) {
    result.examples = [schema.example];
  }
  withExclusive(result, 'minimum', 'exclusiveMinimum');
  withExclusive(result, 'maximum', 'exclusiveMaximum');
  return own(schema, 'nullable') === true ? withNull(result) : result;
}

/**
 * One schema of an OpenAPI 3.0 document as a self-contained JSON Schema of
 * draft-07. `pointer` is a JSON pointer such as `/components/schemas/Order`.
 *
 * Throws `InvalidSchemaError` if nothing is there, and
 * `UnresolvableReferenceError` if a reference leads nowhere.
 */
export function fromOpenApi3(document: unknown, pointer: string): JsonObject {
  return extractDefinition(document, pointer, {
    draft: 'draft-07',
    schemaUri: DRAFT_07,
    definitions: 'definitions',
    translate,
  });
}

/** The envelope, and where it stands. */
interface Envelope {
  readonly schema: JsonObject;
  readonly pointer: string;
}

function envelopeOf(document: JsonObject): Envelope {
  const components = ownObject(document, 'components') ?? {};
  const schemas = ownObject(components, 'schemas') ?? {};
  const isEnvelope = (name: string) => {
    const schema = schemas[name];
    return (
      isObject(schema) &&
      (Object.hasOwn(schema, 'x-amazon-events-source') || Object.hasOwn(schema, 'x-amazon-events-detail-type'))
    );
  };
  const name = Object.hasOwn(schemas, 'AWSEvent') ? 'AWSEvent' : Object.keys(schemas).find(isEnvelope);
  const schema = name === undefined ? undefined : schemas[name];
  if (name !== undefined && isObject(schema)) {
    return { schema, pointer: `/components/schemas/${escapeKey(name)}` };
  }
  // a JSONSchemaDraft4 of the registry describes the envelope itself
  if (ownObject(document, 'properties')) {
    return { schema: document, pointer: '' };
  }
  throw new InvalidSchemaError('/components/schemas', 'There is no AWSEvent in components/schemas');
}

/**
 * What a schema of the EventBridge registry says of one event type: `detail`,
 * taken out of the envelope `AWSEvent`, with source and detail-type. Takes the
 * OpenApi3 form (and the JSONSchemaDraft4 form of the same).
 *
 * Throws `InvalidSchemaError` if there is no envelope or it has no `detail`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html
 */
export function extractEnvelopeDetail(openApi3: unknown): EnvelopeDetail {
  if (!isObject(openApi3)) {
    throw new InvalidSchemaError('', 'Schema must be an object');
  }
  const { schema, pointer } = envelopeOf(openApi3);
  const detail = ownObject(ownObject(schema, 'properties') ?? {}, 'detail');
  if (!detail) {
    throw new InvalidSchemaError(`${pointer}/properties/detail`, 'The envelope has no detail');
  }
  const source = ownString(schema, 'x-amazon-events-source');
  const detailType = ownString(schema, 'x-amazon-events-detail-type');
  const isOpenApi = ownString(openApi3, 'openapi') !== undefined;
  const at = detailPointer(detail, pointer);
  return {
    ...(source === undefined ? {} : { source }),
    ...(detailType === undefined ? {} : { detailType }),
    schema: isOpenApi ? fromOpenApi3(openApi3, at) : extractDefinition(openApi3, at, { draft: 'draft-04' }),
  };
}

/** Straight to the definition, where `detail` is nothing but a reference to it. */
function detailPointer(detail: JsonObject, envelope: string): string {
  const reference = ownString(detail, '$ref');
  return reference?.startsWith('#/') ? reference : `${envelope}/properties/detail`;
}
