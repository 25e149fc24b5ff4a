import { describeSchema } from './describeSchema';
import { diffSchemas } from './diffSchemas';
import { listFieldPaths, listFields } from './listFields';
import type { Json, JsonObject, SchemaNode } from './types';

/** The tree as lines: name, type, marks. */
function lines(node: SchemaNode, indent = ''): string[] {
  return node
    .children()
    .flatMap(child => [
      [
        `${indent}${child.name}: ${child.type}`,
        child.required ? ' (required)' : '',
        child.constraints.length > 0 ? ` {${child.constraints.join('; ')}}` : '',
        child.recursionOf === undefined ? '' : ` ↻ ${child.recursionOf || '/'}`,
        child.unresolved === undefined ? '' : ` ✗ ${child.unresolved}`,
      ].join(''),
      ...lines(child, `${indent}  `),
    ]);
}

const ORDER: JsonObject = {
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', format: 'uuid', description: 'Identifies it' },
    note: { anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }] },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    tags: { type: 'array', items: { type: 'string' } },
    counts: { additionalProperties: { type: 'integer', minimum: 0 } },
    pay: {
      oneOf: [{ title: 'Card', type: 'object', properties: { number: {} } }, { $ref: '#/$defs/cash' }],
    },
    parent: { $ref: '#' },
    gone: { $ref: 'other.json' },
  },
  $defs: {
    line: {
      allOf: [{ required: ['sku'], properties: { sku: { minLength: 1 } } }],
      properties: {
        sku: { type: 'string' },
        parts: { type: 'array', items: { $ref: '#/$defs/line' } },
      },
    },
    cash: {
      type: 'object',
      properties: { amount: { type: 'number', exclusiveMinimum: 0 } },
    },
  },
};

test('a schema as a tree', () => {
  expect(lines(describeSchema(ORDER))).toEqual([
    'id: string (uuid) (required)',
    'note: string or null',
    'lines: array of object (required) {at least 1 item}',
    '  sku: string (required) {at least 1 character}',
    '  parts: array of object',
    '    []: object ↻ lines[]',
    'tags: array of string',
    'counts: map of integer',
    '  *: integer {≥ 0}',
    'pay: object',
    '  Card: object',
    '    number: any',
    '  cash: object',
    '    amount: number {> 0}',
    'parent: object ↻ /',
    'gone: unknown ✗ other.json',
  ]);
});

test('what a node says', () => {
  const [node] = describeSchema({
    properties: {
      a: {
        $ref: '#/$defs/a',
        description: 'Here',
        deprecated: true,
        default: null,
        examples: [1],
      },
    },
    $defs: { a: { title: 'A', description: 'There', enum: ['x', null] } },
  }).children();
  expect(node).toMatchObject({
    kind: 'property',
    path: 'a',
    pointer: '/properties/a',
    type: 'string or null',
    title: 'A',
    description: 'Here',
    enum: ['x', null],
    default: { value: null },
    examples: [1],
    deprecated: true,
  });
});

test.each<readonly [JsonObject, string]>([
  [{ minLength: 1, maxLength: 40 }, '1 to 40 characters'],
  [{ minLength: 3, maxLength: 3 }, '3 characters'],
  [{ maxLength: 1 }, 'at most 1 character'],
  [{ minimum: 0 }, '≥ 0'],
  [{ minimum: 0, maximum: 10 }, '0 to 10'],
  [{ exclusiveMaximum: 5 }, '< 5'],
  [{ multipleOf: 5 }, 'multiple of 5'],
  [{ pattern: '^a' }, 'matches ^a'],
  [{ uniqueItems: true }, 'no item twice'],
  [{ additionalProperties: false }, 'no other properties'],
  [{ not: { enum: ['x'] } }, 'not "x"'],
  [{ dependentRequired: { a: ['b'] } }, 'when `a` is present, so is `b`'],
])('%j in words', (schema, words) => {
  expect(describeSchema(schema).constraints).toEqual([words]);
});

test('conditions say when', () => {
  const [node] = describeSchema({
    if: { properties: { kind: { const: 'a' } } },
    then: { required: ['x'], properties: { x: {} } },
  }).children();
  expect(node.kind).toBe('condition');
  expect(node.name).toBe('when `kind` is "a"');
  expect(lines(node)).toEqual(['x: any (required)']);
});

test('paths of fields alone', () => {
  expect(listFieldPaths(ORDER)).toEqual(listFields(ORDER).map(({ path }) => path));
  expect(listFieldPaths(ORDER, { maxFields: 3 })).toHaveLength(3);
});

test('fields, flat', () => {
  expect(listFields(ORDER).map(({ path }) => path)).toEqual([
    'id',
    'note',
    'lines',
    'tags',
    'counts',
    'pay',
    'parent',
    'gone',
    'lines[].sku',
    'lines[].parts',
    'counts.*',
    'lines[].parts[]',
    'pay.number',
    'pay.amount',
  ]);
  expect(listFields(ORDER)[0]).toEqual({
    path: 'id',
    type: 'string (uuid)',
    description: 'Identifies it',
    required: true,
  });
  expect(listFields(ORDER, { maxFields: 3 })).toHaveLength(3);
});

test('a schema that grows by two at every level stays bounded', () => {
  const definitions: { [name: string]: Json } = {};
  for (let i = 0; i < 40; i++) {
    const next = { $ref: `#/$defs/d${i + 1}` };
    definitions[`d${i}`] = { properties: { l: next, r: next } };
  }
  definitions.d40 = {};
  const schema = { $ref: '#/$defs/d0', $defs: definitions };
  expect(listFields(schema)).toHaveLength(1000);
});

describe('changes', () => {
  const changed = (change: (schema: any) => void) => {
    const after = JSON.parse(JSON.stringify(ORDER));
    change(after);
    return diffSchemas(ORDER, after).map(({ kind, message }) => [kind, message]);
  };

  test.each<readonly [string, (schema: any) => void, string]>([
    ['added', s => (s.properties.x = { type: 'string' }), '`x` was added'],
    ['removed', s => delete s.properties.tags, '`tags` was removed'],
    ['type changed', s => (s.properties.id.type = 'integer'), '`id` was string (uuid), is integer (uuid)'],
    ['required changed', s => s.required.pop(), '`lines` is no longer required'],
    ['enum changed', s => (s.properties.id.enum = ['a']), '`id` must be one of "a"'],
    [
      'constraint changed',
      s => (s.properties.lines.minItems = 2),
      '`lines` was: at least 1 item; is: at least 2 items',
    ],
    ['documentation only', s => (s.properties.id.description = 'Now'), '`id` is described differently: description'],
    [
      'constraint changed',
      s => (s.$defs.cash.properties.amount.exclusiveMinimum = 1),
      '`pay.amount` was: > 0; is: > 1',
    ],
  ])('%s', (kind, change, message) => {
    expect(changed(change)).toEqual([[kind, message]]);
  });

  test('none between equal schemas', () => {
    expect(changed(() => {})).toEqual([]);
  });
});
