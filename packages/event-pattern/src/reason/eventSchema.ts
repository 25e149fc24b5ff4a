/*
 * AWS's envelope around the schema of a version, as one schema document. The
 * envelope stands inside the version's own document, under a key of its own,
 * and refers to the root: so references, anchors and the draft of the version
 * stay as they are.
 *
 * Only keywords that every draft reads alike are used, and expressions instead
 * of formats, which `format: annotation` would switch off.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
import {
  checkSchema,
  compileSchema,
  detectDraft,
  findInstance,
  extractEnvelopeDetail,
  listFieldPaths,
  type CompiledSchema,
  type SchemaReading,
} from '@busline/json-schema';
import type { Json, JsonObject } from '../types';
import { isObject, replaced } from './json';
import { PlaceAnswers } from './placeAnswers';
import { Places } from './places';
import { sampleOf } from './sample';
import type { EventSchemaOptions } from './types';

const ENVELOPE = 'x-busline-event';
const ROOT: JsonObject = { $ref: '#' };

const hex = (digits: number) => `[0-9a-f]{${digits}}`;
const ID = `^${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}$`;
const TIME = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$';
const REGION = '^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$';

const text = (pattern?: string): JsonObject => ({ type: 'string', ...(pattern === undefined ? {} : { pattern }) });
const exactly = (value: string | undefined): JsonObject => (value === undefined ? text() : { enum: [value] });

/** A part of the event on the way to the schema. */
interface Part {
  readonly fields: Map<string, Part | JsonObject>;
  readonly optional: Set<string>;
}

const newPart = (): Part => ({ fields: new Map(), optional: new Set() });

function isPart(value: Part | JsonObject): value is Part {
  return value.fields instanceof Map;
}

/** The part at the end of the way; undefined where something else stands in the way. */
function partAt(root: Part, keys: readonly string[]): Part | undefined {
  let at = root;
  for (const key of keys) {
    const next: Part | JsonObject = at.fields.get(key) ?? newPart();
    if (!isPart(next)) return undefined;
    at.fields.set(key, next);
    at = next;
  }
  return at;
}

function put(root: Part, path: string, value: JsonObject): void {
  const keys = path.split('.');
  partAt(root, keys.slice(0, -1))?.fields.set(keys[keys.length - 1], value);
}

function toSchema({ fields, optional }: Part): JsonObject {
  const required = [...fields.keys()].filter(key => !optional.has(key));
  const properties = [...fields].map(([key, value]) => [key, isPart(value) ? toSchema(value) : value] as const);
  return { type: 'object', required, properties: Object.fromEntries(properties) };
}

function envelope(options: EventSchemaOptions, schema: Json): JsonObject {
  const root = newPart();
  const fields: readonly (readonly [string, JsonObject])[] = [
    ['version', exactly('0')],
    ['id', text(ID)],
    ['detail-type', exactly(options.detailType)],
    ['source', exactly(options.source)],
    ['account', text('^[0-9]{12}$')],
    ['time', text(TIME)],
    ['region', text(REGION)],
    ['resources', { type: 'array', items: text() }],
    // of events that an archive sends again
    ['replay-name', text()],
  ];
  fields.forEach(([name, field]) => root.fields.set(name, field));
  root.optional.add('replay-name');
  const { data = 'detail', metadata } = options.eventPaths ?? {};
  put(root, data, { allOf: [schema] });
  if (!root.fields.has('detail')) {
    root.fields.set('detail', newPart());
  }
  const place = metadata === undefined ? undefined : partAt(root, metadata.split('.'));
  if (place) {
    place.fields.set('id', text());
    place.fields.set('schemaVersion', exactly(options.schemaVersion));
    place.fields.set('publishedBy', text());
    place.fields.set('traceparent', text());
    place.optional.add('traceparent');
  }
  // the envelope is written by AWS, which adds nothing to it
  return { ...toSchema(root), additionalProperties: false };
}

/** Events of one schema version: all that the reasoning asks of it, each worked out once. */
export interface EventSchema {
  /** For `findInstance`. */
  readonly reading: SchemaReading;
  readonly validator: CompiledSchema;
  /** Fields of events as patterns name them. */
  readonly fields: readonly string[];
  /** Whether an event may have keys with dots in them, which patterns read as several. */
  readonly dottedKeys: boolean;
  readonly places: Places;
  readonly answers: PlaceAnswers;
  /** An event of the schema, as real as can be; `none` is a proof that there is none. */
  readonly sample: Finding;
}

