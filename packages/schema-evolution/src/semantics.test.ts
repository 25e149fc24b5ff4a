/*
 * What each keyword means between two versions, in each draft, both taken at
 * their word. `<`: all that the old one allows, the new one does, and not the
 * other way round; `>`: the other way round; `=`: both; `#`: neither.
 */
import { compareSchemas } from './compareSchemas';

type Sign = '<' | '>' | '=' | '#';
type Case = readonly [name: string, old: unknown, sign: Sign, next: unknown];

const D4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
const D6 = { $schema: 'http://json-schema.org/draft-06/schema#' };
const D7 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const D19 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };
const D20 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
const text = { type: 'string' };
const number = { type: 'number' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

const TYPES: readonly Case[] = [
  ['anything, nothing', true, '>', false],
  ['anything, empty schema', true, '=', {}],
  ['nothing, not anything', false, '=', { not: {} }],
  ['anything, all types', {}, '=', { type: ['null', 'boolean', 'number', 'string', 'array', 'object'] }],
  ['integer, number', { type: 'integer' }, '<', number],
  ['integer, whole number', { type: 'integer' }, '=', { type: 'number', multipleOf: 1 }],
  ['integer and number, number', { type: ['integer', 'number'] }, '=', number],
  ['one type, more types', text, '<', { type: ['string', 'null'] }],
  ['order of types', { type: ['null', 'string'] }, '=', { type: ['string', 'null'] }],
  ['types, alternatives', { type: ['string', 'null'] }, '=', { anyOf: [text, { type: 'null' }] }],
  ['other type', text, '#', number],
  ['booleans are two', { type: 'boolean' }, '=', { enum: [true, false] }],
  ['null is one', { type: 'null' }, '=', { const: null }],
  ['a type left out', text, '<', {}],
  ['keywords of other types', { type: 'string', minimum: 3 }, '=', text],
];

const VALUES: readonly Case[] = [
  ['a value more', { enum: ['a'] }, '<', { enum: ['a', 'b'] }],
  ['order of values', { enum: ['a', 'b'] }, '=', { enum: ['b', 'a'] }],
  ['constant, one value', { const: 'a' }, '=', { enum: ['a'] }],
  ['constant, other constant', { const: 'a' }, '#', { const: 'b' }],
  ['values of a type', { enum: ['a', 'b'] }, '<', text],
  ['values cut by a type', { enum: ['a', 1], type: 'string' }, '=', { const: 'a' }],
  ['1 and 1.0', { const: 1 }, '=', { const: 1.0 }],
  ['0 and false', { const: 0 }, '#', { const: false }],
  ['objects as values', { const: { a: 1, b: [2] } }, '=', { const: { b: [2], a: 1 } }],
  ['lists as values', { const: [1, 2] }, '#', { const: [2, 1] }],
  ['values of an object schema', { enum: [{ a: 1 }] }, '<', object({ a: number }, { required: ['a'] })],
  ['values by an expression', { enum: ['aa', 'ab'] }, '<', { type: 'string', pattern: '^a' }],
  ['values by a length', { enum: ['a', 'bb'] }, '=', { enum: ['a', 'bb', 'ccc'], maxLength: 2 }],
  ['values by a range', { type: 'integer', minimum: 1, maximum: 3 }, '=', { enum: [1, 2, 3] }],
  ['empty text', { type: 'string', maxLength: 0 }, '=', { const: '' }],
  ['empty list', { type: 'array', maxItems: 0 }, '=', { const: [] }],
  ['empty object', { type: 'object', maxProperties: 0 }, '=', { const: {} }],
  ['empty objects of two kinds', object({}, { additionalProperties: false }), '=', { const: {} }],
];

const NUMBERS: readonly Case[] = [
  ['lower minimum', { minimum: 5 }, '<', { minimum: 4 }],
  ['minimum, exclusive', { exclusiveMinimum: 5 }, '<', { minimum: 5 }],
  ['maximum, exclusive', { maximum: 5 }, '>', { exclusiveMaximum: 5 }],
  ['integers, exclusive', { type: 'integer', exclusiveMinimum: 5 }, '=', { type: 'integer', minimum: 6 }],
  ['integers, fraction', { type: 'integer', minimum: 5.5 }, '=', { type: 'integer', minimum: 6 }],
  ['both limits', { type: 'number', minimum: 0, maximum: 10 }, '<', { type: 'number', minimum: 0 }],
  ['overlap', { type: 'number', minimum: 0, maximum: 10 }, '#', { type: 'number', minimum: 5, maximum: 15 }],
  ['exclusive of draft-04', { ...D4, minimum: 5, exclusiveMinimum: true }, '<', { ...D4, minimum: 5 }],
  ['exclusive of draft-04, off', { ...D4, minimum: 5, exclusiveMinimum: false }, '=', { ...D4, minimum: 5 }],
  ['exclusive of two drafts', { ...D4, maximum: 5, exclusiveMaximum: true }, '=', { ...D7, exclusiveMaximum: 5 }],
  ['unnamed draft by its keyword', { maximum: 5, exclusiveMaximum: true }, '=', { exclusiveMaximum: 5 }],
  ['multiples', { type: 'number', multipleOf: 6 }, '<', { type: 'number', multipleOf: 3 }],
  ['multiples, common', { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] }, '=', { multipleOf: 12 }],
  ['multiples, fraction', { multipleOf: 0.5 }, '<', { multipleOf: 0.25 }],
  ['multiples, tenths', { multipleOf: 0.3 }, '<', { multipleOf: 0.1 }],
  ['multiples, none', { type: 'number', multipleOf: 2 }, '#', { type: 'number', multipleOf: 3 }],
  ['multiples in a range', { multipleOf: 10, minimum: 1, maximum: 9, type: 'number' }, '=', false],
  ['range of one', { type: 'number', minimum: 2, maximum: 2 }, '=', { const: 2 }],
  ['large numbers', { type: 'number', maximum: 1e308 }, '<', number],
];

