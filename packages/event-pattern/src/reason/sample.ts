/*
 * A value that looks real, made from what a schema says of its own accord:
 * examples, constants, defaults, formats, names. It is a guess: whoever asks
 * checks it with the validator.
 */
import type { Json, JsonObject } from '../types';
import { isObject, own } from './json';

/** Values in one sample; beyond it only required ones. */
const MAX_VALUES = 300;
/** Levels down to which optional values are filled in. */
const MAX_OPTIONAL_DEPTH = 6;
const MAX_DEPTH = 40;

const BY_FORMAT: { readonly [format: string]: string } = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  duration: 'PT15M',
  email: 'ana@example.com',
  'idn-email': 'ana@example.com',
  hostname: 'www.example.com',
  'idn-hostname': 'www.example.com',
  ipv4: '203.0.113.10',
  ipv6: '2001:db8::10',
  uri: 'https://example.com/a',
  'uri-reference': '/a',
  iri: 'https://example.com/a',
  'iri-reference': '/a',
  uuid: '3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b',
  'json-pointer': '/a',
  regex: '^a',
};

export interface SampleOptions {
  /** The schema at the end of a reference. */
  readonly follow: (reference: string) => Json | undefined;
  /** A text of the schema, where it has an expression. */
  readonly textOf: (schema: JsonObject) => string | undefined;
}

class Sampler {
  #left = MAX_VALUES;
  readonly #open = new Set<Json>();

  constructor(private readonly options: SampleOptions) {}

  /** Undefined where no guess is made. */
  of(schema: Json, name: string, depth: number): Json | undefined {
    if (schema === true) return {};
    if (!isObject(schema) || depth > MAX_DEPTH || this.#open.has(schema)) return undefined;
    this.#left -= 1;
    this.#open.add(schema);
    try {
      return this.#said(schema) ?? this.#made(schema, name, depth);
    } finally {
      this.#open.delete(schema);
    }
  }

  /** A value that the schema names itself. */
  #said(schema: JsonObject): Json | undefined {
    if (Object.hasOwn(schema, 'const')) return schema.const;
    for (const key of ['examples', 'enum']) {
      const values = own(schema, key);
      const first = Array.isArray(values) ? (values as readonly Json[]).find(each => each !== null) : undefined;
      if (first !== undefined) return first;
    }
    return own(schema, 'example') ?? own(schema, 'default');
  }

  #made(schema: JsonObject, name: string, depth: number): Json | undefined {
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? this.options.follow(reference) : undefined;
    const parts: (Json | undefined)[] = [
      ...(target === undefined ? [] : [target]),
      ...listOf(own(schema, 'allOf')),
      ...listOf(own(schema, 'oneOf')).slice(0, 1),
      ...listOf(own(schema, 'anyOf')).slice(0, 1),
    ];
    let value: Json | undefined;
    for (const part of parts) {
      value = merged(value, part === undefined ? undefined : this.of(part, name, depth));
    }
    return merged(value, this.#byType(schema, name, depth, value));
  }

  #byType(schema: JsonObject, name: string, depth: number, before: Json | undefined): Json | undefined {
    const types = [own(schema, 'type')].flat() as readonly (Json | undefined)[];
    const type = types.find(each => each !== 'null') ?? types[0];
    if (type === 'object' || (type === undefined && (Object.hasOwn(schema, 'properties') || isObject(before)))) {
      return this.#object(schema, depth);
    }
    if (before !== undefined) return undefined;
    switch (type) {
      case 'string':
        return this.#text(schema, name);
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'boolean':
        return true;
      case 'array':
        return this.#array(schema, name, depth);
      default:
        return type === 'null' ? null : undefined;
    }
  }

  #object(schema: JsonObject, depth: number): Json | undefined {
    const properties = own(schema, 'properties');
    const required = new Set(listOf(own(schema, 'required')));
    const entries: (readonly [string, Json])[] = [];
    for (const [name, inner] of isObject(properties) ? Object.entries(properties) : []) {
      if (required.has(name) || (this.#left > 0 && depth < MAX_OPTIONAL_DEPTH)) {
        const value = this.of(inner, name, depth + 1);
        if (value !== undefined) entries.push([name, value]);
      }
    }
    return Object.fromEntries(entries);
  }

  #array(schema: JsonObject, name: string, depth: number): Json | undefined {
    const items = own(schema, 'items');
    const item = isObject(items) ? this.of(items, name, depth + 1) : undefined;
    return item === undefined ? [] : [item];
  }

  #text(schema: JsonObject, name: string): string | undefined {
    const format = own(schema, 'format');
    const plain = typeof format === 'string' && Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format] : `${name}-1`;
    return Object.hasOwn(schema, 'pattern') || fits(schema, plain) === false
      ? this.options.textOf(schema) ?? plain
      : plain;
  }
}

function fits(schema: JsonObject, text: string): boolean {
  const least = own(schema, 'minLength');
  const most = own(schema, 'maxLength');
  return !(typeof least === 'number' && text.length < least) && !(typeof most === 'number' && text.length > most);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function merged(a: Json | undefined, b: Json | undefined): Json | undefined {
  if (isObject(a) && isObject(b)) {
    return Object.fromEntries([...Object.entries(a), ...Object.entries(b)]);
  }
  return a ?? b;
}

function numberOf(schema: JsonObject): number {
  const at = (key: string) => {
    const value = own(schema, key);
    return typeof value === 'number' ? value : undefined;
  };
  const multiple = at('multipleOf') ?? 1;
  const least =
    at('minimum') ?? (at('exclusiveMinimum') === undefined ? undefined : (at('exclusiveMinimum') as number) + multiple);
  const most =
    at('maximum') ?? (at('exclusiveMaximum') === undefined ? undefined : (at('exclusiveMaximum') as number) - multiple);
  const wanted = Math.max(least ?? -Infinity, Math.min(most ?? Infinity, 42));
  return Object.hasOwn(schema, 'multipleOf') ? Math.ceil(wanted / multiple) * multiple : wanted;
}

/** Undefined where no guess can be made. */
export function sampleOf(schema: Json, options: SampleOptions): Json | undefined {
  return new Sampler(options).of(schema, 'value', 0);
}
