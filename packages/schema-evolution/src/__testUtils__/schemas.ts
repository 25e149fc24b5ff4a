/*
 * Generated schemas of each draft, with every keyword of it: small names and
 * small numbers, so that versions and events meet. Left out is what Ajv is
 * known to read otherwise than the specification: keywords beside `$ref`
 * before 2019-09, `contains` beside a tuple, and `unevaluated…` beside nested
 * alternatives.
 */
import type { Draft, Json, JsonObject } from '@busline/json-schema';
import type { Draw } from './draws';

export const NAMES = ['a', 'b', 'c', 'd1'];
export const TEXTS = ['', 'a', 'ab', 'abc', 'b', '🚀', '2024-02-29', 'x@y.zz', '10.0.0.1', 'B'];
export const NUMBERS = [-2, -1, 0, 0.5, 1, 1.5, 2, 3, 4, 10];
const TYPES = ['string', 'number', 'integer', 'object', 'array', 'boolean', 'null'];
const FORMATS = ['date', 'email', 'ipv4', 'uuid', 'date-time'];
const PATTERNS = ['^a', 'b$', '[0-9]', '^.{2}$', 'c|B', '^[a-c]*$'];
const NAME_PATTERNS = ['^a', '[0-9]', '^[bc]$'];

/** Beyond that, schemas say something of one type only. */
const MAX_DEPTH = 2;

function isLate(draft: Draft): boolean {
  return draft === '2019-09' || draft === '2020-12';
}

type Part = { [keyword: string]: Json };

/** Makes schemas of one draft. */
export class SchemaMaker {
  constructor(readonly draw: Draw, readonly draft: Draft) {}

  value(depth = 0): Json {
    const { draw } = this;
    switch (draw.upTo(depth > 1 ? 3 : 6)) {
      case 0:
        return draw.of([null, true, false]);
      case 1:
        return draw.of(NUMBERS);
      case 2:
      case 3:
        return draw.of(TEXTS);
      case 4:
        return Array.from({ length: draw.upTo(3) }, () => this.value(depth + 1));
      default:
        return Object.fromEntries(draw.some(NAMES, 0.5).map(name => [name, this.value(depth + 1)]));
    }
  }

  never(): Json {
    return this.draft === 'draft-04' ? { not: {} } : false;
  }

  schema(depth = 0): Json {
    const { draw } = this;
    if (draw.chance(0.05)) return draw.chance(0.5) ? this.never() : {};
    if (depth > MAX_DEPTH) return this.leaf();
    const kind = draw.upTo(99);
    if (kind < 34) return this.object(depth);
    if (kind < 52) return this.array(depth);
    if (kind < 76) return this.leaf();
    return this.combined(depth);
  }

  leaf(): Part {
    const { draw } = this;
    return draw.of<() => Part>([
      () => ({ type: 'string', ...this.string() }),
      () => ({ type: draw.of(['number', 'integer']), ...this.number() }),
      () => ({ type: draw.of(TYPES) }),
      () => ({ type: [...new Set([draw.of(TYPES), draw.of(TYPES), 'null'])] }),
      () => ({ enum: this.values() }),
      (): Part => (this.draft === 'draft-04' ? { enum: [this.value(1)] } : { const: this.value(1) }),
      () => ({ ...this.string(), ...this.number() }),
    ])();
  }

