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
    at.set(last, together(Array.isArray(before) ? (before as readonly Json[]) : [], matchersOf(clause)));
  }
  return toObject(root);
}

/** Two bounds of one number are one matcher, since both must hold; of other matchers one is enough. */
function together(before: readonly Json[], next: readonly Json[]): readonly Json[] {
  const [lower, upper] = [...before, ...next].map(numericOf);
  if (before.length === 1 && next.length === 1 && lower && upper) {
    const bounds = /^>/.test(String(lower[0])) ? [...lower, ...upper] : [...upper, ...lower];
    return [{ numeric: bounds }];
  }
  return [...before, ...next];
}

function numericOf(matcher: Json): readonly Json[] | undefined {
  return isObject(matcher) && Array.isArray(matcher.numeric) ? (matcher.numeric as readonly Json[]) : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Whether an operator is one bound of a number, of which a field may have a lower and an upper one. */
export function boundOf(operator: ClauseOperator): 'lower' | 'upper' | undefined {
  const sign = COMPARISONS[operator];
  if (sign === undefined) return undefined;
  return sign.startsWith('>') ? 'lower' : 'upper';
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
