import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Description, loadDescription, type Operation, type Schema } from './description';

/** What GitHub may answer to everything, whether or not the description says so for an operation. */
const ANYWHERE = new Set([401, 403, 404, 429, 500, 502, 503]);

/** Says where a request or an answer departs from the description. */
export interface Validation {
  request(
    operation: Operation,
    values: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: unknown,
  ): readonly string[];
  answer(operation: Operation, status: number, body: unknown): readonly string[];
}

let loaded: Validation | undefined;

export function loadValidation(): Validation {
  loaded ??= createValidation(loadDescription());
  return loaded;
}

function createValidation({ document, resolve }: Description): Validation {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateSchema: false, logger: false });
  addFormats(ajv);
  ajv.addSchema({ components: document.components }, 'github');
  const compiled = new WeakMap<object, ValidateFunction>();
  const check = (schema: Schema, value: unknown, what: string): readonly string[] => {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"github#/components')));
      compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [what, instancePath, message, JSON.stringify(params)].join(' '),
    );
  };

  return {
    request(operation, values, query, body) {
      const problems: string[] = [];
      for (const { name, in: place, required, schema } of operation.parameters) {
        const given = place === 'path' ? values[name] : query.get(name) ?? undefined;
        if (place === 'header' || (given === undefined && !required)) continue;
        if (given === undefined) problems.push(`${place} parameter ${name} is missing`);
        else problems.push(...check(schema, typed(given, resolve<Schema>(schema)), `${place} parameter ${name}`));
      }
      const known = new Set(operation.parameters.filter(each => each.in === 'query').map(({ name }) => name));
      problems.push(
        ...[...query.keys()].filter(name => !known.has(name)).map(name => `query parameter ${name} is unknown`),
      );
      if (!operation.body) return body === undefined ? problems : [...problems, 'a body is not described'];
      if (body === undefined) return operation.body.required ? [...problems, 'the body is missing'] : problems;
      return [
        ...problems,
        ...check(operation.body.schema, body, 'body'),
        ...unknownFields(resolve(operation.body.schema), body),
      ];
    },
    answer(operation, status, body) {
      const schema = operation.answers.get(status);
      if (schema === null) return body === undefined ? [] : [`an answer of ${status} has no body`];
      if (schema) return check(schema, body, `answer ${status}`);
      if (!ANYWHERE.has(status)) return [`an answer of ${status} is not described`];
      return check(document.components.schemas['basic-error'], body, `answer ${status}`);
    },
  };
}

/** Parameters come as text. */
function typed(text: string, { type }: Schema): unknown {
  if (type === 'integer' || type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** The description lets unknown fields pass; an adapter that sends them is mistaken all the same. */
function unknownFields(schema: Schema, body: unknown): readonly string[] {
  if (!schema.properties || typeof body !== 'object' || body === null) return [];
  const { properties } = schema;
  return Object.keys(body)
    .filter(name => !Object.hasOwn(properties, name))
    .map(name => `body field ${name} is unknown`);
}
