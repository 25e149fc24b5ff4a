import { parseJsonObject } from '../protocols/awsJson';
import type { HttpRequest, Protocol } from '../protocols/protocol';
import { AwsError, type JsonObject, type JsonValue } from '../service';
import { ownMember } from './ownMember';
import { serviceModel, type ServiceName } from './serviceModels';
import type { Member, OperationModel, StructureShape } from './shapes';

const NO_CONTENT = 204;

/**
 * The REST-JSON protocol as the service's model binds it: labels in the path, members in the query, the rest as JSON.
 * Times go out as ISO 8601 text where the service gives text.
 */
export function restJson(service: ServiceName): Protocol {
  const model = serviceModel(service);
  const routes = [...model.operations.values()].map(readRoute);
  const headersFor = (requestId: string) => ({
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
  });
  return {
    decode(request) {
      const { route, labels } = findRoute(routes, request);
      return {
        operation: route.operation.name,
        input: readInput(route.operation.input, request, labels),
      };
    },
    encode(name, output, requestId) {
      const operation = model.operations.get(name);
      const status = operation?.http?.status ?? 200;
      return {
        status,
        headers: headersFor(requestId),
        body: status === NO_CONTENT ? '' : JSON.stringify(toWire(operation?.output, output)),
      };
    },
    encodeError: (error, requestId) => ({
      status: model.errors.get(error.code)?.httpStatus ?? error.httpStatus,
      headers: { ...headersFor(requestId), 'x-amzn-errortype': error.code },
      body: JSON.stringify({
        Code: error.code.replace(/Exception$/, ''),
        Message: error.message,
        ...error.details,
        message: error.message,
      }),
    }),
  };
}

interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly segments: readonly Segment[];
}

type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'label'; readonly member: string };

function readRoute(operation: OperationModel): Route {
  const [path] = (operation.http?.path ?? '').split('?');
  return {
    operation,
    method: operation.http?.method ?? 'POST',
    segments: splitPath(path).map(text => {
      const label = /^\{(.+?)\+?\}$/.exec(text);
      return label ? { kind: 'label', member: label[1] } : { kind: 'text', text };
    }),
  };
}

function splitPath(path: string): readonly string[] {
  return path.split('/').filter(text => text !== '');
}

function findRoute(
  routes: readonly Route[],
  request: HttpRequest,
): { readonly route: Route; readonly labels: ReadonlyMap<string, string> } {
  const segments = splitPath(request.path);
  // A fixed text wins over a label in the same place.
  const matching = routes
    .filter(route => route.method === request.method && routeFits(route, segments))
    .sort((a, b) => labelCount(a) - labelCount(b));
  if (matching.length === 0) {
    throw new AwsError('ForbiddenException', `No operation has the path ${request.method} ${request.path}.`, {
      httpStatus: 403,
    });
  }
  const [route] = matching;
  const labels = new Map<string, string>();
  route.segments.forEach((segment, index) => {
    if (segment.kind === 'label') {
      labels.set(segment.member, decodeSegment(segments[index]));
    }
  });
  return { route, labels };
}

function routeFits(route: Route, segments: readonly string[]): boolean {
  return (
    route.segments.length === segments.length &&
    route.segments.every((segment, index) => segment.kind === 'label' || segment.text === segments[index])
  );
}

function labelCount(route: Route): number {
  return route.segments.filter(segment => segment.kind === 'label').length;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('BadRequestException', `The path has an invalid percent encoding: ${segment}`);
  }
}

function readInput(shape: StructureShape, request: HttpRequest, labels: ReadonlyMap<string, string>): JsonObject {
  const body = parseJsonObject(request.body);
  const input: Record<string, JsonValue | undefined> = Object.create(null);
  for (const member of shape.members()) {
    const value = readMember(member, request, labels, body);
    if (value !== undefined) input[member.name] = value;
  }
  return input;
}

function readMember(
  { name, shape, location, wireName }: Member,
  { query, headers }: HttpRequest,
  labels: ReadonlyMap<string, string>,
  body: JsonObject,
): JsonValue | undefined {
  switch (location.kind) {
    case 'label':
      return labels.get(name);
    case 'query': {
      const texts = query.getAll(location.name);
      if (texts.length === 0) return undefined;
      if (shape.kind === 'list') return texts;
      return shape.kind === 'number' ? readNumber(texts[0]) : texts[0];
    }
    case 'header':
      return headers[location.name];
    case 'payload':
      return body;
    case 'status':
      return undefined;
    default:
      return ownMember(body, wireName);
  }
}

/** Text that is no number stays text, and the type check refuses it. */
function readNumber(text: string): number | string {
  return text.trim() === '' || isNaN(Number(text)) ? text : Number(text);
}

function toWire(shape: StructureShape | undefined, output: object): object {
  if (!shape) return output;
  const values = output as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    shape
      .members()
      .filter(member => Object.hasOwn(output, member.name))
      .map(member => [member.wireName, toWireValue(member, values[member.name])]),
  );
}

function toWireValue({ shape }: Member, value: unknown): unknown {
  if (shape.kind === 'list' && shape.member.kind === 'structure') {
    const { member } = shape;
    return (value as readonly object[] | undefined)?.map(entry => toWire(member, entry));
  }
  if (shape.kind === 'structure' && value) return toWire(shape, value as object);
  return value;
}
