/*
 * From pattern text to alternatives. Every `$or` is multiplied out while
 * reading, because that is what gives a field that is written twice its
 * meaning: in each alternative the text's last word counts.
 */
import type { JsonReader } from './jsonReader';
import { readValueMatcher } from './matchExpression';
import { PatternProblem } from './patternProblem';
import type { FieldClause, ValueMatcher } from './types';

/** Alternatives into which `$or` may multiply out. */
export const MAX_ALTERNATIVES = 1000;

export type MutableAlternative = Map<string, FieldClause>;
export type PathKey = string | number;

/** Whether `$or` is an operator, or the name of a field. */
export type OrMode = 'operator' | 'field';

/** Names that a field inside `$or` may not have, some of them kept for later. */
const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  'exactly',
  'equals-ignore-case',
  'prefix',
  'suffix',
  'anything-but',
  'exists',
  'wildcard',
  'numeric',
  'cidr',
  '=',
  '<',
  '<=',
  '>',
  '>=',
  'regex',
  'not-wildcard',
  'not-equals-ignore-case',
  'date-after',
  'date-on-or-after',
  'date-before',
  'date-on-or-before',
  'in-date-range',
  'ip-address-in-range',
  'ip-address-not-in-range',
]);

/** Reads a whole pattern. `path` is left where reading stopped, for errors. */
export function readAlternatives(reader: JsonReader, orMode: OrMode, path: PathKey[]): readonly MutableAlternative[] {
  const token = reader.next();
  if (token.type !== 'start-object') {
    throw new PatternProblem('Filter is not an object', token);
  }
  return readObject(reader, { orMode, path }, [], '', false);
}

interface Context {
  readonly orMode: OrMode;
  readonly path: PathKey[];
}

function fieldName(base: string, key: string): string {
  return base === '' ? key : `${base}.${key}`;
}

function readObject(
  reader: JsonReader,
  context: Context,
  before: readonly MutableAlternative[],
  base: string,
  insideOr: boolean,
): readonly MutableAlternative[] {
  let alternatives = before;
  let empty = true;
  for (;;) {
    const key = reader.next();
    if (key.type === 'end-object') {
      if (empty) {
        throw new PatternProblem('Empty objects are not allowed', key);
      }
      return alternatives;
    }
    empty = false;
    context.path.push(key.text);
    if (key.text === '$or' && context.orMode === 'operator') {
      alternatives = readOr(reader, context, alternatives, base);
    } else {
      if (insideOr && RESERVED_IN_OR.has(key.text)) {
        throw new PatternProblem(`${key.text} is Ruler reserved fieldName which cannot be used inside $or.`, key);
      }
      const token = reader.next();
      if (token.type === 'start-object') {
        alternatives = readObject(reader, context, alternatives, fieldName(base, key.text), insideOr);
      } else if (token.type === 'start-array') {
        alternatives = withClause(alternatives, {
          field: fieldName(base, key.text),
          path: [...context.path],
          values: readValues(reader, context),
        });
      } else {
        throw new PatternProblem(`"${key.text}" must be an object or an array`, token);
      }
    }
    context.path.pop();
  }
}

function readValues(reader: JsonReader, context: Context): readonly ValueMatcher[] {
  const values: ValueMatcher[] = [];
  for (;;) {
    const token = reader.next();
    if (token.type === 'end-array') {
      if (values.length === 0) {
        throw new PatternProblem('Empty arrays are not allowed', token);
      }
      return values;
    }
    context.path.push(values.length);
    values.push(readValueMatcher(reader, token));
    context.path.pop();
  }
}

function withClause(alternatives: readonly MutableAlternative[], clause: FieldClause): readonly MutableAlternative[] {
  const targets = alternatives.length === 0 ? [new Map()] : alternatives;
  for (const alternative of targets) {
    alternative.set(clause.field, clause);
  }
  return targets;
}

function readOr(
  reader: JsonReader,
  context: Context,
  before: readonly MutableAlternative[],
  base: string,
): readonly MutableAlternative[] {
  const start = reader.next();
  if (start.type !== 'start-array') {
    throw new PatternProblem('It must be an Array followed with $or.', start);
  }
  const all: MutableAlternative[] = [];
  const copies = before.length === 0 ? [new Map()] : before;
  let index = 0;
  for (;;) {
    const token = reader.next();
    if (token.type === 'end-array') {
      if (index < 2) {
        throw new PatternProblem('There must have at least 2 Objects in $or relationship.', token);
      }
      return all;
    }
    if (token.type !== 'start-object') {
      throw new PatternProblem('Only JSON object is allowed in array of $or relationship.', token);
    }
    context.path.push(index);
    all.push(
      ...readObject(
        reader,
        context,
        copies.map(copy => new Map(copy)),
        base,
        true,
      ),
    );
    if (all.length > MAX_ALTERNATIVES) {
      throw new PatternProblem(`Rule is too complex - $or gives more than ${MAX_ALTERNATIVES} combinations`, token);
    }
    context.path.pop();
    index += 1;
  }
}