const STRINGS: readonly Case[] = [
  ['shorter', { minLength: 2 }, '<', { minLength: 1 }],
  ['longer', { maxLength: 2 }, '<', { maxLength: 3 }],
  ['no length', { minLength: 0 }, '=', {}],
  ['contradicting lengths', { type: 'string', minLength: 3, maxLength: 2 }, '=', false],
  [
    'length by an expression',
    { type: 'string', pattern: '^.{2,4}$' },
    '<',
    { type: 'string', minLength: 2, maxLength: 4 },
  ],
  ['characters of two units', { type: 'string', const: '🚀' }, '<', { type: 'string', maxLength: 1 }],
  ['expression, not anchored', { pattern: '^abc$' }, '<', { pattern: 'b' }],
  ['expressions, equal', { pattern: '^(a|b)$' }, '=', { pattern: '^[ab]$' }],
  ['expressions, repeated', { pattern: '^(a+)+$' }, '=', { pattern: '^a+$' }],
  ['expressions, classes', { pattern: '^\\d+$' }, '=', { pattern: '^[0-9]+$' }],
  ['expressions, narrower', { pattern: '^[a-f]*$' }, '<', { pattern: '^[a-z]*$' }],
  ['expressions, anything', { pattern: '' }, '=', {}],
  ['expressions, anything said', { pattern: '.*' }, '=', {}],
  [
    'expressions, both',
    { allOf: [{ pattern: '^a' }, { pattern: 'b$' }], type: 'string' },
    '<',
    { type: 'string', pattern: '^a.*b$|\n|\r|\u2028|\u2029' },
  ],
  ['format', { type: 'string', format: 'date' }, '<', text],
  ['format, other', { type: 'string', format: 'date' }, '#', { type: 'string', format: 'email' }],
  ['format, unknown', { type: 'string', format: 'colour' }, '=', text],
  ['format, expression', { type: 'string', format: 'uuid' }, '<', { type: 'string', minLength: 36, maxLength: 36 }],
  ['format, within', { type: 'string', format: 'uri' }, '<', { type: 'string', format: 'uri-reference' }],
  ['format, addresses', { type: 'string', format: 'ipv4' }, '#', { type: 'string', format: 'ipv6' }],
  [
    'content is no assertion',
    { type: 'string', contentEncoding: 'base64' },
    '=',
    { type: 'string', contentMediaType: 'text/plain' },
  ],
];

