import { AwsError, type JsonObject, type JsonValue } from '../service';
import type { HttpRequest, Protocol } from './protocol';
import { escapeXml, toXml } from './xml';

/** A form in the body, `Action` names the operation, XML in the answer. Lists come as `Tags.member.1.Key`. */
export function query(xmlNamespace: string): Protocol {
  const headersFor = (requestId: string) => ({
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
  });
  return {
    decode(request) {
      const form = readForm(request);
      const operation = form.get('Action');
      if (!operation) {
        throw new AwsError('MissingAction', 'The request names no Action.');
      }
      form.delete('Action');
      form.delete('Version');
      return { operation, input: unflatten(form) };
    },
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: headersFor(requestId),
      body:
        `<${operation}Response xmlns="${xmlNamespace}">` +
        `${toXml(`${operation}Result`, output)}` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
        `</${operation}Response>`,
    }),
    encodeError: (error, requestId) => ({
      status: error.httpStatus,
      headers: headersFor(requestId),
      body:
        `<ErrorResponse xmlns="${xmlNamespace}"><Error>` +
        `<Type>${error.httpStatus < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${escapeXml(error.code)}</Code>` +
        `<Message>${escapeXml(error.message)}</Message>` +
        `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
}

function readForm(request: HttpRequest): URLSearchParams {
  return new URLSearchParams(request.method === 'GET' ? request.query : request.body.toString('utf8'));
}

/** Objects while they are built. No prototype: a parameter may be called `__proto__`. */
type Node = Map<string, Node> | string;

/** Levels that a parameter name may have; AWS's shapes here have five at most. */
const MAX_DEPTH = 10;

function unflatten(form: URLSearchParams): JsonObject {
  const root: Node = new Map();
  for (const [name, value] of form) {
    const path = name.split('.');
    if (path.length > MAX_DEPTH) {
      throw new AwsError('MalformedQueryString', `The parameter name ${name} is nested too deeply.`);
    }
    let node: Map<string, Node> = root;
    for (const key of path.slice(0, -1)) {
      const next = node.get(key);
      const child: Map<string, Node> = next instanceof Map ? next : new Map();
      node.set(key, child);
      node = child;
    }
    node.set(path[path.length - 1], value);
  }
  return toObject(root);
}

function toObject(node: Map<string, Node>): JsonObject {
  const object: Record<string, JsonValue> = Object.create(null);
  for (const [key, child] of node) object[key] = toValue(child);
  return object;
}

function toValue(node: Node): JsonValue {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (node.size === 1 && members instanceof Map) {
    return [...members.entries()].sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => toValue(member));
  }
  return toObject(node);
}
