import type { Json } from '@busline/plugin-eventbridge-common';
import type { JsonObject } from '@busline/event-repository';
import type { ClauseOperator, FilterClause } from './formData';

/** What stands between field and value in the form, by the type of the field. */
export const OPERATORS: Readonly<
  Record<
    ClauseOperator,
    {
      readonly words: string;
      readonly types: readonly FilterClause['type'][];
      readonly values: 'many' | 'one' | 'none';
    }
  >
> = {
  is: { words: 'is', types: ['text', 'number', 'boolean'], values: 'many' },
  'is-not': { words: 'is not', types: ['text', 'number', 'boolean'], values: 'many' },
  'starts-with': { words: 'starts with', types: ['text'], values: 'many' },
  'ends-with': { words: 'ends with', types: ['text'], values: 'many' },
  contains: { words: 'contains', types: ['text'], values: 'many' },
  above: { words: 'is above', types: ['number'], values: 'one' },
  'at-least': { words: 'is at least', types: ['number'], values: 'one' },
  below: { words: 'is below', types: ['number'], values: 'one' },
  'at-most': { words: 'is at most', types: ['number'], values: 'one' },
  exists: { words: 'is there', types: ['text', 'number', 'boolean'], values: 'none' },
  missing: { words: 'is missing', types: ['text', 'number', 'boolean'], values: 'none' },
};

const COMPARISONS: Readonly<Partial<Record<ClauseOperator, string>>> = {
  above: '>',
  'at-least': '>=',
  below: '<',
  'at-most': '<=',
};

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
]);

/** Whether a clause is filled in so far that it says something. */
export function isComplete(clause: FilterClause): boolean {
  if (!clause.field) return false;
  if (OPERATORS[clause.operator].values === 'none') return true;
  return clause.values.length > 0 && clause.values.every(value => valueOf(clause, value) !== undefined);
}

function valueOf({ type }: FilterClause, text: string): Json | undefined {
  if (type === 'text') return text;
  if (type === 'boolean') return BOOLEANS.get(text);
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}

/** What EventBridge would read as an escape or a star is meant as it stands. */
const literal = (text: string) => text.replace(/[\\*]/g, char => `\\${char}`);

function matchersOf(clause: FilterClause): readonly Json[] {
  const values = clause.values.map(value => valueOf(clause, value) as Json);
  const { operator } = clause;
  const comparison = COMPARISONS[operator];
  if (comparison) return [{ numeric: [comparison, values[0]] }];
  switch (operator) {
    case 'is':
      return values;
    case 'is-not':
      // Only `true` and `false` there are: not the one is the other. anything-but takes texts and numbers.
      return clause.type === 'boolean' ? values.map(value => !value) : [{ 'anything-but': values }];
    case 'starts-with':
      return values.map(prefix => ({ prefix }));
    case 'ends-with':
      return values.map(suffix => ({ suffix }));
    case 'contains':
      return values.map(value => ({ wildcard: `*${literal(String(value))}*` }));
    default:
      return [{ exists: operator === 'exists' }];
  }
}

/** A pattern of what stands below `detail`, of the clauses that are complete; undefined where there is none. */
export function filterOf(clauses: readonly FilterClause[]): JsonObject | undefined {
  const complete = clauses.filter(isComplete);
  if (complete.length === 0) return undefined;
  const root = new Map<string, unknown>();
  for (const clause of complete) {
    const keys = clause.field.split('.').map(key => key.replace(/(\[\])+$/, ''));
    let at = root;
    for (const key of keys.slice(0, -1)) {
      const inner = at.get(key);
      const next = inner instanceof Map ? (inner as Map<string, unknown>) : new Map<string, unknown>();
      at.set(key, next);
      at = next;
    }
    const last = keys[keys.length - 1];
    const before = at.get(last);
    at.set(last, [...(Array.isArray(before) ? before : []), ...matchersOf(clause)]);
  }
  return toObject(root);
}

function toObject(map: ReadonlyMap<string, unknown>): JsonObject {
  // fromEntries defines properties, so that a field named __proto__ is a field.
  return Object.fromEntries(
    [...map].map(([key, value]) => [
      key,
      value instanceof Map ? toObject(value as Map<string, unknown>) : (value as Json),
    ]),
  );
}
