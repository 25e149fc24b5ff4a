/*
 * One element of a field's array: a value, or an object such as
 * `{ "prefix": "eu-" }`. The order of the checks is EventBridge's, since the
 * first thing that is wrong is the thing that its error names.
 */
import { AddressError, addressDigits, parseCidr } from './addresses';
import { readAnythingBut } from './anythingBut';
import type { JsonReader, Token } from './jsonReader';
import { toComparable } from './numbers';
import { readNumericRange } from './numericRange';
import { expect, ONLY_ONE_KEY, oneStringOf, PatternProblem, TOO_MANY } from './patternProblem';
import type { ValueMatcher } from './types';
import { checkWildcard } from './wildcardToken';

function ended(reader: JsonReader, matcher: ValueMatcher): ValueMatcher {
  expect(reader.next(), 'end-object', ONLY_ONE_KEY);
  return matcher;
}

function readAffix(reader: JsonReader, kind: 'prefix' | 'suffix'): ValueMatcher {
  const token = reader.next();
  if (token.type !== 'start-object') {
    const value = expect(token, 'string', oneStringOf(kind)).text;
    return ended(reader, { kind, value, ignoreCase: false });
  }
  const title = kind === 'prefix' ? 'Prefix' : 'Suffix';
  const name = expect(reader.next(), 'field', `${title} expression name not found`);
  if (name.text !== 'equals-ignore-case') {
    throw new PatternProblem(`Unsupported ${kind} pattern: ${name.text}`, name);
  }
  const value = expect(reader.next(), 'string', oneStringOf('equals-ignore-case')).text;
  expect(reader.next(), 'end-object', ONLY_ONE_KEY);
  return ended(reader, { kind, value, ignoreCase: true });
}

type OperatorReader = (reader: JsonReader) => ValueMatcher;

const OPERATORS: { readonly [name: string]: OperatorReader } = {
  // what the operators compile to; not documented, but accepted
  exactly: reader => {
    const value = expect(reader.next(), 'string', 'exact match pattern must be a string').text;
    return ended(reader, { kind: 'equals', value });
  },
  prefix: reader => readAffix(reader, 'prefix'),
  suffix: reader => readAffix(reader, 'suffix'),
  'equals-ignore-case': reader => {
    const value = expect(reader.next(), 'string', oneStringOf('equals-ignore-case')).text;
    return ended(reader, { kind: 'equals-ignore-case', value });
  },
  wildcard: reader => {
    const token = expect(reader.next(), 'string', oneStringOf('wildcard'));
    checkWildcard(token);
    return ended(reader, { kind: 'wildcard', value: token.text });
  },
  numeric: reader => {
    expect(reader.next(), 'start-array', 'Value of numeric must be an array.');
    const range = readNumericRange(reader);
    expect(reader.next(), 'end-object', TOO_MANY);
    return { kind: 'numeric', range };
  },
  exists: reader => {
    const token = reader.next();
    if (token.type !== 'true' && token.type !== 'false') {
      throw new PatternProblem('exists match pattern must be either true or false.', token);
    }
    return ended(reader, { kind: 'exists', value: token.type === 'true' });
  },
  cidr: reader => {
    // "prefix" is what EventBridge says here
    const token = expect(reader.next(), 'string', oneStringOf('prefix'));
    try {
      const range = parseCidr(token.text);
      return ended(reader, {
        kind: 'cidr',
        value: token.text,
        range,
        exact: false,
      });
    } catch (error) {
      if (error instanceof AddressError) {
        throw new PatternProblem(error.message, token);
      }
      throw error;
    }
  },
  'anything-but': readAnythingBut,
};

function readMatchExpression(reader: JsonReader): ValueMatcher {
  const name = expect(reader.next(), 'field', 'Match expression name not found');
  const read = Object.hasOwn(OPERATORS, name.text) ? OPERATORS[name.text] : undefined;
  if (read === undefined) {
    throw new PatternProblem(`Unrecognized match type ${name.text}`, name);
  }
  return read(reader);
}

/** Reads one element of a field's array, whose first token is given. */
export function readValueMatcher(reader: JsonReader, token: Token): ValueMatcher {
  switch (token.type) {
    case 'start-object':
      return readMatchExpression(reader);
    case 'string': {
      const digits = addressDigits(token.text);
      return digits === undefined
        ? { kind: 'equals', value: token.text }
        : {
            kind: 'cidr',
            value: token.text,
            range: { first: digits, last: digits },
            exact: true,
          };
    }
    case 'number':
      return {
        kind: 'equals-number',
        value: toComparable(token.text),
        text: token.text,
      };
    case 'null':
      return { kind: 'equals', value: null };
    case 'true':
    case 'false':
      return { kind: 'equals', value: token.type === 'true' };
    default:
      throw new PatternProblem('Match value must be String, number, true, false, or null', token);
  }
}
