/*
 * One schema, asserted or denied of a value of a given type, as items: the
 * meaning of every keyword in every draft. An asserted schema is the
 * conjunction of its keywords; a denied one, one alternative for each way in
 * which a keyword fails.
 */
import type { Target } from '../document';
import { isBefore, refStandsAlone } from '../drafts';
import type { Scope } from '../evaluation';
import { deepEqual, isArray, isObject, own, ownArray, ownNumber, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../types';
import { NEVER, type Item, type KeywordPart, type Lit, type Seen, type ValueType } from './items';
import { childLit, dynamicTarget, enter, followLit, inPlace, narrowed } from './literals';

type Alternatives = readonly (readonly Item[])[];

interface Context {
  readonly lit: Lit;
  readonly schema: JsonObject;
  readonly scope: Scope;
  readonly type: ValueType;
  readonly draft: Scope['resource']['draft'];
  readonly trackers: readonly number[];
  /** Numbers for what has been looked at. */
  newTracker(): number;
}

function typesOf(argument: Json): readonly Json[] {
  return isArray(argument) ? argument : [argument];
}

function or(alternatives: Alternatives): Item {
  return alternatives.length === 0 ? NEVER : { kind: 'or', alternatives };
}

/** Sub-literals in place, and inside. */
function here(
  context: Context,
  schema: Json,
  positive: boolean,
  options: { condition?: boolean; track?: boolean } = {},
): Lit {
  const { lit } = context;
  const closed = lit.closed && positive && options.condition !== true;
  return inPlace(lit, schema, context.scope, positive, closed, options.track === false ? [] : context.trackers);
}

function inside(context: Context, schema: Json, positive: boolean, condition = false): Lit {
  return childLit(context.lit, schema, context.scope, positive, context.lit.closed && positive && !condition);
}

function seen(context: Context, what: Seen): readonly Item[] {
  return context.trackers.length === 0 ? [] : [{ kind: 'seen', trackers: context.trackers, what }];
}

/** Every keyword of a schema that says something of values of the type: asserted, and each way to fail it. */
interface Meaning {
  readonly asserted: readonly Item[];
  /** Computed when needed. */
  readonly denied: () => Alternatives;
}

type Row = (context: Context, argument: Json) => Meaning | undefined;

function atoms(asserted: readonly Item[], denied: Alternatives): Meaning {
  return { asserted, denied: () => denied };
}

const typeRow: Row = ({ type }, argument) => {
  const types = typesOf(argument);
  if (types.includes(type)) {
    return undefined;
  }
  return type === 'number' && types.includes('integer')
    ? atoms([{ kind: 'integer', is: true }], [[{ kind: 'integer', is: false }]])
    : atoms([NEVER], [[]]);
};

const enumRow: Row = ({ type }, argument) =>
  isArray(argument)
    ? {
        asserted: [{ kind: 'in', values: argument }],
        denied: () => [argument.filter(value => isOfType(value, type)).map((value): Item => ({ kind: 'out', value }))],
      }
    : undefined;

const constRow: Row = (_, argument) =>
  atoms([{ kind: 'in', values: [argument] }], [[{ kind: 'out', value: argument }]]);

function limitRow(kind: 'min' | 'max', flag: string): Row {
  const opposed = kind === 'min' ? 'max' : 'min';
  return ({ schema, draft }, argument) => {
    if (typeof argument !== 'number') {
      return undefined;
    }
    const open = flag === 'always' || (draft === 'draft-04' && own(schema, flag) === true);
    return atoms([{ kind, value: argument, open }], [[{ kind: opposed, value: argument, open: !open }]]);
  };
}

const multipleRow: Row = (_, value) =>
  typeof value === 'number' && value > 0
    ? atoms([{ kind: 'multiple', value, is: true }], [[{ kind: 'multiple', value, is: false }]])
    : undefined;

type CountKind = 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minProperties' | 'maxProperties';

function countRow(kind: CountKind): Row {
  const least = kind.startsWith('min');
  const opposed = (least ? kind.replace('min', 'max') : kind.replace('max', 'min')) as CountKind;
  return (_, argument) => {
    if (typeof argument !== 'number') {
      return undefined;
    }
    const value = least ? Math.ceil(argument) - 1 : Math.floor(argument) + 1;
    const denied: Alternatives = least && value < 0 ? [] : [[{ kind: opposed, value }]];
    return atoms([{ kind, value: least ? Math.ceil(argument) : Math.floor(argument) }], denied);
  };
}

function textRow(kind: 'pattern' | 'format'): Row {
  return ({ lit }, value) =>
    typeof value === 'string' && (kind === 'pattern' || lit.world.assertFormat)
      ? atoms([{ kind, value, is: true }], [[{ kind, value, is: false }]])
      : undefined;
}

const required: Row = (_, argument) => {
  const names = isArray(argument) ? argument.filter((each): each is string => typeof each === 'string') : [];
  return {
    asserted: names.map(name => ({ kind: 'required', name })),
    denied: () => names.map(name => [{ kind: 'absent', name }]),
  };
};

const properties: Row = (context, argument) => {
  const names = isObject(argument) ? Object.keys(argument) : [];
  const map = argument as JsonObject;
  return {
    asserted: [
      ...names.flatMap((name): Item[] =>
        map[name] === false
          ? [{ kind: 'absent', name }]
          : [{ kind: 'property', name, goal: inside(context, map[name], true) }],
      ),
      ...seen(context, { kind: 'names', names }),
    ],
    denied: () =>
      names
        .filter(name => map[name] !== true)
        .map(name => [
          { kind: 'required', name },
          ...(map[name] === false
            ? []
            : [{ kind: 'property' as const, name, goal: inside(context, map[name], false) }]),
        ]),
  };
};

const patternProperties: Row = (context, argument) => {
  const patterns = isObject(argument) ? Object.keys(argument) : [];
  const map = argument as JsonObject;
  return {
    asserted: patterns.flatMap((pattern): Item[] => [
      { kind: 'properties', where: { pattern }, goal: inside(context, map[pattern], true) },
      ...seen(context, { kind: 'pattern', pattern }),
    ]),
    denied: () =>
      patterns.map(pattern => [
        { kind: 'someProperty', where: { pattern }, goal: inside(context, map[pattern], false) },
      ]),
  };
};

const additionalProperties: Row = (context, argument) => {
  const where = {
    notNames: Object.keys(ownObject(context.schema, 'properties') ?? {}),
    notPatterns: Object.keys(ownObject(context.schema, 'patternProperties') ?? {}),
  };
  return {
    asserted: [
      ...(argument === true ? [] : [{ kind: 'properties' as const, where, goal: inside(context, argument, true) }]),
      ...seen(context, { kind: 'allProperties' }),
    ],
    denied: () =>
      argument === true ? [] : [[{ kind: 'someProperty', where, goal: inside(context, argument, false) }]],
  };
};

const propertyNames: Row = (context, argument) => ({
  asserted: [{ kind: 'names', goal: inside(context, argument, true) }],
  denied: () => [[{ kind: 'someName', goal: inside(context, argument, false) }]],
});

const dependencies: Row = (context, argument) => {
  const map = isObject(argument) ? argument : {};
  const names = Object.keys(map);
  return {
    asserted: names.map(name => {
      const value = map[name];
      const then: readonly Item[] = isArray(value)
        ? value.map(each => ({ kind: 'required', name: String(each) }))
        : [here(context, value, true)];
      return or([[{ kind: 'absent', name }], [{ kind: 'required', name }, ...then]]);
    }),
    denied: () =>
      names.flatMap(name => {
        const value = map[name];
        return isArray(value)
          ? value.map((each): Item[] => [
              { kind: 'required', name },
              { kind: 'absent', name: String(each) },
            ])
          : [[{ kind: 'required', name } as Item, here(context, value, false)]];
      }),
  };
};

function tuple(context: Context, schemas: readonly Json[]): Meaning {
  return {
    asserted: [
      ...schemas.map((schema, index): Item => ({ kind: 'item', index, goal: inside(context, schema, true) })),
      ...seen(context, { kind: 'itemsUpTo', count: schemas.length }),
    ],
    denied: () =>
      schemas.map((schema, index) => [
        { kind: 'minItems', value: index + 1 },
        { kind: 'item', index, goal: inside(context, schema, false) },
      ]),
  };
}

function rest(context: Context, from: number, schema: Json): Meaning {
  return {
    asserted: [
      ...(schema === true ? [] : [{ kind: 'items' as const, from, goal: inside(context, schema, true) }]),
      ...seen(context, { kind: 'allItems' }),
    ],
    denied: () => (schema === true ? [] : [[{ kind: 'someItem', from, goal: inside(context, schema, false) }]]),
  };
}

const prefixItems: Row = (context, argument) => (isArray(argument) ? tuple(context, argument) : undefined);

const items: Row = (context, argument) => {
  if (context.draft === '2020-12') {
    return isArray(argument)
      ? undefined
      : rest(context, ownArray(context.schema, 'prefixItems')?.length ?? 0, argument);
  }
  return isArray(argument) ? tuple(context, argument) : rest(context, 0, argument);
};

const additionalItems: Row = (context, argument) => {
  const first = ownArray(context.schema, 'items');
  return first ? rest(context, first.length, argument) : undefined;
};

const contains: Row = (context, argument) => {
  const bounded = !isBefore(context.draft, '2019-09');
  const min = (bounded ? ownNumber(context.schema, 'minContains') : undefined) ?? 1;
  const max = (bounded ? ownNumber(context.schema, 'maxContains') : undefined) ?? Infinity;
  const goal = inside(context, argument, true, true);
  const other = inside(context, argument, false, true);
  return {
    asserted: [
      { kind: 'contains', goal, other, min, max },
      ...(context.draft === '2020-12' ? seen(context, { kind: 'itemsLike', goal, other }) : []),
    ],
    denied: () => [
      ...(min > 0 ? [[{ kind: 'contains' as const, goal, other, min: 0, max: Math.ceil(min) - 1 }]] : []),
      ...(max < Infinity
        ? [[{ kind: 'contains' as const, goal, other, min: Math.floor(max) + 1, max: Infinity }]]
        : []),
    ],
  };
};

const uniqueItems: Row = (_, argument) =>
  argument === true ? atoms([{ kind: 'unique', is: true }], [[{ kind: 'unique', is: false }]]) : undefined;

const allOf: Row = (context, argument) => {
  const schemas = isArray(argument) ? argument : [];
  return {
    asserted: schemas.map(each => here(context, each, true)),
    denied: () => schemas.map(each => [here(context, each, false)]),
  };
};

/** Whether the schema may look at properties or items. */
function looks(schema: Json): boolean {
  return isObject(schema) && Object.keys(schema).some(key => !PLAIN.has(key));
}

const PLAIN = new Set(
  'type enum const required not minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format title description default examples minProperties maxProperties minItems maxItems propertyNames uniqueItems'.split(
    ' ',
  ),
);

const anyOf: Row = (context, argument) => {
  const schemas = isArray(argument) ? argument : [];
  if (schemas.length === 0) {
    return undefined;
  }
  const denied = (): Alternatives => [schemas.map(each => here(context, each, false))];
  const silent = schemas.filter(each => !looks(each));
  if (context.trackers.length === 0 || silent.length === schemas.length) {
    return { asserted: [or(schemas.map(each => [here(context, each, true)]))], denied };
  }
  // what was looked at depends on exactly which of them hold
  return {
    asserted: [
      or(schemas.map(each => [here(context, each, true)])),
      ...schemas
        .filter(looks)
        .map(each => or([context.lit.closed ? [] : [here(context, each, false)], [here(context, each, true)]])),
    ],
    denied,
  };
};

const oneOf: Row = (context, argument) => {
  const schemas = isArray(argument) ? argument : [];
  if (schemas.length === 0) {
    return undefined;
  }
  const not = (each: Json) => here(context, each, false);
  return {
    asserted: [
      or(schemas.map((each, i) => [here(context, each, true), ...schemas.filter((_, j) => j !== i).map(not)])),
    ],
    denied: () => [
      schemas.map(not),
      ...schemas.flatMap((a, i) =>
        schemas
          .slice(i + 1)
          .map(b => [here(context, a, true, { track: false }), here(context, b, true, { track: false })]),
      ),
    ],
  };
};

const not: Row = (context, argument) => ({
  asserted: [here(context, argument, false)],
  denied: () => [[here(context, argument, true, { condition: true, track: false })]],
});

const condition: Row = (context, argument) => {
  const yes = own(context.schema, 'then');
  const no = own(context.schema, 'else');
  if (yes === undefined && no === undefined && context.trackers.length === 0) {
    return undefined;
  }
  const holds = here(context, argument, true, { condition: true });
  const fails = here(context, argument, false);
  return {
    asserted: [
      or([
        [holds, ...(yes === undefined ? [] : [here(context, yes, true)])],
        [fails, ...(no === undefined ? [] : [here(context, no, true)])],
      ]),
    ],
    denied: () => [
      ...(yes === undefined ? [] : [[holds, here(context, yes, false)]]),
      ...(no === undefined ? [] : [[fails, here(context, no, false)]]),
    ],
  };
};

function referenceRow(keyword: '$ref' | '$dynamicRef' | '$recursiveRef'): Row {
  return (context, argument) => {
    if (typeof argument !== 'string') {
      return undefined;
    }
    const target: Target = dynamicTarget(context.lit, context.schema, context.scope, keyword, argument);
    const to = (positive: boolean) =>
      followLit(context.lit, target, context.scope, positive, context.lit.closed && positive, context.trackers);
    return { asserted: [to(true)], denied: () => [[to(false)]] };
  };
}

const NUMBER = {
  multipleOf: multipleRow,
  minimum: limitRow('min', 'exclusiveMinimum'),
  maximum: limitRow('max', 'exclusiveMaximum'),
  exclusiveMinimum: limitRow('min', 'always'),
  exclusiveMaximum: limitRow('max', 'always'),
};

const STRING = {
  minLength: countRow('minLength'),
  maxLength: countRow('maxLength'),
  pattern: textRow('pattern'),
  format: textRow('format'),
};
const ARRAY = {
  prefixItems,
  items,
  additionalItems,
  contains,
  uniqueItems,
  minItems: countRow('minItems'),
  maxItems: countRow('maxItems'),
};
const OBJECT = {
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  required,
  minProperties: countRow('minProperties'),
  maxProperties: countRow('maxProperties'),
  dependencies,
  dependentRequired: dependencies,
  dependentSchemas: dependencies,
};
const ANY = {
  type: typeRow,
  enum: enumRow,
  const: constRow,
  allOf,
  anyOf,
  oneOf,
  not,
  if: condition,
  $ref: referenceRow('$ref'),
  $recursiveRef: referenceRow('$recursiveRef'),
  $dynamicRef: referenceRow('$dynamicRef'),
};

const ROWS: { readonly [type in ValueType]: { readonly [keyword: string]: Row } } = {
  null: ANY,
  boolean: ANY,
  number: { ...ANY, ...NUMBER },
  string: { ...ANY, ...STRING },
  array: { ...ANY, ...ARRAY },
  object: { ...ANY, ...OBJECT },
};

/** Items that hold of a value of the type if and only if the literal does. */
export function expand(lit: Lit, type: ValueType, newTracker: () => number): readonly Item[] {
  const { schema } = lit;
  if (typeof schema === 'boolean' || !isObject(schema)) {
    const holds = schema === true;
    return holds === lit.positive ? [] : [NEVER];
  }
  const scope = enter(lit.world, schema, lit.scope);
  const { draft } = scope.resource;
  const known = lit.world.keywords(draft);
  const rows = ROWS[type];
  const base: Context = { lit, schema, scope, type, draft, trackers: lit.trackers, newTracker };
  const alone = refStandsAlone(draft) && ownString(schema, '$ref') !== undefined;
  const names = (alone ? ['$ref'] : Object.keys(schema)).filter(name => known.has(name) && Object.hasOwn(rows, name));
  const unseen = unseenKeyword(type, schema, lit, known);
  if (lit.only && !lit.positive) {
    return failing(base, names, lit.only, unseen);
  }
  if (!unseen) {
    return meaning(base, names, lit.positive);
  }
  return withUnseen(base, names, unseen);
}

function meaning(context: Context, names: readonly string[], positive: boolean): readonly Item[] {
  const rows = ROWS[context.type];
  const all = names.flatMap(name => rows[name](context, context.schema[name]) ?? []);
  return positive ? all.flatMap(each => each.asserted) : [or(all.flatMap(each => each.denied()))];
}

/** One part of a schema denied, whatever its other keywords say. */
function failing(
  context: Context,
  names: readonly string[],
  { keyword, name }: KeywordPart,
  unseen: Unseen | undefined,
): readonly Item[] {
  if (keyword.startsWith('unevaluated')) {
    return unseen ? [lastFails(context, names, unseen, [])] : [NEVER];
  }
  const row = names.includes(keyword) ? ROWS[context.type][keyword] : undefined;
  const argument = context.schema[keyword];
  const silent: Context = { ...context, trackers: [] };
  const part = row?.(silent, name === undefined ? argument : narrowed(argument, name));
  return part ? [or(part.denied())] : [NEVER];
}

interface Unseen {
  readonly kind: 'unseenProperties' | 'unseenItems';
  readonly schema: Json;
  /** From the closed-world reading, not from the schema. */
  readonly closing: boolean;
}

function unseenKeyword(
  type: ValueType,
  schema: JsonObject,
  lit: Lit,
  known: ReadonlyMap<string, unknown>,
): Unseen | undefined {
  const keyword = type === 'object' ? 'unevaluatedProperties' : 'unevaluatedItems';
  const argument = (type === 'object' || type === 'array') && known.has(keyword) ? own(schema, keyword) : undefined;
  if (argument !== undefined) {
    return { kind: type === 'object' ? 'unseenProperties' : 'unseenItems', schema: argument, closing: false };
  }
  if (type === 'object' && lit.closed && lit.fresh && lit.positive) {
    return { kind: 'unseenProperties', schema: false, closing: true };
  }
  return undefined;
}

function unseenRule(context: Context, tracker: number, unseen: Unseen, positive: boolean): Item {
  return { kind: unseen.kind, tracker, goal: inside(context, unseen.schema, positive), some: !positive };
}

function withUnseen(context: Context, names: readonly string[], unseen: Unseen): readonly Item[] {
  if (!context.lit.positive) {
    const silent: Context = { ...context, trackers: [] };
    const others = meaning(silent, names, false).flatMap(each => (each.kind === 'or' ? each.alternatives : []));
    return [lastFails(context, names, unseen, others)];
  }
  const tracker = context.newTracker();
  const tracking: Context = { ...context, trackers: [...context.trackers, tracker] };
  const asserted = meaning(tracking, names, true);
  const all: Seen = { kind: unseen.kind === 'unseenProperties' ? 'allProperties' : 'allItems' };
  const outer = unseen.closing ? [] : seen(context, all);
  return unseen.schema === true
    ? [...asserted, ...outer]
    : [...asserted, unseenRule(context, tracker, unseen, true), ...outer];
}

/** `unevaluated…` denied: one of the other ways to fail, or all else holds and something that nothing looked at is wrong. */
function lastFails(context: Context, names: readonly string[], unseen: Unseen, others: Alternatives): Item {
  if (unseen.schema === true) {
    return or(others);
  }
  const tracker = context.newTracker();
  const tracking: Context = { ...context, trackers: [...context.trackers, tracker] };
  return or([...others, [...positively(tracking, names), unseenRule(context, tracker, unseen, false)]]);
}

/** The keywords asserted, though the literal is denied: what its last keyword fails on. */
function positively(context: Context, names: readonly string[]): readonly Item[] {
  return meaning({ ...context, lit: { ...context.lit, positive: true } }, names, true);
}

export function isOfType(value: Json, type: ValueType): boolean {
  if (value === null) {
    return type === 'null';
  }
  return isArray(value) ? type === 'array' : typeof value === type;
}

export function hasValue(values: readonly Json[], value: Json): boolean {
  return values.some(each => deepEqual(each, value));
}