const OBJECTS: readonly Case[] = [
  ['optional property of a type', object({ a: text }), '<', object({})],
  ['optional property added to an open object', object({}), '>', object({ a: text })],
  ['property without a type added', object({}), '=', object({ a: {} })],
  [
    'property added to a closed object',
    object({}, { additionalProperties: false }),
    '<',
    object({ a: text }, { additionalProperties: false }),
  ],
  ['required property', object({ a: text }, { required: ['a'] }), '<', object({ a: text })],
  ['required property that may not be there', object({ a: false }, { required: ['a'] }), '=', false],
  ['required beyond a closed object', object({}, { required: ['a'], additionalProperties: false }), '=', false],
  ['closed', object({ a: text }, { additionalProperties: false }), '<', object({ a: text })],
  ['others of a type', object({}, { additionalProperties: text }), '<', object({})],
  [
    'others of a type, one said otherwise',
    object({ a: number }, { additionalProperties: text }),
    '#',
    object({}, { additionalProperties: text }),
  ],
  [
    'others of a type, one the same',
    object({ a: text }, { additionalProperties: text }),
    '=',
    object({}, { additionalProperties: text }),
  ],
  ['property of others', object({ a: text }), '>', object({ a: text }, { additionalProperties: text })],
  ['names by an expression', { type: 'object', patternProperties: { '^a': text } }, '<', object({ ab: text })],
  [
    'names by a narrower expression',
    { type: 'object', patternProperties: { '^a': text } },
    '<',
    { type: 'object', patternProperties: { '^ab': text } },
  ],
  [
    'names by an expression, closed',
    object({ ab: text }, { additionalProperties: false }),
    '<',
    { type: 'object', patternProperties: { '^a': text }, additionalProperties: false },
  ],
  [
    'every name by an expression',
    { type: 'object', patternProperties: { '': text } },
    '=',
    { type: 'object', additionalProperties: text },
  ],
  [
    'two expressions at once',
    { type: 'object', patternProperties: { '^a': text, b$: number }, required: ['ab'] },
    '=',
    false,
  ],
  [
    'names',
    { type: 'object', propertyNames: { maxLength: 2 } },
    '<',
    { type: 'object', propertyNames: { maxLength: 3 } },
  ],
  [
    'names, listed',
    { type: 'object', propertyNames: { enum: ['a'] } },
    '=',
    object({ a: true }, { additionalProperties: false }),
  ],
  ['names, none', { type: 'object', propertyNames: false }, '=', { const: {} }],
  ['count', { type: 'object', minProperties: 2 }, '<', { type: 'object', minProperties: 1 }],
  ['count of required', object({}, { required: ['a', 'b'] }), '<', { type: 'object', minProperties: 2 }],
  [
    'count of a closed object',
    object({ a: true, b: true }, { additionalProperties: false }),
    '<',
    { type: 'object', maxProperties: 2 },
  ],
  ['count beyond a closed object', object({ a: true }, { additionalProperties: false, minProperties: 2 }), '=', false],
  ['dependent name', { type: 'object', dependentRequired: { a: ['b'] } }, '<', { type: 'object' }],
  [
    'dependent name, required',
    object({}, { required: ['b'] }),
    '<',
    { type: 'object', dependentRequired: { a: ['b'] } },
  ],
  [
    'dependent name, old form',
    { ...D7, type: 'object', dependencies: { a: ['b'] } },
    '=',
    { ...D19, type: 'object', dependentRequired: { a: ['b'] } },
  ],
  [
    'dependent schema, old form',
    { ...D7, dependencies: { a: { required: ['b'] } } },
    '=',
    { ...D19, dependentSchemas: { a: { required: ['b'] } } },
  ],
  [
    'dependent schema, name',
    { dependentSchemas: { a: { required: ['b'] } } },
    '=',
    { dependentRequired: { a: ['b'] } },
  ],
  ['dependent on what never is', object({ a: false }), '<', { type: 'object', dependentRequired: { a: ['b'] } }],
  ['chain of dependents', { dependentRequired: { a: ['b'], b: ['c'] } }, '<', { dependentRequired: { a: ['c'] } }],
  ['nested', object({ a: object({ b: { type: 'integer' } }) }), '<', object({ a: object({ b: number }) })],
  [
    'nested behind what may not be',
    object({ a: object({ b: text }, { required: ['b'] }) }, { required: ['a'] }),
    '#',
    object({ a: object({ b: number }) }),
  ],
  ['no such property, not required', { type: 'object', not: { required: ['a'] } }, '=', object({ a: false })],
  [
    'unevaluated, closed',
    { ...D20, ...object({ a: text }), unevaluatedProperties: false },
    '=',
    { ...D20, ...object({ a: text }), additionalProperties: false },
  ],
  [
    'unevaluated through allOf',
    { ...D20, allOf: [object({ a: text })], properties: { b: text }, unevaluatedProperties: false },
    '=',
    { ...D20, ...object({ a: text, b: text }), additionalProperties: false },
  ],
  [
    'additional does not look into allOf',
    { allOf: [object({ a: text })], additionalProperties: false },
    '<',
    object({ a: text }, { additionalProperties: false }),
  ],
  [
    'unevaluated by alternative',
    {
      ...D20,
      type: 'object',
      anyOf: [
        { properties: { a: true }, required: ['a'] },
        { properties: { b: true }, required: ['b'] },
      ],
      unevaluatedProperties: false,
    },
    '<',
    { ...D20, ...object({ a: true, b: true }), additionalProperties: false },
  ],
  [
    'unevaluated before its draft',
    { ...D7, ...object({ a: text }), unevaluatedProperties: false },
    '=',
    { ...D7, ...object({ a: text }) },
  ],
];

