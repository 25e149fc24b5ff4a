import { checkSchema, type JsonObject } from '@busline/json-schema';
import { toDraft4 } from './exportSchema';
import { isObject } from './shape';
import { badRequest } from './state';
import type { SchemaType } from './types';

/** Problems that one message tells of. */
const MAX_TOLD = 10;

/**
 * Checks that a schema's content is what its type says.
 * @throws AwsError BadRequestException with the places that are wrong
 */
export function checkContent(type: SchemaType, content: string): void {
  const document = parseObject(content);
  const problems = type === 'OpenApi3' ? openApiProblems(document) : draft4Problems(document);
  if (problems.length === 0) return;
  throw badRequest(`Content is not a valid ${type} document: ${problems.slice(0, MAX_TOLD).join('; ')}`);
}

function parseObject(content: string): JsonObject {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch (error) {
    throw badRequest(`Content is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(document)) throw badRequest('Content must be a JSON object.');
  return document;
}

function draft4Problems(document: JsonObject): readonly string[] {
  const { $schema: named } = document;
  if (named !== undefined && !/^http:\/\/json-schema\.org\/(draft-04\/)?schema#?$/.test(String(named))) {
    return [`/$schema: must name draft-04, not ${named}`];
  }
  return checkSchema(document, { draft: 'draft-04' }).map(({ path, message }) => `${path}: ${message}`);
}

function openApiProblems(document: JsonObject): readonly string[] {
  const { openapi, info, components } = document;
  const problems: string[] = [];
  if (typeof openapi !== 'string' || !/^3\.0\.\d+$/.test(openapi)) {
    problems.push('/openapi: must be a version 3.0.x');
  }
  if (!isObject(info) || typeof info.title !== 'string' || typeof info.version !== 'string') {
    problems.push('/info: must have a title and a version');
  }
  if (!isObject(document.paths)) problems.push('/paths: must be an object');
  const schemas = isObject(components) ? components.schemas : undefined;
  if (!isObject(schemas) || Object.keys(schemas).length === 0) {
    return [...problems, '/components/schemas: must hold a schema'];
  }
  for (const [name, schema] of Object.entries(schemas)) {
    if (!isObject(schema)) {
      problems.push(`/components/schemas/${name}: must be an object`);
    }
  }
  return problems.length > 0 ? problems : componentProblems(document);
}

/** Whether the components are schemas is told by their form as JSON Schema, at their place in the document. */
function componentProblems(document: JsonObject): readonly string[] {
  const { rootName, schema } = toDraft4(document);
  return checkSchema(schema, { draft: 'draft-04' }).map(({ path, message }) =>
    path.startsWith('/definitions/')
      ? `/components/schemas${path.slice('/definitions'.length)}: ${message}`
      : `/components/schemas/${rootName}${path}: ${message}`,
  );
}
