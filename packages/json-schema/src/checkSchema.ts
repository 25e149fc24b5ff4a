import { SchemaDocument, type Resource } from './document';
import { draftOfUri, isBefore, refStandsAlone } from './drafts';
import { UnresolvableReferenceError } from './errors';
import { isObject, MAX_DEPTH, own, ownString } from './json';
import { subschemas } from './keywords';
import { rootPath, toPointer, type PathLink } from './pointer';
import { SHAPES } from './shapes';
import type { CompileOptions, Json, JsonObject, SchemaProblem } from './types';

/** Problems found in one schema; a document that is no schema at all has thousands. */
export const MAX_PROBLEMS = 100;

interface Item {
  readonly schema: Json;
  readonly path: PathLink;
  readonly depth: number;
  readonly resource: Resource;
  /** `additionalProperties: false` was allowed before boolean schemas were */
  readonly booleanAllowed: boolean;
}

const BOOLEAN_IN_DRAFT_04: ReadonlySet<string | number> = new Set(['additionalProperties', 'additionalItems']);

class Check {
  readonly problems: SchemaProblem[] = [];
  readonly #document: SchemaDocument;

  constructor(document: SchemaDocument) {
    this.#document = document;
  }

  /** Walks without recursion: a schema may be nested as deep as it likes. */
  run(): readonly SchemaProblem[] {
    const { root } = this.#document;
    const stack: Item[] = [
      {
        schema: root.root,
        path: rootPath(),
        depth: 0,
        resource: root,
        booleanAllowed: false,
      },
    ];
    for (let item = stack.pop(); item; item = stack.pop()) {
      if (this.problems.length >= MAX_PROBLEMS) {
        break;
      }
      const held = this.#visit(item);
      for (let i = held.length - 1; i >= 0; i--) {
        stack.push(held[i]);
      }
    }
    return this.problems;
  }

  #add(path: PathLink, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) {
      this.problems.push({ path: toPointer(path), message });
    }
  }

  #visit(item: Item): readonly Item[] {
    const { schema, path, depth } = item;
    if (typeof schema === 'boolean') {
      if (item.resource.draft === 'draft-04' && !item.booleanAllowed) {
        this.#add(path, 'must be an object: draft-04 has no boolean schemas');
      }
      return [];
    }
    if (!isObject(schema)) {
      this.#add(path, 'must be a schema: an object or a boolean');
      return [];
    }
    if (depth > MAX_DEPTH) {
      this.#add(path, `is nested more than ${MAX_DEPTH} levels deep`);
      return [];
    }
    const resource = this.#document.resourceAt(schema, item.resource) ?? item.resource;
    this.#checkReferences(schema, resource, path);
    if (!(refStandsAlone(resource.draft) && ownString(schema, '$ref') !== undefined)) {
      this.#checkKeywords(schema, resource, path);
    }
    return [...subschemas(schema, resource.draft)].map(({ value, keys }) => ({
      schema: value,
      path: keys.reduce<PathLink>((parent, key) => ({ parent, key }), path),
      depth: depth + 1,
      resource,
      booleanAllowed: keys.length === 1 && BOOLEAN_IN_DRAFT_04.has(keys[0]),
    }));
  }

  #checkKeywords(schema: JsonObject, resource: Resource, path: PathLink): void {
    for (const keyword of Object.keys(schema)) {
      const shape = SHAPES.get(keyword);
      if (!shape || (shape.since && isBefore(resource.draft, shape.since))) {
        continue;
      }
      const message = shape.check(schema[keyword], resource.draft, schema);
      if (message) {
        this.#add({ parent: path, key: keyword }, message);
      }
    }
    const named = ownString(schema, '$schema');
    if (named !== undefined && draftOfUri(named) === undefined) {
      this.#add({ parent: path, key: '$schema' }, `names no draft that is known: ${named}`);
    }
  }

  #checkReferences(schema: JsonObject, resource: Resource, path: PathLink): void {
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = own(schema, keyword);
      if (reference === undefined) {
        continue;
      }
      const at = { parent: path, key: keyword };
      if (typeof reference !== 'string') {
        this.#add(at, 'must be a text');
        continue;
      }
      const message = this.#follow(schema, reference, resource, keyword);
      if (message) {
        this.#add(at, message);
      }
    }
  }

  /** What is wrong with a reference, undefined if it leads to a schema. */
  #follow(schema: JsonObject, reference: string, resource: Resource, keyword: string): string | undefined {
    const seen = new Set<JsonObject>();
    let holder = schema;
    let ref: string | undefined = reference;
    let from = resource;
    try {
      while (ref !== undefined) {
        if (seen.has(holder)) {
          return holder === schema ? `refers to itself without end: "${reference}"` : undefined;
        }
        seen.add(holder);
        const target = this.#document.resolve(holder, ref, from, () => '');
        if (typeof target.schema !== 'boolean' && !isObject(target.schema)) {
          return `"${ref}" leads to no schema`;
        }
        if (keyword !== '$ref' || !isObject(target.schema)) {
          return undefined;
        }
        holder = target.schema;
        from = target.resource;
        ref = ownString(holder, '$ref');
      }
    } catch (error) {
      if (error instanceof UnresolvableReferenceError) {
        // said at the reference that leads nowhere, not at those that lead there
        return holder === schema ? `"${ref}": ${error.why}` : undefined;
      }
      throw error;
    }
    return undefined;
  }
}

/**
 * Everything that makes a document no schema of its draft: keywords of the
 * wrong shape, regular expressions that are none, references that lead
 * nowhere or out of the document. An empty list means that it is a schema.
 * Takes anything, throws nothing.
 */
export function checkSchema(schema: unknown, options: CompileOptions = {}): readonly SchemaProblem[] {
  if (typeof schema !== 'boolean' && !isObject(schema)) {
    return [{ path: '', message: 'must be a schema: an object or a boolean' }];
  }
  return new Check(new SchemaDocument(schema, options.draft)).run();
}
