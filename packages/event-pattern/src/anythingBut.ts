/*
 * `anything-but`: values, or one operator with a value or a list.
 */
import type { JsonReader, Token } from './jsonReader';
import { comparable } from './numericRange';
import { expect, oneStringOf, PatternProblem, TOO_MANY } from './patternProblem';
import type { ExcludedMatcher, ValueMatcher } from './types';
import { checkWildcard } from './wildcardToken';

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
    notAString: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
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

/** Reads what follows the name `anything-but`, and the end of its object. */
export function readAnythingBut(reader: JsonReader): ValueMatcher {
  const token = reader.next();
  if (token.type !== 'start-object') {
    const excluded = readExcludedValues(reader, checkedShape(token));
    expect(reader.next(), 'end-object', TOO_MANY);
    return { kind: 'anything-but', excluded };
  }
  const name = expect(reader.next(), 'field', 'Anything-But expression name not found');
  if (!Object.hasOwn(EXCLUDED_OPERATORS, name.text)) {
    throw new PatternProblem(`Unsupported anything-but pattern: ${name.text}`, name);
  }
  const excluded = readExcludedByOperator(reader, checkedShape(reader.next()), EXCLUDED_OPERATORS[name.text]);
  expect(reader.next(), 'end-object', TOO_MANY);
  expect(reader.next(), 'end-object', TOO_MANY);
  return { kind: 'anything-but', excluded };
}

function checkedShape(token: Token): Token {
  if (token.type !== 'start-array' && token.type !== 'string' && token.type !== 'number') {
    throw new PatternProblem('Value of anything-but must be an array or single string/number value.', token);
  }
  return token;
}

/** Tokens of a list up to its end, or the one value itself. */
function* listed(reader: JsonReader, first: Token): Generator<Token> {
  if (first.type !== 'start-array') {
    yield first;
    return;
  }
  for (let token = reader.next(); token.type !== 'end-array'; token = reader.next()) {
    yield token;
  }
}

function readExcludedValues(reader: JsonReader, first: Token): readonly ExcludedMatcher[] {
  const excluded: ExcludedMatcher[] = [];
  for (const token of listed(reader, first)) {
    if (token.type === 'string') {
      excluded.push({ kind: 'equals', value: token.text });
    } else if (token.type === 'number') {
      const value = comparable(token);
      excluded.push({ kind: 'equals-number', value, text: token.text });
    } else {
      throw new PatternProblem('Inside anything but list, start|null|boolean is not supported.', token);
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
