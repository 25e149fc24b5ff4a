/*
 * A next version of a schema: one to five edits, each at some place of it.
 * Keywords come and go, numbers move, properties are added, names become
 * required, parts are replaced, loosened or tightened.
 */
import type { Json, JsonObject } from '@busline/json-schema';
import { NAMES, type SchemaMaker } from './schemas';

const MAX_EDITS = 5;

/** Keywords whose values hold schemas: directly, in a list, or by name. */
const ONE = 'additionalProperties items additionalItems contains not if then else propertyNames'.split(' ');
const LISTS = 'allOf anyOf oneOf prefixItems items'.split(' ');
const MAPS = 'properties patternProperties dependentSchemas definitions'.split(' ');

type Way = readonly string[];

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The ways to all schemas that are objects. */
function waysIn(schema: Json, way: Way = []): readonly Way[] {
  if (!isObject(schema)) return [];
  const inner = Object.entries(schema).flatMap(([keyword, value]): readonly Way[] => {
    if (Array.isArray(value) && LISTS.includes(keyword)) {
      return value.flatMap((each, i) => waysIn(each, [...way, keyword, String(i)]));
    }
    if (isObject(value) && MAPS.includes(keyword)) {
      return Object.entries(value).flatMap(([name, each]) => waysIn(each, [...way, keyword, name]));
    }
    return isObject(value) && ONE.includes(keyword) ? waysIn(value, [...way, keyword]) : [];
  });
  return [way, ...inner];
}

function changedAt(value: Json, way: Way, change: (old: JsonObject) => Json): Json {
  const [key, ...rest] = way;
  if (key === undefined) return isObject(value) ? change(value) : value;
  if (Array.isArray(value)) return value.map((each, i) => (String(i) === key ? changedAt(each, rest, change) : each));
  return isObject(value) && Object.hasOwn(value, key)
    ? { ...value, [key]: changedAt(value[key], rest, change) }
    : value;
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

const KEPT = new Set(['definitions', '$dynamicAnchor', '$recursiveAnchor', '$schema']);

export class Editor {
  constructor(private readonly maker: SchemaMaker) {}

  next(schema: JsonObject): JsonObject {
    let result: JsonObject = schema;
    for (let i = this.maker.draw.upTo(MAX_EDITS - 1); i >= 0; i--) {
      // definitions and what is deep are often beside the point: half of the edits are near the root
      const all = waysIn(result).filter(each => each[0] !== 'definitions' || this.maker.draw.chance(0.3));
      const near = all.filter(each => each.length <= 2);
      const way = this.maker.draw.of(this.maker.draw.chance(0.5) ? near : all);
      const isRoot = way.length === 0;
      result = changedAt(result, way, old => this.#edited(old, isRoot)) as JsonObject;
    }
    return result;
  }

  #edited(schema: JsonObject, isRoot: boolean): Json {
    const { draw } = this.maker;
    const refers = Object.keys(schema).some(each => each.endsWith('Ref') || each === '$ref');
    if (refers || draw.chance(0.06))
      return { ...schema, ...(refers ? {} : { description: `Version ${draw.upTo(9)}` }) };
    const edits = [
      () => this.#moved(schema),
      () => this.#moved(schema),
      () => this.#lost(schema),
      () => this.#named(schema),
      () => this.#narrowed(schema),
      () => this.#property(schema),
      ...(isRoot ? [] : [() => this.#replaced(schema)]),
    ];
    return draw.of(edits)();
  }

  /** A number or a list of values moved. */
  #moved(schema: JsonObject): Json {
    const { draw } = this.maker;
    const numbers = Object.keys(schema).filter(key => typeof schema[key] === 'number');
    if (numbers.length > 0) {
      const key = draw.of(numbers);
      const least = key === 'multipleOf' ? 1 : 0;
      return { ...schema, [key]: Math.max(least, Number(schema[key]) + draw.of([-1, 1])) };
    }
    if (Array.isArray(schema.enum)) {
      const values = schema.enum as readonly Json[];
      return draw.chance(0.5) && values.length > 1
        ? { ...schema, enum: values.slice(1) }
        : { ...schema, enum: [...values.filter(each => each !== 'new'), 'new'] };
    }
    return this.#lost(schema);
  }

  /** A keyword gone. */
  #lost(schema: JsonObject): Json {
    const keys = Object.keys(schema).filter(key => !KEPT.has(key));
    return keys.length === 0 ? schema : without(schema, this.maker.draw.of(keys));
  }

  /** A name required, or no longer. */
  #named(schema: JsonObject): Json {
    if (schema.properties === undefined) return this.#moved(schema);
    const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : [];
    const name = this.maker.draw.of(NAMES);
    const next = required.includes(name) ? required.filter(each => each !== name) : [...required, name];
    return next.length > 0 ? { ...schema, required: next } : without(schema, 'required');
  }

  /** A limit more. */
  #narrowed(schema: JsonObject): Json {
    const { draw, draft } = this.maker;
    const more = draw.of([
      () => this.maker.string(),
      () => this.maker.number(),
      () => ({ not: this.maker.leaf() }),
      () => ({ maxProperties: 3 }),
      () => (draft === 'draft-04' ? { maxItems: 3 } : { additionalProperties: false }),
      () => ({ type: draw.of([['string', 'object'], 'object', ['array', 'null', 'object']]) }),
    ])() as JsonObject;
    return Object.keys(more).some(key => Object.hasOwn(schema, key)) ? this.#moved(schema) : { ...schema, ...more };
  }

  /** A property added, removed or described anew. */
  #property(schema: JsonObject): Json {
    const { draw } = this.maker;
    if (!isObject(schema.properties)) return this.#narrowed(schema);
    const name = draw.of(NAMES);
    const properties =
      Object.hasOwn(schema.properties, name) && draw.chance(0.5)
        ? without(schema.properties, name)
        : { ...schema.properties, [name]: this.maker.schema(2) };
    return { ...schema, properties };
  }

  #replaced(schema: JsonObject): Json {
    const { draw } = this.maker;
    return draw.chance(0.5) ? this.maker.schema(2) : { [draw.of(['anyOf', 'allOf'])]: [schema, this.maker.leaf()] };
  }
}
