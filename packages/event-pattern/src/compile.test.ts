import { compileEventPattern } from './compile';
import type { InvalidEventPatternError } from './errors';

function problem(pattern: string, options = {}): InvalidEventPatternError {
  try {
    compileEventPattern(pattern, options);
  } catch (error) {
    return error as InvalidEventPatternError;
  }
  throw new Error(`${pattern} was accepted`);
}

/** What EventBridge says to each. */
const INVALID: readonly (readonly [string, string])[] = [
  ['', 'Filter is not an object'],
  ['[]', 'Filter is not an object'],
  ['"x"', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"a":{}}', 'Empty objects are not allowed'],
  ['{"a":[]}', 'Empty arrays are not allowed'],
  ['{"a":1}', '"a" must be an object or an array'],
  ['{"a":"x"}', '"a" must be an object or an array'],
  ['{"a":[[1]]}', 'Match value must be String, number, true, false, or null'],
  ['{"a":[{}]}', 'Match expression name not found'],
  ['{"a":[{"EXISTS":true}]}', 'Unrecognized match type EXISTS'],
  ['{"a":[{"constructor":1}]}', 'Unrecognized match type constructor'],
  ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
  ['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
  ['{"a":[{"suffix":["x"]}]}', 'suffix match pattern must be a string'],
  ['{"a":[{"prefix":{}}]}', 'Prefix expression name not found'],
  ['{"a":[{"prefix":{"suffix":"x"}}]}', 'Unsupported prefix pattern: suffix'],
  ['{"a":[{"suffix":{"equals-ignore-case":1}}]}', 'equals-ignore-case match pattern must be a string'],
  ['{"a":[{"equals-ignore-case":["x"]}]}', 'equals-ignore-case match pattern must be a string'],
  ['{"a":[{"wildcard":1}]}', 'wildcard match pattern must be a string'],
  ['{"a":[{"wildcard":"é**"}]}', 'Consecutive wildcard characters at pos 3'],
  ['{"a":[{"wildcard":"a\\\\b"}]}', 'Invalid escape character at pos 2'],
  [
    '{"a":[{"wildcard":"*a*a*a*a*a*a*"}]}',
    'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
  ],
  ['{"a":[{"numeric":5}]}', 'Value of numeric must be an array.'],
  ['{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ]'],
  ['{"a":[{"numeric":[5]}]}', 'Invalid member in numeric match: 5'],
  ['{"a":[{"numeric":["=","5"]}]}', 'Value of equals must be numeric'],
  ['{"a":[{"numeric":[">"]}]}', 'Value of > must be numeric'],
  ['{"a":[{"numeric":["!=",5]}]}', 'Unrecognized numeric range operator: !='],
  ['{"a":[{"numeric":["<",5,">",1]}]}', 'Too many elements in numeric expression'],
  ['{"a":[{"numeric":[">",0,">",1]}]}', 'Bad numeric range operator: >'],
  ['{"a":[{"numeric":[">",0,1]}]}', 'Bad value in numeric range: 1'],
  ['{"a":[{"numeric":[">",0,"<",1,2]}]}', 'Too many terms in numeric range expression'],
  ['{"a":[{"numeric":[">",5,"<",5]}]}', 'Bottom must be less than top'],
  ['{"a":[{"numeric":[">",1e400]}]}', 'Cannot compare number : 1e400'],
  ['{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false.'],
  ['{"a":[{"cidr":["x"]}]}', 'prefix match pattern must be a string'],
  ['{"a":[{"cidr":"x"}]}', "Malformed CIDR, one '/' required"],
  ['{"a":[{"cidr":"10.0.0.0/x"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"a":[{"cidr":"10.0.0.0/-1"}]}', 'Malformed CIDR, mask bits must not be negative'],
  ['{"a":[{"cidr":"10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
  ['{"a":[{"cidr":"::/128"}]}', 'IPv6 mask bits must be < 128'],
  ['{"a":[{"cidr":"x.1/8"}]}', 'Nonstandard IP address: x.1'],
  ['{"a":[{"cidr":"300.0.0.0/8"}]}', 'Invalid IP address: 300.0.0.0'],
  ['{"a":[{"anything-but":null}]}', 'Value of anything-but must be an array or single string/number value.'],
  ['{"a":[{"anything-but":[null]}]}', 'Inside anything but list, start|null|boolean is not supported.'],
  [
    '{"a":[{"anything-but":["x",1]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
  ],
  [
    '{"a":[{"anything-but":[]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
  ],
  ['{"a":[{"anything-but":{}}]}', 'Anything-But expression name not found'],
  ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but pattern: numeric'],
  ['{"a":[{"anything-but":{"prefix":1}}]}', 'prefix/suffix match pattern must be a string'],
  ['{"a":[{"anything-but":{"suffix":[""]}}]}', 'Null prefix/suffix not allowed'],
  ['{"a":[{"anything-but":{"wildcard":[1]}}]}', 'wildcard match pattern must be a string'],
  [
    '{"a":[{"anything-but":{"equals-ignore-case":[1]}}]}',
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  ],
  ['{"$or":[{"a":[1]}]}', 'There must have at least 2 Objects in $or relationship.'],
  ['{"$or":[{"a":[1]},{}]}', 'Empty objects are not allowed'],
  ['{"$or":[{"a":[1]},{"b":{"prefix":["x"]}}]}', 'prefix is Ruler reserved fieldName which cannot be used inside $or.'],
  ['{"a":[1],}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name"],
  ['{"a":[1] "b":[2]}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries"],
  [
    '{"a":[tru]}',
    "Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
  ],
  ['{"a":[01]}', 'Invalid numeric value: Leading zeroes not allowed'],
  [
    '{"a":[1]',
    'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":[1]"; line: 1, column: 1])',
  ],
];

test.each(INVALID)('%s', (pattern, reason) => {
  expect(problem(pattern).message).toBe(`Event pattern is not valid. Reason: ${reason}`);
});

test('the place of a problem, by keys and in the text', () => {
  const text = '{\n  "detail": {\n    "amount": ["x", { "numeric": 5 }]\n  }\n}';
  const { path, position } = problem(text);
  expect(path).toEqual(['detail', 'amount', 1]);
  expect(position).toEqual({ offset: text.indexOf('5'), line: 3, column: 34 });
});

test('the place inside $or', () => {
  const { path } = problem('{"$or":[{"a":[1]},{"b":{"c":[[]]}}]}');
  expect(path).toEqual(['$or', 1, 'b', 'c', 0]);
});

test('the first problem is told, even where the text breaks off after it', () => {
  expect(problem('{"a":1,"b":').reason).toBe('"a" must be an object or an array');
});

test.each([
  '{"a":[{"exactly":"x"}]}',
  '{"a":["x"]} and more',
  '{"a":[{"wildcard":"*:*:event-bus/*"}]}',
  '{"a":[{"numeric":[">",0,"<=",5]}]}',
])('accepts %s', text => {
  expect(compileEventPattern(text).text).toBe(text);
});

test('fields, once each, in the order of the text', () => {
  const { fields } = compileEventPattern({
    source: ['s'],
    $or: [{ 'detail.b': [1] }, { detail: { a: [1], b: [2] } }],
  });
  expect(fields).toEqual(['source', 'detail.b', 'detail.a']);
});

describe('limits', () => {
  test('2,048 characters, unless told otherwise', () => {
    const at = (length: number) => JSON.stringify({ a: ['x'.repeat(length - '{"a":[""]}'.length)] });
    expect(compileEventPattern(at(2048)).fields).toEqual(['a']);
    expect(problem(at(2049)).reason).toContain('2049 characters long');
    const patterns = { maxCharacters: 4096 };
    expect(compileEventPattern(at(4096), patterns).fields).toEqual(['a']);
  });

  test('nesting, as text and as a value', () => {
    const text = `${'{"a":'.repeat(10_000)}[1]${'}'.repeat(10_000)}`;
    expect(problem(text, { maxCharacters: Infinity }).reason).toContain('nesting depth');
    const value = JSON.parse(text);
    expect(() => compileEventPattern(value, { maxCharacters: Infinity })).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternError' }),
    );
  });

  test('$or in $or in $or', () => {
    const or = (i: number) => [{ [`a${i}`]: [1] }, { [`b${i}`]: [1] }];
    const nested = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, { $or: or(i) }]));
    expect(() => compileEventPattern(nested)).toThrow(/Rule is too complex/);
  });

  test('thousands of wildcards', () => {
    const text = JSON.stringify({ a: [{ wildcard: '*a'.repeat(5000) }] });
    expect(problem(text, { maxCharacters: Infinity }).reason).toContain('Rule is too complex');
  });
});