const ARRAYS: readonly Case[] = [
  ['items', { type: 'array', items: { type: 'integer' } }, '<', { type: 'array', items: number }],
  ['items, left out', { type: 'array', items: text }, '<', { type: 'array' }],
  ['items, none', { type: 'array', items: false }, '=', { const: [] }],
  [
    'tuple of 2020-12 and before',
    { ...D20, type: 'array', prefixItems: [text], items: false },
    '=',
    { ...D7, type: 'array', items: [text], additionalItems: false },
  ],
  ['tuple, unnamed draft', { type: 'array', items: [text, number] }, '<', { type: 'array', items: [text] }],
  ['tuple need not be full', { type: 'array', prefixItems: [text, text] }, '<', { type: 'array', prefixItems: [text] }],
  ['tuple with a rest', { type: 'array', prefixItems: [text], items: text }, '=', { type: 'array', items: text }],
  [
    'tuple with another rest',
    { type: 'array', prefixItems: [text], items: number },
    '#',
    { type: 'array', items: text },
  ],
  [
    'tuple closed',
    { type: 'array', prefixItems: [text], items: false },
    '=',
    { type: 'array', items: text, maxItems: 1 },
  ],
  [
    'tuple grown, closed',
    { ...D7, type: 'array', items: [text], additionalItems: false },
    '<',
    { ...D7, type: 'array', items: [text, number], additionalItems: false },
  ],
  ['additionalItems without a tuple', { ...D7, type: 'array', additionalItems: false }, '=', { ...D7, type: 'array' }],
  [
    'additionalItems beside one schema',
    { ...D7, type: 'array', items: text, additionalItems: number },
    '=',
    { ...D7, type: 'array', items: text },
  ],
  ['prefixItems before its draft', { ...D7, type: 'array', prefixItems: [text] }, '=', { ...D7, type: 'array' }],
  ['count', { type: 'array', minItems: 1 }, '<', { type: 'array', minItems: 0 }],
  ['count, most', { type: 'array', maxItems: 1 }, '<', { type: 'array', maxItems: 2 }],
  [
    'count of a closed tuple',
    { type: 'array', prefixItems: [true, true], items: false },
    '=',
    { type: 'array', maxItems: 2 },
  ],
  ['distinct', { type: 'array', uniqueItems: true }, '<', { type: 'array' }],
  ['distinct, one item', { type: 'array', maxItems: 1 }, '<', { type: 'array', uniqueItems: true }],
  [
    'distinct of few values',
    { type: 'array', uniqueItems: true, items: { type: 'boolean' } },
    '<',
    { type: 'array', maxItems: 2 },
  ],
  ['distinct, too many wanted', { type: 'array', uniqueItems: true, items: { type: 'null' }, minItems: 2 }, '=', false],
  ['distinct, off', { type: 'array', uniqueItems: false }, '=', { type: 'array' }],
  ['contains', { type: 'array', contains: { type: 'integer' } }, '<', { type: 'array', contains: number }],
  ['contains, at least one item', { type: 'array', contains: true }, '=', { type: 'array', minItems: 1 }],
  ['contains, by items', { type: 'array', items: text, minItems: 1 }, '<', { type: 'array', contains: text }],
  ['contains, none wanted', { ...D20, type: 'array', contains: text, minContains: 0 }, '=', { ...D20, type: 'array' }],
  [
    'contains, more wanted',
    { ...D20, type: 'array', contains: text, minContains: 2 },
    '<',
    { ...D20, type: 'array', contains: text },
  ],
  [
    'contains, most',
    { ...D20, type: 'array', contains: text, maxContains: 1 },
    '<',
    { ...D20, type: 'array', contains: text, maxContains: 2 },
  ],
  [
    'minContains before its draft',
    { ...D7, type: 'array', contains: text, minContains: 2 },
    '=',
    { ...D7, type: 'array', contains: text },
  ],
  ['contains before its draft', { ...D4, type: 'array', contains: text }, '=', { ...D4, type: 'array' }],
  ['contains nothing', { type: 'array', contains: false }, '=', false],
  [
    'unevaluated items',
    { ...D20, type: 'array', prefixItems: [text], unevaluatedItems: false },
    '=',
    { ...D20, type: 'array', prefixItems: [text], items: false },
  ],
  [
    'unevaluated items, contained',
    { ...D20, type: 'array', contains: text, unevaluatedItems: false },
    '<',
    { ...D20, type: 'array', items: text },
  ],
];

