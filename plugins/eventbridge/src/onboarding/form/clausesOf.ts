import type { JsonObject } from '@busline/event-repository';
import type { Json } from '@busline/plugin-eventbridge-common';
import { filterOf } from './filter';
import type { ClauseOperator, FilterClause } from './formData';

/**
 * The clauses that make a filter, where clauses can say it; undefined where only a pattern can. Whatever is given back
 * makes exactly this filter again.
 *
 * @param filter a pattern of what stands below `detail`
 */
export function clausesOf(filter: JsonObject): readonly FilterClause[] | undefined {
  const clauses = clausesBelow(filter, []);
  if (clauses === undefined) return undefined;
  return canonical(filterOf(clauses) ?? {}) === canonical(filter) ? clauses : undefined;
}

function clausesBelow(value: JsonObject, path: readonly string[]): readonly FilterClause[] | undefined {
  const found: FilterClause[] = [];
  for (const [key, inner] of Object.entries(value)) {
    // A key with a dot in it would be taken apart.
    if (key === '$or' || key.includes('.')) return undefined;
    const at = [...path, key];
    let below: readonly FilterClause[] | undefined;
    if (Array.isArray(inner)) below = clausesOfField(at.join('.'), inner as readonly Json[]);
    else if (inner !== null && typeof inner === 'object') below = clausesBelow(inner as JsonObject, at);
    if (below === undefined) return undefined;
    found.push(...below);
  }
  return found;
}

const COMPARISONS: Readonly<Record<string, ClauseOperator>> = {
  '>': 'above',
  '>=': 'at-least',
  '<': 'below',
  '<=': 'at-most',
};

function clausesOfField(field: string, matchers: readonly Json[]): readonly FilterClause[] | undefined {
  const [first] = matchers;
  if (matchers.every(isPlain)) return clause(field, 'is', matchers);
  const said = matchers.map(onlyEntry);
  const operator = said[0]?.[0];
  if (operator === undefined || said.some(entry => entry?.[0] !== operator)) return undefined;
  const values = said.map(entry => entry![1]);
  switch (operator) {
    case 'prefix':
      return clause(field, 'starts-with', values);
    case 'suffix':
      return clause(field, 'ends-with', values);
    case 'wildcard':
      return clause(field, 'contains', values.map(inside));
    case 'anything-but':
      return matchers.length === 1 ? clause(field, 'is-not', listOf(values[0])) : undefined;
    case 'exists':
      if (matchers.length > 1 || typeof values[0] !== 'boolean') return undefined;
      return [{ field, operator: values[0] ? 'exists' : 'missing', values: [], type: 'text' }];
    case 'numeric':
      return matchers.length === 1 ? bounds(field, (first as JsonObject).numeric) : undefined;
    default:
      return undefined;
  }
}

function bounds(field: string, numeric: Json): readonly FilterClause[] | undefined {
  if (!Array.isArray(numeric)) return undefined;
  const found: FilterClause[] = [];
  for (let at = 0; at < numeric.length; at += 2) {
    const operator = COMPARISONS[String(numeric[at])];
    const value = numeric[at + 1] as Json;
    if (operator === undefined || typeof value !== 'number') return undefined;
    found.push({ field, operator, values: [String(value)], type: 'number' });
  }
  return found;
}

const TYPES: Readonly<Record<string, FilterClause['type']>> = { string: 'text', number: 'number', boolean: 'boolean' };

/** Undefined where the values are of several types, or of one that no clause has. */
function clause(field: string, operator: ClauseOperator, values: readonly Json[]): readonly FilterClause[] | undefined {
  const kinds = [...new Set(values.map(value => typeof value))];
  const type = TYPES[kinds[0]];
  if (kinds.length !== 1 || type === undefined) return undefined;
  return [{ field, operator, values: values.map(String), type }];
}

const isPlain = (value: Json) => value === null || typeof value !== 'object';
const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value]);

function onlyEntry(matcher: Json): readonly [string, Json] | undefined {
  if (matcher === null || typeof matcher !== 'object' || Array.isArray(matcher)) return undefined;
  const entries = Object.entries(matcher);
  return entries.length === 1 ? (entries[0] as [string, Json]) : undefined;
}

/** `*x*` without its stars and escapes; what comes back is compared, so that a star in between is not lost. */
function inside(wildcard: Json): Json {
  return typeof wildcard === 'string' ? wildcard.replace(/^\*|\*$/g, '').replace(/\\([\\*])/g, '$1') : wildcard;
}

/** A list of one and its only value are the same to `anything-but`; the order of keys says nothing. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries
    .map(([key, inner]) => {
      const listed = key === 'anything-but' ? (listOf(inner as Json) as Json) : (inner as Json);
      return `${JSON.stringify(key)}:${canonical(listed)}`;
    })
    .join(',')}}`;
}
