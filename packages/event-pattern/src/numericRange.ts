/*
 * `numeric`: `["=", 5]`, `["<", 10]`, `[">", 0, "<=", 5]`.
 */
import type { JsonReader, Token } from './jsonReader';
import { toComparable } from './numbers';
import { expect, PatternProblem, TOO_MANY } from './patternProblem';
import type { NumericRange } from './types';

/** The number, if a double holds it. */
export function comparable(token: Token): number {
  const value = toComparable(token.text);
  if (value === undefined) {
    throw new PatternProblem(`Cannot compare number : ${token.text}`, token);
  }
  return value;
}

/** Reads what is inside the array of `numeric`, and its end. */
export function readNumericRange(reader: JsonReader): NumericRange {
  const operator = reader.next();
  if (operator.type !== 'string') {
    throw new PatternProblem(`Invalid member in numeric match: ${operator.text}`, operator);
  }
  const token = reader.next();
  switch (operator.text) {
    case '=': {
      expect(token, 'number', 'Value of equals must be numeric');
      expect(reader.next(), 'end-array', TOO_MANY);
      const bound = { value: comparable(token), inclusive: true };
      return { lower: bound, upper: bound };
    }
    case '<':
    case '<=': {
      expect(token, 'number', `Value of ${operator.text} must be numeric`);
      expect(reader.next(), 'end-array', TOO_MANY);
      return {
        upper: {
          value: comparable(token),
          inclusive: operator.text === '<=',
        },
      };
    }
    case '>':
    case '>=':
      expect(token, 'number', `Value of ${operator.text} must be numeric`);
      return readUpperBound(reader, token, operator.text === '>=');
    default:
      throw new PatternProblem(`Unrecognized numeric range operator: ${operator.text}`, operator);
  }
}

function readUpperBound(reader: JsonReader, bottom: Token, inclusive: boolean): NumericRange {
  const operator = reader.next();
  if (operator.type === 'end-array') {
    return { lower: { value: comparable(bottom), inclusive } };
  }
  expect(operator, 'string', `Bad value in numeric range: ${operator.text}`);
  if (operator.text !== '<' && operator.text !== '<=') {
    throw new PatternProblem(`Bad numeric range operator: ${operator.text}`, operator);
  }
  const top = expect(reader.next(), 'number', `Value of ${operator.text} must be numeric`);
  expect(reader.next(), 'end-array', 'Too many terms in numeric range expression');
  const lower = { value: comparable(bottom), inclusive };
  const upper = { value: comparable(top), inclusive: operator.text === '<=' };
  if (lower.value >= upper.value) {
    throw new PatternProblem('Bottom must be less than top', bottom);
  }
  return { lower, upper };
}
