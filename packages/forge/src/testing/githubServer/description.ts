import { readFileSync } from 'node:fs';

// GitHub's published OpenAPI description, as far as it is needed to look up operations and schemas.

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  /** `repos/get`, `git/create-tree`, … */
  readonly id: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema: Schema; readonly required: boolean };
  /** By status; `null` for one without a body. */
  readonly answers: ReadonlyMap<number, Schema | null>;
}

export interface Description {
  readonly document: Document;
  /** The operation that a path (still escaped) leads to, and the values in the path. */
  find(
    method: string,
    path: string,
  ): { readonly operation: Operation; readonly values: Readonly<Record<string, string>> } | undefined;
  resolve<T>(value: T | { readonly $ref: string }): T;
}

let loaded: Description | undefined;

/** Reads the 13 MB once in a process. */
export function loadDescription(): Description {
  loaded ??= readDescription(require.resolve('@octokit/openapi/generated/api.github.com.json'));
  return loaded;
}

function readDescription(file: string): Description {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const resolve = <T>(value: T | { readonly $ref: string }): T => {
    const ref = (value as { $ref?: string }).$ref;
    if (ref === undefined) return value as T;
    const parts = ref.slice(2).split('/');
    return resolve(parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document) as T);
  };
  const routes = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/repos/{owner}/{repo}'))
    .map(([path, methods]) => ({ pattern: patternOf(path), literals: path.replace(/\{[^}]+\}/g, '').length, methods }))
    // The more of a path is spelled out, the better it fits.
    .sort((a, b) => b.literals - a.literals);
  return {
    document,
    resolve,
    find: (method, path) => {
      for (const { pattern, methods } of routes) {
        const match = pattern.exec(path);
        const described = match && methods[method.toLowerCase()];
        if (described) {
          const values = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
          return { operation: toOperation(described, resolve), values: Object.fromEntries(values) };
        }
      }
      return undefined;
    },
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{([^}]+)\}/g, '(?<$1>[^/]+)')}$`);
}

function toOperation(described: DescribedOperation, resolve: Description['resolve']): Operation {
  const body = described.requestBody?.content?.['application/json'];
  const answers = Object.entries(described.responses).map(([status, response]): [number, Schema | null] => {
    const content = resolve<Content>(response).content;
    return [Number(status), content?.['application/json']?.schema ?? null];
  });
  return {
    id: described.operationId,
    parameters: (described.parameters ?? []).map(parameter => resolve<Parameter>(parameter)),
    ...(body && { body: { schema: body.schema, required: described.requestBody?.required === true } }),
    answers: new Map(answers),
  };
}
