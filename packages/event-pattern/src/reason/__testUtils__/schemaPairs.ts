/*
 * Generated pairs of pattern and schema, made together so that the pattern
 * always, sometimes and never matches about as often; and events drawn from
 * the schema, without the engine that is being proved.
 */
import type { Draw } from '../../__testUtils__/pairs';
import type { Json, JsonObject } from '../../types';
import { compileSchema } from '@busline/json-schema';
import { FIELD_KINDS, type FieldKind, type SchemaText, type Wanted } from './fields';

export const DRAFTS = ['2020-12', 'draft-07', 'draft-04'] as const;
export type PairDraft = (typeof DRAFTS)[number];

export interface SchemaPair {
  readonly draft: PairDraft;
  readonly schema: SchemaText;
  readonly pattern: JsonObject;
  readonly contentModel: 'closed-world' | 'open';
  readonly wanted: Wanted;
  /** What is in the pair: the shape of the schema, kinds of fields, operators. */
  readonly parts: ReadonlySet<string>;
}

interface Field {
  readonly path: string;
  readonly kind: FieldKind;
  /** Whether every event has it, once. */
  readonly sure: boolean;
}

interface Making {
  readonly draw: Draw;
  readonly draft: PairDraft;
  readonly parts: Set<string>;
  readonly fields: Field[];
  readonly definitions: { [name: string]: Json };
  open: boolean;
}

const NAMES = ['level', 'amount', 'state', 'note', 'ref', 'x-size'];
const KIND_NAMES = Object.keys(FIELD_KINDS);

/** Valid values of each field's schema, for whoever draws events. */
export const validValues = new WeakMap<object, readonly Json[]>();

function kindFor({ draw, parts, draft }: Making): FieldKind {
  const names = draft === 'draft-04' ? KIND_NAMES.filter(each => each !== 'contains') : KIND_NAMES;
  const name = draw.of(names);
  parts.add(name);
  const kind = FIELD_KINDS[name](draw);
  const { isValid } = compileSchema(kind.schema);
  validValues.set(kind.schema, kind.values.filter(isValid));
  return kind;
}

/** An object with some fields; notes them. */
function objectOf(making: Making, base: string, sure: boolean, names: readonly string[]): SchemaText {
  const { draw, fields, definitions, parts } = making;
  const properties: { [name: string]: Json } = {};
  const required: string[] = [];
  for (const name of names) {
    const kind = kindFor(making);
    const isRequired = draw.chance(0.65);
    fields.push({ path: `${base}.${name}`, kind, sure: sure && isRequired });
    if (draw.chance(0.15)) {
      parts.add('$ref');
      const definition = `${name}${Object.keys(definitions).length}`;
      definitions[definition] = kind.schema;
      properties[name] = { $ref: `#/definitions/${definition}` };
    } else {
      properties[name] = kind.schema;
    }
    if (isRequired) required.push(name);
  }
  return { type: 'object', ...(required.length > 0 ? { required } : {}), properties };
}

function some(draw: Draw, names: readonly string[], least: number): readonly string[] {
  const chosen = names.filter(() => draw.chance(0.5));
  return chosen.length >= least ? chosen : names.slice(0, least);
}

function withProperty(schema: SchemaText, name: string, value: Json, isRequired: boolean): SchemaText {
  const required = [...((schema.required as readonly string[] | undefined) ?? []), ...(isRequired ? [name] : [])];
  return {
    ...schema,
    ...(required.length > 0 ? { required } : {}),
    properties: { ...(schema.properties as JsonObject), [name]: value },
  };
}

type Shape = (making: Making, base: string) => SchemaText;

const plain: Shape = (making, base) => objectOf(making, base, true, some(making.draw, NAMES, 2));