const COMBINED: readonly Case[] = [
  ['all of', { allOf: [text, { minLength: 1 }] }, '=', { type: 'string', minLength: 1 }],
  ['all of, less', { allOf: [text, { minLength: 1 }] }, '<', { allOf: [text] }],
  ['all of, nothing common', { allOf: [text, number] }, '=', false],
  ['any of, more', { anyOf: [text] }, '<', { anyOf: [text, number] }],
  ['any of, order', { anyOf: [text, number] }, '=', { anyOf: [number, text] }],
  ['any of, one in the other', { anyOf: [number, { type: 'integer' }] }, '=', number],
  ['any of ranges', { type: 'number', anyOf: [{ maximum: 5 }, { minimum: 3 }] }, '=', number],
  ['one of ranges', { type: 'number', oneOf: [{ maximum: 5 }, { minimum: 3 }] }, '<', number],
  ['one of, apart', { oneOf: [text, number] }, '=', { anyOf: [text, number] }],
  ['one of, overlapping', { oneOf: [number, { type: 'integer' }] }, '=', { type: 'number', not: { type: 'integer' } }],
  ['one of, twice the same', { oneOf: [text, text] }, '=', false],
  ['one of, more and apart', { oneOf: [text] }, '<', { oneOf: [text, number] }],
  ['one of, more and overlapping', { oneOf: [number] }, '#', { oneOf: [{ minimum: 0, type: 'number' }, text] }],
  [
    'one of by a constant',
    { oneOf: [object({ k: { const: 'a' } }, { required: ['k'] })] },
    '<',
    { oneOf: [object({ k: { const: 'a' } }, { required: ['k'] }), object({ k: { const: 'b' } }, { required: ['k'] })] },
  ],
  ['not', { not: text }, '=', { type: ['null', 'boolean', 'number', 'array', 'object'] }],
  ['not, twice', { not: { not: text } }, '=', text],
  ['not, narrower', { not: { type: ['string', 'null'] } }, '<', { not: text }],
  ['not values', { type: 'string', not: { enum: ['a', 'b'] } }, '<', { type: 'string', not: { const: 'a' } }],
  ['not any of', { not: { anyOf: [text, number] } }, '=', { allOf: [{ not: text }, { not: number }] }],
  ['condition', { if: { type: 'string' }, then: { minLength: 1 } }, '=', { anyOf: [{ not: text }, { minLength: 1 }] }],
  ['condition, else', { if: text, then: true, else: false }, '=', text],
  ['condition without consequences', { if: text }, '=', {}],
  ['then without a condition', { then: text }, '=', {}],
  ['condition before its draft', { ...D6, if: text, then: false }, '=', { ...D6 }],
  [
    'condition by a property',
    object(
      { k: { enum: ['a', 'b'] }, n: number },
      { required: ['k'], if: { properties: { k: { const: 'a' } } }, then: { required: ['n'] } },
    ),
    '<',
    object({ k: { enum: ['a', 'b'] }, n: number }, { required: ['k'] }),
  ],
  ['constant before its draft', { ...D4, const: 1 }, '=', { ...D4 }],
];

