import { compileSchema, type CompiledSchema } from '@busline/json-schema';
import { FILE_SCHEMAS, type YamlKind } from './schemas';
import { didYouMean, nearest } from './text/nearest';
import { formatPointer, parsePointer, type Pointer } from './text/position';
import type { Json, JsonObject } from './types';

/** One thing in which a YAML file is not as its published schema has it. */
export interface Violation {
  readonly kind: 'unknown-key' | 'missing-key' | 'wrong-value';
  readonly pointer: Pointer;
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** A schema that values can be checked with many times. */
export interface Shape {
  readonly schema: JsonObject;
  readonly compiled: CompiledSchema;
}

export const shapeOf = (schema: JsonObject): Shape => ({
  schema,
  compiled: compileSchema(schema),
});

const published = new Map<YamlKind, Shape>();

function shapeOfKind(kind: YamlKind): Shape {
  let shape = published.get(kind);
  if (!shape) {
    shape = shapeOf(FILE_SCHEMAS[kind]);
    published.set(kind, shape);
  }
  return shape;
}

/** Checks a file's value with the published schema of its kind. */
export function violationsOf(kind: YamlKind, value: Json): readonly Violation[] {
  return shapeViolations(shapeOfKind(kind), value);
}

/** Checks a value, and says in words for people what is wrong with it. */
export function shapeViolations({ schema, compiled }: Shape, value: Json): readonly Violation[] {
  if (compiled.isValid(value)) return [];
  const result = compiled.validate(value);
  if (result.valid) return [];
  const violations = new Map<string, Violation>();
  for (const error of result.errors) {
    const { instancePath, schemaPath, message } = error;
    const context = contextOf(schema, value, instancePath, schemaPath);
    for (const violation of translate(context, message)) {
      const key = JSON.stringify([violation.kind, violation.pointer, violation.message]);
      violations.set(key, violation);
    }
  }
  return [...violations.values()];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface ErrorContext {
  readonly pointer: readonly string[];
  readonly value: unknown;
  /** The schema whose keyword failed. */
  readonly schema: JsonObject;
  readonly argument: unknown;
  /** Keys from the root of the published schema to the keyword. */
  readonly keyword: readonly string[];
}

function contextOf(schema: JsonObject, root: Json, instancePath: string, schemaPath: string): ErrorContext {
  const pointer = parsePointer(instancePath);
  const keyword = parsePointer(schemaPath);
  return {
    pointer,
    value: resolve(root, pointer),
    schema: (resolve(schema, keyword.slice(0, -1)) ?? {}) as JsonObject,
    argument: resolve(schema, keyword),
    keyword,
  };
}

function resolve(root: unknown, pointer: readonly string[]): unknown {
  let value = root;
  for (const part of pointer) {
    if (!isObject(value) && !Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

const nameOf = (pointer: Pointer) => (pointer.length === 0 ? 'the file ' : `\`${formatPointer(pointer)}\` `);

const wrong = (pointer: Pointer, message: string, at: 'key' | 'value' = 'value'): Violation => ({
  kind: 'wrong-value',
  pointer,
  at,
  message,
});

const wrongName = ({ pointer, schema }: ErrorContext): Violation =>
  wrong(pointer, `the name ${found(pointer.at(-1))} must match ${schema.pattern}`, 'key');

function translate(context: ErrorContext, message: string): readonly Violation[] {
  const { pointer, schema, value } = context;
  if (context.keyword.includes('propertyNames')) return [wrongName(context)];
  const keyword = context.keyword.at(-1) ?? '';
  switch (keyword) {
    case 'additionalProperties':
      return [unknownKey(context)];
    case 'required':
      return missingKeys(context);
    case 'not':
      return [wrong(pointer, 'give either `target` or `targets`, not both', 'key')];
    default:
      return [wrong(pointer, `${nameOf(pointer)}${explain(keyword, schema, value, message)}`)];
  }
}

const place = (pointer: Pointer) => (pointer.length === 0 ? '' : ` in \`${formatPointer(pointer)}\``);

function unknownKey({ pointer, schema }: ErrorContext): Violation {
  const known = Object.keys((schema.properties ?? {}) as JsonObject);
  const key = pointer.at(-1) ?? '';
  const parent = pointer.slice(0, -1);
  const near = nearest(key, known);
  const hint = near ? `did you mean \`${near}\`?` : `expected ${oneOf(known.map(name => `\`${name}\``))}`;
  return {
    kind: 'unknown-key',
    pointer,
    at: 'key',
    message: `unknown key \`${key}\`${place(parent)}; ${hint}`,
  };
}

function missingKeys({ pointer, schema, value, argument }: ErrorContext): Violation[] {
  if (!isObject(value) || !Array.isArray(argument)) return [];
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  return argument
    .filter(key => !Object.hasOwn(value, key))
    .map(key => {
      const meaning = properties[key]?.description;
      return {
        kind: 'missing-key',
        pointer,
        at: 'key',
        message: `missing key \`${key}\`${place(pointer)}${meaning ? `: ${meaning}` : ''}`,
      };
    });
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What is wrong with the value, in words that say what was expected. */
function explain(keyword: string, schema: JsonObject, value: unknown, fallback: string): string {
  const meaning = schema.description ? ` (${schema.description})` : '';
  switch (keyword) {
    case 'type': {
      const types = ([] as string[]).concat(schema.type as string | string[]);
      const quote =
        types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')
          ? '; put it in quotes'
          : '';
      return `must be ${oneOf(types.map(type => TYPE_WORDS[type] ?? type))}, found ${found(value)}${quote}`;
    }
    case 'enum': {
      const names = (schema.enum as readonly Json[]).map(String);
      return `must be ${oneOf(names)}, found ${found(value)}${didYouMean(String(value), names)}`;
    }
    case 'pattern':
      return `must match ${schema.pattern}, found ${found(value)}${meaning}`;
    case 'minimum':
    case 'maximum':
      return `must be ${schema.minimum} to ${schema.maximum ?? 'any number'}, found ${found(value)}`;
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return 'must not be empty';
    case 'maxLength':
      return `must have at most ${schema.maxLength} characters, found ${String(value).length}`;
    case 'format':
      return `must be a regular expression, found ${found(value)}`;
    default:
      return fallback;
  }
}

function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Rounds of taking out what is wrong; each removes something, so more are needed only by hostile files. */
const MAX_PRUNINGS = 50;

/**
 * What of a file can still be used: values that are wrong are taken out, then
 * what misses a required key, until the rest is as the schema has it. Undefined
 * when nothing is left. Unknown keys stay; nobody reads them.
 */
export function usablePart(kind: YamlKind, value: Json, violations: readonly Violation[]): Json | undefined {
  let rest = structuredClone(value) as Json;
  let open = violations;
  for (let round = 0; round < MAX_PRUNINGS; round += 1) {
    const harmful = open.filter(violation => violation.kind !== 'unknown-key');
    if (harmful.length === 0) return rest;
    // From the back, so that the indexes of lists hold while elements go.
    const targets = harmful
      .map(({ pointer }) => pointer)
      .sort(byPlace)
      .reverse();
    for (const pointer of targets) {
      if (pointer.length === 0) return undefined;
      rest = without(rest, pointer);
    }
    open = violationsOf(kind, rest);
  }
  return undefined;
}

function byPlace(a: Pointer, b: Pointer): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = Number(a[i]) - Number(b[i]) || String(a[i]).localeCompare(String(b[i]));
    if (order) return order;
  }
  return a.length - b.length;
}

function without(root: Json, pointer: Pointer): Json {
  const parent = resolve(root, pointer.slice(0, -1).map(String));
  const last = pointer.at(-1)!;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isObject(parent)) delete parent[last];
  return root;
}
