import {
  type Json,
  type JsonObject,
  parseYaml,
  FILE_SCHEMAS,
  shapeOf,
  shapeViolations,
  yamlLocator,
} from '@busline/event-repository';
import { readText } from '../../diskFiles';
import { UsageError } from '../../errors';

/**
 * A mapping says which definitions of a bundle, or files of a folder, are event
 * types, and what the event repository is to say of them. Texts marked
 * "template" may hold `{{ name | filter }}` (see template.ts).
 */
export interface Mapping {
  /** Content of busline.yaml. */
  readonly repository: JsonObject;
  /** `accounts` of accounts.yaml. */
  readonly accounts?: JsonObject;
  /** The first rule that selects a definition makes it an event type. */
  readonly types: readonly TypeRule[];
  readonly domains?: readonly GroupRule[];
  readonly services?: readonly ServiceRule[];
  readonly examples?: ExampleRule;
}

export interface TypeRule {
  /** Globs on names of definitions (bundle) or paths of files (folder). */
  readonly select: readonly string[];
  readonly except?: readonly string[];
  /** Regular expression on the name; its named groups become variables. */
  readonly match?: string;
  /** Templates. */
  readonly source: string;
  readonly detailType: string;
  readonly title?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly domain?: string;
  readonly version?: string;
  readonly tags?: readonly string[];
  readonly lifecycle?: string;
  readonly classification?: string;
}

/** Event types by name of their definition; the first group that has one of the globs takes it. */
export interface GroupRule {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly types: readonly string[];
}

export interface ServiceRule {
  readonly name: string;
  readonly publishes: readonly string[];
  /** Content of the service's file. */
  readonly declare: JsonObject;
}

/**
 * Which values of the examples document belong to a type. `entries` leads to a
 * list; an entry counts when each pointer of `where` has that value (template);
 * `values` leads from the entry to the list of its examples, of which those
 * count that satisfy `and` likewise.
 */
export interface ExampleRule {
  readonly entries?: string;
  readonly where: Readonly<Record<string, string>>;
  readonly values?: string;
  readonly and?: Readonly<Record<string, string>>;
  /** Pointer from the entry to a text about the event type, for templates: `{{ entry.description }}`. */
  readonly description?: string;
  /** Most examples of one type; 3 if left out. */
  readonly limit?: number;
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', minItems: 1, items: text };
const byPointer = { type: 'object', additionalProperties: { type: 'string' } };
const owned = {
  name: text,
  title: text,
  description: text,
  owner: text,
  types: texts,
};

const MAPPING_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  required: ['repository', 'types'],
  properties: {
    repository: FILE_SCHEMAS.busline,
    accounts: (FILE_SCHEMAS.accounts.properties as JsonObject).accounts,
    types: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['select', 'source', 'detailType'],
        properties: {
          select: texts,
          except: texts,
          match: { type: 'string', format: 'regex' },
          source: text,
          detailType: text,
          title: text,
          description: text,
          owner: text,
          domain: text,
          version: text,
          tags: texts,
          lifecycle: text,
          classification: text,
        },
      },
    },
    domains: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'types'],
        properties: owned,
      },
    },
    services: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'publishes', 'declare'],
        properties: {
          name: text,
          publishes: texts,
          declare: FILE_SCHEMAS.service,
        },
      },
    },
    examples: {
      type: 'object',
      additionalProperties: false,
      required: ['where'],
      properties: {
        entries: { type: 'string' },
        where: byPointer,
        values: { type: 'string' },
        and: byPointer,
        description: text,
        limit: { type: 'integer', minimum: 0 },
      },
    },
  },
};

/**
 * Reads a mapping file.
 * @throws UsageError with file, line and column of everything that is wrong
 */
export function readMapping(file: string): Mapping {
  const yaml = readText(file);
  if (yaml === undefined) throw new UsageError(`There is no file ${file}`);
  const { value, errors } = parseYaml(yaml);
  if (value === undefined || errors.length > 0) {
    throw new UsageError(
      errors.map(({ position, message }) => `${file}:${position.line}:${position.column} ${message}`).join('; '),
    );
  }
  const locate = yamlLocator(yaml);
  const violations = shapeViolations(shapeOf(MAPPING_SCHEMA), value as Json);
  if (violations.length > 0) {
    throw new UsageError(
      violations
        .map(({ pointer, at, message }) => {
          const { line, column } = locate(pointer, at);
          return `${file}:${line}:${column} ${message}`;
        })
        .join('; '),
    );
  }
  return value as unknown as Mapping;
}