const SHAPES: { readonly [name: string]: Shape } = {
  plain,
  nested: (making, base) => {
    const isRequired = making.draw.chance(0.6);
    const inner = objectOf(making, `${base}.inner`, isRequired, some(making.draw, NAMES, 1));
    return withProperty(plain(making, base), 'inner', inner, isRequired);
  },
  items: (making, base) => {
    const isRequired = making.draw.chance(0.7);
    const inner = objectOf(making, `${base}.items`, false, some(making.draw, NAMES.slice(0, 4), 2));
    const list = { type: 'array', items: inner, ...(making.draw.chance(0.5) ? { minItems: 1 } : {}), maxItems: 3 };
    return withProperty(plain(making, base), 'items', list, isRequired);
  },
  oneOf: (making, base) => {
    const { draw } = making;
    const branches = ['card', 'cash', 'bank'].slice(0, 2 + draw.upTo(1)).map(kind => {
      const inner = objectOf(making, base, false, some(draw, NAMES.slice(0, 3), 1));
      return withProperty(inner, 'kind', { enum: [kind] }, true);
    });
    const kinds = branches.map(each => ((each.properties as JsonObject).kind as JsonObject).enum as readonly Json[]);
    making.fields.push({
      path: `${base}.kind`,
      sure: true,
      kind: {
        schema: {},
        values: [],
        always: [kinds.flat(), [{ exists: true }], [{ 'anything-but': 'coin' }]],
        sometimes: [kinds[0], [{ 'anything-but': kinds[1][0] as string }]],
        never: [['coin'], [{ 'anything-but': kinds.flat() as string[] }]],
      },
    });
    return draw.chance(0.5) ? ({ oneOf: branches } as SchemaText) : { type: 'object', anyOf: branches };
  },
  allOf: (making, base) => {
    const half = making.draw.upTo(2) + 1;
    return {
      allOf: [
        objectOf(making, base, true, NAMES.slice(0, half)),
        objectOf(making, base, true, some(making.draw, NAMES.slice(half), 1)),
      ],
    };
  },
  recursive: (making, base) => {
    const inner = objectOf(making, `${base}.tree`, false, NAMES.slice(0, 2));
    making.definitions.tree = withProperty(inner, 'child', { $ref: '#/definitions/tree' }, false);
    return withProperty(plain(making, base), 'tree', { $ref: '#/definitions/tree' }, making.draw.chance(0.5));
  },
  condition: (making, base) => {
    const schema = withProperty(plain(making, base), 'mode', { enum: ['fast', 'slow'] }, true);
    making.fields.push({
      path: `${base}.mode`,
      sure: true,
      kind: {
        schema: {},
        values: [],
        always: [['fast', 'slow'], [{ 'anything-but': 'idle' }]],
        sometimes: [['fast'], [{ prefix: 's' }]],
        never: [['idle'], [{ suffix: 'x' }]],
      },
    });
    const [first] = Object.keys(schema.properties as JsonObject);
    const fast: SchemaText = { properties: { mode: { enum: ['fast'] } } };
    if (making.draft === 'draft-04') {
      const ways: readonly SchemaText[] = [{ not: fast }, { required: [first] }];
      return { ...schema, anyOf: ways };
    }
    return { ...schema, if: fast, then: { required: [first] } };
  },
  dependent: (making, base) => {
    const schema = plain(making, base);
    const [first, second] = Object.keys(schema.properties as JsonObject);
    const keyword = making.draft === '2020-12' ? 'dependentRequired' : 'dependencies';
    return { ...schema, [keyword]: { [first]: [second] } };
  },
  more: (making, base) => {
    making.open = true;
    const { draw } = making;
    return {
      ...plain(making, base),
      ...draw.of<SchemaText>([
        { additionalProperties: { type: 'integer', minimum: 0 } },
        { additionalProperties: true },
        { patternProperties: { '^ext-': { type: 'string' } }, additionalProperties: false },
        { patternProperties: { '^l': { not: { enum: ['red'] } } } },
      ]),
    };
  },
  strict: (making, base) => ({
    ...plain(making, base),
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 5,
  }),
  nobody: making => making.draw.of<SchemaText>([{ type: 'object', required: ['a'], properties: { a: { not: {} } } }]),
};

export const SHAPE_NAMES: readonly string[] = Object.keys(SHAPES);

type Clauses = { [field: string]: readonly Json[] };

const ABSENT: Json = { exists: false };

/** Clauses on a field such that they hold as wanted, as far as one field tells. */
function clauseFor({ draw }: Making, { kind, sure }: Field, wanted: Wanted): readonly Json[] {
  if (wanted === 'always') {
    const values = draw.of(kind.always);
    return sure ? values : [...values, ABSENT];
  }
  if (wanted === 'never') {
    return sure && draw.chance(0.2) ? [ABSENT] : draw.of(kind.never);
  }
  if (!sure && draw.chance(0.4)) {
    return draw.of([[{ exists: true }], [ABSENT], ...kind.always]);
  }
  return draw.of(kind.sometimes);
}

