import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { awsJson } from '../protocols/awsJson';
import type { HttpRequest, HttpResponse, Protocol } from '../protocols/protocol';
import { AwsError, type Caller, type Operation, type Service, type ServiceRequest } from '../service';
import { readSignedScope, type SignedScope } from './credentials';
import type { RateLimiter } from './rateLimiter';

/** Above AWS's largest request here (a schema, 8 MB as text), so that AWS's own errors come first. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface ServerParts {
  readonly services: readonly Service[];
  readonly rateLimiter: RateLimiter;
  /** @throws AwsError where the credentials are nobody's */
  readonly identify: (scope: SignedScope) => Caller;
  /** Called before an answer goes out, so that what was answered is on disk. */
  readonly flush: () => void;
  readonly onThrottled: (
    service: string,
    operation: string,
    scope: { readonly account: string; readonly region: string },
  ) => void;
  readonly logError: (message: string, error: unknown) => void;
}

/**
 * How long a connection may lie idle. Node's own 5 s is as long as a client that looks every 5 s waits in between, so that it
 * would send on a connection that is being closed; the SDK's clients keep theirs open for longer.
 */
const IDLE_CONNECTION_MS = 75_000;

/** The HTTP server over the services. Errors of every kind leave in the service's own protocol. */
export function createHttpServer(parts: ServerParts): Server {
  const services = new Map(parts.services.map(s => [s.signingName, s]));
  const server = createServer((message, response) => {
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    void answer(parts, services, message, abort.signal)
      .then(answered => send(response, answered))
      .catch(error => {
        if (!response.destroyed) {
          parts.logError('A request failed outside of its service', error);
          response.destroy();
        }
      });
  });
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  return server;
}

async function answer(
  parts: ServerParts,
  services: ReadonlyMap<string, Service>,
  message: IncomingMessage,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const requestId = randomUUID();
  // Until the service is known, an error goes out as JSON, which every client can print.
  let protocol: Protocol = awsJson('1.1', '');
  try {
    const request = await readRequest(message);
    if (isHealthCheck(request)) return health(services);
    const scope = readSignedScope(request);
    const service = findService(services, scope.service);
    protocol = service.protocol.forRequest?.(request) ?? service.protocol;
    const caller = parts.identify(scope);
    const call = { ...protocol.decode(request), caller, requestId, signal };
    const output = await run(parts, service, { ...call, region: scope.region });
    parts.flush();
    return protocol.encode(call.operation, output ?? {}, requestId);
  } catch (error) {
    // An operation may have changed something before it failed.
    parts.flush();
    return protocol.encodeError(toAwsError(parts, error), requestId);
  }
}

/** Takes the call's share of the request rate, checks its input, and does it. */
async function run(parts: ServerParts, service: Service, request: ServiceRequest): Promise<object | void> {
  const { operation, input, caller, region } = request;
  const operate = findOperation(service, operation);
  const scope = { account: caller.account, region };
  const { signingName } = service;
  if (!parts.rateLimiter.take({ ...scope, service: signingName, operation })) {
    parts.onThrottled(signingName, operation, scope);
    throw new AwsError('ThrottlingException', 'Rate exceeded');
  }
  service.check?.(operation, input);
  return operate(input, request);
}

function toAwsError(parts: ServerParts, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  parts.logError('An operation failed', error);
  return new AwsError('InternalFailure', (error as Error).message, {
    httpStatus: 500,
  });
}

function findService(services: ReadonlyMap<string, Service>, name: string): Service {
  const found = services.get(name);
  if (found) return found;
  const known = [...services.keys()].join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `There is no service "${name}" on this local server. It has: ${known}.`,
    { httpStatus: 501 },
  );
}

function findOperation(service: Service, operation: string): Operation {
  const found = service.operations.get(operation);
  if (found) return found;
  throw new AwsError(
    'UnknownOperationException',
    `This local server does not implement ${service.signingName}:${operation}. It implements: ${[
      ...service.operations.keys(),
    ]
      .sort()
      .join(', ')}.`,
    { httpStatus: 501 },
  );
}

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const headers: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(message.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError('RequestEntityTooLargeException', `The request body is larger than ${MAX_BODY_BYTES} bytes.`, {
        httpStatus: 413,
      });
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (message.headers['content-encoding'] !== 'gzip') return body;
  try {
    return await promisify(gunzip)(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    throw new AwsError('SerializationException', 'The request body says it is gzip and cannot be unpacked.');
  }
}

function isHealthCheck(request: HttpRequest): boolean {
  return (
    request.method === 'GET' &&
    request.path === '/' &&
    request.headers.authorization === undefined &&
    !request.query.has('X-Amz-Credential')
  );
}

function health(services: ReadonlyMap<string, Service>): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: '@busline/local-aws',
      notice: 'An AWS-compatible server for laptops and tests. It checks no secrets: do not put it on a network.',
      services: [...services.keys()].sort(),
    }),
  };
}

function send(response: ServerResponse, answered: HttpResponse): void {
  if (response.destroyed) return;
  const body = typeof answered.body === 'string' ? Buffer.from(answered.body, 'utf8') : answered.body;
  response.writeHead(answered.status, {
    ...answered.headers,
    'content-length': body.length,
  });
  response.end(body);
}
