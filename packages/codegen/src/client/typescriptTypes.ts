import type { Json, JsonObject } from '@busline/event-repository';
import { asObject, pascalCase } from '../names';
import { commentText, scriptText } from '../literals';

/** Declarations beyond this are `unknown`: nobody reads a type of a thousand parts, and a hostile schema costs no more. */
const MAX_DECLARATIONS = 300;
const MAX_DEPTH = 40;
/** Values of an enumeration written out; longer ones are their type. */
const MAX_LITERALS = 200;

/**
 * TypeScript declarations of what a schema describes: interfaces for objects, unions for enumerations and alternatives, optional
 * members, doc comments. What TypeScript cannot say (lengths, formats, patterns) is left to validation.
 *
 * @param schema - whose references lead inside it, as JSON pointers from `#`
 * @param name - of the type of the whole
 */
export function typescriptTypes(schema: JsonObject, name: string): string {
  const writer = new TypeWriter(schema, name);
  return writer.write();
}

class TypeWriter {
  readonly #root: JsonObject;
  readonly #rootName: string;
  readonly #declarations = new Map<string, string>();
  /** Name by JSON pointer of what was referred to. */
  readonly #named = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(root: JsonObject, name: string) {
    this.#root = root;
    this.#rootName = name;
    this.#taken.add(name);
    this.#named.set('#', name);
  }

  write(): string {
    this.#declare(this.#rootName, this.#root, 0);
    return [...this.#declarations.values()].join('\n');
  }

  #declare(name: string, schema: Json, depth: number): void {
    // Keeps its place while the parts are written.
    this.#declarations.set(name, '');
    const object = asObject(schema);
    const comment = object ? docComment(object, '') : '';
    const members = object && isPlainObject(object) ? this.#members(object, name, depth) : undefined;
    this.#declarations.set(
      name,
      members === undefined
        ? `${comment}export type ${name} = ${this.#type(schema, name, depth, true)};\n`
        : `${comment}export interface ${name} {\n${members}}\n`,
    );
  }

  #members(schema: JsonObject, parent: string, depth: number): string {
    const properties = asObject(schema.properties) ?? {};
    const required = new Set(Array.isArray(schema.required) ? (schema.required as readonly Json[]) : []);
    return Object.entries(properties)
      .map(([key, inner]) => {
        const type = this.#type(inner, `${parent}${pascalCase(key)}`, depth + 1);
        const comment = docComment(asObject(inner) ?? {}, '  ');
        return `${comment}  readonly ${memberName(key)}${required.has(key) ? '' : '?'}: ${type};\n`;
      })
      .join('');
  }

  #type(schema: Json, name: string, depth: number, isDeclaration = false): string {
    const object = asObject(schema);
    if (!object) return schema === false ? 'never' : 'unknown';
    if (depth > MAX_DEPTH) return 'unknown';
    const parts = [
      this.#own(object, name, depth, isDeclaration),
      ...this.#references(object, depth),
      ...this.#alternatives(object, name, depth),
      ...listOf(object.allOf).map((each, i) => this.#type(each, `${name}Part${i + 1}`, depth + 1)),
    ].filter(part => part !== 'unknown');
    if (parts.length === 0) return 'unknown';
    const unique = [...new Set(parts)];
    return unique.length === 1
      ? unique[0]
      : unique.map(part => (part.includes(' | ') ? `(${part})` : part)).join(' & ');
  }

  #references(schema: JsonObject, depth: number): readonly string[] {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return [];
    const known = this.#named.get($ref);
    if (known !== undefined) return [known];
    const target = resolve(this.#root, $ref);
    if (target === undefined || this.#isFull()) return ['unknown'];
    const name = this.#unused(this.#rootName + pascalCase($ref.split('/').pop() ?? ''));
    this.#named.set($ref, name);
    this.#declare(name, target, depth + 1);
    return [name];
  }

  #alternatives(schema: JsonObject, name: string, depth: number): readonly string[] {
    return (['oneOf', 'anyOf'] as const).flatMap(keyword => {
      const options = listOf(schema[keyword]);
      if (options.length === 0) return [];
      const types = options.map((each, i) => this.#type(each, `${name}${optionName(each, i)}`, depth + 1));
      // One that says nothing here leaves everything open.
      if (types.includes('unknown')) return [];
      return [[...new Set(types)].join(' | ')];
    });
  }

  #own(schema: JsonObject, name: string, depth: number, isDeclaration: boolean): string {
    if (Object.hasOwn(schema, 'const')) return literalType(schema.const);
    if (Array.isArray(schema.enum) && schema.enum.length > 0 && schema.enum.length <= MAX_LITERALS) {
      return [...new Set((schema.enum as readonly Json[]).map(literalType))].join(' | ');
    }
    const types = typeof schema.type === 'string' ? [schema.type] : listOf(schema.type);
    const implied = types.length === 0 && asObject(schema.properties) ? ['object'] : types;
    return implied.length === 0
      ? 'unknown'
      : [...new Set(implied.map(type => this.#ofType(String(type), schema, name, depth, isDeclaration)))].join(' | ');
  }

  #ofType(type: string, schema: JsonObject, name: string, depth: number, isDeclaration: boolean): string {
    switch (type) {
      case 'string':
      case 'boolean':
      case 'null':
        return type;
      case 'integer':
      case 'number':
        return 'number';
      case 'array':
        return this.#array(schema, name, depth);
      case 'object':
        return this.#object(schema, name, depth, isDeclaration);
      default:
        return 'unknown';
    }
  }

  #array(schema: JsonObject, name: string, depth: number): string {
    const places = listOf(schema.prefixItems).length > 0 ? listOf(schema.prefixItems) : listOf(schema.items);
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    if (places.length > 0) {
      const types = places.map((each, i) => `${grouped(this.#type(each, `${name}Item${i + 1}`, depth + 1))}?`);
      const others = rest === false ? [] : [`...${grouped(this.#type(rest ?? true, `${name}Item`, depth + 1))}[]`];
      return `readonly [${[...types, ...others].join(', ')}]`;
    }
    return `readonly ${grouped(this.#type(schema.items ?? true, `${name}Item`, depth + 1))}[]`;
  }

  #object(schema: JsonObject, name: string, depth: number, isDeclaration: boolean): string {
    const properties = asObject(schema.properties) ?? {};
    if (Object.keys(properties).length === 0) {
      const inner = asObject(schema.additionalProperties);
      const value = inner ? this.#type(inner, `${name}Value`, depth + 1) : 'unknown';
      return `{ readonly [key: string]: ${value} }`;
    }
    if (this.#isFull()) return '{ readonly [key: string]: unknown }';
    const own: JsonObject = { ...schema, type: 'object' };
    for (const keyword of ['$ref', 'oneOf', 'anyOf', 'allOf', 'enum', 'const'])
      delete (own as Record<string, Json>)[keyword];
    // The name is taken by the declaration of which this is a part.
    const unique = this.#unused(isDeclaration ? `${name}Fields` : name);
    this.#declare(unique, own, depth);
    return unique;
  }

  #isFull(): boolean {
    return this.#declarations.size >= MAX_DECLARATIONS;
  }

  #unused(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}${n}`;
    this.#taken.add(name);
    return name;
  }
}

