import * as fc from 'fast-check';
import { Collector } from './collector';
import { compileEventPattern } from './compile';
import { FieldTree } from './fieldTree';
import { scanText } from './scanText';

function accepts(text: string): boolean {
  const tree = new FieldTree();
  tree.add('a.b');
  return scanText(text, new Collector(tree));
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function problem(text: string): string | undefined {
  try {
    compileEventPattern({ a: { b: [1] } }).matches(text);
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

/** Each stands where a value may stand: on a used field, and on one that is passed over. */
const VALUES = [
  '1',
  '-1',
  '01',
  '-',
  '-0',
  '0.',
  '.5',
  '1.5',
  '1e5',
  '1E+5',
  '1e',
  '1e+',
  '1e5.',
  '0x1',
  '+1',
  'NaN',
  'Infinity',
  'true',
  'tru',
  'truex',
  'false',
  'null',
  'nul',
  'undefined',
  '"x"',
  '"x',
  "'x'",
  '"\\n"',
  '"\\x"',
  '"\\u12G4"',
  '"\\u1234"',
  '"\\ud800"',
  '"\ud800"',
  '"\\"',
  '"\t"',
  '"\n"',
  '"\u0000"',
  '"\u007f"',
  '"\u2028"',
  '[]',
  '[1,]',
  '[,]',
  '[1 2]',
  '[1}',
  '{}',
  '{"b":1}',
  '{"b":1,}',
  '{b:1}',
  '{"b" 1}',
  '{"b":}',
  '{"b":1]',
  '{"b"}',
  '{"\n":1}',
  '{"\\u0062":1}',
  '{"\\q":1}',
  '',
  ' 1 ',
  '1 1',
  '\u00a01',
  '\ufeff1',
  '[[[1]]]',
  '{"b":{"b":[1,{"b":2}]}}',
];

test.each(VALUES)('%j is taken where JSON.parse takes it', value => {
  for (const text of [
    `{"a":${value}}`,
    `{"x":${value}}`,
    `{"a":{"b":${value}}}`,
    `{"a":[${value}],"a":1}`,
    value,
    `${value}{}`,
    `{}${value}`,
  ]) {
    expect([text, accepts(text)]).toEqual([text, parses(text)]);
  }
});

test('texts with a character changed are taken where JSON.parse takes them', () => {
  const texts = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\ \n\t0-1.eEtfnu\u0000\ud83d'), fc.boolean());
  fc.assert(
    fc.property(texts, ([json, place, char, insert]) => {
      const whole = `{"a":{"b":${json}},"c":${json}}`;
      const at = place % whole.length;
      const text = whole.slice(0, at) + char + whole.slice(insert ? at : at + 1);
      expect(accepts(whole)).toBe(true);
      expect(accepts(text)).toBe(parses(text));
      // the reader that words errors agrees, and says something
      expect(problem(text)).toBe(parses(text) ? undefined : 'InvalidEventError');
    }),
    { numRuns: Number(process.env.PROVE_COUNT ?? 500) },
  );
});

test('keys: escaped, dotted, written twice, names of Object.prototype', () => {
  const found = (fields: readonly string[], text: string) => {
    const tree = new FieldTree();
    const slots = fields.map(field => tree.add(field));
    const collector = new Collector(tree);
    expect(scanText(text, collector)).toBe(true);
    return slots.map(slot => slot.leaves.map(leaf => leaf.value.text));
  };
  expect(found(['a.b'], '{"\\u0061":{"\\u0062":"x"}}')).toEqual([['x']]);
  expect(found(['a.b', 'a'], '{"a.b":"x","a":{"b":"y"},"a":"z"}')).toEqual([['x', 'y'], ['z']]);
  expect(found(['__proto__.x', 'constructor'], '{"__proto__":{"x":1},"constructor":[true,null]}')).toEqual([
    ['1'],
    ['true', 'null'],
  ]);
  expect(found(['a'], '{"a":"\\ud83d\\ude80\\n"}')).toEqual([['🚀\n']]);
  // both have the same hash
  expect(found(['Aa', 'BB'], '{"BB":1,"Aa":2}')).toEqual([['2'], ['1']]);
});

test('nesting ends where the parser of EventBridge ends', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  expect([accepts(nested(1000)), accepts(nested(1001)), accepts(`{"x":${'['.repeat(100_000)}`)]).toEqual([
    true,
    false,
    false,
  ]);
});
