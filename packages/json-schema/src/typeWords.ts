/*
 * The type of a schema in words: `string (date-time)`, `array of object`,
 * `one of string, integer`.
 */
import type { SchemaDocument } from './document';
import { isArray, isObject, own, ownArray, ownString, typeOf } from './json';
import type { Json, JsonObject } from './types';
import { childOf, viewOf, type Located, type View } from './view';

/** Arrays of arrays, and alternatives in alternatives, that are spelt out. */
const MAX_WORD_DEPTH = 4;
/** Alternatives whose types are listed. */
const MAX_ALTERNATIVE_WORDS = 6;

/** Keywords that give a type away where `type` is left out. */
const HINTS: readonly (readonly [string, readonly string[]])[] = [
  ['object', ['properties', 'patternProperties', 'additionalProperties', 'required']],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'contentMediaType']],
  ['number', ['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum']],
];

function declaredTypes(schema: JsonObject): readonly string[] | undefined {
  const type = own(schema, 'type');
  const list = isArray(type) ? type : [type];
  const names = list.filter((each): each is string => typeof each === 'string');
  return names.length > 0 ? names : undefined;
}

function typesOfValues(values: readonly Json[]): readonly string[] {
  return [...new Set(values.map(typeOf))];
}

/** The types that all parts allow, undefined where nothing is said. */
export function typesOf(view: View): readonly string[] | undefined {
  let types: readonly string[] | undefined;
  for (const { schema } of view.parts) {
    const declared = declaredTypes(schema);
    if (declared) {
      types = types ? intersection(types, declared) : declared;
    }
  }
  return types;
}

function intersection(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.flatMap(type => {
    if (b.includes(type)) {
      return [type];
    }
    const narrow = type === 'number' && b.includes('integer');
    return narrow || (type === 'integer' && b.includes('number')) ? ['integer'] : [];
  });
}

/** Types that the other keywords imply. */
export function impliedTypes(view: View): readonly string[] | undefined {
  for (const { schema } of view.parts) {
    const values = ownArray(schema, 'enum');
    if (values && values.length > 0) {
      return typesOfValues(values);
    }
    if (Object.hasOwn(schema, 'const')) {
      return typesOfValues([schema.const]);
    }
  }
  for (const [type, keywords] of HINTS) {
    const hinted = view.parts.some(({ schema }) => keywords.some(keyword => Object.hasOwn(schema, keyword)));
    if (hinted) {
      return [type];
    }
  }
  return undefined;
}

export interface AlternativeSet {
  readonly keyword: 'oneOf' | 'anyOf';
  readonly schemas: readonly Located[];
}

/** Every `oneOf` and `anyOf` of a view. */
export function alternativesOf(view: View): readonly AlternativeSet[] {
  const sets: AlternativeSet[] = [];
  for (const part of view.parts) {
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const schemas = ownArray(part.schema, keyword);
      if (schemas && schemas.length > 0) {
        sets.push({
          keyword,
          schemas: schemas.map((each, i) => childOf(part, each, keyword, i)),
        });
      }
    }
  }
  return sets;
}

function isNull({ schema }: Located): boolean {
  return isObject(schema) && (own(schema, 'type') === 'null' || own(schema, 'const') === null);
}

/** `anyOf: [X, null]`: X, with null allowed. */
export function nullableOf(set: AlternativeSet): Located | undefined {
  const others = set.schemas.filter(each => !isNull(each));
  return set.schemas.length === 2 && others.length === 1 ? others[0] : undefined;
}

function formatted(type: string, view: View): string {
  if (type !== 'string' && type !== 'number' && type !== 'integer') {
    return type;
  }
  for (const { schema } of view.parts) {
    const format = ownString(schema, 'format');
    if (format !== undefined) {
      return `${type} (${format})`;
    }
  }
  return type;
}

function itemsOf(view: View): Located | undefined {
  for (const part of view.parts) {
    const items = own(part.schema, 'items');
    if (items !== undefined && !isArray(items)) {
      return childOf(part, items, 'items');
    }
  }
  return undefined;
}

function mapValuesOf(view: View): Located | undefined {
  const hasProperties = view.parts.some(({ schema }) => own(schema, 'properties') !== undefined);
  for (const part of hasProperties ? [] : view.parts) {
    const others = own(part.schema, 'additionalProperties');
    if (isObject(others)) {
      return childOf(part, others, 'additionalProperties');
    }
  }
  return undefined;
}

class Words {
  readonly #document: SchemaDocument;

  constructor(document: SchemaDocument) {
    this.#document = document;
  }

  ofLocated(located: Located, depth: number): string {
    return this.ofView(viewOf(this.#document, located), depth);
  }

  ofView(view: View, depth: number): string {
    if (view.never) {
      return 'nothing';
    }
    const declared = typesOf(view);
    if (declared && declared.length > 0) {
      return declared.map(type => this.#ofType(type, view, depth)).join(' or ');
    }
    const sets = alternativesOf(view);
    if (sets.length > 0 && depth < MAX_WORD_DEPTH) {
      return this.#ofAlternatives(sets[0], depth);
    }
    const implied = impliedTypes(view);
    if (implied) {
      return implied.map(type => this.#ofType(type, view, depth)).join(' or ');
    }
    return view.unresolved.length > 0 ? 'unknown' : 'any';
  }

  #ofAlternatives(set: AlternativeSet, depth: number): string {
    const nullable = nullableOf(set);
    if (nullable) {
      return `${this.ofLocated(nullable, depth + 1)} or null`;
    }
    const words = [...new Set(set.schemas.map(each => this.ofLocated(each, depth + 1)))];
    if (words.length === 1) {
      return words[0];
    }
    const listed = words.slice(0, MAX_ALTERNATIVE_WORDS);
    const rest = words.length - listed.length;
    return `one of ${listed.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  }

  #ofType(type: string, view: View, depth: number): string {
    if (depth >= MAX_WORD_DEPTH) {
      return type;
    }
    if (type === 'array') {
      const items = itemsOf(view);
      const word = items ? this.ofLocated(items, depth + 1) : 'any';
      return word === 'any' ? 'array' : `array of ${word}`;
    }
    if (type === 'object') {
      const values = mapValuesOf(view);
      return values ? `map of ${this.ofLocated(values, depth + 1)}` : type;
    }
    return formatted(type, view);
  }
}

export function typeWords(document: SchemaDocument, view: View): string {
  return new Words(document).ofView(view, 0);
}