const grouped = (type: string) => (/ [|&] |^readonly /.test(type) ? `(${type})` : type);

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** An object with properties and nothing that a TypeScript interface does not say. */
function isPlainObject(schema: JsonObject): boolean {
  const properties = asObject(schema.properties);
  if (!properties || Object.keys(properties).length === 0) return false;
  if (schema.type !== undefined && schema.type !== 'object') return false;
  return ['$ref', 'oneOf', 'anyOf', 'allOf', 'enum', 'const'].every(keyword => schema[keyword] === undefined);
}

function optionName(option: Json, index: number): string {
  const { title } = asObject(option) ?? {};
  return typeof title === 'string' && /[A-Za-z]/.test(title) ? pascalCase(title).slice(0, 40) : `Option${index + 1}`;
}

function literalType(value: Json): string {
  if (typeof value === 'string') return scriptText(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  return Array.isArray(value) ? 'readonly unknown[]' : '{ readonly [key: string]: unknown }';
}

const memberName = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : scriptText(key));

function docComment(schema: JsonObject, indent: string): string {
  const words = [schema.description, schema.title].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  const format = typeof schema.format === 'string' ? commentText(schema.format) : '';
  const said = [words === undefined ? '' : commentText(words), format === '' ? '' : `Format: ${format}.`]
    .filter(Boolean)
    .join(' ');
  const deprecated = schema.deprecated === true ? '@deprecated ' : '';
  return said === '' && deprecated === '' ? '' : `${indent}/** ${deprecated}${said} */\n`;
}

function resolve(root: JsonObject, reference: string): Json | undefined {
  let at: Json | undefined = root;
  for (const token of reference.split('/').slice(1)) {
    const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
    if (at === null || at === undefined || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return at;
}