export type Finding =
  | { readonly kind: 'found'; readonly event: JsonObject }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The schema of what the version describes: of an OpenApi3 document of EventBridge's registry, its `detail`. */
function schemaOf(value: unknown): unknown {
  return isObject(value) && typeof value.openapi === 'string' ? extractEnvelopeDetail(value).schema : value;
}

/** Why it is no schema; thrown by `eventSchema`. */
export class UnusableSchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableSchemaError';
  }
}

const known = new WeakMap<object, Map<string, EventSchema>>();
const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(value: object): number {
  const id = ids.get(value) ?? lastId + 1;
  lastId = Math.max(lastId, id);
  ids.set(value, id);
  return id;
}

/** Throws `UnusableSchemaError`. */
export function eventSchema(schema: unknown, options: EventSchemaOptions): EventSchema {
  if (!isObject(schema)) {
    return make(schema, options);
  }
  const {
    eventPaths: { data, metadata } = {},
    source,
    detailType,
    schemaVersion,
    contentModel,
    format,
    draft,
  } = options;
  const key = JSON.stringify([
    [data, metadata, source, detailType, schemaVersion, contentModel, format, draft],
    options.examples && idOf(options.examples),
  ]);
  const made = known.get(schema) ?? new Map<string, EventSchema>();
  known.set(schema, made);
  const found = made.get(key) ?? make(schema, options);
  made.set(key, found);
  return found;
}

function checked(value: unknown, options: EventSchemaOptions): JsonObject | boolean {
  let schema: unknown;
  let problem: string | undefined;
  try {
    schema = schemaOf(value);
    const [first] = checkSchema(schema, options.draft ? { draft: options.draft } : {});
    problem = first && `The schema is not valid: ${first.path || '/'} ${first.message}`;
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== undefined) {
    throw new UnusableSchemaError(problem);
  }
  return schema as JsonObject | boolean;
}

function lazily<T>(work: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}

function make(value: unknown, options: EventSchemaOptions): EventSchema {
  const schema = checked(value, options);
  const whole = isObject(schema) ? schema : {};
  const around = envelope(options, isObject(schema) ? ROOT : schema);
  const document: JsonObject = { ...whole, [ENVELOPE]: around };
  const reading = {
    schema: document,
    pointer: `/${ENVELOPE}`,
    contentModel: options.contentModel ?? 'closed-world',
    format: options.format ?? 'assert',
    draft: detectDraft(document, options.draft),
  } as const;
  const closed = reading.contentModel === 'closed-world';
  const validator = lazily(() => compileSchema(document, reading));
  const fields = lazily(() => fieldsOf(around, schema, options));
  const dottedKeys = lazily(() => !closed || mayHaveDots(document));
  const places = new Places(document, reading.pointer, closed);
  const sample = lazily(() => sampleEvent({ reading, validator: validator(), places, options }));
  return {
    reading,
    places,
    answers: new PlaceAnswers(reading, dottedKeys),
    get validator() {
      return validator();
    },
    get fields() {
      return fields();
    },
    get dottedKeys() {
      return dottedKeys();
    },
    get sample() {
      return sample();
    },
  };
}

interface SampleContext {
  readonly reading: SchemaReading;
  readonly validator: CompiledSchema;
  readonly places: Places;
  readonly options: EventSchemaOptions;
}

const ENVELOPE_SAMPLE: JsonObject = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Something Happened',
  source: 'com.example',
  account: '123456789012',
  time: '2026-01-15T09:30:00Z',
  region: 'eu-west-1',
  resources: [],
};

const METADATA_SAMPLE: JsonObject = {
  id: '9b1f2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d',
  publishedBy: 'service-1',
};

/** Examples that are tried as they are. */
const MAX_EXAMPLES = 10;

