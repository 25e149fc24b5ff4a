/*
 * One element of a field's array: a value, or an object such as
 * `{ "prefix": "eu-" }`. The order of the checks is EventBridge's, since the
 * first thing that is wrong is the thing that its error names.
 */
import { AddressError, addressDigits, parseCidr } from './addresses';
import type { JsonReader, Token, TokenType } from './jsonReader';
import { toComparable } from './numbers';
import type { ExcludedMatcher, NumericRange, ValueMatcher } from './types';
import { parseWildcard, WildcardError } from './wildcard';

/** Something that a pattern may not say, at a token. */
export class PatternProblem extends Error {
  readonly token: Token;

  constructor(reason: string, token: Token) {
    super(reason);
    this.name = 'PatternProblem';
    this.token = token;
  }
}

/** Places of a wildcard that one value can be at, at once; beyond it a pattern is refused. */
export const MAX_WILDCARD_COMPLEXITY = 10;

const ONLY_ONE_KEY = 'Only one key allowed in match expression';
const TOO_MANY = 'Too many elements in numeric expression';

function expect(token: Token, type: TokenType, reason: string): Token {
  if (token.type !== type) {
    throw new PatternProblem(reason, token);
  }
  return token;
}

function oneStringOf(operator: string): string {
  return `${operator} match pattern must be a string`;
}

/** Reads one element of a field's array, whose first token is given. */
export function readValueMatcher(
  reader: JsonReader,
  token: Token,
): ValueMatcher {
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
      throw new PatternProblem(
        'Match value must be String, number, true, false, or null',
        token,
      );
  }
}

function readMatchExpression(reader: JsonReader): ValueMatcher {
  const name = expect(
    reader.next(),
    'field',
    'Match expression name not found',
  );
  const read = Object.hasOwn(OPERATORS, name.text)
    ? OPERATORS[name.text]
    : undefined;
  if (read === undefined) {
    throw new PatternProblem(`Unrecognized match type ${name.text}`, name);
  }
  return read(reader);
}

type OperatorReader = (reader: JsonReader) => ValueMatcher;