const AROUND: { readonly [wanted in Wanted]: readonly (readonly [string, readonly Json[]])[] } = {
  always: [
    ['source', ['com.shop']],
    ['detail-type', [{ prefix: 'Order' }]],
    ['account', [{ exists: true }]],
    ['detail.metadata.schemaVersion', [{ prefix: '2.' }]],
    ['replay-name', [{ exists: false }, { prefix: '' }]],
  ],
  sometimes: [
    ['account', ['123456789012']],
    ['time', [{ prefix: '2026-' }]],
    ['resources', [{ prefix: 'arn:' }]],
    ['region', [{ 'anything-but': 'eu-west-1' }]],
    ['detail.metadata.publishedBy', [{ suffix: 'service' }]],
  ],
  never: [
    ['source', ['com.other']],
    ['detail.metadata.schemaVersion', [{ prefix: '1.' }]],
    ['account', [{ prefix: 'x' }]],
    ['detail', [{ exists: true }]],
    ['detail.metadata.id', [{ exists: false }]],
  ],
};

function addClause(making: Making, clauses: Clauses, wanted: Wanted): void {
  const { draw, fields } = making;
  if (fields.length === 0 || draw.chance(0.15)) {
    const [field, values] = draw.of(AROUND[wanted]);
    clauses[field] = values;
    return;
  }
  const field = draw.of(fields);
  if (wanted === 'never' && draw.chance(0.25)) {
    clauses[`${field.path}z`] = ['red', { exists: true }].slice(0, 1 + draw.upTo(1));
    return;
  }
  // several branches of a schema may have the field: then the last one noted was asked of
  clauses[field.path] = clauseFor(making, field, wanted);
}

function clausesFor(making: Making, wanted: Wanted): Clauses {
  const { draw } = making;
  const clauses: Clauses = {};
  addClause(making, clauses, wanted);
  for (let i = draw.upTo(2); i > 0; i--) {
    const others: readonly Wanted[] = wanted === 'never' ? ['always', 'sometimes', 'never'] : ['always', wanted];
    const before = { ...clauses };
    addClause(making, clauses, draw.of(others));
    Object.assign(clauses, before);
  }
  return clauses;
}

function patternFor(making: Making, wanted: Wanted): JsonObject {
  const { draw, parts } = making;
  if (!draw.chance(0.2)) {
    return clausesFor(making, wanted);
  }
  parts.add('$or');
  const common: Clauses = draw.chance(0.5) ? { source: ['com.shop'] } : {};
  const others: Readonly<Record<Wanted, readonly Wanted[]>> = {
    never: ['never'],
    always: ['sometimes', 'never', 'always'],
    sometimes: ['sometimes', 'never'],
  };
  const ways = [clausesFor(making, wanted), clausesFor(making, draw.of(others[wanted]))];
  // `$or` takes objects that are not empty
  return { ...common, $or: draw.chance(0.5) ? ways : [...ways].reverse() };
}

const SCHEMA_URI: { readonly [draft in PairDraft]: string } = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  'draft-04': 'http://json-schema.org/draft-04/schema#',
};

export function makeSchemaPair(draw: Draw): SchemaPair {
  const draft = draw.of(DRAFTS);
  const shape = draw.chance(0.02) ? 'nobody' : draw.of(SHAPE_NAMES.filter(each => each !== 'nobody'));
  const making: Making = { draw, draft, parts: new Set([shape]), fields: [], definitions: {}, open: false };
  const schema = SHAPES[shape](making, 'detail.data');
  // what is made to hold always does not where two fields or a condition come in between
  const wanted = draw.of<Wanted>([
    'always',
    'always',
    'always',
    'always',
    'sometimes',
    'sometimes',
    'sometimes',
    'never',
    'never',
    'never',
  ]);
  const pattern = patternFor(making, wanted);
  return {
    draft,
    schema: {
      $schema: SCHEMA_URI[draft],
      ...schema,
      ...(Object.keys(making.definitions).length > 0 ? { definitions: making.definitions } : {}),
    },
    pattern,
    contentModel: draw.chance(0.15) ? 'open' : 'closed-world',
    wanted,
    parts: making.parts,
  };
}