const REFERENCES: readonly Case[] = [
  ['reference, inline', { $ref: '#/$defs/a', $defs: { a: text } }, '=', text],
  [
    'definitions, other name',
    { $ref: '#/$defs/a', $defs: { a: text } },
    '=',
    { $ref: '#/definitions/b', definitions: { b: text } },
  ],
  [
    'definition changed',
    { $ref: '#/$defs/a', $defs: { a: { type: 'integer' } } },
    '<',
    { $ref: '#/$defs/a', $defs: { a: number } },
  ],
  ['unused definition changed', { type: 'string', $defs: { a: text } }, '=', { type: 'string', $defs: { a: number } }],
  [
    'beside a reference, draft-07',
    { ...D7, $ref: '#/definitions/a', minLength: 3, definitions: { a: text } },
    '=',
    { ...D7, type: 'string' },
  ],
  [
    'beside a reference, 2019-09',
    { ...D19, $ref: '#/$defs/a', minLength: 3, $defs: { a: text } },
    '<',
    { ...D19, type: 'string' },
  ],
  ['by an anchor', { $ref: '#x', $defs: { a: { $anchor: 'x', ...text } } }, '=', text],
  ['by an id', { $id: 'https://example.com/a', $ref: 'b', $defs: { b: { $id: 'b', ...text } } }, '=', text],
  [
    'by an id of draft-04',
    { ...D4, id: 'https://example.com/a', allOf: [{ $ref: 'b' }], definitions: { b: { id: 'b', ...text } } },
    '=',
    { ...D4, ...text },
  ],
  ['escaped pointer', { $ref: '#/$defs/a~1b%20c', $defs: { 'a/b c': text } }, '=', text],
  [
    'to a property',
    { type: 'object', properties: { a: text, b: { $ref: '#/properties/a' } } },
    '=',
    object({ a: text, b: text }),
  ],
  ['recursion, unrolled', object({ c: { $ref: '#' } }), '=', object({ c: object({ c: { $ref: '#' } }) })],
  [
    'recursion, narrower',
    object({ v: { type: 'integer' }, c: { $ref: '#' } }),
    '<',
    object({ v: number, c: { $ref: '#' } }),
  ],
  ['recursion through items', { type: 'array', items: { $ref: '#' } }, '<', { type: 'array' }],
  ['recursion without end', object({ c: { $ref: '#' } }, { required: ['c'] }), '=', false],
  [
    'lists of nodes',
    {
      $ref: '#/$defs/n',
      $defs: { n: object({ kids: { type: 'array', items: { $ref: '#/$defs/n' } }, v: text }, { required: ['v'] }) },
    },
    '<',
    { $ref: '#/$defs/n', $defs: { n: object({ kids: { type: 'array', items: { $ref: '#/$defs/n' } }, v: text }) } },
  ],
  [
    'dynamic',
    { ...D20, $dynamicAnchor: 'n', ...object({ c: { $dynamicRef: '#n' } }, { additionalProperties: false }) },
    '=',
    { ...D20, ...object({ c: { $ref: '#' } }, { additionalProperties: false }) },
  ],
  [
    'dynamic, extended',
    {
      ...D20,
      $id: 'https://example.com/strict',
      $dynamicAnchor: 'n',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: { tree: { $id: 'tree', $dynamicAnchor: 'n', ...object({ c: { $dynamicRef: '#n' } }) } },
    },
    '<',
    { ...D20, $id: 'https://example.com/tree', $dynamicAnchor: 'n', ...object({ c: { $dynamicRef: '#n' } }) },
  ],
  [
    'recursive of 2019-09',
    { ...D19, $recursiveAnchor: true, ...object({ c: { $recursiveRef: '#' } }, { required: ['c'] }) },
    '=',
    false,
  ],
];

