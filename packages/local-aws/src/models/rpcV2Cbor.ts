import { cbor, dateToTag } from '@smithy/core/cbor';
import type { HttpResponse, Protocol } from '../protocols/protocol';
import { AwsError, type JsonObject, type JsonValue } from '../service';
import { serviceModel, type ServiceName } from './serviceModels';
import type { Shape } from './shapes';

const PATH = /^\/service\/([^/]+)\/operation\/([^/]+)$/;

/**
 * Smithy RPC v2 with CBOR bodies, which newer SDKs (and the AWS CLI) speak to CloudWatch. Operations see and give the same
 * values as under the JSON protocol: times as seconds since 1970, blobs as base64 text.
 * Source: "Smithy RPC v2 CBOR protocol" in the Smithy documentation.
 */
export function rpcV2Cbor(service: ServiceName, target: string): Protocol {
  const model = serviceModel(service);
  const respond = (status: number, requestId: string, body: unknown): HttpResponse => ({
    status,
    headers: {
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
      'x-amzn-requestid': requestId,
    },
    body: Buffer.from(cbor.serialize(body)),
  });
  return {
    decode(request) {
      const [, prefix, operation] = PATH.exec(request.path) ?? [];
      if (prefix !== target || !operation) {
        throw new AwsError(
          'UnknownOperationException',
          `The path must be /service/${target}/operation/<operation>; it is ${request.path}.`,
        );
      }
      const input = model.operations.get(operation)?.input;
      return {
        operation,
        input: (input ? fromCbor(input, readBody(request.body)) : {}) as JsonObject,
      };
    },
    encode(operation, output, requestId) {
      const shape = model.operations.get(operation)?.output;
      return respond(200, requestId, shape ? toCbor(shape, output) : output);
    },
    encodeError: (error, requestId) =>
      respond(error.httpStatus, requestId, {
        ...error.details,
        __type: error.code,
        message: error.message,
      }),
  };
}

/** Whether a request says that it speaks this protocol. */
export const isRpcV2Cbor = (headers: Readonly<Record<string, string | undefined>>) =>
  headers['smithy-protocol'] === 'rpc-v2-cbor';

function readBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(body);
  } catch (error) {
    throw new AwsError('SerializationException', `The request body is not CBOR: ${(error as Error).message}`);
  }
}

/** What has another type than the model's stays as it is, for the type check to refuse. */
function fromCbor(shape: Shape, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) return value as JsonValue;
      return Object.fromEntries(
        shape
          .members()
          .filter(({ name }) => Object.hasOwn(value, name))
          .map(member => [member.name, fromCbor(member.shape, value[member.name])]),
      );
    case 'list':
      return Array.isArray(value) ? value.map(entry => fromCbor(shape.member, entry)) : (value as JsonValue);
    case 'map':
      return isObject(value) ? mapValues(value, v => fromCbor(shape.value, v)) : (value as JsonValue);
    case 'timestamp':
      // A tag 1: seconds since 1970.
      return isObject(value) && value.tag === 1 ? Number(value.value) : (value as JsonValue);
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as JsonValue);
    default:
      return typeof value === 'bigint' ? Number(value) : (value as JsonValue);
  }
}

function toCbor(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  switch (shape.kind) {
    case 'structure': {
      const values = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        shape
          .members()
          .filter(({ name }) => (values[name] ?? undefined) !== undefined)
          .map(member => [member.name, toCbor(member.shape, values[member.name])]),
      );
    }
    case 'list':
      return (value as readonly unknown[]).map(v => toCbor(shape.member, v));
    case 'map':
      return mapValues(value as Readonly<Record<string, unknown>>, v => toCbor(shape.value, v));
    case 'timestamp':
      return dateToTag(new Date(Number(value) * 1000));
    case 'blob':
      return Buffer.from(String(value), 'base64');
    default:
      return value;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues<T>(
  values: Readonly<Record<string, unknown>>,
  convert: (value: unknown) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, convert(value)]));
}
