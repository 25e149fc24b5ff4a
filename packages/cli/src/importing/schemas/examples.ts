import { compileSchema } from '@busline/json-schema';
import { type Json, type JsonObject, slugOf } from '@busline/event-repository';
import { isObject } from './bundle';
import type { ExampleRule } from './mapping';
import { fill, type Variables } from './template';

const DEFAULT_LIMIT = 3;

/** An example document, by the rule that says what of it belongs to whom. */
export interface ExampleSource {
  readonly document: Json;
  readonly rule: ExampleRule;
}

export interface FoundExamples {
  readonly examples: ReadonlyMap<string, Json>;
  /** Examples that the schema rejects, which are left out. */
  readonly rejected: number;
}

/** The entry of the examples document that is about a type. */
export function entryOf({ document, rule }: ExampleSource, variables: Variables): Json | undefined {
  const entries = at(document, rule.entries ?? '');
  if (!Array.isArray(entries)) return undefined;
  return entries.find(entry => satisfies(entry, rule.where, variables));
}

/** What an entry says about its type. */
export function descriptionOf({ rule }: ExampleSource, entry: Json | undefined): string | undefined {
  if (entry === undefined || rule.description === undefined) return undefined;
  const text = at(entry, rule.description);
  return typeof text === 'string' ? text : undefined;
}

/** The examples of a type, as many as are asked for, and only those that its schema accepts. */
export function examplesOf(
  { rule }: ExampleSource,
  entry: Json | undefined,
  schema: JsonObject,
  name: string,
  variables: Variables,
): FoundExamples {
  const values = entry === undefined ? [] : at(entry, rule.values ?? '');
  const list = (Array.isArray(values) ? values : [values]).filter(
    value => value !== undefined && satisfies(value, rule.and ?? {}, variables),
  ) as readonly Json[];
  const compiled = compileSchema(schema);
  const valid = list.filter(value => compiled.isValid(value));
  const limit = rule.limit ?? DEFAULT_LIMIT;
  const examples = new Map<string, Json>();
  for (const [index, value] of valid.slice(0, limit).entries()) {
    examples.set(index === 0 ? slugOf(name) : `${slugOf(name)}-${index + 1}`, value);
  }
  return { examples, rejected: list.length - valid.length };
}

function satisfies(value: Json, wanted: Readonly<Record<string, string>>, variables: Variables): boolean {
  return Object.entries(wanted).every(([pointer, template]) => {
    const expected = fill(template, variables);
    const found = at(value, pointer);
    return expected === '' ? found === undefined : found === expected;
  });
}

/** The value at a JSON pointer. */
function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    if (Array.isArray(found)) found = found[Number(key)];
    else found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}