const WORDS: readonly Case[] = [
  ['descriptions', { type: 'string', description: 'a', title: 'A' }, '=', text],
  ['defaults and examples', { type: 'string', default: 'a', examples: ['b'] }, '=', text],
  ['unknown keywords', { type: 'string', colour: 'red' }, '=', text],
  [
    'unknown keywords that look like schemas',
    { type: 'string', $comment: 'x', 'x-rules': { type: 'number' } },
    '=',
    text,
  ],
  ['read only', { type: 'string', readOnly: true }, '=', { type: 'string', writeOnly: true }],
  ['drafts', { ...D4, ...text }, '=', { ...D20, ...text }],
  [
    'names of the prototype',
    JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'),
    '<',
    { properties: { constructor: {} } },
  ],
  [
    'an empty list of required names in draft-04',
    { ...D4, type: 'object', required: [] },
    '=',
    { ...D4, type: 'object' },
  ],
  ['an empty enum', { enum: [] }, '=', false],
];

const SIGNS: { readonly [sign in Sign]: readonly [string, string] } = {
  '<': ['compatible', 'breaking'],
  '>': ['breaking', 'compatible'],
  '=': ['compatible', 'compatible'],
  '#': ['breaking', 'breaking'],
};

const ALL = { TYPES, VALUES, NUMBERS, STRINGS, OBJECTS, ARRAYS, COMBINED, REFERENCES, WORDS };

describe.each(Object.entries(ALL))('%s', (_, cases) => {
  test.each(cases)('%s', (__, old, sign, next) => {
    const verdicts = (one: unknown, other: unknown) => {
      const { backward, forward } = compareSchemas(one, other, { contentModel: 'open' });
      return [backward, forward].map(each => (each.kind === 'unknown' ? each.reason : each.kind));
    };
    expect(verdicts(old, next)).toEqual(SIGNS[sign]);
    expect(verdicts(next, old)).toEqual([...SIGNS[sign]].reverse());
  });
});
