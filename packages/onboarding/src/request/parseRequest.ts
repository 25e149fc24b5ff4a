import { disguise, type Json } from '@busline/event-repository';
import { compileSchema, type ValidationError } from '@busline/json-schema';
import { pointer } from './pointer';
import type { RequestProblem } from './problem';
import type { OnboardingRequest } from './request';
import { REQUEST_SCHEMAS } from './requestSchema';

/** Characters of a request as JSON: a schema and an example fit, a dump of a table does not. */
export const MAX_REQUEST_CHARACTERS = 1_000_000;
/** Nesting of a request: schemas and examples go deep, attackers deeper. */
const MAX_REQUEST_DEPTH = 100;

export type ParsedRequest =
  | { readonly kind: 'request'; readonly request: OnboardingRequest }
  | { readonly kind: 'problems'; readonly problems: readonly RequestProblem[] };

/**
 * Reads a request that comes from outside. Gives every problem of its shape at once, each with the JSON pointer of the
 * field; never throws.
 */
export function parseRequest(value: unknown): ParsedRequest {
  const size = sizeProblem(value);
  if (size) return { kind: 'problems', problems: [size] };
  const kind = typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(REQUEST_SCHEMAS, kind)) {
    const message = `expected one of ${Object.keys(REQUEST_SCHEMAS).join(', ')}`;
    return { kind: 'problems', problems: [{ field: '/kind', message, rule: 'request-shape' }] };
  }
  const schema = REQUEST_SCHEMAS[kind as OnboardingRequest['kind']];
  const result = compileSchema(schema).validate(value);
  if (!result.valid) return { kind: 'problems', problems: shapeProblems(result.errors, schema) };
  const problems = textProblems(value as Json);
  return problems.length > 0
    ? { kind: 'problems', problems }
    : { kind: 'request', request: value as OnboardingRequest };
}

function sizeProblem(value: unknown): RequestProblem | undefined {
  const problem = (message: string): RequestProblem => ({ field: '', message, rule: 'request-shape' });
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    return problem('the request is no JSON value, or it is nested too deeply');
  }
  if (text === undefined) return problem('the request is no JSON value');
  if (text.length > MAX_REQUEST_CHARACTERS) {
    return problem(`the request has ${text.length} characters as JSON; at most ${MAX_REQUEST_CHARACTERS} are taken`);
  }
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '{' || char === '[') deepest = Math.max(deepest, (depth += 1));
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest > MAX_REQUEST_DEPTH
    ? problem(`the request is nested deeper than ${MAX_REQUEST_DEPTH} levels`)
    : undefined;
}

/** Keywords that only say that a subschema failed: what failed in it is reported too. */
const WRAPPERS = new Set(['if', 'then', 'else', 'allOf', 'properties', 'items', 'additionalProperties']);

function shapeProblems(errors: readonly ValidationError[], schema: Json): readonly RequestProblem[] {
  const problems = new Map<string, RequestProblem>();
  for (const error of errors) {
    const expected = expectedAt(schema, error.schemaPath);
    const field = fieldOf(error);
    const isWrapper = WRAPPERS.has(error.keyword) && error.keyword !== 'additionalProperties';
    if (isWrapper && errors.some(other => other !== error && other.instancePath.startsWith(error.instancePath)))
      continue;
    if (problems.has(field)) continue;
    const message = expected === undefined ? error.message : `expected ${expected}`;
    problems.set(field, { field, message, rule: 'request-shape' });
  }
  return [...problems.values()];
}

/** A missing property is shown where it should be. */
function fieldOf({ instancePath, keyword, message }: ValidationError): string {
  if (keyword !== 'required') return instancePath;
  const name = /["'`]([^"'`]+)["'`]/.exec(message)?.[1];
  return name === undefined ? instancePath : instancePath + pointer(name);
}

function expectedAt(schema: Json, schemaPath: string): string | undefined {
  const keys = schemaPath.replace(/^#/, '').split('/').slice(1, -1);
  let at: unknown = schema;
  for (const key of keys) {
    const name = key.replace(/~1/g, '/').replace(/~0/g, '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  const expected = (at as Record<string, unknown> | undefined)?.['x-expected'];
  return typeof expected === 'string' ? expected : undefined;
}

/** CloudFormation resolves these references wherever they stand in a template, and shows what they lead to. */
const DYNAMIC_REFERENCE = /\{\{\s*resolve:/i;

/** Fields that name something: they must look like what they are. */
const NAMES = new Set(['name', 'source', 'detailType', 'title', 'environment', 'account', 'service', 'subscription']);
/** Below these a person's own JSON begins, in which names may be anything. */
const OPAQUE = new Set(['schema', 'example']);

function textProblems(value: Json): readonly RequestProblem[] {
  const problems: RequestProblem[] = [];
  const visit = (at: Json, path: string, key: string) => {
    if (typeof at === 'string') {
      const message = textProblem(at, key);
      if (message) problems.push({ field: path, message, rule: 'unsafe-name' });
      return;
    }
    if (at === null || typeof at !== 'object' || OPAQUE.has(key)) return;
    const entries = Array.isArray(at) ? (at as readonly Json[]).entries() : Object.entries(at);
    for (const [name, inner] of entries) {
      if (DYNAMIC_REFERENCE.test(String(name))) problems.push({ field: path, message: REFERENCE, rule: 'unsafe-name' });
      visit(inner, path + pointer(name), typeof name === 'string' ? name : key);
    }
  };
  visit(value, '', '');
  return problems;
}

const REFERENCE = 'must not hold {{resolve:…}}, which CloudFormation would replace by a secret';

function textProblem(text: string, key: string): string | undefined {
  if (DYNAMIC_REFERENCE.test(text)) return REFERENCE;
  if (!NAMES.has(key)) return undefined;
  const reason = disguise(text);
  return reason === undefined ? undefined : `the name ${JSON.stringify(text)} ${reason}`;
}
