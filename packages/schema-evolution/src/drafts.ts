/*
 * In which draft a version is read. What it names counts; one that names none
 * is read as the other version is, or in the newest draft in which it is a
 * schema: `items` as a list is older than 2020-12, `exclusiveMinimum: true`
 * is draft-04.
 */
import { checkSchema, detectDraft, type Draft, type Json, type SchemaProblem } from '@busline/json-schema';
import { childOf, isObject, keysOf } from './pointers';

export interface ReadVersion {
  readonly schema: Json;
  readonly draft: Draft;
}

/** Tried for a schema that names no draft, in this order. */
const UNNAMED: readonly Draft[] = ['2020-12', '2019-09', 'draft-07', 'draft-04'];

const ANNOTATIONS = new Set(
  'title description $comment examples deprecated readOnly writeOnly contentEncoding contentMediaType'.split(' '),
);
/** Lists that mean the same with a name twice, or none. */
const LISTS = new Set(['required', 'enum', 'type']);

/** Whether what is wrong leaves the meaning clear. */
function isHarmless(schema: Json, { path }: SchemaProblem): boolean {
  const keys = keysOf(path);
  const keyword = keys[keys.length - 1] ?? '';
  const value = keys.reduce<Json | undefined>(childOf, schema);
  const texts = Array.isArray(value) && value.every(each => typeof each === 'string');
  switch (keyword) {
    case 'type':
      return texts && value.length > 0 && value.every(each => TYPES.has(each));
    case 'enum':
      return Array.isArray(value);
    default:
      return ANNOTATIONS.has(keyword) || (LISTS.has(keyword) && texts);
  }
}

const TYPES: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

function problemIn(schema: Json, draft: Draft): SchemaProblem | undefined {
  return checkSchema(schema, { draft }).find(each => !isHarmless(schema, each));
}

/** The draft that a schema names. */
export function namedDraft(schema: unknown): Draft | undefined {
  return isObject(schema) && typeof schema.$schema === 'string' ? detectDraft(schema) : undefined;
}

/** The version with its draft, or what is wrong with it, in words. */
export function readVersion(schema: unknown, other: unknown, draft: Draft | undefined): ReadVersion | string {
  const named = namedDraft(schema);
  const beside = namedDraft(other);
  const candidates = named ? [named] : [...(draft ? [draft] : []), ...(beside ? [beside] : []), ...UNNAMED];
  let first: SchemaProblem | undefined;
  for (const each of candidates) {
    const problem = problemIn(schema as Json, each);
    if (!problem) {
      return { schema: schema as Json, draft: each };
    }
    first ??= problem;
  }
  return `${first?.path || '/'} ${first?.message}`;
}
