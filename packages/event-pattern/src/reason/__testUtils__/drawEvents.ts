/*
 * Events drawn from a schema by walking it: guesses, of which the caller keeps
 * the valid ones. Values of the pattern are strewn in, where a verdict could be
 * wrong.
 */
import type { Draw } from '../../__testUtils__/pairs';
import type { Json, JsonObject } from '../../types';
import { FIELD_KINDS, type SchemaText } from './fields';
import { validValues } from './schemaPairs';

type MutableObject = { [key: string]: Json };

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Values of leaves that patterns name. */
function leavesOf(value: Json): readonly Json[] {
  if (value === null || typeof value !== 'object') return [value];
  return Object.values(value as JsonObject).flatMap(leavesOf);
}

const ALL_VALUES: readonly Json[] = Object.values(FIELD_KINDS).flatMap(
  make => make({ of: list => list[0], upTo: () => 0, chance: () => false }).values,
);

class EventDraw {
  constructor(
    private readonly draw: Draw,
    private readonly root: SchemaText,
    private readonly spice: readonly Json[],
  ) {}

  value(schema: Json, depth: number): Json {
    const { draw } = this;
    if (!isObject(schema) || depth > 8) {
      return draw.of<Json>([...ALL_VALUES, ...this.spice]);
    }
    const valid = validValues.get(schema);
    if (valid && valid.length > 0 && draw.chance(0.75)) return draw.of(valid);
    if (typeof schema.$ref === 'string') {
      const name = schema.$ref.slice('#/definitions/'.length);
      return this.value((this.root.definitions as JsonObject)[name], depth + 1);
    }
    const parts = [
      ...listOf(schema.allOf),
      ...[schema.oneOf, schema.anyOf].flatMap(each => {
        const list = listOf(each);
        return list.length > 0 ? [draw.of(list)] : [];
      }),
    ];
    if (parts.length > 0) {
      const values = parts.map(each => this.value(each, depth + 1));
      const own = schema.properties === undefined ? [] : [this.object(schema, depth)];
      const all = [...values, ...own];
      return all.every(isObject) ? (Object.assign({}, ...all) as Json) : draw.of(all);
    }
    if (schema.enum !== undefined) return draw.of(listOf(schema.enum));
    return this.byType(schema, depth);
  }

  private byType(schema: JsonObject, depth: number): Json {
    const { draw } = this;
    const type = draw.of([schema.type].flat() as readonly Json[]);
    if (type === 'object') return this.object(schema, depth);
    if (type === 'array') {
      const length = draw.upTo(3);
      return Array.from({ length }, () => this.value(schema.items ?? {}, depth + 1));
    }
    const fits = (value: Json) =>
      type === 'null'
        ? value === null
        : typeof value === (type === 'integer' ? 'number' : type) && (type !== 'integer' || Number.isInteger(value));
    const near = [schema.minimum, schema.maximum].filter((each): each is number => typeof each === 'number');
    const own = near.flatMap(each => [each, each + 1, each - 1, each + 0.5]);
    const candidates = [...ALL_VALUES.flatMap(each => (Array.isArray(each) ? each : [each])), ...own].filter(fits);
    const spicy = this.spice.filter(fits);
    return spicy.length > 0 && draw.chance(0.4) ? draw.of(spicy) : draw.of(candidates.length > 0 ? candidates : [null]);
  }

  object(schema: JsonObject, depth: number): Json {
    const { draw } = this;
    const result: MutableObject = {};
    const required = listOf(schema.required);
    for (const [name, inner] of Object.entries((schema.properties ?? {}) as JsonObject)) {
      if (required.includes(name) || draw.chance(depth > 4 ? 0.1 : 0.6)) {
        result[name] = this.value(inner, depth + 1);
      }
    }
    if (draw.chance(depth === 0 ? 0.15 : 0.05)) {
      result[draw.of(['ext-a', 'other', 'levelz', 'amountz', 'lone', 'level.x'])] = draw.of<Json>([
        ...this.spice,
        3,
        'red',
      ]);
    }
    return result;
  }
}

/** An event, likely valid. */
export function drawEvent(draw: Draw, schema: SchemaText, pattern: JsonObject): JsonObject {
  const spice = leavesOf(pattern);
  const data = new EventDraw(draw, schema, spice).value(schema, 0);
  const texts = spice.filter(each => typeof each === 'string');
  const text = (usual: string) => (texts.length > 0 && draw.chance(0.1) ? draw.of(texts) : usual);
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Order Placed',
    source: 'com.shop',
    account: draw.of(['123456789012', '000000000000']),
    time: draw.of(['2026-01-15T09:30:00Z', '2025-06-30T23:59:59Z']),
    region: draw.of(['eu-west-1', 'us-gov-east-1']),
    resources: draw.of<Json>([[], ['arn:aws:x'], ['x', 'y']]),
    ...(draw.chance(0.1) ? { 'replay-name': text('replay') } : {}),
    detail: { metadata: { id: text('i'), schemaVersion: '2.1.0', publishedBy: text('shop-service') }, data },
  };
}