const OPERATORS: { readonly [name: string]: OperatorReader } = {
  // what the operators compile to; not documented, but accepted
  exactly: reader => {
    const value = expect(
      reader.next(),
      'string',
      'exact match pattern must be a string',
    ).text;
    return ended(reader, { kind: 'equals', value });
  },
  prefix: reader => readAffix(reader, 'prefix'),
  suffix: reader => readAffix(reader, 'suffix'),
  'equals-ignore-case': reader => {
    const value = expect(
      reader.next(),
      'string',
      oneStringOf('equals-ignore-case'),
    ).text;
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
      throw new PatternProblem(
        'exists match pattern must be either true or false.',
        token,
      );
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

function ended(reader: JsonReader, matcher: ValueMatcher): ValueMatcher {
  expect(reader.next(), 'end-object', ONLY_ONE_KEY);
  return matcher;
}

function readAffix(
  reader: JsonReader,
  kind: 'prefix' | 'suffix',
): ValueMatcher {
  const token = reader.next();
  if (token.type !== 'start-object') {
    const value = expect(token, 'string', oneStringOf(kind)).text;
    return ended(reader, { kind, value, ignoreCase: false });
  }
  const title = kind === 'prefix' ? 'Prefix' : 'Suffix';
  const name = expect(
    reader.next(),
    'field',
    `${title} expression name not found`,
  );
  if (name.text !== 'equals-ignore-case') {
    throw new PatternProblem(`Unsupported ${kind} pattern: ${name.text}`, name);
  }
  const value = expect(
    reader.next(),
    'string',
    oneStringOf('equals-ignore-case'),
  ).text;
  expect(reader.next(), 'end-object', ONLY_ONE_KEY);
  return ended(reader, { kind, value, ignoreCase: true });
}

function checkWildcard(token: Token): void {
  try {
    parseWildcard(token.text);
  } catch (error) {
    if (error instanceof WildcardError) {
      throw new PatternProblem(error.message, token);
    }
    throw error;
  }
}

/** How `anything-but` reads the operator inside it. */
interface ExcludedOperator {
  readonly notAString: string;
  readonly allowsEmpty: boolean;
  toMatcher(token: Token): ExcludedMatcher;
}

const AFFIX = {
  notAString: 'prefix/suffix match pattern must be a string',
  allowsEmpty: false,
} as const;

const EXCLUDED_OPERATORS: { readonly [name: string]: ExcludedOperator } = {
  prefix: {
    ...AFFIX,
    toMatcher: ({ text }) => ({
      kind: 'prefix',
      value: text,
      ignoreCase: false,
    }),
  },
  suffix: {
    ...AFFIX,
    toMatcher: ({ text }) => ({
      kind: 'suffix',
      value: text,
      ignoreCase: false,
    }),
  },
  'equals-ignore-case': {
    notAString:
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    allowsEmpty: true,
    toMatcher: ({ text }) => ({ kind: 'equals-ignore-case', value: text }),
  },
  wildcard: {
    notAString: oneStringOf('wildcard'),
    allowsEmpty: true,
    toMatcher: token => {
      checkWildcard(token);
      return { kind: 'wildcard', value: token.text };
    },
  },
};

function readAnythingBut(reader: JsonReader): ValueMatcher {
  const token = reader.next();
  if (token.type !== 'start-object') {
    const excluded = readExcludedValues(reader, checkedShape(token));
    expect(reader.next(), 'end-object', TOO_MANY);
    return { kind: 'anything-but', excluded };
  }
  const name = expect(
    reader.next(),
    'field',
    'Anything-But expression name not found',
  );
  if (!Object.hasOwn(EXCLUDED_OPERATORS, name.text)) {
    throw new PatternProblem(
      `Unsupported anything-but pattern: ${name.text}`,
      name,
    );
  }
  const excluded = readExcludedByOperator(
    reader,
    checkedShape(reader.next()),
    EXCLUDED_OPERATORS[name.text],
  );
  expect(reader.next(), 'end-object', TOO_MANY);
  expect(reader.next(), 'end-object', TOO_MANY);
  return { kind: 'anything-but', excluded };
}

function checkedShape(token: Token): Token {
  if (
    token.type !== 'start-array' &&
    token.type !== 'string' &&
    token.type !== 'number'
  ) {
    throw new PatternProblem(
      'Value of anything-but must be an array or single string/number value.',
      token,
    );
  }
  return token;
}

/** Tokens of a list up to its end, or the one value itself. */
function* listed(reader: JsonReader, first: Token): Generator<Token> {
  if (first.type !== 'start-array') {
    yield first;
    return;
  }
  for (
    let token = reader.next();
    token.type !== 'end-array';
    token = reader.next()
  ) {
    yield token;
  }
}

function readExcludedValues(
  reader: JsonReader,
  first: Token,
): readonly ExcludedMatcher[] {
  const excluded: ExcludedMatcher[] = [];
  for (const token of listed(reader, first)) {
    if (token.type === 'string') {
      excluded.push({ kind: 'equals', value: token.text });
    } else if (token.type === 'number') {
      const value = comparable(token);
      excluded.push({ kind: 'equals-number', value, text: token.text });
    } else {
      throw new PatternProblem(
        'Inside anything but list, start|null|boolean is not supported.',
        token,
      );
    }
  }
  if (new Set(excluded.map(({ kind }) => kind)).size !== 1) {
    throw new PatternProblem(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
      first,
    );
  }
  return excluded;
}

function readExcludedByOperator(
  reader: JsonReader,
  first: Token,
  operator: ExcludedOperator,
): readonly ExcludedMatcher[] {
  const excluded: ExcludedMatcher[] = [];
  for (const token of listed(reader, first)) {
    expect(token, 'string', operator.notAString);
    if (token.text === '' && !operator.allowsEmpty) {
      throw new PatternProblem('Null prefix/suffix not allowed', token);
    }
    excluded.push(operator.toMatcher(token));
  }
  if (excluded.length === 0) {
    // EventBridge's own library fails on such a list without saying why
    throw new PatternProblem('Empty arrays are not allowed', first);
  }
  return excluded;
}

function comparable(token: Token): number {
  const value = toComparable(token.text);
  if (value === undefined) {
    throw new PatternProblem(`Cannot compare number : ${token.text}`, token);
  }
  return value;
}

function readNumericRange(reader: JsonReader): NumericRange {
  const operator = reader.next();
  if (operator.type !== 'string') {
    throw new PatternProblem(
      `Invalid member in numeric match: ${operator.text}`,
      operator,
    );
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
      throw new PatternProblem(
        `Unrecognized numeric range operator: ${operator.text}`,
        operator,
      );
  }
}

function readUpperBound(
  reader: JsonReader,
  bottom: Token,
  inclusive: boolean,
): NumericRange {
  const operator = reader.next();
  if (operator.type === 'end-array') {
    return { lower: { value: comparable(bottom), inclusive } };
  }
  expect(operator, 'string', `Bad value in numeric range: ${operator.text}`);
  if (operator.text !== '<' && operator.text !== '<=') {
    throw new PatternProblem(
      `Bad numeric range operator: ${operator.text}`,
      operator,
    );
  }
  const top = expect(
    reader.next(),
    'number',
    `Value of ${operator.text} must be numeric`,
  );
  expect(
    reader.next(),
    'end-array',
    'Too many terms in numeric range expression',
  );
  const lower = { value: comparable(bottom), inclusive };
  const upper = { value: comparable(top), inclusive: operator.text === '<=' };
  if (lower.value >= upper.value) {
    throw new PatternProblem('Bottom must be less than top', bottom);
  }
  return { lower, upper };
}
