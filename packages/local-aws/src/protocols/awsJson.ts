import { AwsError, type JsonObject } from '../service';
import type { HttpRequest, Protocol } from './protocol';

/** JSON in the body, the operation in `X-Amz-Target: <prefix>.<operation>`. */
export function awsJson(version: '1.0' | '1.1', targetPrefix: string): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  const headersFor = (requestId: string) => ({
    'content-type': contentType,
    'x-amzn-requestid': requestId,
  });
  return {
    decode(request) {
      const [prefix, operation] = splitTarget(request);
      if (prefix !== targetPrefix || !operation) {
        throw new AwsError(
          'UnknownOperationException',
          `X-Amz-Target must be ${targetPrefix}.<operation>; it is ${request.headers['x-amz-target'] ?? 'missing'}.`,
        );
      }
      return { operation, input: parseJsonObject(request.body) };
    },
    encode: (_operation, output, requestId) => ({
      status: 200,
      headers: headersFor(requestId),
      body: JSON.stringify(output),
    }),
    encodeError: (error, requestId) => ({
      status: error.httpStatus,
      headers: { ...headersFor(requestId), 'x-amzn-errortype': error.code },
      body: JSON.stringify({
        ...error.details,
        __type: error.code,
        message: error.message,
      }),
    }),
  };
}

function splitTarget(request: HttpRequest): [string, string] {
  const target = request.headers['x-amz-target'] ?? '';
  const dot = target.indexOf('.');
  return [target.slice(0, dot), target.slice(dot + 1)];
}

/** @throws AwsError SerializationException unless the body is a JSON object; an empty body is an empty object */
export function parseJsonObject(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AwsError('SerializationException', `The request body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The request body must be a JSON object.');
  }
  return value as JsonObject;
}