  values(): readonly Json[] {
    const all = [...this.draw.some<Json>(['a', 1, null, 'b', true, 2, 0.5, 'ab'], 0.4), this.value(1)];
    return all.filter((each, i) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(each)) === i);
  }

  string(): Part {
    const { draw } = this;
    return draw.of<() => Part>([
      () => ({ minLength: draw.upTo(2) }),
      () => ({ maxLength: 1 + draw.upTo(2) }),
      () => ({ minLength: draw.upTo(1), maxLength: 1 + draw.upTo(2) }),
      () => ({ pattern: draw.of(PATTERNS) }),
      () => ({ pattern: draw.of(PATTERNS), maxLength: 3 }),
      () => ({ format: draw.of(FORMATS) }),
    ])();
  }

  number(): Part {
    const { draw } = this;
    const old = this.draft === 'draft-04';
    return draw.of<() => Part>([
      () => ({ minimum: draw.of([-2, 0, 1]), ...(old ? { exclusiveMinimum: draw.chance(0.7) } : {}) }),
      () => ({ maximum: draw.of([2, 3, 10]), ...(old ? { exclusiveMaximum: draw.chance(0.7) } : {}) }),
      () => ({ minimum: 0, maximum: draw.of([2, 10]) }),
      (): Part => (old ? { minimum: 0, exclusiveMinimum: true } : { exclusiveMinimum: draw.of([-1, 0]) }),
      (): Part => (old ? { maximum: 3, exclusiveMaximum: true } : { exclusiveMaximum: draw.of([2, 3]) }),
      () => ({ multipleOf: draw.of([0.5, 1, 2, 3]) }),
    ])();
  }

  map(depth: number, names: readonly string[], share: number): Part {
    return Object.fromEntries(this.draw.some(names, share).map(name => [name, this.schema(depth + 1)]));
  }

  object(depth: number): Part {
    const { draw } = this;
    const required = draw.some(NAMES, 0.35);
    const result: Part = {
      ...(draw.chance(0.8) ? { type: 'object' } : {}),
      properties: this.map(depth, NAMES, 0.5),
      ...(required.length > 0 ? { required } : {}),
    };
    for (const more of draw.some(['additional', 'patterns', 'names', 'counts', 'dependencies'], 0.24)) {
      Object.assign(result, this.#ofObject(more, depth));
    }
    return result;
  }

  #ofObject(more: string, depth: number): Part {
    const { draw, draft } = this;
    switch (more) {
      case 'additional':
        return { additionalProperties: draw.chance(0.5) ? false : this.schema(depth + 1) };
      case 'patterns':
        return { patternProperties: { [draw.of(NAME_PATTERNS)]: this.schema(depth + 1) } };
      case 'names':
        return draft === 'draft-04'
          ? {}
          : { propertyNames: { [draw.of(['maxLength', 'minLength'])]: 1 + draw.upTo(1) } };
      case 'counts':
        return draw.chance(0.5) ? { minProperties: 1 + draw.upTo(1) } : { maxProperties: 1 + draw.upTo(2) };
      default: {
        const schema = this.schema(depth + 1);
        if (!isLate(draft)) return { dependencies: { a: ['b'], [draw.of(['b', 'c'])]: schema } };
        return draw.chance(0.5)
          ? { dependentRequired: { [draw.of(NAMES)]: ['b'] } }
          : { dependentSchemas: { a: schema } };
      }
    }
  }

  array(depth: number): Part {
    const { draw } = this;
    const result: Part = draw.chance(0.8) ? { type: 'array' } : {};
    const kind = draw.of(['items', 'items', 'tuple', 'tuple', 'contains', 'contains']);
    if (kind === 'items') result.items = this.schema(depth + 1);
    if (kind === 'tuple') Object.assign(result, this.#tuple(depth));
    if (kind === 'contains' && this.draft !== 'draft-04') Object.assign(result, this.#contains(depth));
    if (draw.chance(0.35)) Object.assign(result, draw.chance(0.5) ? { minItems: 1 } : { maxItems: 1 + draw.upTo(2) });
    return draw.chance(0.3) ? { ...result, uniqueItems: true } : result;
  }

  #tuple(depth: number): Part {
    const tuple = Array.from({ length: 1 + this.draw.upTo(1) }, () => this.schema(depth + 1));
    const rest = this.draw.chance(0.6) ? this.schema(depth + 1) : undefined;
    if (this.draft === '2020-12') return { prefixItems: tuple, ...(rest === undefined ? {} : { items: rest }) };
    return {
      items: tuple,
      ...(rest === undefined ? {} : { additionalItems: this.draft === 'draft-04' && rest === false ? {} : rest }),
    };
  }

  #contains(depth: number): Part {
    const { draw } = this;
    return {
      contains: this.schema(depth + 1),
      ...(isLate(this.draft) && draw.chance(0.5) ? { minContains: draw.upTo(2) } : {}),
      ...(isLate(this.draft) && draw.chance(0.5) ? { maxContains: 2 + draw.upTo(1) } : {}),
    };
  }

  combined(depth: number): Part {
    const { draw, draft } = this;
    const list = () => Array.from({ length: 1 + draw.upTo(2) }, () => this.schema(depth + 1));
    return draw.of<() => Part>([
      () => ({ allOf: list() }),
      () => ({ anyOf: list() }),
      () => ({ oneOf: list() }),
      () => ({ not: this.leaf() }),
      () => ({ $ref: `#/definitions/${draw.of(['one', 'two'])}` }),
      () => (draft === 'draft-04' || draft === 'draft-06' ? { anyOf: list() } : this.#condition(depth)),
    ])();
  }

  #condition(depth: number): Part {
    const { draw } = this;
    return {
      if: draw.chance(0.5) ? { properties: { a: this.leaf() }, required: ['a'] } : this.leaf(),
      ...(draw.chance(0.8) ? { then: this.schema(depth + 1) } : {}),
      ...(draw.chance(0.6) ? { else: this.schema(depth + 1) } : {}),
    };
  }

  /** What is only put at the root: the keywords that look at what others looked at, and references by the way. */
  rootPart(): Part {
    const { draw, draft } = this;
    if (!isLate(draft) || draw.chance(0.45)) return {};
    const plain = () => ({ type: draw.of(TYPES) });
    const closing = (): Json => (draw.chance(0.6) ? false : plain());
    const map = () => Object.fromEntries(draw.some(NAMES, 0.5).map(name => [name, plain()]));
    const of = draw.upTo(2);
    if (of === 0) {
      return {
        allOf: [{ properties: map() }],
        anyOf: [{ properties: map(), required: ['a'] }, { required: ['b'] }],
        unevaluatedProperties: closing(),
      };
    }
    if (of === 1 && draft === '2020-12') {
      return { allOf: [{ prefixItems: [plain(), plain()] }], unevaluatedItems: closing() };
    }
    return draft === '2020-12'
      ? { $dynamicAnchor: 'node', type: 'object', properties: { ...map(), c: { $dynamicRef: '#node' } } }
      : { $recursiveAnchor: true, type: 'object', properties: { ...map(), c: { $recursiveRef: '#' } } };
  }

  document(): JsonObject {
    const root = this.rootPart();
    const first = Object.keys(root).length > 0 ? {} : this.schema(0);
    const body: JsonObject =
      typeof first === 'object' && first !== null && !Array.isArray(first) ? (first as JsonObject) : { not: {} };
    const alone = Object.hasOwn(body, '$ref') && !isLate(this.draft);
    return {
      ...(alone ? { allOf: [body] } : body),
      ...root,
      definitions: {
        one: { ...this.leaf(), description: 'one' },
        two: { properties: { a: { $ref: '#/definitions/two' }, b: this.leaf() } },
      },
    };
  }
}