/** An example or the guess, where the validator agrees; else the least that there is, made to look real as far as it stays valid. */
function sampleEvent({ reading, validator, places, options }: SampleContext): Finding {
  const { data = 'detail', metadata } = options.eventPaths ?? {};
  const follow = (reference: string) => places.follow(reference);
  const textOf = (schema: JsonObject) => {
    const answer = findInstance([{ ...reading, schema, pointer: '' }]);
    return answer.kind === 'found' && typeof answer.value === 'string' ? answer.value : undefined;
  };
  const guess = sampleOf({ $ref: '#' }, { follow, textOf }) ?? {};
  const inMetadata = (key: string) => [...(metadata ?? '').split('.'), key];
  const real: (readonly [readonly string[], Json])[] = [
    ...Object.entries(ENVELOPE_SAMPLE).map(([key, value]) => [[key], value] as const),
    ...(options.source === undefined ? [] : [[['source'], options.source] as const]),
    ...(options.detailType === undefined ? [] : [[['detail-type'], options.detailType] as const]),
  ];
  const about: (readonly [readonly string[], Json])[] =
    metadata === undefined
      ? []
      : Object.entries({ ...METADATA_SAMPLE, schemaVersion: options.schemaVersion ?? '1.0.0' }).map(
          ([key, value]) => [inMetadata(key), value] as const,
        );
  const dataKeys = data.split('.');
  for (const value of [...(options.examples ?? []).slice(0, MAX_EXAMPLES), guess] as readonly Json[]) {
    const whole = [...real, [dataKeys, value] as const, ...about].reduce(
      (event, [keys, each]) => replaced(event, keys, each),
      {},
    );
    if (validator.isValid(whole)) {
      return { kind: 'found', event: whole };
    }
  }
  const answer = findInstance([reading], [], options.steps === undefined ? {} : { steps: options.steps });
  if (answer.kind !== 'found') {
    return answer.kind === 'empty' ? { kind: 'none' } : answer;
  }
  let event = answer.value as JsonObject;
  const parts = isObject(guess)
    ? Object.entries(guess).map(([key, value]) => [[...dataKeys, key], value] as const)
    : [];
  for (const [keys, value] of [...real, ...about, ...parts]) {
    const better = replaced(event, keys, value);
    event = validator.isValid(better) ? better : event;
  }
  return { kind: 'found', event };
}

function fieldsOf(around: JsonObject, schema: JsonObject | boolean, options: EventSchemaOptions): readonly string[] {
  const { data = 'detail' } = options.eventPaths ?? {};
  const outer = listFieldPaths(around, { draft: '2020-12' }).filter(path => path !== data && path !== 'detail');
  const inner = listFieldPaths(schema, options.draft ? { draft: options.draft } : {});
  return [...new Set([...outer, ...inner.map(path => `${data}.${path}`)].map(path => path.replace(/\[\d*\]/g, '')))];
}

/** Keywords whose value `true` is not a schema. */
const FLAGS: ReadonlySet<string> = new Set(
  'uniqueItems exclusiveMinimum exclusiveMaximum deprecated readOnly writeOnly nullable $recursiveAnchor'.split(' '),
);
/** Keywords that let names in that are not listed, unless they are `false`. */
const OPENING: ReadonlySet<string> = new Set('additionalProperties unevaluatedProperties patternProperties'.split(' '));
/** Keywords that hold values. */
const VALUES: ReadonlySet<string> = new Set('enum const'.split(' '));
/** Keywords that say nothing of what is valid. */
const NOTES: ReadonlySet<string> = new Set('default example examples title description $comment'.split(' '));

/**
 * Whether some object may have a key with a dot, read closed-world: one that is listed, or any at all. Rather said too
 * often than too seldom, without telling schemas from other values.
 */
function mayHaveDots(document: JsonObject): boolean {
  const open: Json[] = [document];
  const seen = new Set<Json>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === true) return true;
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) {
      open.push(...(value as readonly Json[]).filter(each => typeof each === 'object' || each === true));
      continue;
    }
    for (const [key, inner] of Object.entries(value as JsonObject)) {
      if (OPENING.has(key) && inner !== false) return true;
      if (key === 'properties' && isObject(inner) && Object.keys(inner).some(name => name.includes('.'))) return true;
      if (VALUES.has(key) && isArrayOrObject(inner)) {
        if (hasDottedKey(inner)) return true;
      } else if (!NOTES.has(key) && !(inner === true && FLAGS.has(key))) {
        open.push(inner);
      }
    }
  }
  return false;
}

const isArrayOrObject = (value: Json) => typeof value === 'object' && value !== null;

function hasDottedKey(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(hasDottedKey);
  return isObject(value) && Object.entries(value).some(([key, inner]) => key.includes('.') || hasDottedKey(inner));
}
