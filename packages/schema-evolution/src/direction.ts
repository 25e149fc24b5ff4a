/*
 * One direction: does the reader accept all that the writer sends? If not, in
 * how many ways? A counterexample fails at one keyword of the reader; that is
 * a finding. The keyword is then taken out of a copy of the reader and the
 * question asked again, until nothing more is found. So each finding has a
 * counterexample of its own, and points at the keyword that rejects it.
 */
import {
  compileSchema,
  findInstance,
  type CompiledSchema,
  type Json,
  type JsonSchema,
  type SchemaReading,
  type ValidationError,
} from '@busline/json-schema';
import { fieldName, keysOf, outermost, placeFor, replacedAt } from './pointers';
import { ruleOf } from './rules';
import type { CompareOptions, Direction, Finding, Verdict } from './types';

/** Findings of one direction; a person reads no more. */
export const MAX_FINDINGS = 20;

interface Sides {
  readonly direction: Direction;
  readonly writer: JsonSchema;
  readonly reader: JsonSchema;
}

function reading(schema: Json, options: CompareOptions): SchemaReading {
  const { format, draft } = options;
  return { schema, ...(format ? { format } : {}), ...(draft ? { draft } : {}) };
}

/** The reader without what the error fails on. */
function relaxed(reader: Json, error: ValidationError): Json | undefined {
  const keys = keysOf(error.schemaPath);
  const keyword = keys[keys.length - 1];
  const [field = ''] = keysOf(error.instancePath).slice(-1);
  if (error.keyword === 'false') {
    return replacedAt(reader, keys, () => true);
  }
  if (keyword === 'properties') {
    return replacedAt(reader, [...keys, field], () => true);
  }
  if (keyword === 'required') {
    const [name] = /"(?:[^"\\]|\\.)*"/.exec(error.message) ?? [];
    const missing: unknown = name === undefined ? undefined : safeParse(name);
    return replacedAt(reader, keys, names => (Array.isArray(names) ? names.filter(each => each !== missing) : names));
  }
  const result = replacedAt(reader, keys, () => undefined);
  const contains = ['minContains', 'maxContains', 'contains'].includes(keyword);
  return result === undefined || !contains
    ? result
    : replacedAt(result, [...keys.slice(0, -1), 'contains'], () => undefined);
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sentence({ direction }: Sides, error: ValidationError): string {
  const [reads, writes] = direction === 'backward' ? ['new', 'old'] : ['old', 'new'];
  const name = error.instancePath === '' ? 'The event' : `\`${fieldName(error.instancePath)}\``;
  return `${name} ${error.message}: the ${reads} version rejects what the ${writes} version allows`;
}

function finding(sides: Sides, error: ValidationError, counterexample: Json): Finding {
  const there = error.schemaPath;
  const here = placeFor(sides.writer, error.instancePath);
  const [oldPointer, newPointer] = sides.direction === 'backward' ? [here, there] : [there, here];
  return {
    rule: ruleOf(error.keyword).id,
    direction: sides.direction,
    oldPointer,
    newPointer,
    instancePath: error.instancePath,
    message: sentence(sides, error),
    counterexample,
  };
}

function firstError(reader: CompiledSchema, value: Json): ValidationError | undefined {
  const result = reader.validate(value);
  return result.valid ? undefined : outermost(result.errors);
}

/** Whether taking the keyword out did not help; a `required` loses one name at a time. */
function failsAgain(reader: CompiledSchema, value: Json, error: ValidationError): boolean {
  const next = firstError(reader, value);
  return next !== undefined && next.schemaPath === error.schemaPath && next.message === error.message;
}

/** The verdict on one direction. */
export function judge(sides: Sides, options: CompareOptions): Verdict {
  const writer = { ...reading(sides.writer, options), contentModel: options.contentModel ?? 'closed-world' } as const;
  const limits = options.steps === undefined ? {} : { steps: options.steps };
  const first = findInstance([writer], [reading(sides.reader, options)], limits);
  if (first.kind === 'empty') {
    return { kind: 'compatible' };
  }
  if (first.kind === 'unknown') {
    return first;
  }
  const compile = (schema: Json) => compileSchema(schema, reading(schema, options));
  const whole = compile(sides.reader);
  const findings: Finding[] = [];
  let reader: Json | undefined = sides.reader;
  let value: Json | undefined = first.value;
  while (value !== undefined && reader !== undefined && findings.length < (options.maxFindings ?? MAX_FINDINGS)) {
    const error = firstError(compile(reader), value);
    if (!error) {
      break;
    }
    if (!whole.isValid(value)) {
      findings.push(finding(sides, error, value));
    }
    const next: Json | undefined = relaxed(reader, error);
    if (next === undefined || failsAgain(compile(next), value, error)) {
      break;
    }
    reader = next;
    const answer = findInstance([writer], [reading(reader, options)], limits);
    value = answer.kind === 'found' ? answer.value : undefined;
  }
  return { kind: 'breaking', counterexample: first.value, findings };
}
