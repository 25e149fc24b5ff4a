/** Schemas of events as organisations write them, of a wanted size, and a next version of each: made from a seed, the same each time. */

export interface SchemaPair {
  readonly name: string;
  readonly old: unknown;
  readonly next: unknown;
  /** Of the old version, as JSON. */
  readonly bytes: number;
}

type Schema = { [keyword: string]: unknown };

/** Mulberry32: small, and the same on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed;
  /* eslint-disable no-bitwise */
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  /* eslint-enable no-bitwise */
}

const NOUNS = 'order parcel guest invoice device account door locker courier address payment refund session unit'.split(
  ' ',
);
const ASPECTS =
  'id name status kind count total note owner region createdAt updatedAt url email code reason level'.split(' ');
const SENTENCES = [
  'As the sender knows it.',
  'Given by the person who asked for it; may be changed later.',
  'Never shown to anybody outside the team.',
  'In the smallest unit of the currency.',
];

class Maker {
  constructor(private readonly random: () => number) {}

  upTo(max: number): number {
    return Math.floor(this.random() * (max + 1));
  }

  of<T>(values: readonly T[]): T {
    return values[this.upTo(values.length - 1)];
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  name(): string {
    const aspect = this.of(ASPECTS);
    return `${this.of(NOUNS)}${aspect[0].toUpperCase()}${aspect.slice(1)}${this.chance(0.3) ? this.upTo(99) : ''}`;
  }

  leaf(): Schema {
    return this.of<() => Schema>([
      () => ({ type: 'string' }),
      () => ({ type: 'string', minLength: 1, maxLength: 10 * (1 + this.upTo(9)) }),
      () => ({ type: 'string', format: this.of(['date-time', 'uri', 'email', 'uuid']) }),
      () => ({ type: 'string', pattern: this.of(['^[A-Z]{3}$', '^[a-z0-9-]+$', '^ord_[0-9a-f]{8}$']) }),
      () => ({ type: 'string', enum: this.values() }),
      () => ({ type: ['string', 'null'] }),
      () => ({ type: 'integer', minimum: 0 }),
      () => ({ type: 'number', minimum: 0, maximum: 1000 * (1 + this.upTo(9)) }),
      () => ({ type: 'boolean' }),
      () => ({ $ref: `#/$defs/${this.of(['money', 'person', 'place'])}` }),
      () => ({ oneOf: [{ $ref: `#/$defs/${this.of(['person', 'place'])}` }, { type: 'null' }] }),
    ])();
  }

  values(): readonly string[] {
    return [...new Set(Array.from({ length: 2 + this.upTo(4) }, () => `${this.of(NOUNS)}_${this.of(ASPECTS)}`))];
  }

  field(depth: number): Schema {
    const described = this.chance(0.6) ? { description: this.of(SENTENCES) } : {};
    if (depth < 3 && this.chance(0.25)) {
      const inner = this.object(depth + 1, 3 + this.upTo(4));
      return { ...described, ...(this.chance(0.4) ? { type: 'array', items: inner } : inner) };
    }
    return this.chance(0.1) ? { ...described, type: 'array', items: this.leaf() } : { ...described, ...this.leaf() };
  }

  object(depth: number, fields: number): Schema {
    const properties: Schema = {};
    for (let i = 0; i < fields; i++) properties[this.name()] = this.field(depth);
    const required = Object.keys(properties).filter(() => this.chance(0.6));
    return {
      type: 'object',
      properties,
      ...(required.length > 0 ? { required } : {}),
      ...(this.chance(0.4) ? { additionalProperties: false } : {}),
    };
  }

  event(bytes: number): Schema {
    const person = this.object(3, 5);
    const $defs: Schema = {
      money: {
        type: 'object',
        properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
        required: ['amount'],
      },
      person,
      place: this.object(3, 4),
    };
    const root = this.object(0, 3);
    const schema: Schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...root, $defs };
    while (JSON.stringify(schema).length < bytes) {
      (schema.properties as Schema)[this.name()] = this.field(1);
    }
    return schema;
  }

  /** A next version: one to five edits. */
  next(schema: Schema): Schema {
    const copy = structuredClone(schema);
    for (let i = this.upTo(4); i >= 0; i--) this.#edit(copy);
    return copy;
  }

  #edit(schema: Schema): void {
    const objects = objectsIn(schema);
    const object = this.of(objects);
    const properties = object.properties as Schema;
    const name = this.of(Object.keys(properties));
    const required = (object.required ?? []) as readonly string[];
    this.of<() => void>([
      () => {
        properties[this.name()] = this.field(2);
      },
      () => {
        if (Object.keys(properties).length > 1) delete properties[name];
        object.required = required.filter(each => each !== name);
      },
      () => {
        properties[name] = this.leaf();
      },
      () => {
        object.required = required.includes(name) ? required.filter(each => each !== name) : [...required, name];
      },
      () => {
        properties[name] = { ...(properties[name] as Schema), description: this.of(SENTENCES) };
      },
      () => {
        object.additionalProperties = this.chance(0.5);
      },
      () => {
        properties[name] = { type: 'string', enum: this.values() };
      },
    ])();
  }
}

function objectsIn(value: unknown): readonly Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  const { properties } = value as Schema;
  const isObject = typeof properties === 'object' && properties !== null && Object.keys(properties).length > 0;
  return isObject && (value as Schema).type === 'object' ? [value as Schema, ...inner] : inner;
}

/** Pairs that differ, of a size of about so many bytes. */
export function schemaPairs(bytes: number, count: number, seed: number): readonly SchemaPair[] {
  const pairs: SchemaPair[] = [];
  for (let i = 0; pairs.length < count; i++) {
    const maker = new Maker(randomOf(seed + i));
    const old = maker.event(bytes);
    const next = maker.next(old);
    const text = JSON.stringify(old);
    if (text !== JSON.stringify(next)) pairs.push({ name: `seed ${seed + i}`, old, next, bytes: text.length });
  }
  return pairs;
}
