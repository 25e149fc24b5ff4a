import { SchemaDocument } from './document';
import { InvalidSchemaError } from './errors';
import { constraintWords } from './constraintWords';
import { isObject, own, ownArray, ownString } from './json';
import { schemaChildren, type ChildSpec } from './schemaChildren';
import { typeWords } from './typeWords';
import type { CompileOptions, Json, JsonObject, SchemaNode } from './types';
import { first, viewOf, type View } from './view';

/** The schemas on the way from the root, with where they stood. */
interface Ancestor {
  readonly path: string;
  readonly schemas: ReadonlySet<JsonObject>;
  readonly outer: Ancestor | undefined;
}

function ownBox(schema: JsonObject, key: string): { value: Json } | undefined {
  return Object.hasOwn(schema, key) ? { value: schema[key] } : undefined;
}

function hasFlag(view: View, keyword: string): boolean {
  return view.parts.some(({ schema }) => own(schema, keyword) === true);
}

function examplesOf(view: View): readonly Json[] {
  return view.parts.flatMap(({ schema }) => {
    const example = ownBox(schema, 'example');
    return [...(ownArray(schema, 'examples') ?? []), ...(example ? [example.value] : [])];
  });
}

/** Where a value of this child stands in an event. */
function pathOf(parent: string, { kind, name }: ChildSpec): string {
  switch (kind) {
    case 'item':
    case 'tuple-item':
      return `${parent}${name}`;
    case 'alternative':
    case 'condition':
    case 'root':
      return parent;
    default:
      return parent === '' ? name : `${parent}.${name}`;
  }
}

function recursionOf(view: View, ancestors: Ancestor | undefined): string | undefined {
  for (let at = ancestors; at; at = at.outer) {
    const { schemas } = at;
    if (view.parts.some(({ schema }) => schemas.has(schema))) {
      return at.path;
    }
  }
  return undefined;
}

/** Left out where there is nothing, so that nodes compare well. */
function defined<T extends object>(properties: T): Partial<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A node without its words: enough to know what fields there are. */
export interface Outline {
  readonly kind: SchemaNode['kind'];
  readonly path: string;
  readonly spec: ChildSpec;
  readonly view: View;
  /** Path of the node that this one repeats. */
  readonly recursion: string | undefined;
  childSpecs(): readonly ChildSpec[];
  /** Where values of a child stand. */
  pathTo(spec: ChildSpec): string;
  child(spec: ChildSpec): Outline;
  children(): readonly Outline[];
}

function outlineOf(
  document: SchemaDocument,
  spec: ChildSpec,
  parentPath: string,
  ancestors: Ancestor | undefined,
): Outline {
  const view = viewOf(document, spec.located);
  const path = pathOf(parentPath, spec);
  const recursion = recursionOf(view, ancestors);
  const here: Ancestor = {
    path,
    schemas: new Set(view.parts.map(({ schema }) => schema)),
    outer: ancestors,
  };
  let specs: readonly ChildSpec[] | undefined;
  const childSpecs = () => {
    specs ??=
      recursion === undefined
        ? schemaChildren(
            {
              document,
              isRepetition: inner => recursionOf(inner, here) !== undefined,
            },
            view,
            spec.kind,
          )
        : [];
    return specs;
  };
  const child = (each: ChildSpec) =>
    outlineOf(
      document,
      each,
      // fields of an array's items, shown without a line for the item
      each.inItem ? `${path}[]` : path,
      each.inItem ? { path: `${path}[]`, schemas: each.inItem, outer: here } : here,
    );
  return {
    kind: spec.kind,
    path,
    spec,
    view,
    recursion,
    childSpecs,
    pathTo: each => pathOf(each.inItem ? `${path}[]` : path, each),
    child,
    children: () => childSpecs().map(child),
  };
}

/** The node with its words. */
export function nodeOf(
  document: SchemaDocument,
  { spec, view, path, recursion, childSpecs, child }: Outline,
): SchemaNode {
  let nodes: readonly SchemaNode[] | undefined;
  return {
    kind: spec.kind,
    name: spec.name,
    path,
    pointer: spec.located.pointer,
    type: typeWords(document, view),
    required: spec.required,
    constraints: constraintWords(view),
    examples: examplesOf(view),
    deprecated: hasFlag(view, 'deprecated'),
    readOnly: hasFlag(view, 'readOnly'),
    writeOnly: hasFlag(view, 'writeOnly'),
    ...defined({
      title: first(view, schema => ownString(schema, 'title')),
      description: first(view, schema => ownString(schema, 'description')),
      enum: first(view, schema => ownArray(schema, 'enum')),
      const: first(view, schema => ownBox(schema, 'const')),
      default: first(view, schema => ownBox(schema, 'default')),
      recursionOf: recursion,
      unresolved: view.unresolved[0],
    }),
    get hasChildren() {
      return childSpecs().length > 0;
    },
    children() {
      nodes ??= childSpecs().map(each => nodeOf(document, child(each)));
      return nodes;
    },
  };
}

/**
 * A schema as a tree for people: references followed, `allOf` merged, `oneOf`
 * and `anyOf` as alternatives. Each level is computed when it is opened, and a
 * schema that contains itself ends at the repetition (`recursionOf`).
 *
 * Throws `InvalidSchemaError` for what is no object or boolean. References
 * that lead nowhere are shown (`unresolved`), not thrown.
 */
export function describeSchema(schema: unknown, options: CompileOptions = {}): SchemaNode {
  const { document, root } = outlineSchema(schema, options);
  return nodeOf(document, root);
}

/** The same tree without words. Throws `InvalidSchemaError` for what is no object or boolean. */
export function outlineSchema(
  schema: unknown,
  options: CompileOptions,
): { readonly document: SchemaDocument; readonly root: Outline } {
  if (typeof schema !== 'boolean' && !isObject(schema)) {
    throw new InvalidSchemaError('', 'Schema must be an object or a boolean');
  }
  const document = new SchemaDocument(schema, options.draft);
  const spec: ChildSpec = {
    kind: 'root',
    name: '',
    located: { schema, resource: document.root, pointer: '' },
    required: true,
  };
  return { document, root: outlineOf(document, spec, '', undefined) };
}
