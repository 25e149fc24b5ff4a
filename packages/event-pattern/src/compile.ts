import { readAlternatives, type MutableAlternative, type OrMode, type PathKey } from './alternatives';
import { InvalidEventPatternError } from './errors';
import { JsonSyntaxError, positionAt } from './jsonErrors';
import { JsonReader } from './jsonReader';
import { matcherOf } from './matcherOf';
import { PatternProblem } from './patternProblem';
import type { Alternative, CompiledPattern, FieldClause, JsonObject, PatternOptions } from './types';
import { MAX_WILDCARD_COMPLEXITY, parseWildcard, wildcardComplexity } from './wildcard';

/** EventBridge's quota for the size of a pattern; up to 4,096 on request. */
export const MAX_PATTERN_CHARACTERS = 2048;

/** Errors say that a text is too long before it is read, whatever it says. */
function checkSize(text: string, maxCharacters: number): void {
  if (text.length > maxCharacters) {
    throw new InvalidEventPatternError(
      `Event pattern is ${text.length} characters long, the limit is ${maxCharacters}`,
    );
  }
}

function toText(pattern: JsonObject): string {
  try {
    return JSON.stringify(pattern) ?? 'null';
  } catch {
    // too deep for the engine, or an object that contains itself
    throw new InvalidEventPatternError('Document nesting is too deep');
  }
}

function read(text: string, orMode: OrMode): readonly MutableAlternative[] {
  if (text.trim() === '') {
    throw new InvalidEventPatternError('Filter is not an object');
  }
  const path: PathKey[] = [];
  try {
    return readAlternatives(new JsonReader(text), orMode, path);
  } catch (error) {
    if (error instanceof PatternProblem) {
      const position = positionAt(text, error.token.offset);
      throw new InvalidEventPatternError(error.message, path, position);
    }
    if (error instanceof JsonSyntaxError) {
      const position = positionAt(text, error.offset);
      throw new InvalidEventPatternError(error.message, path, position);
    }
    throw error;
  }
}

/**
 * `$or` that cannot be read as an operator is the name of a field: patterns
 * from before the operator existed still work.
 */
function readWithOr(text: string): readonly MutableAlternative[] {
  try {
    return read(text, 'operator');
  } catch (error) {
    if (text.includes('$or')) {
      try {
        return read(text, 'field');
      } catch {
        // the reading as an operator says better what is wrong
      }
    }
    throw error;
  }
}

function checkWildcards(clause: FieldClause): void {
  const wildcards = clause.values.flatMap(matcher => {
    const inside = matcher.kind === 'anything-but' ? matcher.excluded : [matcher];
    return inside.flatMap(each => (each.kind === 'wildcard' ? [parseWildcard(each.value)] : []));
  });
  if (wildcards.length > 0 && wildcardComplexity(wildcards, MAX_WILDCARD_COMPLEXITY) > MAX_WILDCARD_COMPLEXITY) {
    throw new InvalidEventPatternError(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      clause.path,
    );
  }
}

function byField(a: FieldClause, b: FieldClause): number {
  if (a.field === b.field) {
    return 0;
  }
  return a.field < b.field ? -1 : 1;
}

/**
 * Compiles an EventBridge event pattern.
 *
 * Takes the text, or the value; a text gives positions in errors and keeps
 * numbers that a double cannot hold. Throws `InvalidEventPatternError`, worded
 * as EventBridge words it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compileEventPattern(pattern: string | JsonObject, options: PatternOptions = {}): CompiledPattern {
  const { maxCharacters = MAX_PATTERN_CHARACTERS } = options;
  const text = typeof pattern === 'string' ? pattern : toText(pattern);
  checkSize(text, maxCharacters);

  const asWritten = readWithOr(text);
  const alternatives: readonly Alternative[] = asWritten.map(clauses => [...clauses.values()].sort(byField));
  // alternatives share clauses
  const clauses = new Set(alternatives.flat());
  clauses.forEach(checkWildcards);

  const fields = [...new Set(asWritten.flatMap(each => [...each.keys()]))];
  return { text, alternatives, fields, matches: matcherOf(alternatives) };
}
